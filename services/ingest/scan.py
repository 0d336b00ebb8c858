"""What lies in the inbox right now. The scan is the truth; hints only say when to look."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from services.ingest.names import RESERVED, is_ignored

log = structlog.get_logger()


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


def look(inbox: Path) -> Sighting:
    """Walk the inbox and its subfolders, never through links. Vanishing entries are passed over."""
    seen = Sighting()
    for folder in seen.folders:  # grows while it is walked
        try:
            with os.scandir(inbox / folder) as entries:
                for entry in entries:
                    _note(entry, folder, seen)
        except FileNotFoundError:
            continue
        except OSError as error:
            log.warning("folder.unreadable", folder=folder or ".", error=error.strerror)
    return seen


def _note(entry: os.DirEntry[str], folder: str, seen: Sighting) -> None:
    if is_ignored(entry.name) or (not folder and entry.name in RESERVED):
        return
    path = f"{folder}/{entry.name}" if folder else entry.name
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    if stat.S_ISREG(status.st_mode):
        seen.files[path] = Sample.of(status)
    elif stat.S_ISDIR(status.st_mode):
        seen.folders.append(path)
    else:
        seen.strange[path] = _kind(status.st_mode)


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISFIFO(mode):
        return "named pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"
