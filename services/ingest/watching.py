"""The loop that notices files: watchfiles wakes it early, the rescan makes sure."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from services.ingest.announcing import Announcer
from services.ingest.arrivals import Arrivals
from services.ingest.inbox import Inbox
from services.ingest.intake import Intake
from services.ingest.names import RESERVED, is_ignored
from services.ingest.resending import Resend
from services.ingest.scan import Sample, look
from services.ingest.settings import Settings

log = structlog.get_logger()

_BATCH = 32  # files read in one go of a thread, then published
_HINT_STEP, _HINT_DEBOUNCE = 20, 50  # milliseconds
_SHARE_OF_SCANS = 4  # a scan of s seconds is followed by this times s of rest, whatever the hints


class Watch:
    """Looks at the inbox whenever something may have come, and takes in what is complete."""

    def __init__(
        self,
        settings: Settings,
        inbox: Inbox,
        intake: Intake,
        announcer: Announcer,
        resend: Resend,
    ) -> None:
        self._settings = settings
        self._inbox = inbox
        self._intake = intake
        self._announcer = announcer
        self._resend = resend
        self._arrivals = Arrivals(settings.stable_for)
        self._hint = asyncio.Event()
        self._folders = [""]
        self._scan_took = 0.0  # seconds

    async def run(self) -> None:
        """Take in files until cancelled. Raises redis.RedisError while Redis is away."""
        while True:
            self._hint.clear()
            started = time.monotonic()
            await self.look_once()
            await asyncio.sleep(self._scan_took * _SHARE_OF_SCANS)
            await self._rest(started)

    async def look_once(self) -> None:
        """Scan once, and take in what has been stable for long enough."""
        started = time.monotonic()
        seen = await asyncio.to_thread(look, self._inbox.root)
        self._scan_took = time.monotonic() - started
        self._folders = seen.folders
        if seen.strange:
            await asyncio.to_thread(self._intake.refuse, seen.strange)
        ready = self._arrivals.observe(seen.files, time.monotonic())
        if ready:
            await self._resend.recover()
            await self._take_in(ready, seen.files)

    async def _take_in(self, ready: list[str], files: Mapping[str, Sample]) -> None:
        room = self._settings.max_in_processing - self._inbox.count_processing()
        for batch in _batches(ready[: max(room, 0)]):
            chosen = {path: files[path] for path in batch}
            await self._announcer.publish(*await asyncio.to_thread(self._intake.take, chosen))

    async def _rest(self, started: float) -> None:
        """Sleep until a hint, the next file's second sample, or the next rescan."""
        now = time.monotonic()
        wake = started + self._settings.rescan_every
        due = self._arrivals.next_due(now)
        if due is not None:
            wake = min(wake, due)
        try:
            async with asyncio.timeout(max(wake - now, 0.0)):
                await self._hint.wait()
        except TimeoutError:
            return

    async def listen(self) -> None:
        """Wake the loop when the system tells of a change, until cancelled.

        Not recursive: our own moves in the compartments would be the most of what is told. The
        subfolders are named one by one, anew when they have changed.
        """
        while True:
            folders = list(self._folders)
            paths = [path for folder in folders if (path := self._inbox.root / folder).is_dir()]
            if not paths:
                await asyncio.sleep(self._settings.rescan_every)
                continue
            async for _ in awatch(
                *paths,
                watch_filter=self._concerns_us,
                debounce=_HINT_DEBOUNCE,
                step=_HINT_STEP,
                rust_timeout=1_000,
                yield_on_timeout=True,
                recursive=False,
            ):
                self._hint.set()
                if self._folders != folders:
                    break

    def _concerns_us(self, change: Change, path: str) -> bool:
        name = Path(path).name
        return change != Change.deleted and name not in RESERVED and not is_ignored(name)


def _batches(paths: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(paths)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
