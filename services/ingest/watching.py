"""The loop that notices files: watchfiles wakes it early, the rescan makes sure."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from services.ingest.announcing import Announcer
from services.ingest.arrivals import Arrivals
from services.ingest.intake import Intake, Received
from services.ingest.names import RESERVED, is_ignored, readable
from services.ingest.resending import Resend
from services.ingest.scan import Sample, Sighting, look
from services.ingest.settings import Settings
from services.ingest.trouble import is_of_the_machine
from services.ingest.writers import Writers

log = structlog.get_logger()

# Files read in one go of a thread, then published; and bytes, which are in memory until then.
_BATCH, _BATCH_BYTES = 32, 8 * 1024**2
_HINTS_AGAIN = 60.0  # seconds
_HINT_STEP, _HINT_DEBOUNCE = 20, 50  # milliseconds
_SHARE_OF_SCANS = 4  # a scan of s seconds is followed by this times s of rest, whatever the hints
_LONGEST_REST = 4.0  # seconds: a scan may have been slow for once


class Watch:
    """Looks at the inbox whenever something may have come, and takes in what is complete."""

    def __init__(
        self, settings: Settings, intake: Intake, announcer: Announcer, resend: Resend
    ) -> None:
        self._settings = settings
        self._inbox = intake.inbox
        self._intake = intake
        self._announcer = announcer
        self._resend = resend
        self._arrivals = Arrivals(settings.stable_for)
        self._writers = Writers(self._inbox.root)
        self._hint = asyncio.Event()
        self._folders = [""]
        self._unreadable: dict[str, str] = {}
        self._scan_took = 0.0  # seconds
        self.is_paused = False  # some reader is too far behind

    async def run(self) -> None:
        """Take in files until cancelled. Raises redis.RedisError while Redis is away."""
        while True:
            self._hint.clear()
            started = time.monotonic()
            if not self._inbox.taking.waits:
                await self.look_once()
            await asyncio.sleep(min(self._scan_took * _SHARE_OF_SCANS, _LONGEST_REST))
            await self._rest(started)

    async def look_once(self) -> None:
        """Scan once, and take in what has been stable for long enough."""
        seen, self._scan_took = await asyncio.to_thread(_timed_look, self._inbox.root)
        self._note(seen)
        if seen.strange:
            await asyncio.to_thread(self._refuse, seen.strange)
        ready = self._arrivals.observe(seen.files, time.monotonic())
        if ready:
            await self._resend.recover()
            if await self._may_publish():
                await self._take_in(ready, seen.files)
        else:
            await asyncio.to_thread(self._inbox.try_disk, self._inbox.taking)

    def _note(self, seen: Sighting) -> None:
        if seen.whole:
            self._folders = seen.folders
        for folder, error in seen.unreadable.items() - self._unreadable.items():
            log.warning("folder.unreadable", folder=readable(folder), error=error)
        self._unreadable = seen.unreadable

    def _refuse(self, strange: Mapping[str, str]) -> None:
        try:
            self._intake.refuse(strange)
        except OSError as error:
            if not is_of_the_machine(error):
                raise
            self._inbox.taking.begin(error)

    async def _may_publish(self) -> bool:
        paused = not await self._announcer.has_room(self._settings.max_lag)
        if paused != self.is_paused:
            log.warning("publishing.paused" if paused else "publishing.resumed")
        self.is_paused = paused
        return not paused

    async def _take_in(self, ready: list[str], files: Mapping[str, Sample]) -> None:
        room = self._settings.max_in_processing - self._inbox.count_processing()
        for batch in _batches(ready, files):
            if room <= 0 or self._inbox.taking.waits:
                return
            chosen = {path: files[path] for path in batch[:room]}
            received = await asyncio.to_thread(self._take, chosen)
            await self._announcer.publish(*received)
            room -= len(received)

    def _take(self, files: Mapping[str, Sample]) -> list[Received]:
        now = time.monotonic()
        return self._intake.take(
            {path: sample for path, sample in files.items() if not self._is_written(path, now)}
        )

    def _is_written(self, path: str, now: float) -> bool:
        if self._arrivals.tries_patience(path, now):
            return False
        return self._writers.has(self._inbox.root / path)

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

        Where it tells nothing (no inotify, too many folders), the rescan has to do.
        """
        told = False
        while self._settings.hints:
            try:
                await self._listen()
            except (OSError, RuntimeError) as error:  # watchfiles raises either
                if not told and not isinstance(error, FileNotFoundError):
                    log.warning("hints.unavailable", error=str(error))
                    told = True
                await asyncio.sleep(_HINTS_AGAIN if told else self._settings.rescan_every)

    async def _listen(self) -> None:
        """Wake the loop until the folders have changed.

        Not recursive: our own moves in the compartments would be the most of what is told. The
        subfolders are named one by one, anew when they have changed.
        """
        folders = list(self._folders)
        paths = [path for folder in folders if (path := self._inbox.root / folder).is_dir()]
        if not paths:
            await asyncio.sleep(self._settings.rescan_every)
            return
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


def _timed_look(root: Path) -> tuple[Sighting, float]:
    """Look, and tell how long it took: what the event loop did meanwhile is not the folder's."""
    started = time.monotonic()
    return look(root), time.monotonic() - started


def _batches(paths: Iterable[str], files: Mapping[str, Sample]) -> Iterator[list[str]]:
    """Yield the paths in batches of bounded number and bytes; a large file goes alone."""
    batch: list[str] = []
    size = 0
    for path in paths:
        if batch and (len(batch) == _BATCH or size + files[path].size > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(path)
        size += files[path].size
    if batch:
        yield batch
