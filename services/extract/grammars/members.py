"""A coalition that is named by its members: the foreign ministers of Iran, Russia and Türkiye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_FOLDER = Path(__file__).parents[1] / "lexicon" / "coalitions"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STATES = ("country", "demonym")
_HEAD_SENTENCES = 6
_FEW, _MANY = 3, 12  # members; larger ones are not told one by one
_GAP = 40  # characters between one state and the next, with a name or an office
_GUESTS = 5  # members for one guest that may be named among them
_OFFICES = frozenset(
    {
        "heads_of_state",
        "foreign_ministers",
        "defence_ministers",
        "interior_ministers",
        "chiefs_of_staff",
        "senior_officials",
    }
)
_SPARE = 1.0  # what such a naming weighs


def named_by_members(reading: Reading) -> list[Match]:
    """Return the coalitions whose members, and hardly others, a sentence of the head tells of."""
    found: list[Match] = []
    for sentence in reading.sentences[:_HEAD_SENTENCES]:
        places = _longest_run(reading.inside(_STATES, sentence))
        if len(places) < _FEW or not _meet(reading, sentence):
            continue
        states = frozenset(str(m.payload.get("country", m.id)) for m in places)
        known = _best(states)
        if known is not None:
            key, name = known
            payload = {"name": name, "weight": _SPARE, "by_members": True}
            first, last = places[0], places[-1]
            span = (first.start, last.end, first.lang, payload, first.clitics, False, first.outer)
            found.append(Match("coalition", key, *span))
    return found


def _longest_run(places: Sequence[Match]) -> Sequence[Match]:
    """Return the longest list of states, one beside the other; those further off are no part."""
    best: Sequence[Match] = ()
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at].start - places[at - 1].end > _GAP:
            if at - start > len(best):
                best = places[start:at]
            start = at
    return best


def _meet(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether leaders, or ministers or chiefs of state business, are named in a sentence."""
    return any(body.id in _OFFICES for body in reading.inside("body", sentence))


def _best(states: frozenset[str]) -> tuple[str, str] | None:
    """Return id and name of the largest coalition that these states are."""
    for key, name, members in _small_coalitions():
        if members <= states and len(states - members) <= len(members) // _GUESTS:
            return key, name
    return None


@cache
def _small_coalitions() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return id, name and members of the small coalitions, the largest first."""
    small = (
        (key, str(entry.get("name", key)), members)
        for key, (entry, members) in _coalitions().items()
        if _FEW <= len(members) <= _MANY and entry.get("by_members", True)
    )
    return tuple(sorted(small, key=lambda c: (-len(c[2]), c[0])))


@cache
def known_sizes() -> Mapping[str, int]:
    """Return how many members the coalitions have whose members are known, by id."""
    return {key: len(members) for key, (_, members) in _coalitions().items()}


@cache
def _coalitions() -> Mapping[str, tuple[Mapping[str, Any], frozenset[str]]]:
    """Return the entries of the coalitions whose members are known, with them, by id."""
    known: dict[str, tuple[Mapping[str, Any], frozenset[str]]] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        for key, entry in yaml.load(path.read_text("utf-8"), _LOADER)["entries"].items():  # noqa: S506 - a safe loader
            members = frozenset(map(str, entry.get("members", ())))
            if members:
                known[str(entry.get("id", key))] = (entry, members)
    return known
