"""Runs of capitals: where a sentence in Latin script may name somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.extract.grammars.people.cut import Word, cut_of
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_BLOCKING = (
    "office",
    "honorific",
    "coalition",
    "country",
    "city",
    "month",
    "demonym",
    "body",
    "organisation",
)

_LOWER = names("lower_particles")
_NO_NAMES = names("no_names")
_PARTICLES = names("particles", "latin")
_HYPHENED = names("hyphened_particles")
_LONGEST = 4000  # characters of a sentence
_ALL = b"\1" * _LONGEST
_WRAPPED = 2  # a line end within a paragraph
_ARABIC = "\u0600"  # its letters and those behind it have no capitals, or none in names
_LONGEST_TOWN, _LONGEST_STYLE = 20, 40
_SHORT = 4  # abbreviated ranks that are names elsewhere (Gen, Pr)

_MARKS = frozenset(((' "', '" '), (" “", "” "), (" (", ") "), (" «", "» "), (" '", "' ")))
_NICKNAMES = frozenset(mark for marks in _MARKS for mark in marks)


class Run:
    """Capitalised words in a row that no lexicon knows."""

    __slots__ = ("end", "start", "words")

    def __init__(self, words: Sequence[Word]) -> None:
        """Note where the first word begins and the last one ends."""
        self.words = words
        self.start, self.end = words[0].start, words[-1].end


def find_runs(reading: Reading, capitals: Sequence[int], stop: int) -> Iterator[Run]:
    """Yield the runs of a sentence; a possessive ends its run.

    `capitals` are the indices of its words with capitals, `stop` is that of the first word behind.
    """
    cut = cut_of(reading)
    begins, taken = cut.begins, _taken(reading)
    done = 0
    for index in capitals:
        if index < done:
            continue
        begin = begins[index]
        if taken[begin] and not (taken[begin - 2] and _is_called(reading, begin)):
            continue
        word = cut.words[index]
        if not _begins(reading, word):
            continue
        row = [word]
        done = index + 1
        while done < stop and not word.possessive:
            following = cut.words[done]
            if not _follows(reading, word, following):
                break
            if not _goes_on(reading, following, taken):
                break
            row.append(following)
            word = following
            done += 1
        while row and row[-1].text in _LOWER:
            row.pop()
        if row:
            yield Run(row)


def _taken(reading: Reading) -> bytearray:
    """Return 1 for each place in what lexicons know, which no unknown name is; kept with a text."""
    taken: bytearray | None = reading.kept.get("taken")
    if taken is None:
        taken = reading.kept["taken"] = bytearray(len(reading.lower))
        for kind in _BLOCKING:
            for row in reading.by_sentence(kind).values():
                for match in row:
                    start, end = match.start, match.end
                    if kind != "month" or is_dated(reading, match):
                        taken[start:end] = _ALL[: end - start]
    return taken


def is_dated(reading: Reading, month: Match) -> bool:
    """Tell whether a number stands beside a month, which else may be a first name ("Jan")."""
    around = reading.lower[max(0, month.start - 4) : month.end + 4]
    return any(c.isdigit() for c in around)


def _follows(reading: Reading, last: Word, word: Word) -> bool:
    gap = reading.lower[last.end : word.start]
    if gap in _NICKNAMES:
        return _is_nickname(reading, word if gap[0] == " " else last)
    if gap == ". ":
        return len(last.text) <= 2 or "." in last.text
    return gap == " " or (gap.isspace() and len(gap) <= _WRAPPED)


def _is_nickname(reading: Reading, word: Word) -> bool:
    """Tell whether one capitalised word stands in marks between names (James "Jim" Kilby)."""
    lower, start, end = reading.lower, word.start, word.end
    marks = lower[start - 2 : start], lower[end : end + 2]
    letters = reading.original(start, end)
    return word.capital and marks in _MARKS and not letters.isupper()


def _is_called(reading: Reading, place: int) -> bool:
    """Tell whether a town's name is a first name behind a style or an office ("Mr. Aden Bare")."""
    towns = reading.matches("city", place, place + _LONGEST_TOWN)
    if not towns or towns[0].start != place or " " in reading.lower[place : towns[0].end]:
        return False
    behind = words_of(reading, towns[0].end, towns[0].end + _LONGEST_TOWN)[:1]
    if not behind or not behind[0].capital:
        return False
    styles = reading.of_kinds(("honorific", "office"), max(0, place - _LONGEST_STYLE), place)
    return any(m.end == place - 1 for m in styles)


def _begins(reading: Reading, word: Word) -> bool:
    """Tell whether a name may begin with a capitalised word: an initial, or no known noun."""
    if len(word.text) == 1:
        return word.text < _ARABIC and reading.lower.startswith(". ", word.end)
    return word.text not in _NO_NAMES and word.text[0] < _ARABIC and not word.text[-1].isdigit()


def _goes_on(reading: Reading, word: Word, taken: bytearray) -> bool:
    """Tell whether a name that has begun goes on with a word."""
    if taken[word.start]:
        return word.capital and _is_style(reading, word)
    if _is_particle(word.text):
        return True
    text = word.text
    if not word.capital or text[0] >= _ARABIC or text[-1].isdigit():
        return False
    return len(text) == 1 or text in _PARTICLES or text not in _NO_NAMES


def _is_particle(text: str) -> bool:
    """Tell whether a word without capital is part of a name: "bin", "el", "al-Abadi"."""
    head, hyphen, _ = text.partition("-")
    if hyphen:
        return head in _HYPHENED
    return text in _LOWER


def _is_style(reading: Reading, word: Word) -> bool:
    """Tell whether a style inside a name is part of it ("Ould Cheikh", "Nakatani Gen")."""
    found = reading.matches("honorific", word.start, word.end)
    if any(m.payload.get("sort") == "noble" and m.end == word.end for m in found):
        return True
    place = reading.folded.offsets[word.end] if word.end < len(reading.lower) else None
    following = reading.text[int(place) + 1 : int(place) + 2] if place is not None else ""
    short = word.end - word.start <= _SHORT and reading.lower[word.end : word.end + 1] != "."
    return short and bool(found) and found[-1].end == word.end and not following.isupper()
