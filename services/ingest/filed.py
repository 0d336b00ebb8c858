"""What was put away a while ago: whoever wrote on in it has a document that must be read anew."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from services.ingest.scan import Sample

_WATCHED = 3600.0  # seconds after a file was put away
_MOST = 10_000  # files; the oldest are let go first


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that was put away, the path it had in the inbox, and how it looked."""

    path: Path
    source: str
    sample: Sample
    at: float  # monotonic


class LatelyFiled:
    """Remembers files by how they looked, and tells which have changed."""

    def __init__(self) -> None:
        self._files: deque[Filed] = deque(maxlen=_MOST)
        self._lock = threading.Lock()  # files are put away in several threads

    def note(self, path: Path, source: str, sample: Sample) -> None:
        """Remember a file; `sample` is how it looked before it was checked and put away."""
        with self._lock:
            self._files.append(Filed(path, source, sample, time.monotonic()))

    def changed(self) -> list[Filed]:
        """Return the files whose content has changed, and remember these no more."""
        with self._lock:
            while self._files and time.monotonic() - self._files[0].at > _WATCHED:
                self._files.popleft()
            files = tuple(self._files)
        changed = [filed for filed in files if _has_changed(filed)]
        with self._lock:
            for filed in changed:
                self._files.remove(filed)
        return changed


def _has_changed(filed: Filed) -> bool:
    """Tell whether the same file holds something else; one that was replaced or moved is not."""
    try:
        now = Sample.of(filed.path.lstat())
    except OSError:
        return False
    return now.inode == filed.sample.inode and now != filed.sample
