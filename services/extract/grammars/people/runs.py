"""Runs of capitals: where a sentence in Latin script may name somebody."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from services.extract.grammars.people.words import Word, names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_FAR = sys.maxsize
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


_CREDIT = 40
_FAR_BEFORE = 6  # words: "l'École de maintien de la paix X"
_BYLINE = 90
_LONGEST_BARE = 3
_WRAPPED = 2  # a line end within a paragraph
_SHORT = 4  # abbreviated ranks that are names elsewhere (Gen, Pr)
_TWO_WORDS = 2  # longer runs that speak are papers and organisations


_MARKS = frozenset(((' "', '" '), (" “", "” "), (" (", ") "), (" «", "» "), (" '", "' ")))
_NICKNAMES = frozenset(mark for marks in _MARKS for mark in marks)


@dataclass(slots=True, eq=False)
class Run:
    """Capitalised words in a row that no lexicon knows."""

    words: tuple[Word, ...]
    start: int = field(init=False)
    end: int = field(init=False)

    def __post_init__(self) -> None:
        """Note where the first word begins and the last one ends."""
        self.start, self.end = self.words[0].start, self.words[-1].end


def find_runs(reading: Reading, sentence: Sentence, words: Sequence[Word]) -> Iterator[Run]:
    """Yield the runs of a sentence; a possessive ends its run."""
    known = reading.inside(_BLOCKING, sentence)
    taken = _merged([(m.start, m.end) for m in known if m.kind != "month" or is_dated(reading, m)])
    row: list[Word] = []
    for word in words:
        if not row and not word.capital:
            continue
        if row and (row[-1].possessive or not _follows(reading, row[-1], word)):
            yield from _trimmed(row)
            row = []
        if _stands_in_name(reading, word, bool(row), taken):
            row.append(word)
        elif row:
            yield from _trimmed(row)
            row = []
    yield from _trimmed(row)


def is_dated(reading: Reading, month: Match) -> bool:
    """Tell whether a number stands beside a month, which else may be a first name ("Jan")."""
    around = reading.lower[max(0, month.start - 4) : month.end + 4]
    return any(c.isdigit() for c in around)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans, given by place, with overlapping ones made one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def is_credit(reading: Reading, run: Run) -> bool:
    """Tell whether a run is an author's or a photographer's, beside a text and not in it."""
    segment = reading.segment_at(run.start)
    if segment is None:
        return False
    if segment.end - segment.start <= run.end - run.start + 2:
        return True  # a line with nothing but the name
    line = reading.lower[segment.start : segment.end].rstrip(" .")
    if len(line) < _BYLINE and line.startswith("(") and line.endswith(")"):
        return True
    before = words_of(reading, max(segment.start, run.start - _CREDIT), run.start)[-3:]
    if any(w.text in names("credits") for w in before):
        return True
    opens = len(before) == 1 and before[0].start <= segment.start + 2
    return opens and before[0].text in ("by", "par") and segment.end - segment.start < _BYLINE


def names_facility(reading: Reading, run: Run, start: int) -> bool:
    """Tell whether a run names a place or a ship ("King Fahd Causeway", "rue Jean Moulin").

    `start` is where the run begins, or a style that may be part of the name.
    """
    facilities = names("facilities", "latin")
    if run.words[0].text in facilities or run.words[-1].text in facilities:
        return True
    behind = words_of(reading, run.end, min(run.end + 30, len(reading.lower)))[:2]
    place = run.end
    for word in behind:
        if not word.capital or reading.lower[place : word.start] not in (" ", "-"):
            break
        if word.text in facilities:
            return True
        place = word.end
    before = words_of(reading, max(0, start - 50), start)[-_FAR_BEFORE:]
    for at in range(len(before) - 1, -1, -1):
        if before[at].text in facilities:
            return not any(mark in reading.lower[before[at].end : start] for mark in ",;:.()")
        if at <= len(before) - 2 and before[at].text not in names("connectors"):
            near = before[at].capital or (before[at - 1].text in names("connectors"))
            if not near:
                return False
    return False


def is_person(reading: Reading, run: Run) -> bool:
    """Tell whether a run without title is a person's: by first name, state or speech."""
    if run.words[0].text in names("given", "latin") or _has_origin(reading, run):
        return True
    behind = reading.lower[run.end : run.end + 6]
    if behind.startswith(" (") and reading.matches("country", run.end + 2, run.end + 30):
        return True
    if len(run.words) > 1 and behind.startswith(" of ") and _is_from(reading, run):
        return True
    if _in_brackets(reading, run):
        return True
    said = behind in (" said ", " said.", " said,")
    said = said or reading.lower[max(0, run.start - 5) : run.start] == "said "
    return said and len(run.words) == _TWO_WORDS


def _in_brackets(reading: Reading, run: Run) -> bool:
    """Tell whether a run stands in brackets behind a state, as in "ministers of Mali (X)"."""
    lower = reading.lower
    if len(run.words) == 1 or lower[run.start - 1] != "(" or lower[run.end : run.end + 1] != ")":
        return False
    states = reading.matches("country", max(0, run.start - 40), run.start)
    if not states or lower[states[-1].end : run.start] != " (":
        return False
    sentence = reading.sentence_at(run.start)
    return bool(reading.matches("offices", sentence.start if sentence else 0, run.start))


def _is_from(reading: Reading, run: Run) -> bool:
    """Tell whether a state follows a short run ("Viktor Khrenin of Belarus")."""
    states = reading.matches("country", run.end + 3, run.end + 30)
    if not states or len(run.words) > _LONGEST_BARE:
        return False
    gap = reading.lower[run.end : states[0].start]
    return gap in (" of ", " of the ")


def _has_origin(reading: Reading, run: Run) -> bool:
    """Tell whether a state stands before a run: "Chad's …", "l'Américain …"."""
    origin = reading.of_kinds(("country", "demonym"), max(0, run.start - 30), run.start)
    if not origin or origin[-1].payload.get("vague"):
        return False
    gap = reading.lower[origin[-1].end : run.start]
    at = int(reading.folded.offsets[origin[-1].start])
    segment = reading.segment_at(run.start)
    noun = segment is not None and segment.lang == "fr" and reading.text[at].isupper()
    return gap in ("'s ", "' ") or (gap == " " and origin[-1].kind == "demonym" and noun)


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


def _stands_in_name(
    reading: Reading, word: Word, inside: bool, taken: Sequence[tuple[int, int]]
) -> bool:
    """Tell whether a word may be part of a name, given that one has begun or not."""
    at = bisect_right(taken, (word.start, _FAR)) - 1
    if at >= 0 and word.start < taken[at][1]:
        return inside and word.capital and _is_style(reading, word)
    if inside and _is_particle(word.text):
        return True
    if not word.capital:
        return False
    if len(word.text) == 1 and reading.lower.startswith(". ", word.end):
        return True
    if inside and (len(word.text) == 1 or word.text in names("particles", "latin")):
        return True
    return (inside or len(word.text) > 1) and word.text not in names("no_names")


def _is_particle(text: str) -> bool:
    """Tell whether a word without capital is part of a name: "bin", "el", "al-Abadi"."""
    head, hyphen, _ = text.partition("-")
    if hyphen:
        return head in names("hyphened_particles")
    return text in names("lower_particles")


def _is_style(reading: Reading, word: Word) -> bool:
    """Tell whether a style inside a name is part of it ("Ould Cheikh", "Nakatani Gen")."""
    found = reading.matches("honorific", word.start, word.end)
    if any(m.payload.get("sort") == "noble" and m.end == word.end for m in found):
        return True
    place = reading.folded.offsets[word.end] if word.end < len(reading.lower) else None
    following = reading.text[int(place) + 1 : int(place) + 2] if place is not None else ""
    short = word.end - word.start <= _SHORT and reading.lower[word.end : word.end + 1] != "."
    return short and bool(found) and found[-1].end == word.end and not following.isupper()


def _trimmed(row: Sequence[Word]) -> Iterator[Run]:
    """Yield the run without particles at its end; nothing if no name is left of it."""
    words = list(row)
    while words and words[-1].text in names("lower_particles"):
        words.pop()
    if words:
        yield Run(tuple(words))
