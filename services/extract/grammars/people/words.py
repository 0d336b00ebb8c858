"""Words and the tables that tell which of them can stand in a person's name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from services.extract.grammars.function_words import function_words
from services.extract.lexicon import read_lexicon
from services.extract.reading import Reading
from shared.text import Folded, fold_text, word_spans

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_GOVERNOR = 24  # characters before a noun
_ARTICLES, _PREPOSITIONS = function_words("articles"), function_words("prepositions")
_ELISIONS = ("l'", "d'", "qu'", "jusqu'", "lorsqu'", "n'")


class Word:
    """A word: `[start, end)` in folded characters; `capital` as the document writes it."""

    __slots__ = ("capital", "end", "possessive", "start", "text")

    def __init__(
        self, text: str, start: int, end: int, capital: bool = False, possessive: bool = False
    ) -> None:
        """Take a word as it was cut; a text has hundreds, so that making one must cost little."""
        self.text = text
        self.start = start
        self.end = end
        self.capital = capital
        self.possessive = possessive


def words_of(reading: Reading, start: int, end: int) -> list[Word]:
    """Return the words of folded `[start, end)`, French elisions and English 's cut off.

    A word that a bound cuts through is read as far as it lies inside.
    """
    cut: _Cut = reading.kept.get("words") or _cut(reading)
    return cut.between(start, end)


class _Cut:
    """A text cut into words once, since grammars ask for overlapping stretches of it.

    It keeps no `Reading`, which keeps it: a circle would be left to the garbage collector.
    """

    def __init__(self, text: str, folded: Folded) -> None:
        """Find the words; what each of them is gets read when it is first asked for."""
        self._original = text
        self._lower = folded.text
        self._places = folded.places
        self._capitals = folded.capitals
        self._starts, self._ends = word_spans(folded.codes)
        self._words: list[Word | None] = [None] * len(self._starts)

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
        words: list[Word] = self._words[first:last]  # type: ignore[assignment]
        if None in words:
            words = self._read(first, last)
        if first > low:
            words = self._pieces(start, self._ends[low]) + words
        if last < high:
            words += self._pieces(self._starts[last], end)
        return words

    def _read(self, first: int, last: int) -> list[Word]:
        """Read the whole words from `first` to before `last`."""
        lower, capitals = self._lower, self._capitals
        words = []
        for start, end in zip(self._starts[first:last], self._ends[first:last], strict=True):
            text = lower[start:end]
            if "'" in text or text == "علي":
                words.append(self._word(text, start, end))
            else:
                words.append(Word(text, start, end, capitals[start] == 1))
        self._words[first:last] = words
        return words

    def _pieces(self, start: int, end: int) -> list[Word]:
        found = _WORD.finditer(self._lower, start, end)
        return [self._word(m[0], m.start(), m.end()) for m in found]

    def _word(self, text: str, start: int, end: int) -> Word:
        if text[0] >= "\u0600":
            # Folding makes one word of the preposition على and the name علي.
            if text == "علي" and self._original[self._places[end - 1]] == "ى":
                text = "على"
            return Word(text, start, end)
        if "'" not in text:
            return Word(text, start, end, self._capitals[start] == 1)
        start += self._elided(text, start)
        text = self._lower[start:end]
        possessive = text.endswith("'s")
        if possessive:
            text, end = text[:-2], end - 2
        return Word(text, start, end, self._is_capital(start), possessive)

    def _elided(self, text: str, start: int) -> int:
        """Return the length of a French elision before a word; N' of N'Djamena is none."""
        for elision in _ELISIONS:
            if text.startswith(elision) and len(text) > len(elision):
                named = elision == "n'" and self._is_capital(start)
                return 0 if named else len(elision)
        return 0

    def _is_capital(self, place: int) -> bool:
        return self._capitals[place] == 1


def _cut(reading: Reading) -> _Cut:
    """Cut a text into words, when the first grammar asks for them."""
    cut = reading.kept["words"] = _Cut(reading.text, reading.folded)
    return cut


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
    words = reading.lower[max(0, place - _GOVERNOR) : place].replace("'", " ").rsplit(None, 2)
    if not words:
        return False
    last = words[-1]
    if last in _ARTICLES:  # "of the …"; before two of them nothing governs
        last = words[-2] if len(words) > 1 else ""
        if last in _ARTICLES:
            return False
    return last in _PREPOSITIONS
