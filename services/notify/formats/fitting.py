"""Making a message fit: less and less of it is shown, until its target takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from services.notify.formats.brief import Brief

# Lines a section, and characters a line: the most that is read at a glance, then ever less.
_ROOM = ((8, 400), (6, 240), (4, 160), (3, 100), (2, 60), (1, 30), (0, 15))


def shorter_and_shorter(brief: Brief) -> Iterator[Brief]:
    """Yield the brief with ever less in it."""
    yield from (brief.shortened(*room) for room in _ROOM)


def first_that_fits(
    brief: Brief, make: Callable[[Brief], bytes], fits: Callable[[bytes], bool]
) -> bytes:
    """Return the longest message that fits; the shortest does, by the sizes of its parts."""
    made = b""
    for shorter in shorter_and_shorter(brief):
        made = make(shorter)
        if fits(made):
            break
    return made
