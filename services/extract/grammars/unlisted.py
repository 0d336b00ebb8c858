"""A security coalition of states that no lexicon lists, read from its name and its purpose."""

from __future__ import annotations

import re

from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Coalition
from shared.text import fold_text

_REACH = 40  # characters from "coalition" to what it is against
_HEAD_SENTENCES = 6
_FIRST = 12  # namings of coalitions and purposes that are looked at
_STATES = ("defence_ministers", "foreign_ministers", "interior_ministers", "chiefs_of_staff")
_LEADERS = "heads_of_state"
_PROPER = re.compile(r"(?:[A-Z][\w'-]*|of|the|for)(?: |$)")
_ARTICLES = ("the ", "a ", "an ")
_GAP = re.compile(r"[^a-z0-9]+")


def read_unlisted(reading: Reading) -> Coalition | None:
    """Return the coalition that is named by what it fights, if ministers or chiefs of states meet.

    Its id is the slug of its English name, or in another language `coalition-` and its purpose.
    """
    for purpose in reading.matches("coalition_purpose")[:_FIRST]:
        sentence = reading.sentence_at(purpose.start)
        if purpose.id == "noun" or sentence is None or sentence.index >= _HEAD_SENTENCES:
            continue
        noun = _noun_before(reading, purpose)
        if noun is None or not reading.is_read(noun.start) or not _states_meet(reading):
            continue
        start = _name_start(reading, noun, sentence.start) if sentence.lang == "en" else noun.start
        name = reading.original(start, purpose.end)
        slug = _slug(name) if sentence.lang == "en" else f"coalition-{purpose.id}"
        evidence = reading.evidence(start, purpose.end)
        return Coalition(id=slug, name=evidence.text, evidence=(evidence,), confidence=0.4)
    return None


def _noun_before(reading: Reading, purpose: Match) -> Match | None:
    """Return the word coalition or alliance that a purpose follows with no mark between."""
    near = reading.matches("coalition_purpose", max(0, purpose.start - _REACH), purpose.outer)
    nouns = [m for m in near if m.id == "noun"]
    if not nouns or set(",.;:!?\n").intersection(reading.lower[nouns[-1].end : purpose.start]):
        return None
    return nouns[-1]


def _states_meet(reading: Reading) -> bool:
    """Tell whether it is one of states: their ministers or chiefs are named, and no elections."""
    head = reading.sentences[: _HEAD_SENTENCES + 2][-1].end
    bodies = {m.id for m in reading.matches("body", 0, head)}
    official = not bodies.isdisjoint(_STATES)
    summit = _LEADERS in bodies and any(m.id == _LEADERS for m in reading.matches("body"))
    other = any(m.id == "unrelated" for m in reading.matches("kind_trigger", 0, head))
    return (official or summit) and bool(reading.matches("meeting", 0, head)) and not other


def _name_start(reading: Reading, noun: Match, floor: int) -> int:
    """Return where the capitalised words before an English noun begin (the Gulf Coalition …)."""
    start = noun.start
    words = reading.lower[floor:start].split(" ")
    for word in reversed(words[-5:-1]):
        place = start - len(word) - 1
        if not _PROPER.match(reading.original(place, start)):
            break
        start = place
    while reading.lower.startswith(_ARTICLES, start):
        start = reading.lower.index(" ", start) + 1
    return start


def _slug(name: str) -> str:
    return _GAP.sub("-", fold_text(name)).strip("-")
