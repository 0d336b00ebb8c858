"""What lies in the inbox right now. The scan is the truth; hints only say when to look."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from services.ingest.names import RESERVED, is_ignored

AT_MOST = 10_000  # entries of one look
LINK = "link"


@dataclass(frozen=True, slots=True)
class Sample:
    """How a file looked at one moment; two equal samples some time apart mean it is complete."""

    size: int
    modified_ns: int
    inode: int
    arrived: float = field(compare=False, default=0.0)  # seconds since the epoch

    @classmethod
    def of(cls, status: os.stat_result) -> Sample:
        """Return the sample that a stat gives."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime)


@dataclass(slots=True)
class Sighting:
    """One look at the inbox; all paths are relative to it, with `/` between the parts."""

    files: dict[str, Sample] = field(default_factory=dict)
    strange: dict[str, str] = field(default_factory=dict)  # what is no file -> what it is
    folders: list[str] = field(default_factory=lambda: [""])
    unreadable: dict[str, str] = field(default_factory=dict)  # folder -> why
    whole: bool = True  # False: there was more than was to be looked at


def look(inbox: Path, at_most: int = AT_MOST) -> Sighting:
    """Walk the inbox and its subfolders, never through links. Vanishing entries are passed over.

    It ends after `at_most` entries, so that a backlog of any size takes bounded time and memory:
    what comes behind them is seen when they have been taken.
    """
    seen = Sighting()
    for entry, path in _walk(inbox, seen):
        with suppress(FileNotFoundError):
            _note(entry, path, seen)
        if len(seen.files) + len(seen.strange) >= at_most:
            seen.whole = False
            break
    return seen


def waiting(inbox: Path) -> Iterator[float]:
    """Yield when each file that waits in the inbox arrived, in seconds since the epoch."""
    for entry, _ in _walk(inbox, Sighting()):
        with suppress(FileNotFoundError):
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode):
                yield status.st_ctime


def _walk(inbox: Path, seen: Sighting) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield all that is neither a folder nor to be left alone, noting the folders."""
    for folder in seen.folders:  # grows while it is walked
        try:
            with os.scandir(inbox / folder) as entries:
                for entry in entries:
                    if is_ignored(entry.name) or (not folder and entry.name in RESERVED):
                        continue
                    path = f"{folder}/{entry.name}" if folder else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        seen.folders.append(path)
                    else:
                        yield entry, path
        except FileNotFoundError:
            continue
        except OSError as error:
            seen.unreadable[folder or "."] = error.strerror or str(error)


def _note(entry: os.DirEntry[str], path: str, seen: Sighting) -> None:
    status = entry.stat(follow_symlinks=False)
    if stat.S_ISREG(status.st_mode):
        seen.files[path] = Sample.of(status)
    elif not stat.S_ISDIR(status.st_mode):
        seen.strange[path] = _kind(status.st_mode)


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return LINK
    if stat.S_ISFIFO(mode):
        return "named pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"
