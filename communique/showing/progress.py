"""A bar for work that takes a while, on standard error, gone when the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from communique.showing.console import console

Item = TypeVar("Item")


def track(items: Sequence[Item], label: str) -> Iterator[Item]:
    """Yield the items, showing how many are done; only a terminal is shown anything."""
    from rich.progress import track as draw

    screen = console(stderr=True)
    yield from draw(items, label, console=screen, transient=True, disable=not screen.is_terminal)


@contextmanager
def advancing(total: int, label: str) -> Iterator[Callable[[], None]]:
    """Give what is to be called for each of `total` pieces of work that is done."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    screen = console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(
        *columns,
        TimeRemainingColumn(),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    ) as progress:
        task = progress.add_task(label, total=total)
        yield lambda: progress.advance(task)
