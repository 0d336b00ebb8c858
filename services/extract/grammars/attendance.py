"""How many belong or took part: 42 دولة عضوا, plus de 75 pays, the 85-strong coalition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.extract.grammars.numbers import Number
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Attendance, Bound, Unit

_FEWEST, _MOST = 3, 250  # fewer are "both countries", more is no count of states
_SURE = frozenset({"member_state", "partner_state", "both", "delegation"})
_GAP = re.compile(r"[\s-]*(?:(?:\w+\s+){0,3})$")
_REACH = 70
_FAR = 600  # as long as sentences are
_PART_REACH = 40  # made up of 70 countries and four organizations


def read_attendance(reading: Reading, numbers: Sequence[Number]) -> tuple[Attendance, ...]:
    """Return each distinct count once, by place; counts inside other counts are left out."""
    found: dict[tuple[str, int], Attendance] = {}
    for noun in reading.matches("count"):
        sentence = reading.sentence_at(noun.start)
        if sentence is None or sentence.segment.kind == "boilerplate":
            continue
        number = _number_of(reading, noun, numbers)
        if number is None or not _FEWEST <= number.value <= _MOST:
            continue
        unit = _unit(reading, noun, number, sentence)
        if unit and (unit, int(number.value)) not in found:
            found[unit, int(number.value)] = _count(reading, noun, number, unit)
    return tuple(found.values())


def _number_of(reading: Reading, noun: Match, numbers: Sequence[Number]) -> Number | None:
    """Return the number that counts a noun: right before it, or in Arabic right behind it."""
    low, high = _bisect(numbers, noun.start)
    text = reading.lower
    before = numbers[low] if low >= 0 else None
    if before and before.value.is_integer() and _GAP.fullmatch(text, before.end, noun.outer):
        between = text[before.end : noun.outer].strip()
        if between in ("", "-", "de", "des", "of", "le nombre des", "le nombre de ses") or (
            not before.in_words and between == "في"
        ):
            return before
    if before and text[noun.start] == "-" and before.end == noun.start:
        return before
    behind = numbers[high] if high < len(numbers) else None
    if noun.lang != "ar" or not behind or not behind.in_words or noun.id != "member_state":
        return None
    if text.startswith("ال", behind.start) and text[noun.end : behind.start] == " ":
        return behind
    return None


def _bisect(numbers: Sequence[Number], place: int) -> tuple[int, int]:
    """Return the indexes of the last number before a place and of the first behind it."""
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        if numbers[middle].start < place:
            low = middle + 1
        else:
            high = middle
    return low - 1, low


def _unit(reading: Reading, noun: Match, number: Number, sentence: Sentence) -> Unit | None:
    """Return what is counted, or None where nothing says that they belong or took part."""
    verbs = reading.matches(
        "count_verb", max(sentence.start, number.start - _REACH), min(sentence.end, noun.end + 40)
    )
    before = [v for v in verbs if v.end <= number.start]
    if any(v.id == "part" and number.start - v.end < _PART_REACH for v in before):
        return None
    unit: Unit = noun.payload["unit"]
    if noun.id in _SURE:
        return unit
    taking_part = any(v.id == "attend_sure" for v in before) or any(
        v.id in ("attend", "attend_sure") and 0 <= v.outer - noun.end <= 1 for v in verbs
    )
    if not taking_part and not _concerns_coalition(reading, sentence, noun.start):
        return None
    if noun.id in ("member", "partner"):
        return unit
    ids = {v.id for v in before}
    if unit == "countries":
        if taking_part or ("attend" in ids and not _nearer(before, "belong", "attend")):
            return "countries"
        return "member_states" if "belong" in ids else None
    return unit if ids & {"attend", "attend_sure", "belong"} else None


def _nearer(verbs: Sequence[Match], one: str, other: str) -> bool:
    ends = {v.id: v.end for v in verbs}
    return ends.get(one, -1) > ends.get(other, -1)


def _concerns_coalition(reading: Reading, sentence: Sentence, place: int) -> bool:
    low, high = max(sentence.start, place - _FAR), min(sentence.end, place + _FAR)
    return any(
        reading.matches(kind, low, high)
        for kind in ("coalition", "the_coalition", "meeting", "body")
    )


def _count(reading: Reading, noun: Match, number: Number, unit: Unit) -> Attendance:
    bound: Bound = "about" if number.about else "exactly"
    start = min(number.start, noun.start)
    for word in reading.matches("bound", max(0, number.start - 25), number.start):
        between = reading.lower[word.end : number.start].strip(" '")
        if between in ("", "une", "d'une", "de", "ال", "quelque"):
            bound, start = word.payload["bound"], word.start
            break
    return Attendance(
        unit=unit,
        value=int(number.value),
        bound=bound,
        evidence=(reading.evidence(start, max(noun.end, number.end)),),
    )
