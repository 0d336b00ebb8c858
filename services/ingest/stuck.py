"""Files that must stay in the inbox for now: said once, tried again more and more rarely."""

from __future__ import annotations

import errno
import time
from pathlib import PurePosixPath

import structlog

from services.ingest.names import readable

log = structlog.get_logger()

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0  # seconds
_MOST = 10_000  # remembered; beyond that all are forgotten, and tried and named once more


class Stuck:
    """What may not be moved now: single files, or all of a folder that we may not write to."""

    def __init__(self) -> None:
        self._pauses: dict[str, tuple[float, float]] = {}  # path -> (again at, pause), monotonic

    def waits(self, source: str) -> bool:
        """Tell whether it is too early to try this file again."""
        if not self._pauses:
            return False
        now, parent = time.monotonic(), _folder(source)
        return any(self._pauses.get(path, (0.0, 0.0))[0] > now for path in (source, parent))

    def note(self, source: str, error: OSError) -> None:
        """Note that a file could not be moved."""
        path = _folder(source) if error.errno == errno.EACCES else source
        if path not in self._pauses:
            log.warning("file.unmovable", path=readable(path), error=error.strerror)
        self._pause(path, _FIRST_PAUSE, _LONGEST_PAUSE)

    def postpone(self, source: str) -> None:
        """Note that a file was put back, to wait for what becomes of another."""
        self._pause(source, _FIRST_WAIT, _LONGEST_WAIT)

    def _pause(self, path: str, first: float, longest: float) -> None:
        if len(self._pauses) > _MOST:
            self._pauses.clear()
        _, pause = self._pauses.get(path, (0.0, first / 2))
        pause = min(pause * 2, longest)
        self._pauses[path] = (time.monotonic() + pause, pause)

    def free(self, source: str) -> None:
        """Note that a file was moved."""
        if self._pauses:
            self._pauses.pop(source, None)
            self._pauses.pop(_folder(source), None)


def _folder(source: str) -> str:
    return str(PurePosixPath(source).parent) + "/"
