"""How many files are where, and how long the oldest has been there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from services.ingest.inbox import Inbox
from services.ingest.scan import waiting


@dataclass(frozen=True, slots=True)
class Counts:
    """Files in each compartment, and the ages of the oldest two in seconds, None if none."""

    inbox: str
    waiting: int
    processing: int
    done: int
    duplicate: int
    failed: int
    oldest_waiting: float | None
    oldest_processing: float | None


def count(inbox: Inbox, now: float) -> Counts:
    """Count the files; `now` in seconds since the epoch. Walks all compartments."""
    arrived, oldest_arrived = _count_and_least(waiting(inbox.root))
    processing, oldest_claimed = _count_and_least(inbox.claimed_at())
    return Counts(
        inbox=str(inbox.root.absolute()),
        waiting=arrived,
        processing=processing,
        done=_files(inbox.done),
        duplicate=_files(inbox.duplicate),
        failed=_files(inbox.failed, but_for=".error.json"),
        oldest_waiting=_age(oldest_arrived, now),
        oldest_processing=_age(oldest_claimed, now),
    )


def _count_and_least(times: Iterable[float]) -> tuple[int, float | None]:
    count, least = 0, None  # a backlog may be of any length
    for at in times:
        count, least = count + 1, at if least is None else min(least, at)
    return count, least


def _age(since: float | None, now: float) -> float | None:
    return None if since is None else round(max(now - since, 0.0), 3)


def _files(folder: Path, but_for: str | None = None) -> int:
    return sum(
        not (but_for and name.endswith(but_for))
        for _, _, names in os.walk(folder)
        for name in names
    )
