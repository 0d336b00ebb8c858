"""Whose state a speaker promises for: "his country", "we", a surname, the latter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from services.extract.grammars.donors import GIVERS, NAMED, givers_in
from services.extract.grammars.giving_words import any_of
from services.extract.grammars.people.speakers import speakers_of
from services.extract.grammars.people.words import names
from services.extract.grammars.subjects_of_giving import is_subject
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Person
from shared.text import WORD, fold_words

# "His country": whose that is was said before it, whatever else is named behind.
OWN = re.compile(rf"(?<!\w)[وفبل]?{any_of('own')}(?!\w)")
_LATTER = re.compile(rf"(?<!\w){any_of('latter')}(?!\w)")
_PRONOUN = re.compile(rf"(?<!\w){any_of('pronouns')}\s")
_WE = re.compile(r"\b(?:we|nous|notre|our)\b|سنقدم|سنخصص|بلادنا|نتعهد")
_TELLING = re.compile(
    r"\b(?:said|says|told|announced|declare|dit|indique|annonce|precise)\b|"
    r"قال|اعلن|افاد|ذكر|(?:بحسب|حسب|وفق)\s"
)
_NAMED_BEHIND = re.compile(rf"\s*,\s*{any_of('articles')}?\s*")
_SUFFIXES = names("suffixes")
_LONG_NAME = 6  # shorter ones differ by one letter too often (سلمان, سليمان)
_FAR = 400  # characters of the sentence before
_BEHIND = 60


def latter_of(reading: Reading, sentence: Sentence, start: int, end: int) -> Match | None:
    """Return whom "the latter" in `[start, end)` stands for: the last name before it."""
    places = [found.start() for found in _LATTER.finditer(reading.lower, start, end)]
    return _last_name(reading, sentence, places[-1]) if places else None


def pronoun_of(reading: Reading, sentence: Sentence, end: int) -> Match | None:
    """Return who gives in the sentence before, if a pronoun or "his country" stands for it."""
    text = reading.lower
    pronoun = _PRONOUN.search(text, sentence.start, min(end, sentence.start + _BEHIND))
    own = OWN.search(text, sentence.start, end)
    before = sentence_before(reading, sentence) if pronoun or own else None
    if before is None:
        return None
    names = givers_in(reading, max(before.start, before.end - _FAR), before.end)
    subjects = [name for name in names if is_subject(reading, name, before.end)]
    return subjects[-1] if subjects else None


def _last_name(reading: Reading, sentence: Sentence, place: int) -> Match | None:
    before = sentence_before(reading, sentence)
    low = max(sentence.start, place - _FAR)
    starts = [low, max(before.start, low - _FAR)] if before else [low]
    for start in starts:
        names = [
            name
            for name in reading.of_kinds(GIVERS, start, place)
            if name.kind in ("country", *NAMED)
        ]
        if names:
            return names[-1]
        place = start
    return None


def sentence_before(reading: Reading, sentence: Sentence) -> Sentence | None:
    """Return the sentence before one, if it is read."""
    before = reading.sentences[sentence.index - 1] if sentence.index else None
    return before if before and before.segment.kind != "boilerplate" else None


def own_country(reading: Reading, start: int, end: int) -> int | None:
    """Return where the last "his country" of `[start, end)` begins."""
    places = [found.start() for found in OWN.finditer(reading.lower, start, end)]
    return places[-1] if places else None


def named_own(reading: Reading, place: int, end: int) -> Match | None:
    """Return the state in apposition to "his country" at a place: son pays, la Mauritanie."""
    found = OWN.match(reading.lower, place, end)
    if found:
        for name in reading.matches("country", found.end(), min(end, found.end() + 30)):
            if _NAMED_BEHIND.fullmatch(reading.lower, found.end(), name.outer):
                return name
    return None


def speaker_behind(reading: Reading, sentence: Sentence, start: int, end: int) -> Match | None:
    """Return the state of who speaks of "we" or "his country" before naming himself."""
    text = reading.lower
    ours = _WE.search(text, sentence.start, start) or OWN.search(text, sentence.start, start)
    told = _TELLING.search(text, end, sentence.end) if ours else None
    if not told:
        return None
    high = min(sentence.end, told.end() + _BEHIND)
    for match in reading.of_kinds(("demonym", "country"), told.end(), high):
        return match
    return None


def surnames_of(people: Sequence[Person]) -> Mapping[str, str]:
    """Return the country of each person of a known one, by folded surname."""
    surnames: dict[str, str] = {}
    for person in people:
        name = [word for word in fold_words(person.name) if word not in _SUFFIXES]
        if person.country and name:
            surnames.setdefault(name[-1], person.country)
    return surnames


def speaker_country(
    reading: Reading, sentence: Sentence, start: int, end: int, surnames: Mapping[str, str]
) -> str | None:
    """Return the country of the last person whose surname stands in a part of a sentence."""
    places = _surnames_in(reading, sentence, surnames)
    at = bisect_left(places, (end, ""))
    return places[at - 1][1] if at and places[at - 1][0] >= start else None


def _surnames_in(
    reading: Reading, sentence: Sentence, surnames: Mapping[str, str]
) -> Sequence[tuple[int, str]]:
    """Return where surnames stand in a sentence, each with its country; kept for its next sum."""
    kept: dict[int, list[tuple[int, str]]] = reading.kept.setdefault("surnames", {})
    if sentence.index not in kept:
        whole = reading.sentences[sentence.index]  # of a long one only the part by a sum is given
        words = WORD.finditer(reading.lower, whole.start, whole.end)
        found = ((word.start(), _country_of(word[0], surnames)) for word in words)
        kept[sentence.index] = [(place, country) for place, country in found if country]
    return kept[sentence.index]


def _country_of(word: str, surnames: Mapping[str, str]) -> str | None:
    if word in surnames:
        return surnames[word]
    if len(word) < _LONG_NAME - 1:
        return None
    return next((country for name, country in surnames.items() if _is_slip(name, word)), None)


def state_of_speaker(
    reading: Reading, start: int, end: int, people: Sequence[Person]
) -> str | None:
    """Return the state of who is the subject of the last verb of saying in `[start, end)`.

    A pronoun is whoever it stands for: "He added that 5 million would go to the fund".
    """
    sayings = speakers_of(reading)
    if "places of sayings" not in reading.kept:
        reading.kept["places of sayings"] = sorted((s.start, i) for i, s in enumerate(sayings))
    places: list[tuple[int, int]] = reading.kept["places of sayings"]
    at = bisect_left(places, (end, 0))
    while at and places[at - 1][0] >= start:
        at -= 1
        person = sayings[places[at][1]].person
        if person is not None:
            return people[person].country
    return None


def _is_slip(name: str, word: str) -> bool:
    """Tell whether a word is a surname but for one slip of the pen (تريسلون for تريلسون)."""
    return len(name) >= _LONG_NAME and OSA.distance(name, word, score_cutoff=1) <= 1
