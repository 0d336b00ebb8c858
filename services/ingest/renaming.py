"""Renaming without replacing, in one step where the file system has such a step."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

_AT_FDCWD, _NOREPLACE = -100, 1  # of Linux
_NO_SUCH_STEP = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}  # an old kernel; NFS, say


def rename_unless_taken(path: Path, target: Path) -> bool:
    """Move within one file system; False if the target exists and is another file.

    Raises OSError. Where the system cannot do it in one step, a crash may leave the file under
    both names: the next call with the same target sees that they are one, and ends it.
    """
    try:
        return _in_one_step(path, target)
    except FileExistsError:
        return _end_half_done(path, target)
    except OSError as error:
        if error.errno not in _NO_SUCH_STEP:
            raise
    return _by_link(path, target)


def _in_one_step(path: Path, target: Path) -> bool:
    if _renameat2 is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    sys.audit("os.rename", path, target, -1, -1)  # as os.rename does
    if _renameat2(_AT_FDCWD, os.fsencode(path), _AT_FDCWD, os.fsencode(target), _NOREPLACE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(path), None, str(target))
    return True


def _by_link(path: Path, target: Path) -> bool:
    try:
        os.link(path, target, follow_symlinks=False)
    except FileExistsError:
        return _end_half_done(path, target)
    except FileNotFoundError:
        raise
    except OSError:  # no hard links here, or none to a file of this kind or owner
        return _by_placeholder(path, target)
    path.unlink(missing_ok=True)
    return True


def _end_half_done(path: Path, target: Path) -> bool:
    """Remove the old name of a file that has the new one already."""
    if not os.path.samestat(path.lstat(), target.lstat()):
        return False
    path.unlink(missing_ok=True)
    return True


def _by_placeholder(path: Path, target: Path) -> bool:
    """Hold the name with an empty file, which the rename then replaces."""
    try:
        target.touch(exist_ok=False)
    except FileExistsError:
        return False
    try:
        path.rename(target)
    except OSError:
        target.unlink()
        raise
    return True


def _find_renameat2() -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        found = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):  # a C library without it
        return None
    found.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    called: Callable[..., int] = found
    return called


_renameat2 = _find_renameat2()
