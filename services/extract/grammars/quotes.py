"""Quotes: words in quotation marks and who said them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from services.extract.grammars.people.cast import cast_of
from services.extract.grammars.people.saying import Saying
from services.extract.grammars.people.speakers import speakers_of
from services.extract.grammars.people.words import names, words_of
from services.extract.grammars.quotation import quoted_spans
from services.extract.reading import Reading
from shared.record import Person, Quote

_FEWEST_WORDS = 4
_AFTER_REACH = 45
_TOUCHING = 8
_LOOK_BACK = 800


def read_quotes(reading: Reading, people: tuple[Person, ...]) -> tuple[Quote, ...]:
    """Return the direct speech of the text, each with its speaker.

    Slogans, names and titles in quotation marks, and words that nobody is told to have said, are
    none; `people` gives the speakers their names.
    """
    quotes = []
    spans = [span for span in quoted_spans(reading) if _may_be_speech(reading, *span)]
    sayings = [s for s in speakers_of(reading) if s.spoken] if spans else []
    for start, end in spans:
        saying = _saying(reading, start, end, sayings)
        if saying is not None:
            quotes.append(_quote(reading, start, end, _name(reading, saying, people)))
    return tuple(quotes)


def _may_be_speech(reading: Reading, start: int, end: int) -> bool:
    """Tell whether quoted words are long enough for speech, stand in prose, and are no name."""
    segment = reading.segment_at(start)
    if segment is None or segment.kind in ("tweet", "boilerplate"):
        return False
    return len(words_of(reading, start, end)) >= _FEWEST_WORDS and not _is_name(reading, start, end)


def _is_name(reading: Reading, start: int, end: int) -> bool:
    """Tell whether quoted words are a slogan or for the most part a coalition's name."""
    if reading.matches("theme", max(0, start - 40), start):
        return True
    if _is_titled(reading, start):
        return True
    bodies = reading.matches("coalition", start, end)
    return sum(b.end - b.start for b in bodies) * 2 > end - start


def _bare(word: str) -> str:
    """Return an Arabic word without the clitics that a preposition or "and" leave on it."""
    for clitic in ("و", "ل", "ب", "ال"):
        word = word.removeprefix(clitic) if word[0] >= "\u0600" and len(word) > 4 else word
    return word


def _is_titled(reading: Reading, start: int) -> bool:
    """Tell whether the noun right before makes the quoted words a name ("مبادرة «…»")."""
    before = words_of(reading, max(0, start - 30), start)[-1:]
    if not before or any(mark in reading.lower[before[0].end : start] for mark in ":,;."):
        return False
    word = before[0].text
    first = reading.original(start, start + 2).strip()[:1]
    return _bare(word) in names("quoted") and (word[0] >= "\u0600" or first.isupper())


def _saying(reading: Reading, start: int, end: int, sayings: Sequence[Saying]) -> Saying | None:
    """Return what brings a quotation: the verb right behind it, else the last one before it."""
    segment = reading.segment_at(start)
    if segment is None:
        return None
    low = bisect_left(sayings, max(segment.start, start - _LOOK_BACK), key=lambda s: s.start)
    high = bisect_left(sayings, min(segment.end, end + _AFTER_REACH + 1), key=lambda s: s.start)
    here = sayings[low:high]
    for saying in here:
        if end < saying.start <= end + _AFTER_REACH and _is_source(reading, end, saying.start):
            return saying
    before = [s for s in here if s.start < start]
    sentence = reading.sentence_at(start)
    if before and sentence is not None and before[-1].start >= sentence.start:
        return before[-1]
    if (late := _late(reading, end, sayings[high:])) is not None:
        return late
    return before[-1] if before and _continues(reading, before[-1].start, start) else None


def _late(reading: Reading, end: int, sayings: Sequence[Saying]) -> Saying | None:
    """Return the verb of a speaker who stands right behind a quotation ("…", X, who led, said)."""
    behind = cast_of(reading).between(end, end + _TOUCHING)
    sentence = reading.sentence_at(behind[0].start) if behind else None
    if sentence is None:
        return None
    own = (s for s in sayings[:2] if s.person == behind[0].person and s.start < sentence.end)
    return next(own, None)


def _is_source(reading: Reading, left: int, right: int) -> bool:
    """Tell whether no sentence ends and no quotation begins between a quotation and its verb."""
    gap = reading.lower[left + 1 : right]
    return not any(mark in gap for mark in '.!?;"«“') and not gap.lstrip().startswith(("و", "and"))


def _continues(reading: Reading, left: int, right: int) -> bool:
    """Tell whether a quotation that stands by itself goes on with the speech before it."""
    gap = reading.lower[left:right].rstrip(' "«“')
    return gap.endswith((".", ":", "!", "?")) and gap.count(". ") <= 1


def _name(reading: Reading, saying: Saying, people: Sequence[Person]) -> str | None:
    if saying.person is not None:
        return people[saying.person].name if saying.person < len(people) else None
    span = saying.title or saying.group
    return " ".join(reading.evidence(*span).text.split()) if span else None


def _quote(reading: Reading, start: int, end: int, speaker: str | None) -> Quote:
    evidence = reading.evidence(start, end)
    text = reading.original(start, end).strip()
    return Quote(speaker=speaker, text=text, evidence=(evidence,), confidence=0.9)
