"""Persons listed in the order of their states ("the presidents of Mali and Niger, A and B")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, origins
from services.extract.reading import Reading

_RESPECTIVE = ("respectivement", "respectively", "علي التوالي")
_CLAUSE = 200  # characters before the names in which their states stand


def paired_states(reading: Reading, namings: Sequence[Naming]) -> dict[int, str]:
    """Return the states of persons listed in the order of states, by where their namings begin."""
    paired: dict[int, str] = {}
    for group, floor in _groups(reading, namings):
        states = _in_order(reading, max(floor, group[0].name[0] - _CLAUSE), group[0].name[0])
        if len(states) == len(group) > 1:
            paired.update(zip((n.start for n in group), states, strict=True))
        elif len(states) == 1 and _in_title(reading, group[0]):
            paired.update((n.start, states[0]) for n in group)
    paired.update(_respectively(reading, namings))
    return paired


def _groups(reading: Reading, namings: Sequence[Naming]) -> Iterator[tuple[list[Naming], int]]:
    """Yield those who share a plural office and tell no states of their own, and where they begin.

    The second is the place behind which their states may stand: the clause, or the last name.
    """
    for index, head in enumerate(namings):
        if head.shared or not any(o.kind == "offices" for o in head.offices):
            continue
        group = [head]
        for naming in namings[index + 1 :]:
            if not naming.shared:
                break
            group.append(naming)
        sentence = reading.sentence_at(head.start)
        floors = [sentence.start if sentence else head.start]
        floors += [namings[index - 1].end] if index else []
        floors.append(reading.lower.rfind(";", floors[0], head.start) + 1)
        told = any(_told(reading, a, b) for a, b in pairwise(group))
        if len(group) > 1 and not told:
            yield group, max(floors)


def _told(reading: Reading, left: Naming, right: Naming) -> bool:
    """Tell whether a state stands between two names of a list."""
    return right.country is not None or bool(origins(reading, left.name[1], right.name[0]))


def _in_order(reading: Reading, left: int, right: int) -> list[str]:
    return list(dict.fromkeys(map(code, origins(reading, left, right))))


def _in_title(reading: Reading, naming: Naming) -> bool:
    return naming.title is not None and bool(origins(reading, *naming.title))


def _respectively(reading: Reading, namings: Sequence[Naming]) -> dict[int, str]:
    """Return the states of those whom "respectively" puts in the order of states before them."""
    paired: dict[int, str] = {}
    for mark in _RESPECTIVE:
        place = reading.lower.find(mark)
        sentence = reading.sentence_at(place) if place >= 0 else None
        if sentence is None:
            continue
        named = [n for n in namings if sentence.start <= n.start < sentence.end]
        if not named:
            continue
        states = origins(reading, sentence.start, named[0].name[0])
        behind = [n for n in named if n.name[0] > states[-1].end] if states else []
        if 1 < len(states) <= len(behind):
            paired.update(zip((n.start for n in behind), map(code, states), strict=False))
    return paired
