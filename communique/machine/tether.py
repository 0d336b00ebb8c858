"""Ties a child process to this one: it dies when this one does, even by SIGKILL (on Linux)."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def tethered(at_death: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` by which the kernel sends the child `at_death` when its parent dies.

    The kernel watches the thread that forks: start such children from the main thread only.
    Elsewhere than on Linux it does nothing.
    """
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up now: after a fork one does little
    parent = os.getpid()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, int(at_death), 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return tie
