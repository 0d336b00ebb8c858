"""A bar for work that takes a while, on standard error, gone when the work is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from communique.showing.console import console

Item = TypeVar("Item")


def track(items: Sequence[Item], label: str) -> Iterator[Item]:
    """Yield the items, showing how many are done; only a terminal is shown anything."""
    from rich.progress import track as draw

    screen = console(stderr=True)
    yield from draw(items, label, console=screen, transient=True, disable=not screen.is_terminal)
