"""How many files are where, and how long the oldest has been there."""

from __future__ import annotations

import os
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
    arrived = list(waiting(inbox.root))
    processing = list(inbox.claimed_at())
    return Counts(
        inbox=str(inbox.root.absolute()),
        waiting=len(arrived),
        processing=len(processing),
        done=_files(inbox.done),
        duplicate=_files(inbox.duplicate),
        failed=_files(inbox.failed, but_for=".error.json"),
        oldest_waiting=_oldest(arrived, now),
        oldest_processing=_oldest(processing, now),
    )


def _oldest(times: list[float], now: float) -> float | None:
    return round(max(now - min(times), 0.0), 3) if times else None


def _files(folder: Path, but_for: str | None = None) -> int:
    return sum(
        not (but_for and name.endswith(but_for))
        for _, _, names in os.walk(folder)
        for name in names
    )
