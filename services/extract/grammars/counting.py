"""Which number counts a noun: 42 states, the six GCC states, الدول الخمس, a membership of 85."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from services.extract.grammars.numbers import Number
from services.extract.matching import Match
from services.extract.reading import Reading

_ARTICLES = frozenset(
    {
        "",
        "-",
        ")",
        "d'",
        "de",
        "des",
        "of",
        "of the",
        "of its",
        "le",
        "le nombre des",
        "le nombre de ses",
        "le nombre d'",
        "le nombre de",
        "le nombre total de",
        "le nombre total d'",
    }
)
_QUALIFIED = re.compile(  # six GCC states, eight Arab nations: no preposition, no other noun's verb
    r"\s+(?!(?:of|from|in|and|or|for|with|to|other|more|years?|days?|de|des|du)\b)[\w«»\"'-]+"
    r"(?:\s+(?!(?:of|from|in|for|with|to|de|des|du)\b)[\w«»\"'-]+)?\s+"
)
_COUNTED_BEHIND = re.compile(
    r"[\s,:]*(?:(?:(?:في|ب)\s?ال\w+(?:\s\w+){0,3}\s)?(?:الي|بلغ|يبلغ|ليبلغ)\s+|"
    r"(?:هو|is|to|at|a|est de|s'eleve a)\s+)?"
)
_ARABIC_DIGITS_BEHIND = re.compile(r"\s*ال\s*")
_MEMBERS = frozenset({"member", "member_state"})
_OWNED = ("ها", "هم", "نا", "وله")
_OUT_OF = re.compile(  # of the bloc's fifteen, des dix, من اصل
    r"\s+(?:(?:out )?of (?:the |its |their )?(?:[\w-]+['’]s? )?|"
    r"(?:des|de ses|de leurs|sur les|sur) |"
    r"(?:دول[هة]?\s|بلدا\s)?(?:من اصل|من بين|من)\s(?:ال)?)\s*"
)
_NAME_BEHIND = 45  # characters: six GCC states


def number_of(
    reading: Reading, noun: Match, numbers: Sequence[Number], starts: Sequence[int]
) -> Number | None:
    """Return the number that counts a noun: right before it, or in Arabic right behind it."""
    high = bisect_left(starts, noun.start)
    behind = numbers[high] if high < len(numbers) else None
    if noun.payload.get("behind") and behind and _is_behind(reading.lower, noun, behind):
        return behind
    before = numbers[high - 1] if high else None
    if before and before.value.is_integer() and _counts(reading, before, noun):
        return before
    if noun.lang == "ar" and behind and _qualifies(reading, noun, behind):
        return behind
    return None


def is_name(reading: Reading, number: Number) -> bool:
    """Tell whether a number is part of a coalition's name (the Five Eyes nations)."""
    near = reading.matches("coalition", max(0, number.start - 30), number.end + 40)
    return any(name.start <= number.start < name.end for name in near)


def is_aside(text: str, number: Number) -> bool:
    """Tell whether a number stands in brackets behind another: 79 states (19 from Africa, …)."""
    opened = text.rfind("(", max(0, number.start - 45), number.start)
    if opened < 0 or ")" in text[opened : number.start]:
        return False
    return not (opened == number.start - 1 and text.startswith(")", number.end))


def _is_behind(text: str, noun: Match, number: Number) -> bool:
    return bool(_COUNTED_BEHIND.fullmatch(text, noun.end, number.start))


def _counts(reading: Reading, number: Number, noun: Match) -> bool:
    """Tell whether a number stands before the noun it counts, a name or adjective between them."""
    text = reading.lower
    if noun.outer < number.end or noun.outer - number.end > _NAME_BEHIND:
        return noun.start == number.end
    between = text[number.end : noun.outer].strip()
    of_these = between in ("في", "من")
    if between in _ARTICLES or (of_these and (noun.id in _MEMBERS or not number.in_words)):
        return True
    return noun.lang != "ar" and bool(_QUALIFIED.fullmatch(text, number.end, noun.outer))


def _qualifies(reading: Reading, noun: Match, number: Number) -> bool:
    """Tell whether a number stands behind an Arabic noun: الدول الخمس, الدول الـ35."""
    text = reading.lower
    if noun.id not in ("member_state", "country", "member"):
        return False
    start = _end_of_name(reading, noun, number.start)
    if start == noun.end and not is_definite(text, noun):
        return False
    if number.in_words:
        return text.startswith("ال", number.start) and text[start : number.start] == " "
    return bool(_ARABIC_DIGITS_BEHIND.fullmatch(text, start, number.start))


def is_definite(text: str, noun: Match) -> bool:
    """Tell whether an Arabic noun has its article or an owner: الدول, دولها."""
    return text.startswith("ال", noun.start) or text[noun.start : noun.end].endswith(_OWNED)


def _end_of_name(reading: Reading, noun: Match, end: int) -> int:
    """Return the end of a noun and the coalition behind it: دول تحالف الساحل (الثلاث)."""
    for name in reading.of_kinds(("coalition", "organisation"), noun.end, end):
        if name.outer == noun.end + 1:
            return name.end
    return noun.end


def share_of(
    reading: Reading, number: Number, numbers: Sequence[Number], starts: Sequence[int]
) -> Number | None:
    """Return the number that takes part of so many: nine of the ten countries."""
    at = bisect_left(starts, number.start)
    before = numbers[at - 1] if at else None
    if before is None or number.start - before.end > _NAME_BEHIND:
        return None
    return before if _OUT_OF.fullmatch(reading.lower, before.end, number.start) else None
