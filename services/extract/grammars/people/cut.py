"""A text cut into words: where each begins and ends, and what it is."""

from __future__ import annotations

from bisect import bisect_right
from itertools import compress, count
from operator import attrgetter

from services.extract.reading import Reading
from shared.text import Folded, word_spans

_ELISIONS = ("l'", "d'", "qu'", "jusqu'", "lorsqu'", "n'")
_JOINTS = "'.-"
_ALI = "علي"  # folding makes one word of the preposition على and the name علي
_by_capital = attrgetter("capital")


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


class Cut:
    """A text cut into words once, since grammars ask for overlapping stretches of it.

    `starts` and `ends` are those of whole words, elisions and possessives included; `words` are
    without them. It keeps no `Reading`, which keeps it: a circle would be left to the garbage
    collector.
    """

    def __init__(self, text: str, folded: Folded) -> None:
        """Find the words, and what each of them is."""
        self._original = text
        self._lower = folded.text
        self._places = folded.places
        self._capitals = capitals = folded.capitals
        self.starts, self.ends = word_spans(folded.codes)
        lower = folded.text
        self.words = [
            Word(lower[start:end], start, end, capitals[start] == 1)
            for start, end in zip(self.starts, self.ends, strict=True)
        ]
        self.begins = self.starts  # where each word begins, its elision off
        self._capitalised: list[int] | None = None
        if marked := [*self._holding("'"), *self._holding(_ALI)]:
            self.begins = self.starts.copy()
            for index in marked:
                start, end = self.starts[index], self.ends[index]
                word = self.words[index] = self._read(lower[start:end], start, end)
                self.begins[index] = word.start

    @property
    def capitalised(self) -> list[int]:
        """The indices of the words that begin with a capital, behind an elision too."""
        if self._capitalised is None:
            self._capitalised = list(compress(count(), map(_by_capital, self.words)))
        return self._capitalised

    def _holding(self, piece: str) -> list[int]:
        """Return the indices of the words that hold a piece."""
        found: list[int] = []
        at = self._lower.find(piece)
        while at >= 0:
            index = bisect_right(self.starts, at) - 1
            if index >= 0 and at < self.ends[index] and (not found or found[-1] != index):
                found.append(index)
            at = self._lower.find(piece, at + 1)
        return found

    def parts(self, low: int, high: int, start: int, end: int) -> list[Word]:
        """Return the words from `low` to before `high` as far as they lie in `[start, end)`."""
        words = []
        if self.starts[low] < start:
            words = self._piece(start, min(end, self.ends[low]))
            low += 1
        if low < high and self.ends[high - 1] > end:
            last = self._piece(self.starts[high - 1], end)
            return [*words, *self.words[low : high - 1], *last]
        return words + self.words[low:high]

    def _piece(self, start: int, end: int) -> list[Word]:
        """Return what is left of a word in `[start, end)`: a word too, but for joints around."""
        if self._lower[start] in _JOINTS:
            start += 1
        if start < end and self._lower[end - 1] in _JOINTS:
            end -= 1
        return [self._read(self._lower[start:end], start, end)] if start < end else []

    def _read(self, text: str, start: int, end: int) -> Word:
        if text[0] >= "\u0600":
            if text == _ALI and self._original[self._places[end - 1]] == "ى":
                text = "على"
            return Word(text, start, end)
        if "'" not in text:
            return Word(text, start, end, self._capitals[start] == 1)
        start += self._elided(text, start)
        text = self._lower[start:end]
        possessive = text.endswith("'s")
        if possessive:
            text, end = text[:-2], end - 2
        return Word(text, start, end, self._capitals[start] == 1, possessive)

    def _elided(self, text: str, start: int) -> int:
        """Return the length of a French elision before a word; N' of N'Djamena is none."""
        for elision in _ELISIONS:
            if text.startswith(elision) and len(text) > len(elision):
                named = elision == "n'" and self._capitals[start] == 1
                return 0 if named else len(elision)
        return 0


def cut_of(reading: Reading) -> Cut:
    """Return a text cut into words, as it is kept with its reading."""
    cut: Cut | None = reading.kept.get("words")
    if cut is None:
        cut = reading.kept["words"] = Cut(reading.text, reading.folded)
    return cut
