"""Words, and the tables that tell which of them can stand in a person's name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cut import Cut, Word, cut_of
from services.extract.lexicon import read_lexicon
from services.extract.reading import Reading
from shared.text import fold_text

_GOVERNOR = 24  # characters before a noun
_ARTICLES, _PREPOSITIONS = function_words("articles"), function_words("prepositions")


def words_of(reading: Reading, start: int, end: int) -> list[Word]:
    """Return the words of folded `[start, end)`, French elisions and English 's cut off.

    A word that a bound cuts through is read as far as it lies inside.
    """
    cut: Cut = reading.kept.get("words") or cut_of(reading)
    low = bisect_right(cut.ends, start)
    high = bisect_left(cut.starts, end, low)
    if low == high:
        return []
    if cut.starts[low] < start or cut.ends[high - 1] > end:
        return cut.parts(low, high, start, end)
    return cut.words[low:high]


def word_before(reading: Reading, place: int, floor: int) -> str:
    """Return the last word that ends in `[floor, place)`, as far as it lies inside; "" if none."""
    cut: Cut = reading.kept.get("words") or cut_of(reading)
    index = bisect_left(cut.starts, place) - 1
    if index < 0 or cut.ends[index] <= floor:
        return ""
    if cut.starts[index] >= floor and cut.ends[index] <= place:
        return cut.words[index].text
    pieces = words_of(reading, floor, place)
    return pieces[-1].text if pieces else ""


def words_before(reading: Reading, place: int, most: int, floor: int) -> list[Word]:
    """Return the last words of `words_of` from `floor` to a place, `most` of them at most."""
    cut: Cut = reading.kept.get("words") or cut_of(reading)
    high = bisect_left(cut.starts, place)
    low = high - most
    if low < 0 or cut.starts[low] < floor or cut.ends[high - 1] > place:
        return words_of(reading, floor, place)[-most:]
    return cut.words[low:high]


def words_back(reading: Reading, place: int, floor: int) -> Iterator[Word]:
    """Yield the words of folded `[floor, place)` as `words_of` cuts them, the last one first."""
    cut = cut_of(reading)
    index = bisect_left(cut.starts, place) - 1
    while index >= 0 and cut.ends[index] > floor:
        if cut.starts[index] >= floor and cut.ends[index] <= place:
            yield cut.words[index]
        else:
            low, high = max(cut.starts[index], floor), min(cut.ends[index], place)
            yield from words_of(reading, low, high)
        index -= 1


@cache
def names(table: str, script: str | None = None) -> frozenset[str]:
    """Return one table of names.yaml, folded; `script` is `ar` or `latin` where it has two."""
    data = read_lexicon("names")[table]
    rows = data[script] if script else data
    return frozenset(fold_text(str(row)) for row in rows)


_GIVEN = names("given", "ar")


def is_given(word: str) -> bool:
    """Tell whether a folded Arabic word is a frequent first name, or a عبد written in one word."""
    return word in _GIVEN or (word.startswith("عبدال") and len(word) > 6)


def is_governed(reading: Reading, place: int) -> bool:
    """Tell whether a preposition or a genitive stands right before a place."""
    low = place - _GOVERNOR if place > _GOVERNOR else 0
    words = reading.lower[low:place].replace("'", " ").rsplit(None, 2)
    if not words:
        return False
    last = words[-1]
    if last in _ARTICLES:  # "of the …"; before two of them nothing governs
        last = words[-2] if len(words) > 1 else ""
        if last in _ARTICLES:
            return False
    return last in _PREPOSITIONS
