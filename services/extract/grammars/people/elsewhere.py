"""Offices of a state that a text names without their holder ("a lancé le président français")."""

from __future__ import annotations

from collections.abc import Iterable

from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, origins
from services.extract.matching import Match
from services.extract.reading import Reading

_BEFORE, _BEHIND = 20, 45
_HEADS = ("head_of_state", "head_of_government", "minister", "us_secretary", "secretary")


def unnamed_offices(reading: Reading, namings: Iterable[Naming]) -> dict[str, list[int]]:
    """Return where offices of states stand without a name, by the ISO code of their state."""
    spans = sorted((n.start, n.end) for n in namings)
    places: dict[str, list[int]] = {}
    at = 0
    for office in reading.matches("office"):
        while at < len(spans) and spans[at][1] <= office.start:
            at += 1
        inside = at < len(spans) and spans[at][0] <= office.start
        if not inside and office.id in _HEADS and reading.is_read(office.start):
            for state in _states_beside(reading, office):
                places.setdefault(state, []).append(office.start)
    return places


def _states_beside(reading: Reading, office: Match) -> list[str]:
    """Return the state told in an office, or right before or behind it."""
    lower = reading.lower
    for match in origins(reading, office.start, office.end)[:1]:
        return [code(match)]
    for match in reversed(origins(reading, max(0, office.start - _BEFORE), office.start)):
        gap = lower[match.end : office.start]
        if gap.count(" ") < 3 and not any(c in gap for c in ",;.()"):
            return [code(match)]
    for match in origins(reading, office.end, office.end + _BEHIND)[:1]:
        if not any(c in lower[office.end : match.start] for c in ",;.()\n"):
            return [code(match)]
    return []
