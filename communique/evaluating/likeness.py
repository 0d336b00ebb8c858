"""When two values count as the same: texts by their folded words, lists item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

from shared.text import fold_words

Item = dict[str, Any]
Span = tuple[int, int]


def alike(one: str | None, other: str | None, floor: float = 0.8) -> bool:
    """Tell whether two texts say the same: nearly equal letters, or one's words among the other's.

    A single word (`Salman`) is never enough for a longer text. `floor` is the least share of
    equal letters.
    """
    first, second = fold_words(one or ""), fold_words(other or "")
    if not first or not second:
        return first == second
    short, long = sorted((set(first), set(second)), key=len)
    if short <= long and len(short) > 1:
        return True
    return SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= floor


def pair(
    gold: Sequence[Item], read: Sequence[Item], same: Callable[[Item, Item], bool]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Pair each gold item with the first that is the same: the pairs, the missed, the false."""
    left, pairs, missed = list(read), [], []
    for item in gold:
        hit = next((other for other in left if same(item, other)), None)
        if hit is None:
            missed.append(item)
        else:
            left = [other for other in left if other is not hit]
            pairs.append((item, hit))
    return pairs, missed, left


def places(text: str, words: str | Iterable[str] | None) -> list[Span]:
    """Return every place in a text where one of the strings stands, `[start, end)`."""
    found: list[Span] = []
    for piece in [words] if isinstance(words, str) else words or ():
        start = text.find(piece) if piece else -1
        while start >= 0:
            found.append((start, start + len(piece)))
            start = text.find(piece, start + 1)
    return found


def touch(some: Iterable[Span], others: Sequence[Span]) -> bool:
    """Tell whether any span of the one overlaps any of the other."""
    return any(start < end2 and start2 < end for start, end in some for start2, end2 in others)
