"""A security coalition of states that no lexicon lists: by its purpose, its name, its meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.extract.certainty import confidence_of
from services.extract.grammars.coalition_names import also_names
from services.extract.grammars.focus_areas import names_of_areas
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Coalition
from shared.text import fold_text

_REACH = 40  # characters from "coalition" to what it is against
_HEAD_SENTENCES = 6
_FIRST = 12  # namings of coalitions, formats and purposes that are looked at
_STATES = frozenset({"defence_ministers", "foreign_ministers", "interior_ministers"})
_ARMED = frozenset({"defence_ministers", "interior_ministers", "chiefs_of_staff"})
_LEADERS = "heads_of_state"
_MANY = 3  # states that make a meeting one of several
_SECURITY = 2  # subjects of security that a summit or a format of no ministers must have
_PROPER = re.compile(r"(?:[A-Z][\w'-]*|of|the|for)(?: |$)")
_ARTICLES = ("the ", "a ", "an ")
_LINK = re.compile(r" (?:d[eu]s? |d'|sur |of |for |in |at )?(?:l[ae] |l')?[\"«“]?\s?$")
_GAP = re.compile(r"[^a-z0-9]+")
_ALWAYS = frozenset({"humanitarian", "media", "capacity_building", "stabilization"})


def read_unlisted(reading: Reading) -> Coalition | None:
    """Return the coalition that a text names by what it fights, by a city, by its states.

    Only where ministers or chiefs of several states meet on security. Its id is the slug of its
    English name, or in another language `coalition-` and its purpose.
    """
    if not reading.matches("body") and not reading.matches("format"):
        return None
    return _by_purpose(reading) or _by_format(reading) or _by_states(reading)


def _by_purpose(reading: Reading) -> Coalition | None:
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
        return _coalition(reading, slug, (start, purpose.end), "coalition: noun and purpose")
    return None


def _by_format(reading: Reading) -> Coalition | None:
    """Return one that is named by a city or, in English, by capitals: the Dakar Initiative."""
    for noun in _heads(reading, reading.matches("format")[: 2 * _FIRST]):
        place = _city_behind(reading, noun) or _city_before(reading, noun)
        if place is not None:
            slug = f"{_slug(str(place.payload.get('name', place.id)))}-{noun.id}"
            span = min(place.start, noun.start), max(place.end, noun.end)
        else:
            start = _capitals_before(reading, noun)
            if start == noun.start:
                continue
            slug, span = _slug(reading.original(start, noun.end)), (start, noun.end)
        if _is_secure(reading):
            also_names(reading, [m for m in reading.matches("format") if m.id == noun.id])
            return _coalition(reading, slug, span, "coalition: format by its own name")
    return None


def _by_states(reading: Reading) -> Coalition | None:
    """Return the nameless one of ministers or chiefs of three states and more that meet."""
    for body in _heads(reading, reading.matches("body")[:_FIRST]):
        armed = body.id in _ARMED or body.payload.get("armed")
        if armed and _is_secure(reading) and len(_states(reading)) >= _MANY:
            slug = f"{body.id.replace('_', '-')}-meeting"
            also_names(reading, [m for m in reading.matches("body") if m.id == body.id])
            return _coalition(reading, slug, (body.start, body.end), "coalition: states that meet")
    return None


def _coalition(reading: Reading, slug: str, span: tuple[int, int], rule: str) -> Coalition:
    evidence = reading.evidence(*span)
    return Coalition(
        id=slug,
        name=evidence.text,
        evidence=(evidence,),
        confidence=confidence_of(rule),
        rule=rule,
    )


def _heads(reading: Reading, matches: Sequence[Match]) -> Iterator[Match]:
    """Yield the matches of the first sentences."""
    for match in matches:
        sentence = reading.sentence_at(match.start)
        early = sentence is not None and sentence.index < _HEAD_SENTENCES
        if early and reading.is_read(match.start):
            yield match


def _noun_before(reading: Reading, purpose: Match) -> Match | None:
    """Return the word coalition or alliance that a purpose follows with no mark between."""
    near = reading.matches("coalition_purpose", max(0, purpose.start - _REACH), purpose.outer)
    nouns = [m for m in near if m.id == "noun"]
    if not nouns or set(",.;:!?\n").intersection(reading.lower[nouns[-1].end : purpose.start]):
        return None
    return nouns[-1]


def _head_end(reading: Reading) -> int:
    return reading.sentences[: _HEAD_SENTENCES + 2][-1].end


def _states_meet(reading: Reading) -> bool:
    """Tell whether it is one of states: their ministers or chiefs are named, and no elections."""
    head = _head_end(reading)
    bodies = {m.id for m in reading.matches("body", 0, head)}
    official = not bodies.isdisjoint(_STATES | _ARMED)
    summit = _LEADERS in bodies and any(m.id == _LEADERS for m in reading.matches("body"))
    return (official or summit) and bool(reading.matches("meeting", 0, head)) and _is_grave(reading)


def _is_grave(reading: Reading) -> bool:
    """Tell whether the head is of no other field of life (elections, sports, diseases)."""
    triggers = reading.matches("kind_trigger", 0, _head_end(reading))
    return not any(m.id == "unrelated" for m in triggers)


def _is_secure(reading: Reading) -> bool:
    """Tell whether ministers of arms meet, or others on several subjects of security."""
    head = _head_end(reading)
    if not _is_grave(reading) or not reading.matches("meeting", 0, head):
        return False
    bodies = reading.matches("body", 0, head)
    if any(m.id in _ARMED or m.payload.get("armed") for m in bodies):
        return True
    subjects = {name.area for name in names_of_areas(reading)} - _ALWAYS
    return len(subjects) >= _SECURITY and len(_states(reading)) >= _MANY


def _states(reading: Reading) -> set[str]:
    """Return the states that the head names; a number of them counts as many."""
    head = _head_end(reading)
    found = reading.of_kinds(("country", "demonym"), 0, head)
    states = {str(m.payload.get("country", m.id)) for m in found}
    counted = any(m.id in ("country", "member_state") for m in reading.matches("count", 0, head))
    return states | ({"", " ", "  "} if counted else set())


def _city_behind(reading: Reading, noun: Match) -> Match | None:
    """Return the city that a format is named by: صيغة أستانا, l'Initiative d'Accra."""
    for city in reading.matches("city", noun.end, noun.end + _REACH)[:1]:
        between = reading.lower[noun.end : city.start]
        if between == " " or (noun.lang != "ar" and _LINK.match(between)):
            return city
    return None


def _city_before(reading: Reading, noun: Match) -> Match | None:
    """Return the city right before an English format: the Accra Initiative."""
    if noun.lang == "ar" or not reading.original(noun.start, noun.start + 1).isupper():
        return None
    near = reading.matches("city", max(0, noun.start - _REACH), noun.start)
    return near[-1] if near and noun.start - near[-1].end == 1 else None


def _capitals_before(reading: Reading, noun: Match) -> int:
    """Return where the capitals begin that an English format bears: the Squad Format."""
    sentence = reading.sentence_at(noun.start)
    named = sentence is not None and sentence.lang == "en" and noun.lang != "ar"
    if not named or sentence is None or not reading.original(noun.start, noun.end).istitle():
        return noun.start
    return _name_start(reading, noun, sentence.start)


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
