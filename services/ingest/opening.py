"""Opening a claimed file: its bytes if it is what was seen, or why it cannot be read."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from services.ingest.scan import Sample
from services.ingest.unfit import not_a_file, oversized, unreadable

# What a file itself is to blame for; other errors (no more handles, say) are the machine's.
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EIO}
_NO_FILE = {errno.ELOOP: "link", errno.ENXIO: "socket or device"}


class ChangedError(Exception):
    """A file is no longer what was seen: somebody still writes it."""


def read_whole(path: Path, limit: int, looked: Sample) -> bytes:
    """Return a file's bytes. Raises UnfitError, and ChangedError if it differs from `looked`.

    Opened without following links and without waiting: it may have been swapped for a pipe.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise not_a_file(_NO_FILE[error.errno]) from None
        if error.errno in _FORBIDDEN:
            raise unreadable(error.strerror or str(error)) from None
        raise
    with open(handle, "rb") as file:  # noqa: PTH123  a descriptor, not a path
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise not_a_file("pipe, device or folder")
        if Sample.of(status) != looked:
            raise ChangedError
        if status.st_size > limit:
            raise oversized(status.st_size, limit)
        return file.read(limit + 1)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as they are now. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
