"""What is wrong with a disk, not with a file: work waits until it is over, and says so once."""

from __future__ import annotations

import errno
import time

import structlog

from shared.errors import CommuniqueError

log = structlog.get_logger()

# Full, over quota, read-only or broken disks; no more handles or memory. None of it is the file's.
_OF_THE_MACHINE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,  # the process may write no more (RLIMIT_FSIZE)
    errno.EROFS,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.ESTALE,
}
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0  # seconds between attempts


def is_of_the_machine(error: OSError) -> bool:
    """Tell whether an error says nothing about the file that it befell."""
    return error.errno in _OF_THE_MACHINE


class Trouble:
    """Whether one kind of work on a disk succeeds, as the last attempt showed."""

    def __init__(self, work: str) -> None:
        """`work` is named in the log and in the health report: "taking files from inbox"."""
        self._work = work
        self._reason: str | None = None
        self._pause = 0.0
        self._again_at = 0.0  # monotonic

    @property
    def is_on(self) -> bool:
        """Tell whether the last attempt failed."""
        return self._reason is not None

    @property
    def waits(self) -> bool:
        """Tell whether it is too early for another attempt."""
        return self._reason is not None and time.monotonic() < self._again_at

    def begin(self, error: OSError) -> None:
        """Note that an attempt failed; the next comes later and later, up to some seconds."""
        reason = error.strerror or str(error)
        if reason != self._reason:
            log.error("disk.trouble", work=self._work, error=reason)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE) or _FIRST_PAUSE
        self._reason, self._again_at = reason, time.monotonic() + self._pause

    def over(self) -> None:
        """Note that an attempt succeeded."""
        if self._reason is not None:
            log.warning("disk.well_again", work=self._work, was=self._reason)
        self._reason, self._pause = None, 0.0

    def complain(self) -> None:
        """Raise CommuniqueError while there is trouble."""
        if self._reason is not None:
            raise CommuniqueError(f"{self._work} fails: {self._reason}")
