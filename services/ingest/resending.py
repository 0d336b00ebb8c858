"""What a crash or a forgetful Redis left undone is done again: the inbox is the write-ahead log."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

import structlog

from services.ingest.announcing import Announcer
from services.ingest.claims import Claim
from services.ingest.inbox import Inbox
from services.ingest.intake import Intake
from services.ingest.ledger import Ledger
from services.ingest.overdue import left_behind, published_before, unanswered
from services.ingest.settings import Settings

log = structlog.get_logger()


class Resend:
    """Goes over `.processing/` again and again."""

    def __init__(
        self,
        settings: Settings,
        inbox: Inbox,
        ledger: Ledger,
        intake: Intake,
        announcer: Announcer,
    ) -> None:
        self._settings = settings
        self._inbox = inbox
        self._ledger = ledger
        self._intake = intake
        self._announcer = announcer

    async def run(self) -> None:
        """Sweep until cancelled. Raises redis.RedisError while Redis is away."""
        while True:
            # First the pause: answers that came while we were down lie in the stream.
            await asyncio.sleep(self._settings.rescan_every)
            await self.sweep()

    async def sweep(self) -> None:
        """Take up once what is left behind, unanswered, or forgotten by Redis."""
        await self.recover()
        for claim in await asyncio.to_thread(self._list_left_behind):
            await self._take_up(claim)
        due = await asyncio.to_thread(self._list_unanswered)
        if due:
            await self._publish_again(due)

    async def recover(self) -> None:
        """Publish everything again that a Redis which was emptied has forgotten.

        Called before anything new is published, which would be taken for forgotten otherwise; and
        while Redis is away it raises redis.RedisError, so that files stay in the inbox.
        """
        now = time.time()
        if not await self._announcer.memory_was_lost():
            return
        held = await asyncio.to_thread(lambda: list(published_before(self._inbox.processing, now)))
        if not held:
            return
        log.warning("redis.forgot", documents=len(held))
        try:
            await self._publish(held)
        except BaseException:
            await self._announcer.forget_memory()
            raise

    async def _publish_again(self, due: list[Claim]) -> None:
        """Publish what is due, but for what lies among the dead letters."""
        dead = await self._announcer.dead(claim.folder.name for claim in due)
        for document_id in dead:  # ask less and less often
            self._inbox.mark_published(document_id, time.time())
        await self._publish(claim for claim in due if claim.folder.name not in dead)

    async def _publish(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            if self._ledger.knows(claim.folder.name):  # stored; we died before we filed it
                await asyncio.to_thread(self._intake.settle, claim.folder.name, claim.name)
            elif received := await asyncio.to_thread(self._intake.reread, claim):
                log.info("document.resent", document_id=received.document.id)
                await self._announcer.publish(received)

    async def _take_up(self, claim: Claim) -> None:
        """Go on where a worker that died left a file."""
        secured = await asyncio.to_thread(self._inbox.secure, claim)
        if secured is None:
            return
        if secured.document_id:
            await asyncio.to_thread(self._intake.settle_claim, secured)
        elif received := await asyncio.to_thread(self._intake.receive, secured):
            await self._announcer.publish(received)

    def _list_left_behind(self) -> list[Claim]:
        return list(left_behind(self._inbox.processing, time.time()))

    def _list_unanswered(self) -> list[Claim]:
        return list(unanswered(self._inbox.processing, time.time(), self._settings.republish_after))
