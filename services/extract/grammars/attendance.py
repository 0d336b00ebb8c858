"""How many belong or took part: 42 دولة عضوا, plus de 75 pays, the 85-strong coalition."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.certainty import confidence_of
from services.extract.grammars.counted_units import (
    bound_before,
    concerns_coalition,
    is_elsewhere,
    takes_part,
    unit_of,
)
from services.extract.grammars.counting import (
    is_aside,
    is_name,
    number_of,
    share_of,
)
from services.extract.grammars.numbers import Number
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Attendance, Bound, Unit

_FEWEST, _MOST = 3, 250  # fewer are "both countries", more is no count of states
_TAKE_PART = frozenset({"countries", "delegations", "organizations", "countries_and_organizations"})
_OF_MEMBERS = frozenset({"country", "member", "member_state"})


def read_attendance(reading: Reading, numbers: Sequence[Number]) -> tuple[Attendance, ...]:
    """Return each distinct count once, by place; counts inside other counts are left out."""
    found: dict[tuple[str, int], Attendance] = {}
    starts = [number.start for number in numbers]
    for noun in reading.matches("count"):
        sentence = reading.sentence_at(noun.start)
        if sentence is None or sentence.segment.kind == "boilerplate":
            continue
        number = number_of(reading, noun, numbers, starts)
        if number is None or not _FEWEST <= number.value <= _MOST:
            continue
        if is_name(reading, number) or is_aside(reading.lower, number):
            continue
        unit = unit_of(reading, noun, number, sentence)
        share = share_of(reading, number, numbers, starts)
        if share and noun.id in _OF_MEMBERS and concerns_coalition(reading, sentence, noun.start):
            unit = "member_states"  # of which the share is one
        if unit in _TAKE_PART and is_elsewhere(reading, sentence, min(number.start, noun.start)):
            continue
        if unit:
            found.setdefault((unit, int(number.value)), _count(reading, noun, number, unit))
        if share and unit and share.value >= 2 and takes_part(reading, noun, number, sentence):
            unit = "countries" if noun.id == "country" else unit
            found.setdefault((unit, int(share.value)), _count(reading, noun, share, unit))
    return tuple(sorted(found.values(), key=_place))


def _place(count: Attendance) -> int:
    return count.evidence[0].start


def _count(reading: Reading, noun: Match, number: Number, unit: Unit) -> Attendance:
    bound: Bound = "about" if number.about else "exactly"
    start = min(number.start, noun.start)
    word = bound_before(reading, number.start)
    if word:
        bound, start = word.payload["bound"], min(start, word.start)
    rule = _rule(noun, number)
    return Attendance(
        unit=unit,
        value=int(number.value),
        bound=bound,
        evidence=(reading.evidence(start, max(noun.end, number.end)),),
        confidence=confidence_of(rule),
        rule=rule,
    )


def _rule(noun: Match, number: Number) -> str:
    """Return the name of the rule that reads a number beside a noun."""
    if noun.id == "member_count":
        return "attendance: membership"
    if number.start > noun.start:
        return "attendance: number behind noun"
    return "attendance: number before noun"
