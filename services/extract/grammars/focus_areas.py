"""Focus areas: the fields of work that the meeting addressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import FocusArea, FocusAreaId

_DOMAIN_REACH = 130
_LIST_REACH = 45
_NAMES = ("coalition", "office")


def read_focus_areas(reading: Reading) -> tuple[FocusArea, ...]:
    """Return each focus area once, with the words that first named it.

    A single word ("military", فكرية) counts only in a list of domains or beside another area.
    """
    found: dict[FocusAreaId, FocusArea] = {}
    for sentence in prose(reading):
        for match in _areas(reading, sentence):
            area = cast(FocusAreaId, match.payload.get("area") or match.id)
            if area not in found:
                evidence = reading.evidence(match.start, match.end)
                found[area] = FocusArea(id=area, evidence=(evidence,), confidence=0.85)
    return tuple(found.values())


def _areas(reading: Reading, sentence: Sentence) -> Iterator[Match]:
    """Yield the matches of a sentence that name an area, in their order."""
    domain = last = -_DOMAIN_REACH
    names = reading.of_kinds(_NAMES, sentence.start, sentence.end)
    for match in reading.matches("focus_area", sentence.start, sentence.end):
        if match.id == "domain":
            domain = match.end
        elif any(_is_part(match, name) for name in names):
            continue
        elif not match.payload.get("domain") or (
            match.start - domain < _DOMAIN_REACH or match.start - last < _LIST_REACH
        ):
            last = match.end
            yield match


def _is_part(match: Match, name: Match) -> bool:
    """Tell whether a match is only a part of a name ("Islamic Military … Coalition")."""
    inside = name.start <= match.start and match.end <= name.end
    return inside and (match.start, match.end) != (name.start, name.end)
