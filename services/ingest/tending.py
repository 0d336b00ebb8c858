"""What is looked after beside new files: dead letters, answers that wait, growth, the disk."""

from __future__ import annotations

import asyncio

import structlog

from services.ingest.announcing import Announcer
from services.ingest.burying import Graves
from services.ingest.filed import Filed
from services.ingest.finishing import Finisher
from services.ingest.inbox import Inbox
from services.ingest.intake import Intake
from services.ingest.letters import DeadLetters
from services.ingest.names import readable
from services.ingest.scan import Sample
from services.ingest.settings import Settings
from services.ingest.shelves import report_beside
from services.ingest.trouble import is_of_the_machine

log = structlog.get_logger()

_GROWTH_EVERY = 5  # rounds: ten thousand files take 20 ms to look at


class Tending:
    """Goes its rounds, each some seconds after the last."""

    def __init__(
        self,
        settings: Settings,
        intake: Intake,
        announcer: Announcer,
        graves: Graves,
        finisher: Finisher,
    ) -> None:
        self._every = settings.rescan_every
        self._inbox: Inbox = intake.inbox
        self._intake = intake
        self._announcer = announcer
        self._graves = graves
        self._finisher = finisher
        self._letters = DeadLetters()
        self._notes_are_whole = False

    async def run(self) -> None:
        """Go round until cancelled. Raises redis.RedisError while Redis is away."""
        number = 0
        while True:
            await asyncio.sleep(self._every)
            try:
                await self._round(number)
            except OSError as error:
                if not is_of_the_machine(error):
                    raise
                self._inbox.filing.begin(error)
                self._notes_are_whole = False
            number += 1

    async def _round(self, number: int) -> None:
        if self._inbox.filing.waits:
            return
        if not self._notes_are_whole:
            await asyncio.to_thread(self._graves.find_again)
            self._notes_are_whole = True
        await asyncio.to_thread(self._finisher.catch_up)
        if not self._finisher.owes:
            await asyncio.to_thread(self._inbox.try_disk, self._inbox.filing)
        await asyncio.to_thread(self._graves.revive)
        if number % _GROWTH_EVERY == 0:
            await asyncio.to_thread(self._take_back_what_grew)
        await self._bury()

    async def _bury(self) -> None:
        redis = await self._announcer.redis()
        while letters := await self._letters.next_page(redis):
            try:
                for letter in letters:
                    await asyncio.to_thread(self._graves.bury, letter)
            except OSError:
                self._letters.again()
                raise

    def _take_back_what_grew(self) -> None:
        """Return to the inbox what was written on after it was put away."""
        for filed in self._inbox.lately.changed():
            try:
                self._take_back(filed)
            except FileNotFoundError:
                continue
            except OSError:
                self._inbox.lately.note(filed.path, filed.source, filed.sample)
                raise

    def _take_back(self, filed: Filed) -> None:
        looked = Sample.of(filed.path.lstat())
        if self._intake.is_known(filed.path):  # touched, not changed
            self._inbox.lately.note(filed.path, filed.source, looked)
            return
        self._inbox.return_to(filed.source, filed.path)
        if filed.path.parent == self._inbox.failed:
            report_beside(filed.path).unlink(missing_ok=True)
        log.warning("file.changed", source=readable(filed.source), found=readable(filed.path.name))
