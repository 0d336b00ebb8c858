"""Words and the tables that tell which of them can stand in a person's name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

from services.extract.grammars.function_words import function_words
from services.extract.lexicon import read_lexicon
from services.extract.reading import Reading
from shared.text import fold_text

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_ELISIONS = ("l'", "d'", "qu'", "jusqu'", "lorsqu'", "n'")


class Word(NamedTuple):
    """A word: `[start, end)` in folded characters; `capital` as the document writes it."""

    text: str
    start: int
    end: int
    capital: bool = False
    possessive: bool = False


def words_of(reading: Reading, start: int, end: int) -> list[Word]:
    """Return the words of folded `[start, end)`, French elisions and English 's cut off.

    A word that a bound cuts through is read as far as it lies inside.
    """
    return _cut(reading).between(start, end)


class _Cut:
    """A text cut into words once, since grammars ask for overlapping stretches of it."""

    def __init__(self, reading: Reading) -> None:
        """Find the words; what each of them is gets read when it is first asked for."""
        self._reading = reading
        spans = [found.span() for found in _WORD.finditer(reading.lower)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._words: list[Word | None] = [None] * len(spans)

    def between(self, start: int, end: int) -> list[Word]:
        """Return the words of `[start, end)`, those cut through at its bounds included."""
        low = bisect_right(self._ends, start)
        high = bisect_left(self._starts, end, low)
        if low == high:
            return []
        first = low + (self._starts[low] < start)
        last = high - (self._ends[high - 1] > end)
        if first > last:  # both bounds cut through one word
            return self._pieces(start, end)
        words = [self._words[i] or self._word(i) for i in range(first, last)]
        if first > low:
            words = self._pieces(start, self._ends[low]) + words
        if last < high:
            words += self._pieces(self._starts[last], end)
        return words

    def _word(self, index: int) -> Word:
        start = self._starts[index]
        word = _word(self._reading, self._reading.lower[start : self._ends[index]], start)
        self._words[index] = word
        return word

    def _pieces(self, start: int, end: int) -> list[Word]:
        found = _WORD.finditer(self._reading.lower, start, end)
        return [_word(self._reading, m[0], m.start()) for m in found]


@lru_cache(maxsize=1)
def _cut(reading: Reading) -> _Cut:
    """Return the words of a text; the last text's are kept."""
    return _Cut(reading)


def _word(reading: Reading, text: str, start: int) -> Word:
    end = start + len(text)
    if text[0] >= "\u0600":
        if text == "علي":
            text = _as_written(reading, start)
        return Word(text, start, end)
    possessive = False
    if "'" in text:
        start += _elided(reading, text, start)
        text = reading.lower[start:end]
        possessive = text.endswith("'s")
        if possessive:
            text, end = text[:-2], end - 2
    return Word(text, start, end, _is_capital(reading, start), possessive)


def _is_capital(reading: Reading, place: int) -> bool:
    return reading.text[reading.folded.offsets.item(place)].isupper()


def _elided(reading: Reading, text: str, start: int) -> int:
    """Return the length of a French elision before a word; N' of N'Djamena is none."""
    for elision in _ELISIONS:
        if text.startswith(elision) and len(text) > len(elision):
            named = elision == "n'" and _is_capital(reading, start)
            return 0 if named else len(elision)
    return 0


def _as_written(reading: Reading, start: int) -> str:
    """Tell the preposition على from the name علي, which folding makes one word."""
    return "على" if reading.original(start, start + 3)[-1:] == "ى" else "علي"


@cache
def names(table: str, script: str | None = None) -> frozenset[str]:
    """Return one table of names.yaml, folded; `script` is `ar` or `latin` where it has two."""
    data = read_lexicon("names")[table]
    rows = data[script] if script else data
    return frozenset(fold_text(str(row)) for row in rows)


def is_given(word: str) -> bool:
    """Tell whether a folded Arabic word is a frequent first name, or a عبد written in one word."""
    return word in names("given", "ar") or (word.startswith("عبدال") and len(word) > 6)


def is_governed(reading: Reading, place: int) -> bool:
    """Tell whether a preposition or a genitive stands right before a place."""
    before = reading.lower[max(0, place - 24) : place]
    if before.rstrip()[-1:] in ("", ",", ";", ":", "."):
        return False
    words = [
        w for w in before.replace("'", " ").split()[-2:] if w not in function_words("articles")
    ]
    return bool(words) and words[-1] in function_words("prepositions")
