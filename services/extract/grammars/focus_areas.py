"""Focus areas: the fields of work that the meeting addressed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import FocusArea, FocusAreaId

_DOMAIN_REACH = 130
_LIST_REACH = 45
_CUE_REACH = 32
_NAMES = ("coalition", "office")


def read_focus_areas(reading: Reading) -> tuple[FocusArea, ...]:
    """Return each focus area once, with the words that first named it.

    A single word ("military", فكرية) counts only in a list of domains or beside another area, an
    everyday one (borders, money, troops) only beside what is done about it.
    """
    found: dict[FocusAreaId, FocusArea] = {}
    for sentence in prose(reading):
        for match, start, end in _areas(reading, sentence):
            area = cast(FocusAreaId, match.payload.get("area") or match.id)
            if area not in found:
                evidence = reading.evidence(start, end)
                found[area] = FocusArea(id=area, evidence=(evidence,), confidence=0.85)
    return tuple(found.values())


def _areas(reading: Reading, sentence: Sentence) -> Iterator[tuple[Match, int, int]]:
    """Yield the matches of a sentence that name an area, with their spans, in their order."""
    matches = reading.inside("focus_area", sentence)
    if not matches:
        return
    domain = last = -_DOMAIN_REACH
    names = reading.inside(_NAMES, sentence)
    for index, match in enumerate(matches):
        rules = match.payload
        if match.id == "domain":
            domain = match.end
        elif _is_helper(rules) or (names and any(_is_part(match, name) for name in names)):
            continue
        elif rules.get("domain"):
            if match.start - domain < _DOMAIN_REACH or match.start - last < _LIST_REACH:
                last = match.end
                yield match, match.start, match.end
        elif cue_id := rules.get("beside"):
            cue = _beside(matches, index, cue_id)
            if cue is not None:
                last = match.end
                yield match, min(match.start, cue.start), max(match.end, cue.end)
        elif not (rules.get("name_part") and _beside(matches, index, "body_name")):
            last = match.end
            yield match, match.start, match.end


def _is_helper(rules: object) -> bool:
    """Tell whether an entry names no area, but helps others to ("cut off", "committee")."""
    return isinstance(rules, dict) and "area" in rules and rules["area"] is None


def _beside(matches: Sequence[Match], index: int, wanted: str) -> Match | None:
    """Return the nearest match of an entry a few words before or behind another match."""
    place = matches[index]
    for other in reversed(matches[:index]):
        if place.start - other.end > _CUE_REACH:
            break
        if other.id == wanted:
            return other
    for other in matches[index + 1 :]:
        if other.start - place.end > _CUE_REACH:
            break
        if other.id == wanted:
            return other
    return None


def _is_part(match: Match, name: Match) -> bool:
    """Tell whether a match is only a part of a name ("Islamic Military … Coalition")."""
    inside = name.start <= match.start and match.end <= name.end
    return inside and (match.start, match.end) != (name.start, name.end)
