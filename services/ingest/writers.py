"""Whether somebody still has a file open for writing, where the system can tell.

A writer that pauses leaves two equal samples behind, however far apart. Linux knows better: it
grants a read lease only on a file that nobody has open for writing. Not on network file systems,
whose writers sit on other machines; nor to a stranger to the file without CAP_LEASE.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
from pathlib import Path

# File systems whose writers are all on this machine.
_LOCAL = {"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "overlay"}
_MOUNTS = Path("/proc/self/mountinfo")


class Writers:
    """Asks about the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._can_tell = hasattr(fcntl, "F_SETLEASE") and _file_system(folder) in _LOCAL

    def has(self, path: Path) -> bool:
        """Tell whether somebody has it open for writing; False where that cannot be told."""
        if not self._can_tell:
            return False
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return _is_written(handle)
        finally:
            os.close(handle)


def _is_written(handle: int) -> bool:
    try:
        # Whoever opens it during the lease makes the system send a signal: one that is ignored.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    return False


def _file_system(folder: Path) -> str | None:
    """Return the type of the file system that a folder lies on, None if unknown."""
    try:
        mounts = _MOUNTS.read_text(errors="replace").splitlines()
    except OSError:
        return None
    here, found, longest = folder.resolve(), None, -1
    for line in mounts:
        of_mount, _, of_system = line.partition(" - ")
        place = of_mount.split(" ")[4].encode().decode("unicode_escape")
        if here.is_relative_to(place) and len(place) >= longest:  # the last one covers the others
            found, longest = of_system.split(" ")[0], len(place)
    return found
