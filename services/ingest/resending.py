"""What a crash or a forgetful Redis left undone is done again: the inbox is the write-ahead log."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import structlog

from services.ingest.announcing import Announcer
from services.ingest.claims import Claim
from services.ingest.forgetting import Loss, Memory
from services.ingest.intake import Intake
from services.ingest.overdue import Overdue, WakingClock, forgotten_since, published
from services.ingest.settings import Settings
from services.ingest.trouble import is_of_the_machine

log = structlog.get_logger()

_SWEEP_EVERY = 1.0  # seconds at most: the clock of what is overdue is read once a sweep


class Resend:
    """Goes over `.processing/` again and again."""

    def __init__(
        self, settings: Settings, intake: Intake, announcer: Announcer, overdue: Overdue
    ) -> None:
        self._settings = settings
        self._inbox = intake.inbox
        self._intake = intake
        self._announcer = announcer
        self._overdue = overdue
        self._clock = WakingClock()
        self._memory = Memory()
        self._recovering = asyncio.Lock()
        self._since: int | None = None

    async def run(self) -> None:
        """Sweep until cancelled. Raises redis.RedisError while Redis is away."""
        while True:
            # First the pause: answers that came while we were down lie in the stream.
            await asyncio.sleep(min(self._settings.rescan_every, _SWEEP_EVERY))
            await self.sweep()

    async def sweep(self) -> None:
        """Take up once what is left behind, unanswered, or forgotten by Redis."""
        await self.recover()
        due = await asyncio.to_thread(self._overdue.look, self._clock())
        if due and await self._announcer.has_room(self._settings.max_lag):
            await self._see_to(due)

    async def recover(self) -> None:
        """Publish again what a Redis that was emptied, or was killed, has forgotten.

        Called before anything new is published, which would be taken for forgotten otherwise; and
        while Redis is away it raises redis.RedisError, so that files stay in the inbox.
        """
        async with self._recovering:
            redis = await self._announcer.redis()
            loss = await self._memory.lost(redis)
            if loss is None:
                return
            held = await asyncio.to_thread(self._forgotten, loss)
            if held:
                log.warning("redis.forgot", documents=len(held))
            await self._see_to(held)
            await self._memory.is_restored(redis)
            self._since = None

    def _forgotten(self, loss: Loss) -> list[Claim]:
        """Return what Redis may have forgotten; from when on, an attempt that failed has told."""
        processing = self._inbox.processing
        if loss is Loss.ALL:
            return list(published(processing))
        if self._since is None:
            self._since = forgotten_since(processing)
        return list(published(processing, self._since))

    async def _see_to(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            try:
                received = await asyncio.to_thread(self._intake.go_on, claim)
            except OSError as error:
                if not is_of_the_machine(error):
                    raise
                self._inbox.filing.begin(error)
                continue
            if received:
                log.info("document.resent", document_id=received.document.id)
                await self._announcer.publish(received)
