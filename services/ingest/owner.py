"""Whose an inbox is: all workers on it share one state, or they would share its files out."""

from __future__ import annotations

import errno
import fcntl
import os
import uuid
from pathlib import Path

import structlog

from services.ingest.renaming import rename_unless_taken
from services.ingest.trouble import is_of_the_machine
from shared.errors import SettingsError

log = structlog.get_logger()

_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}
_LONGEST = 4096  # bytes of what stands in the lock file


class Ownership:
    """A lock on `inbox/.communique/owner`, which names the state of whoever watches the inbox.

    Workers of one state hold it together; it ends with the process, however that ends.
    """

    def __init__(self, inbox: Path, state: Path) -> None:
        self._path = inbox / ".communique" / "owner"
        self._state = state
        self._handle: int | None = None
        self.alone = False  # nobody else was there when we came

    def take(self) -> None:
        """Take it. Raises SettingsError if workers of another state have it, OSError.

        Where there can be no lock (a read-only disk, a file system without), we go on without.
        """
        try:
            self._path.parent.mkdir(exist_ok=True)
            handle = os.open(self._path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
            self._handle = handle
            self._lock(handle, _identity(self._state))
        except OSError as error:
            self.release()
            if error.errno not in _NO_LOCKS and not is_of_the_machine(error):
                raise
            log.warning("inbox.unlockable", error=error.strerror)
        except SettingsError:
            self.release()
            raise

    def release(self) -> None:
        """Let go of it."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    async def end(self) -> None:
        """Let go of it when the service ends."""
        self.release()

    def _lock(self, handle: int, ours: str) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            self.alone = True
            self._sign(handle, ours)
        fcntl.flock(handle, fcntl.LOCK_SH)  # for the moment in which somebody signs, it waits
        theirs, _, state = _signature(handle).partition(" ")
        if theirs != ours:
            raise SettingsError(
                f"COMMUNIQUE_INBOX {self._path.parent.parent} is watched by another system, whose "
                f"state is {state or 'elsewhere'}: stop that one, or give this one its own folder"
            )

    def _sign(self, handle: int, ours: str) -> None:
        signature = f"{ours} {self._state.absolute()}".encode(errors="replace")[:_LONGEST]
        if _signature(handle).encode(errors="replace") != signature:  # else no room is needed
            self._path.write_bytes(signature)  # the lock's own handle writes nothing: see umount


def _signature(handle: int) -> str:
    return os.pread(handle, _LONGEST, 0).decode(errors="replace")


def _identity(state: Path) -> str:
    """Return the name that a state has for itself, whatever path it is known by."""
    path = state / "identity"
    if not path.exists():
        unfinished = state / f".{uuid.uuid4().hex}"
        try:
            unfinished.write_text(uuid.uuid4().hex)
            if not rename_unless_taken(unfinished, path):
                unfinished.unlink()
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
    return path.read_text()
