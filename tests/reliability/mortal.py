"""Dying between two steps on the file system, as SIGKILL does it: nothing more is done after it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# What the interpreter tells of before it asks the system; see the table of audit events.
_STEPS = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.utime"}


class Killed(BaseException):
    """The worker is no more."""


class _Death:
    """Counts steps while armed; from the fatal one on, every step is refused."""

    def __init__(self) -> None:
        self.left: int | None = None

    def __call__(self, event: str, _: tuple[Any, ...]) -> None:
        if self.left is None or event not in _STEPS:
            return
        self.left -= 1
        if self.left < 0:
            raise Killed


_death = _Death()
sys.addaudithook(_death)  # there is no taking it away; it does nothing while not armed


@contextmanager
def mortal(steps: int) -> Iterator[list[bool]]:
    """Let what runs within die after so many steps; the list yielded tells whether it did."""
    died: list[bool] = []
    _death.left = steps
    try:
        yield died
    except Killed:
        died.append(True)
    finally:
        _death.left = None
