"""What in `.processing/` somebody has to see to again, told by how long it has not changed.

No time of a file is compared with a clock, which may jump by hours or differ between machines: a
folder's time only tells that it has changed. How long it has not is what this worker saw itself,
on a clock that stands still while the worker does.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from services.ingest.claims import Claim, claim_folders, claim_in, is_held, remove_folders

# A claim lasts milliseconds; one seen for this long (seconds) was left by a worker that died.
LEASE = 5.0
NEVER = 0  # the time of publication of what is yet to be published
_LONGEST_REPUBLISH = 3600.0  # seconds
_LONGEST_STEP = 2.0  # seconds
_FORGOTTEN = 5_000_000_000  # nanoseconds; Redis writes its file each second, or two if busy


class WakingClock:
    """Seconds during which we were awake: a stop or a sleep counts as one short step."""

    def __init__(self) -> None:
        self._now = 0.0
        self._read_at = time.monotonic()

    def __call__(self) -> float:
        """Return the seconds; to be called more often than every two seconds."""
        before, self._read_at = self._read_at, time.monotonic()
        self._now += min(self._read_at - before, _LONGEST_STEP)
        return self._now


@dataclass(slots=True)
class _Seen:
    touched: int  # the folder's time, nanoseconds
    since: float  # when it was first seen so
    wait: float  # seconds until a document is published again
    has_file: bool = False


class Overdue:
    """Remembers how long each folder in `.processing/` has been as it is."""

    def __init__(self, processing: Path, republish_after: float) -> None:
        self._processing = processing
        self._republish_after = republish_after
        self._seen: dict[str, _Seen] = {}

    def inherit(self) -> None:
        """Take what lies there now as left behind: no other worker lives, and we just began."""
        for folder, touched in claim_folders(self._processing):
            if not (is_held(folder) and touched > NEVER):
                self._seen[folder.name] = _Seen(touched, -2 * LEASE, self._republish_after)

    def look(self, now: float) -> list[Claim]:
        """Return what is overdue at `now`, in seconds of a WakingClock, and count it as seen to.

        That is, what a worker that died had claimed, and never read, put away or published; and
        documents whose publication was not answered, each half as often as the time before.
        """
        seen, due = {}, []
        for folder, touched in claim_folders(self._processing):
            one = seen[folder.name] = self._noted(folder.name, touched, now)
            if self._is_due(folder, one, now) and (claim := _claim_or_clear(folder)):
                due.append(claim)
                one.since, one.wait = now, min(one.wait * 2, _LONGEST_REPUBLISH)
        self._seen = seen
        return due

    def _noted(self, name: str, touched: int, now: float) -> _Seen:
        one = self._seen.get(name)
        if one is None:
            return _Seen(touched, now, self._republish_after)
        if one.touched != touched:
            one.touched, one.since = touched, now
        return one

    def _is_due(self, folder: Path, one: _Seen, now: float) -> bool:
        age = now - one.since
        if not is_held(folder) or one.touched == NEVER:
            return age > LEASE
        if age > LEASE and not one.has_file:  # a crash between the move out of it and its removal
            one.has_file = _claim_or_clear(folder) is not None
        return age > one.wait


def published(processing: Path, since: int = NEVER) -> Iterator[Claim]:
    """Yield the documents that were published and are not answered, from a moment on."""
    return _claims(
        folder
        for folder, touched in claim_folders(processing)
        if is_held(folder) and touched > max(since, NEVER)
    )


def forgotten_since(processing: Path) -> int:
    """Return the moment from which on a Redis that was killed may have forgotten publications.

    It comes back as it was a moment before. What that is, is told from the last publication, not
    by a clock; should the clock have jumped just then, the rest is found overdue.
    """
    touched = (at for folder, at in claim_folders(processing) if is_held(folder))
    return max(touched, default=NEVER) - _FORGOTTEN


def _claims(folders: Iterable[Path]) -> Iterator[Claim]:
    return (claim for folder in folders if (claim := claim_in(folder)))


def _claim_or_clear(folder: Path) -> Claim | None:
    claim = claim_in(folder)
    if claim is None:
        remove_folders(folder)
    return claim
