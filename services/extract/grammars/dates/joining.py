"""Dates that stand together: one day told twice, or two days that open and end a range."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from services.extract.grammars.dates.mention import DateMention, day_of

_SAME = re.compile(r"[\s,(]*(?:(?:le|the|يوم|الموافق(?: ل)?)\s+)?")
_SAME_HIJRI = re.compile(
    r"[\s,/(م-]*(?:ه\b)?[\s,/(-]*(?:الموافق(?:ه)?(?: ل)?\s*|corresponding to\s*)?"
)
_TO = re.compile(
    r"\s*(?:م\s*)?(?:-|to|through|until|au|jusqu'au|الي|حتي|ولغايه)\s*(?:(?:the|le|يوم)\s+)?"
)
_AND = re.compile(r"\s*(?:م\s*)?(?:,\s*)?(?:and|et|&|و)\s*(?:(?:the|le|يوم)\s+)?")
_LONGEST = 31  # days from the first to the last of a range
_LONGEST_PAIR = 4  # "on 28 February and 1 March" is a meeting, "in May and on 3 June" are two


def join_dates(found: Iterable[DateMention]) -> list[DateMention]:
    """Sort mentions by place, and leave out those inside of others."""
    ordered = sorted(found, key=lambda d: (d.start, -d.end))
    kept: list[DateMention] = []
    for mention in ordered:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def join_neighbours(text: str, mentions: Iterable[DateMention]) -> tuple[DateMention, ...]:
    """Make one of neighbours that tell the same day, or the two ends of a range."""
    kept: list[DateMention] = []
    for mention in mentions:
        joined = _joined(text, kept[-1], mention) if kept else None
        if joined:
            kept[-1] = joined
        else:
            kept.append(mention)
    return tuple(kept)


def _joined(text: str, one: DateMention, then: DateMention) -> DateMention | None:
    if then.start - one.end > 30:
        return None
    if one.is_relative and _SAME.fullmatch(text, one.end, then.start):
        if then.day is not None:
            # Tuesday, 26 November 2017; today, 26 November, is of the day and not of its head
            return replace(then, start=one.start, delta=one.delta)
        if one.delta is not None and then.weekday is not None:
            return replace(one, end=then.end)  # اليوم الأربعاء
    if one.hijri != then.hijri:
        if _SAME_HIJRI.fullmatch(text, one.end, then.start):
            return then if one.hijri else one  # the Gregorian day needs no conversion
        return None
    is_range = bool(_TO.fullmatch(text, one.end, then.start))
    if is_range or _AND.fullmatch(text, one.end, then.start):
        return _range(one, then, _LONGEST if is_range else _LONGEST_PAIR)
    return None


def _range(one: DateMention, then: DateMention, longest: int) -> DateMention | None:
    """Return the range of two days if it is no longer than so many days."""
    if one.first or one.months is not None or then.months is not None:
        return None
    length = _length(one, then)
    if length is None or not 0 < length <= longest:
        return None
    return replace(then, start=one.start, first=one, ahead=then.ahead or one.ahead)


def _length(one: DateMention, then: DateMention) -> int | None:
    """Return the days from one mention to the next; None where they cannot be compared."""
    if one.weekday is not None and then.weekday is not None:
        return (then.weekday - one.weekday) % 7
    if one.delta is not None and then.delta is not None:
        return then.delta - one.delta
    if not (one.month and one.day and then.month and then.day):
        return None
    year = then.year or one.year or 2023
    last = day_of(year, then.month, then.day)
    first = day_of(one.year or (year if one.month <= then.month else year - 1), one.month, one.day)
    return (last - first).days if first and last else None
