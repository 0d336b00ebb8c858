"""A service as it runs, but for the moment in which it kills or stops itself.

`python -m tests.reliability.dying SERVICE before|after MODULE:FUNCTION [N]` runs a service with its
settings from the environment until the Nth call of a function begins or has ended.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import itertools
import os
import runpy
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Boundary:
    """The moment `at` ("before" or "after") the `count`th call `of` MODULE:FUNCTION."""

    at: str
    of: str
    leaves: str = ""
    count: int = 1
    by: int = signal.SIGKILL


def die_at(boundary: Boundary) -> None:
    """Have this process kill itself, as `kill -9` does, at a boundary; or stop (SIGSTOP)."""
    module, _, path = boundary.of.partition(":")
    *outer, name = path.split(".")
    owner: Any = importlib.import_module(module)
    if outer:
        owner = attrgetter(".".join(outer))(owner)
    setattr(owner, name, _wrapped(getattr(owner, name), boundary))


def live(service: str, environment: dict[str, str], log: Path, boundary: Boundary | None) -> None:
    """Be a service in a process that was forked for it; what it says goes to the end of `log`."""
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.chdir(log.parent)
    os.environ.clear()
    os.environ.update(environment)
    if boundary is not None:
        die_at(boundary)
    sys.argv = [f"services.{service}"]
    runpy.run_module(f"services.{service}", run_name="__main__", alter_sys=True)


def _wrapped(function: Callable[..., Any], boundary: Boundary) -> Callable[..., Any]:
    numbers = itertools.count(1)  # calls may run side by side: each knows its own

    def pass_by(when: str, number: int) -> None:
        if when == boundary.at and number == boundary.count:
            os.kill(os.getpid(), boundary.by)

    @functools.wraps(function)
    async def slowly(*arguments: Any, **named: Any) -> Any:
        number = next(numbers)
        pass_by("before", number)
        result = await function(*arguments, **named)
        pass_by("after", number)
        return result

    @functools.wraps(function)
    def quickly(*arguments: Any, **named: Any) -> Any:
        number = next(numbers)
        pass_by("before", number)
        result = function(*arguments, **named)
        pass_by("after", number)
        return result

    return slowly if inspect.iscoroutinefunction(function) else quickly


if __name__ == "__main__":
    name, at, of, *count = sys.argv[1:]
    die_at(Boundary(at, of, count=int(count[0]) if count else 1))
    sys.argv = [f"services.{name}"]
    runpy.run_module(f"services.{name}", run_name="__main__", alter_sys=True)
