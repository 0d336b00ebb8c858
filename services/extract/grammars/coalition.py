"""Which coalition a text is about: the one named most, earliest, and beside words of meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Coalition

_ENOUGH = 0.9  # one full name anywhere in the text is worth 1
_HEAD_CHARACTERS = 700
_COMMON = 0.3  # organisations that are named in many texts without being their subject
_BESIDE = 60


def read_coalition(reading: Reading) -> Coalition | None:
    """Return the coalition the text is about, with its first full naming as evidence."""
    scores: dict[str, float] = defaultdict(float)
    first: dict[str, Match] = {}
    for match in reading.matches("coalition"):
        if not reading.is_read(match.start):
            continue
        scores[match.id] += _weight(reading, match)
        best = first.get(match.id)
        if best is None or _full(match) > _full(best):
            first[match.id] = match
    _count_part_for_whole(scores, first)
    if not scores:
        return None
    winner = max(scores, key=lambda key: (scores[key], -first[key].start))
    if scores[winner] < _ENOUGH:
        return None
    named = first[winner]
    return Coalition(
        id=winner,
        name=named.payload.get("name"),
        evidence=(reading.evidence(named.start, named.end),),
        confidence=round(min(1.0, scores[winner] / 3), 2),
    )


def _full(match: Match) -> float:
    return float(match.payload.get("weight", 1.0))


def _weight(reading: Reading, match: Match) -> float:
    weight = _full(match)
    if match.payload.get("common"):
        weight *= _COMMON
    if match.start < _HEAD_CHARACTERS:
        weight *= 2
    near = (max(0, match.start - _BESIDE), match.end + _BESIDE)
    if reading.matches("meeting", *near) or reading.matches("body", *near):
        weight *= 1.5
    return weight


def _count_part_for_whole(scores: dict[str, float], first: Mapping[str, Match]) -> None:
    """Where a group and the coalition it is part of are both named, the coalition it is."""
    for part, match in first.items():
        whole = match.payload.get("part_of")
        if whole in scores:
            scores[whole] += scores[part]
            scores[part] = 0.0
