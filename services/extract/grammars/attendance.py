"""How many belong or took part: 42 دولة عضوا, plus de 75 pays, the 85-strong coalition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.extract.certainty import confidence_of
from services.extract.grammars.counting import is_aside, is_name, number_of
from services.extract.grammars.numbers import Number
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Attendance, Bound, Unit

_FEWEST, _MOST = 3, 250  # fewer are "both countries", more is no count of states
_SURE = frozenset({"member_state", "partner_state", "both", "delegation", "member_count"})
_MEMBERS = frozenset({"member_state", "member"})
_DEFINITE = re.compile(r"(?:\b(?:the|les|des|aux|leurs|its|their|all|tous les)|ال)\s?$")
_RELATIVE = re.compile(r"\s*,?\s+(?:which|that|who|whose|qui|التي|الذين)\b")
_PARTICIPATING = re.compile(r"\s+(?:participating|participants?|participantes?|ال?مشاركه)\b")
_WHERE = re.compile(r"\b(?:in|across|dans|في)\s$")  # cases reported in four member states
_OF_WHOM = re.compile(r"\s*(?:of|from|de|d'|des|du|في|من)?\s*(?:the|les|une|ال)?\s*")
_REACH = 70
_FAR = 600  # as long as sentences are
_PART_REACH = 40  # made up of 70 countries and four organizations
_VERB_BEHIND = 14  # characters between "countries" and the verb of which they are the subject
_FAR_VERB_BEHIND = 32  # thirty countries supporting Kyiv were represented
_MAKE_UP = 60  # the ten states on the shores of the sea that make up the initiative
_NAME_BEHIND = 45  # the 35 countries of the "Coalition of the willing"


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
        unit = _unit(reading, noun, number, sentence)
        if unit and (unit, int(number.value)) not in found:
            found[unit, int(number.value)] = _count(reading, noun, number, unit)
    return tuple(found.values())


def _unit(reading: Reading, noun: Match, number: Number, sentence: Sentence) -> Unit | None:
    """Return what is counted, or None where nothing says that they belong or took part."""
    start, end = min(number.start, noun.start), max(number.end, noun.end)
    verbs = reading.matches(
        "count_verb", max(sentence.start, start - _REACH), min(sentence.end, end + _MAKE_UP)
    )
    before = [v for v in verbs if v.end <= start]
    if any(v.id == "part" and start - v.end < _PART_REACH for v in before):
        return None
    behind = reading.matches("count_verb", end, min(sentence.end, end + _MAKE_UP))
    made_up = any(v.id == "belong_behind" for v in behind)
    belongs = made_up or any(v.id == "belong" for v in before)
    if _RELATIVE.match(reading.lower, end) and not belongs and noun.id in _MEMBERS:
        return None  # the eight member states which have sent troops
    unit: Unit = noun.payload["unit"]
    if noun.id in _SURE:
        return None if _WHERE.search(reading.lower, max(0, start - 8), start) else unit
    if before and before[-1].id == "other" and start - before[-1].end < _PART_REACH:
        return None
    if noun.id == "country" and (
        (made_up and _concerns_coalition(reading, sentence, noun.start))
        or _are_members(reading, noun, start, end)
    ):
        return "member_states"
    taking_part = _take_part(reading, verbs, start, end)
    sure = any(v.payload.get("sure") for v in before)
    if not taking_part and not sure and not _concerns_coalition(reading, sentence, noun.start):
        return None
    if noun.id in ("member", "partner"):
        return unit
    ids = {v.id for v in before}
    if unit == "countries":
        if taking_part or ("attend" in ids and not _nearer(before, "belong", "attend")):
            return "countries"
        return "member_states" if "belong" in ids else None
    return unit if taking_part or ids & {"attend", "attend_sure", "belong"} else None


def _take_part(reading: Reading, verbs: Sequence[Match], start: int, end: int) -> bool:
    """Tell whether a counted noun at `[start, end)` takes part, by the words right around it."""
    if any(v.id == "attend_sure" and v.end <= start for v in verbs):
        return True
    if any(v.id.startswith("attend") and 0 <= v.outer - end <= _reach(v) for v in verbs) and (
        reading.lower[end : end + 1] != ","
    ):
        return True
    if _PARTICIPATING.match(reading.lower, end):
        return True
    first = _bound_before(reading, start)
    low = first.start if first else start
    bodies = reading.matches("body", max(0, low - 45), low)
    return any(
        _OF_WHOM.fullmatch(reading.lower, body.end, low)
        for body in bodies
        if body.payload.get("specific", 2) > 0
    )


def _reach(verb: Match) -> int:
    """Return how many characters may stand between a counted noun and its verb."""
    return _FAR_VERB_BEHIND if verb.payload.get("far") else _VERB_BEHIND


def _are_members(reading: Reading, noun: Match, start: int, end: int) -> bool:
    """Tell whether a definite count names all of a coalition: the six GCC states."""
    text = reading.lower
    if not (_DEFINITE.search(text, max(0, start - 9), start) or text.startswith("ال", noun.start)):
        return False
    if _PARTICIPATING.match(text, end):
        return False
    return bool(
        reading.matches("coalition", start, end + _NAME_BEHIND)
        or reading.matches("the_coalition", start, end + _NAME_BEHIND)
    )


def _nearer(verbs: Sequence[Match], one: str, other: str) -> bool:
    ends = {v.id: v.end for v in verbs}
    return ends.get(one, -1) > ends.get(other, -1)


def _concerns_coalition(reading: Reading, sentence: Sentence, place: int) -> bool:
    low, high = max(sentence.start, place - _FAR), min(sentence.end, place + _FAR)
    return any(
        reading.matches(kind, low, high)
        for kind in ("coalition", "the_coalition", "meeting", "body")
    )


def _bound_before(reading: Reading, start: int) -> Match | None:
    """Return the word before a number that says how exact it is."""
    for word in reading.matches("bound", max(0, start - 28), start):
        between = reading.lower[word.end : start].strip(" '")
        if between in ("", "une", "d'une", "d'un", "de", "ال", "quelque", "the", "les"):
            return word
    return None


def _count(reading: Reading, noun: Match, number: Number, unit: Unit) -> Attendance:
    bound: Bound = "about" if number.about else "exactly"
    start = min(number.start, noun.start)
    word = _bound_before(reading, number.start)
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
