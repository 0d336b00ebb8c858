"""What a count counts: states that belong, that took part, or nothing of a meeting's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.extract.grammars.counting import is_definite
from services.extract.grammars.members import known_sizes
from services.extract.grammars.numbers import Number
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Unit

_SURE = frozenset(
    {"member_state", "nation_group", "partner_state", "both", "delegation", "member_count"}
)
_MEMBERS = frozenset({"member_state", "member"})
_DEFINITE = re.compile(r"(?:\b(?:the|les|des|aux|leurs|its|their|all|tous les)|ال)\s?$")
_RELATIVE = re.compile(r"\s*,?\s+(?:which|that|who|whose|qui|التي|الذين)\b")
_PARTICIPATING = re.compile(r"\s+(?:participating|participants?|participantes?|ال?مشاركه)\b")
_FROM_A_SIDE = re.compile(r"\s+(?:from the|de la|du|من)\s")
_WHERE = re.compile(r"\b(?:in|across|dans|في)\s$")  # cases reported in four member states
_OF_WHOM = re.compile(r"\s*(?:of|from|de|d'|des|du|في|من)?\s*(?:the|les|une|ال)?\s*")
_ALL_MEMBERS = re.compile(r"\s+ال?اعضاء\b")
_SHARE = re.compile(r"(?:\band |\bet |\sو)(?:\w+|\d+) (?:from the|de la|du|من)\s")
_ELSEWHERE = frozenset({"earlier", "later", "beside"})  # events other than the one reported
_PARAGRAPH_HEAD = 24  # characters in which a paragraph says that it is of something else
_SHARE_REACH = 150  # characters between five from the north and five from the south
_OF_REACH = 14  # characters between "a grouping of" and its number
_REACH = 70
_FAR = 600  # as long as sentences are
_PART_REACH = 40  # made up of 70 countries and four organizations
_VERB_BEHIND = 14  # characters between "countries" and the verb of which they are the subject
_FAR_VERB_BEHIND = 32  # thirty countries supporting Kyiv were represented
_MAKE_UP = 60  # the ten states on the shores of the sea that make up the initiative
_NAME_BEHIND = 45  # the 35 countries of the "Coalition of the willing"


def takes_part(reading: Reading, noun: Match, number: Number, sentence: Sentence) -> bool:
    """Tell whether a counted noun is subject or object of a verb of taking part."""
    start, end = min(number.start, noun.start), max(number.end, noun.end)
    low, high = max(sentence.start, start - _REACH), min(sentence.end, end + _MAKE_UP)
    verbs = reading.matches("count_verb", low, high)
    return any(v.id.startswith("attend") for v in verbs)


def unit_of(reading: Reading, noun: Match, number: Number, sentence: Sentence) -> Unit | None:
    """Return what is counted, or None where nothing says that they belong or took part."""
    start, end = min(number.start, noun.start), max(number.end, noun.end)
    low, high = max(sentence.start, start - _REACH), min(sentence.end, end + _MAKE_UP)
    verbs = reading.matches("count_verb", low, high)
    before = [v for v in verbs if v.end <= start]
    made_up = any(v.id == "belong_behind" and v.start >= end for v in verbs)
    belongs = made_up or any(v.id == "belong" for v in before)
    if _is_part(before, start) or _is_share(reading.lower, end, sentence.end):
        return None
    if noun.id in _MEMBERS and not belongs and _RELATIVE.match(reading.lower, end):
        return None  # the eight member states which have sent troops
    unit: Unit = noun.payload["unit"]
    if noun.id in _SURE:
        return None if _WHERE.search(reading.lower, max(0, start - 8), start) else unit
    concerned = concerns_coalition(reading, sentence, noun.start)
    if noun.id == "country" and (
        (_is_whole(reading, noun, number, end) and not _are_said_to_attend(before))
        or (made_up and concerned)
        or (_is_right_behind(before, start) and (concerned or _is_size(reading, number)))
    ):
        return "member_states"
    if before and _counts_else(reading, before[-1], start):
        return None
    if noun.id == "country" and _are_members(reading, noun, start, end):
        return "member_states"
    if _take_part(reading, verbs, start, end):
        return unit
    if not concerned and not any(v.payload.get("sure") for v in before):
        return None
    return _told_before(noun, before)


def _are_said_to_attend(before: Sequence[Match]) -> bool:
    """Tell whether the last verb before a count says that it took part: with ministers of the …"""
    return bool(before) and before[-1].id == "attend_sure"


def is_elsewhere(reading: Reading, sentence: Sentence, place: int) -> bool:
    """Tell whether who took part did so at another event: the last meeting drew 60 states."""
    marks = reading.matches("other_event", sentence.start, place)
    if any(mark.id in _ELSEWHERE for mark in marks):
        return True
    low = sentence.segment.start
    return any(
        mark.id == "beside" for mark in reading.matches("other_event", low, low + _PARAGRAPH_HEAD)
    )


def _told_before(noun: Match, before: Sequence[Match]) -> Unit | None:
    """Return the unit of a noun by the verbs before it, whatever stands between."""
    unit: Unit = noun.payload["unit"]
    ids = {v.id for v in before}
    if noun.id in ("member", "partner"):
        return unit
    if unit != "countries":
        return unit if ids & {"attend", "attend_sure", "belong"} else None
    if "attend" in ids and not _nearer(before, "belong", "attend"):
        return "countries"
    return "member_states" if "belong" in ids else None


def _is_part(before: Sequence[Match], start: int) -> bool:
    """Tell whether a count is part of one already given: including five African states."""
    return any(v.id == "part" and start - v.end < _PART_REACH for v in before)


def _counts_else(reading: Reading, verb: Match, start: int) -> bool:
    """Tell whether a count is where something is: in 60 countries, not in which 60 met."""
    near = verb.id == "other" and start - verb.end < _PART_REACH
    return near and not reading.lower.startswith(" which ", verb.end)


def _is_right_behind(before: Sequence[Match], start: int) -> bool:
    """Tell whether a count is right behind what it makes up: a grouping of 34 nations."""
    return any(v.id == "belong_of" and start - v.end < _OF_REACH for v in before)


def _is_share(text: str, start: int, end: int) -> bool:
    """Tell whether so many from one side are followed by so many from another."""
    from_a_side = _FROM_A_SIDE.match(text, start, end)
    return bool(
        from_a_side and _SHARE.search(text, from_a_side.end(), min(end, start + _SHARE_REACH))
    )


def _is_whole(reading: Reading, noun: Match, number: Number, end: int) -> bool:
    """Tell whether a definite count names all members: البلدان العشرة الأعضاء, or as many as a
    coalition named in the text is known to have: the five nations.
    """
    text = reading.lower
    start = min(number.start, noun.start)
    if noun.lang == "ar" and number.start > noun.start:
        if _ALL_MEMBERS.match(text, end):
            return True
    elif not _DEFINITE.search(text, max(0, start - 9), start) and not is_definite(text, noun):
        return False
    if _PARTICIPATING.match(text, end):
        return False
    return _is_size(reading, number)


def _is_size(reading: Reading, number: Number) -> bool:
    """Tell whether a coalition named in the text is known to have so many members."""
    sizes = known_sizes()
    return any(sizes.get(name.id) == number.value for name in reading.matches("coalition"))


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
    first = bound_before(reading, start)
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


def concerns_coalition(reading: Reading, sentence: Sentence, place: int) -> bool:
    low, high = max(sentence.start, place - _FAR), min(sentence.end, place + _FAR)
    return any(
        reading.matches(kind, low, high)
        for kind in ("coalition", "the_coalition", "meeting", "body")
    )


def bound_before(reading: Reading, start: int) -> Match | None:
    """Return the word before a number that says how exact it is."""
    for word in reading.matches("bound", max(0, start - 28), start):
        between = reading.lower[word.end : start].strip(" '")
        if between in ("", "une", "d'une", "d'un", "de", "ال", "quelque", "the", "les"):
            return word
    return None
