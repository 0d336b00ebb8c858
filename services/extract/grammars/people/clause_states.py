"""States told by the clause that names a person: "Canada, whose minister …", "In Warsaw, …"."""

from __future__ import annotations

import re

from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, origins, posted
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match, by_rank
from services.extract.reading import Reading

_REACH = 160
_MOST_LEAD = 4  # words before a state that opens its clause
_STOPS = ';)\n"«»“”'
_HEAD = 300  # characters
_DATELINE = re.compile(r"[^;]{3,90}?(?:\s[-–—]+\s|\s?/\s)")
_TELLING = ("speech", "role")
_OF_BODIES = ("secretary_general",)


def state_of_clause(reading: Reading, naming: Naming, floor: int) -> str | None:
    """Return the state that the clause before a person is about, or None.

    `floor` is where the person named before ends: what stands before is of that one.
    """
    sentence = reading.sentence_at(naming.start)
    if sentence is None:
        return None
    begin = max(_behind_dateline(reading, sentence.start, naming.start), naming.start - _REACH)
    begin = _clause_start(reading, begin, naming.start)
    states = _states(reading, max(begin, floor), naming.start)
    if not states:
        return None
    nearest, opening = states[-1], states[0]
    if _owns(reading, nearest, naming.name[0]):
        return code(nearest)
    told = bool(reading.of_kinds(_TELLING, nearest.end, naming.start)) and not naming.at_home
    if floor <= begin and _opens(reading, opening, begin) and _resides(naming):
        return None if told and naming.script == "latin" else code(opening)
    if _is_of_several(reading, naming) or _is_aside(reading, nearest, max(begin, floor)):
        return None
    here = nearest.kind == "city" or _opens(reading, nearest, begin)
    return code(nearest) if naming.at_home or not (told or here) else None


def _resides(naming: Naming) -> bool:
    """Tell whether an office can be held in the state it serves; an envoy's is held elsewhere."""
    return naming.at_home or not naming.national


def _is_of_several(reading: Reading, naming: Naming) -> bool:
    """Tell whether nothing shows that a person serves a state: no rank, no office of one."""
    if naming.at_home:
        return False
    if not naming.offices:
        return not naming.honorifics
    if any(o.id in _OF_BODIES for o in naming.offices):
        return True
    words = {w.text for w in words_of(reading, naming.start, naming.end)}
    return not words.isdisjoint(names("joint_bodies"))


def _clause_start(reading: Reading, low: int, place: int) -> int:
    """Return where the clause that holds a place begins, not before `low`."""
    return max([low, *(reading.lower.rfind(stop, low, place) + 1 for stop in _STOPS)])


def _behind_dateline(reading: Reading, start: int, place: int) -> int:
    """Return where a sentence begins behind its dateline: a town or a day, and a dash."""
    head = _DATELINE.match(reading.lower, start, place)
    if head is None or start > _HEAD:
        return start
    dated = any(char.isdigit() for char in head[0])
    return head.end() if dated or reading.matches("city", start, head.end()) else start


def _is_aside(reading: Reading, state: Match, low: int) -> bool:
    """Tell whether a clause only touches on a state ("talks in Mali", "threats from Russia")."""
    before = words_of(reading, low, state.start)[-2:]
    while before and before[-1].text in names("state_articles"):
        before.pop()
    aside = bool(before) and before[-1].text in names("clause_asides")
    return aside or posted(reading, state, low)


def _states(reading: Reading, low: int, high: int) -> list[Match]:
    """Return states, their adjectives, seats and capitals by place, one for each place."""
    towns = [m for m in reading.matches("city", low, high) if m.payload.get("capital")]
    taken = {m.start for m in towns}  # Amman, not Oman
    states = [m for m in origins(reading, low, high, seats=True) if m.start not in taken]
    return sorted((*towns, *states), key=by_rank)


def _opens(reading: Reading, state: Match, low: int) -> bool:
    """Tell whether a state opens its clause ("Canada, …", "في إسلام آباد …", "For Mali, …")."""
    if state.kind == "demonym":
        return False
    before = words_of(reading, low, state.start)
    return len(before) <= _MOST_LEAD and all(w.text in names("clause_leads") for w in before)


def _owns(reading: Reading, state: Match, place: int) -> bool:
    """Tell whether a word between a state and a title points back to it ("whose", "its")."""
    if state.kind == "demonym":
        return False
    words = words_of(reading, state.end, place)
    return any(w.text in names("owners") for w in words)
