"""Focus areas: the fields of work that the meeting addressed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.extract.certainty import confidence_of
from services.extract.grammars.dates import DateMention
from services.extract.grammars.events import Stretch
from services.extract.grammars.other_times import are_of_another_time
from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import FocusArea, FocusAreaId, Person

_DOMAIN_REACH = 130
_LIST_REACH = 45
_CUE_REACH = 48
_LEFT_OUT_REACH = 60
_PHRASE = "focus_areas: phrase"
_LISTED = "focus_areas: word in a list of domains"
_BESIDE = "focus_areas: word beside what is done about it"
_COALITION = ("coalition", "the_coalition")
# What two states do with each other when somebody of a coalition visits: unless the text names it
# there, it is no field of the coalition.
_OF_TWO = frozenset(("capacity_building", "intelligence"))


class AreaName(NamedTuple):
    """An area named at folded `[start, end)` of a sentence, and the rule that read it."""

    area: FocusAreaId
    start: int
    end: int
    rule: str
    sentence: Sentence


def read_focus_areas(
    reading: Reading,
    stretches: Sequence[Stretch] = (),
    dates: Sequence[DateMention] = (),
    people: Sequence[Person] = (),
    *,
    visits: bool = False,
) -> tuple[FocusArea, ...]:
    """Return each focus area once, with the words that first named it.

    A single word ("military", فكرية) counts only in a list of domains or beside another area, an
    everyday one (borders, money, troops) only beside what is done about it. What a sentence tells
    of another time or meeting (it is in none of the `stretches`) is none, nor a part of the title
    of one of the `people`. Where a text reports no meeting of the coalition but visits and the
    like, what two states exchange is none.
    """
    named = names_of_areas(reading, visits=visits)
    if not named:
        return ()
    others = are_of_another_time(reading, stretches, dates)
    titles = [(e.start, e.end) for person in people for e in person.evidence]
    found: dict[FocusAreaId, FocusArea] = {}
    for name in named:
        if name.area in found or others(name.sentence, name.start):
            continue
        evidence = reading.evidence(name.start, name.end)
        if any(start <= evidence.start and evidence.end <= end for start, end in titles):
            continue
        found[name.area] = FocusArea(
            id=name.area,
            evidence=(evidence,),
            confidence=confidence_of(name.rule),
            rule=name.rule,
        )
    return tuple(found.values())


def names_of_areas(reading: Reading, *, visits: bool = False) -> tuple[AreaName, ...]:
    """Return every naming of an area by place, whatever its sentence tells of."""
    key = f"focus areas, {visits=}"
    if key not in reading.kept:
        reading.kept[key] = tuple(_read(reading, visits=visits))
    kept: tuple[AreaName, ...] = reading.kept[key]
    return kept


def _read(reading: Reading, *, visits: bool) -> Iterator[AreaName]:
    named = reading.by_sentence("focus_area")
    for sentence in prose(reading) if named else ():
        matches = named.get(sentence.index)
        if not matches:
            continue
        of_two = visits and not reading.inside(_COALITION, sentence)
        yield from _areas(reading, sentence, matches, of_two=of_two)


def _areas(
    reading: Reading, sentence: Sentence, matches: Sequence[Match], *, of_two: bool
) -> Iterator[AreaName]:
    """Yield what the matches of a sentence name, in its order.

    `of_two`: the sentence may tell what two states do with each other.
    """
    domain = last = -_DOMAIN_REACH
    barred = {m.rank for m in matches if m.id == "no_field" or (of_two and "of_two" in m.payload)}
    others = _OF_TWO if of_two else ()
    names = [*reading.inside("coalition", sentence), *reading.inside("office", sentence)]
    for index, match in enumerate(matches):
        rules = match.payload
        area: FocusAreaId | None = rules.get("area", match.id)
        if match.id == "domain":
            domain = match.end
        elif area is None or area in others or (names and _is_part(match, names)):
            continue  # names no area, but helps others to ("cut off", "committee")
        elif match.rank in barred or _is_unsaid(matches, index):
            continue
        elif rules.get("domain"):
            if match.start - domain < _DOMAIN_REACH or match.start - last < _LIST_REACH:
                last = match.end
                yield AreaName(area, match.start, match.end, _LISTED, sentence)
        elif wanted := rules.get("beside"):
            cue = _beside(matches, index, wanted)
            if cue is not None:
                last = match.end
                start, end = min(match.start, cue.start), max(match.end, cue.end)
                yield AreaName(area, start, end, _BESIDE, sentence)
        else:
            last = match.end
            yield AreaName(area, match.start, match.end, _PHRASE, sentence)


def _is_unsaid(matches: Sequence[Match], index: int) -> bool:
    """Tell whether a word beside a match says that it is none, or that it was left out."""
    place = matches[index]
    if _beside(matches, index, place.payload.get("unless")):
        return True
    for other in reversed(matches[:index]):
        if place.start - other.end > _LEFT_OUT_REACH:
            break
        if other.id == "unaddressed":
            return True
    return False


def _beside(matches: Sequence[Match], index: int, wanted: str | None) -> Match | None:
    """Return the nearest match of an entry a few words before or behind another match."""
    if wanted is None:
        return None
    place = matches[index]
    for other in reversed(matches[:index]):
        if place.start - other.end > _CUE_REACH:
            break
        if other.id == wanted and other.start != place.start:
            return other
    for other in matches[index + 1 :]:
        if other.start - place.end > _CUE_REACH:
            break
        if other.id == wanted and other.start != place.start:
            return other
    return None


def _is_part(match: Match, names: Sequence[Match]) -> bool:
    """Tell whether a match is only a part of a name ("Islamic Military … Coalition")."""
    start, end = match.start, match.end
    for name in names:
        inside = name.start <= start and end <= name.end
        if inside and (start != name.start or end != name.end):
            return True
    return False
