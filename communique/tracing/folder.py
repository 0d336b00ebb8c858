"""The watched folder, walked by hand: which files lie where, and which documents they are."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from services.ingest.names import is_ignored
from services.ingest.shelves import REPORT, report_beside

Shelf = Literal["waiting", "processing", "done", "duplicate", "failed"]
_SHELVES: dict[str, Shelf] = {
    ".processing": "processing",
    "done": "done",
    "duplicate": "duplicate",
    "failed": "failed",
}


@dataclass(frozen=True, slots=True)
class Lying:
    """A file in the inbox: its path below it, its size in bytes, and since when it lies there."""

    shelf: Shelf
    path: str
    size: int
    since: float
    is_file: bool


def walk(inbox: Path) -> Iterator[Lying]:
    """Yield all that lies in the folder and is a document or should be; reports are left out.

    What vanishes while we look is passed over.
    """
    yield from _walk(inbox, "", "waiting")
    for name, shelf in _SHELVES.items():
        yield from _walk(inbox, name, shelf)


def hash_of(path: Path) -> str | None:
    """Return the id of a file's document, None if it is gone or cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(handle, "rb") as file:  # noqa: PTH123  a descriptor, not a path
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def has_report(inbox: Path, lying: Lying) -> bool:
    """Tell whether a file in `failed/` has its reason beside it."""
    return report_beside(inbox / lying.path).exists()


def _walk(inbox: Path, start: str, shelf: Shelf) -> Iterator[Lying]:
    folders = [start]
    for folder in folders:  # grows while it is walked
        try:
            with os.scandir(inbox / folder) as entries:
                for entry in entries:
                    path = f"{folder}/{entry.name}" if folder else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        if not (shelf == "waiting" and _is_apart(entry.name, folder)):
                            folders.append(path)
                    elif not _is_passed_over(entry.name, shelf):
                        status = entry.stat(follow_symlinks=False)
                        plain = entry.is_file(follow_symlinks=False)
                        yield Lying(shelf, path, status.st_size, status.st_ctime, plain)
        except FileNotFoundError:
            continue


def _is_apart(name: str, folder: str) -> bool:
    return is_ignored(name) or (not folder and name in _SHELVES)


def _is_passed_over(name: str, shelf: Shelf) -> bool:
    if shelf == "waiting":
        return is_ignored(name)
    return shelf == "failed" and name.endswith(REPORT)
