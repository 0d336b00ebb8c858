"""Dates of a text: with a month's name, in digits, Gregorian or Hijri, and days told from today."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

from services.extract.matching import Match
from services.extract.reading import Reading

# Patterns that are searched for everywhere begin with a digit written once: so the engine skips to
# digits, in half of the time.
_ISO = re.compile(r"(\d\d\d\d)-(\d{2})(?:-(\d{2}))?(?![\d/-])")
_NUMERIC = re.compile(r"(\d\d?)\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?!\d|[/.-]\d)")
_DAY_BEFORE = re.compile(
    r"(?<![\d.,/])(?:(\d{1,2})(?:er|st|nd|rd|th)?\s*(?:,|et|and|-|و|الي|au|to)\s*)?"
    r"(\d{1,2})(?:er|st|nd|rd|th)?\s*(?:من\s+)?(?:شهر\s+)?(?:of\s+|de\s+|/\s*|-\s*)?$"
)
_YEAR_AFTER = re.compile(
    r"\s*[.,]?\s*(?:/\s*\w+(?:\s\w+)?\s+)?(?:(?:من\s+)?(?:ال)?(?:عام|سنه|لعام|لسنه)\s+|of\s+|in\s+|de\s+|/\s*|-\s*)?"
    r"(\d{4})(?!\d)(\s*(?:ه|هـ)(?!\w))?"
)
_DAY_AFTER = re.compile(
    r"\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:-|to|and)\s*(\d{1,2})(?:st|nd|rd|th)?)?(?!\d|[:.]\d)"
    r"(?:\s*,?\s*(\d{4})(?!\d))?"
)
_OF_MONTH = re.compile(r"\s+(?:من\s+)?(?:شهر\s+)?")
_OLDEST, _NEWEST = 1900, 2100


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at folded `[start, end)`: a whole or partial day, or one told from today.

    `year`, `month`, `day` are Gregorian, None where the text gives none; `first_day` opens a range
    that `day` ends. `delta` (days from today) and `weekday` (Monday 0) are for relative days.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    first_day: int | None = None
    delta: int | None = None
    weekday: int | None = None
    hijri: bool = False

    @property
    def is_full(self) -> bool:
        """Tell whether it is a day of a year."""
        return self.year is not None and self.month is not None and self.day is not None

    @property
    def value(self) -> str | None:
        """Return `YYYY-MM-DD`, `YYYY-MM` or None."""
        if self.year is None or self.month is None:
            return None
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def read_dates(reading: Reading) -> tuple[DateMention, ...]:
    """Return all dates by place; impossible ones (31 February) are left out."""
    found = [*_named(reading), *_numeric(reading.lower), *_days(reading)]
    found.sort(key=lambda d: (d.start, -d.end))
    kept: list[DateMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def dates_in(dates: Sequence[DateMention], start: int, end: int) -> Sequence[DateMention]:
    """Return the dates that begin in `[start, end)`; `dates` are by place."""
    low = bisect_left(dates, start, key=_start)
    return dates[low : bisect_left(dates, end, low, key=_start)]


def _start(mention: DateMention) -> int:
    return mention.start


def resolve(mention: DateMention, today: date | None, forward: bool = False) -> date | None:
    """Return the day a mention stands for, seen from `today` (the date of publication).

    A weekday is the nearest one: the last before or on that day, or with `forward` the next.
    """
    if mention.is_full:
        return _day(mention.year or 0, mention.month or 0, mention.day or 0)
    if today is None:
        return None
    if mention.delta is not None:
        return today + timedelta(days=mention.delta)
    if mention.weekday is not None:
        ahead = (mention.weekday - today.weekday()) % 7
        return today + timedelta(days=ahead if forward or ahead == 0 else ahead - 7)
    if mention.month is None or mention.day is None:
        return None
    years = (today.year, today.year + 1, today.year - 1)
    near = [d for d in (_day(y, mention.month, mention.day) for y in years) if d]
    return min(near, key=lambda d: abs((d - today).days), default=None)


def _named(reading: Reading) -> Iterator[DateMention]:
    for month in reading.matches("month"):
        mention = _worded(reading, month) or _around(reading.lower, month)
        if mention:
            yield mention


def _around(text: str, month: Match) -> DateMention | None:
    """Read the day and year beside a month's name; None when neither stands there."""
    before = _DAY_BEFORE.search(text, max(0, month.outer - 30), month.outer)
    number, hijri = int(month.payload["n"]), bool(month.payload.get("hijri"))
    if before:
        day, first = int(before[2]), int(before[1]) if before[1] else None
        after = _YEAR_AFTER.match(text, month.end)
        start, end = before.start(), after.end() if after else month.end
        year = int(after[1]) if after else None
    else:
        behind = _DAY_AFTER.match(text, month.end) if month.lang != "ar" else None
        after = _YEAR_AFTER.match(text, month.end)
        if behind and int(behind[1]) <= 31:
            first, day = (int(behind[1]), int(behind[2])) if behind[2] else (None, int(behind[1]))
            year = int(behind[3]) if behind[3] else None
            start, end = month.start, behind.end()
        elif after:
            year, day, first = int(after[1]), None, None
            start, end = month.start, after.end()
        else:
            return None
    return _mention(start, end, (year, number, day), first, hijri)


def _worded(reading: Reading, month: Match) -> DateMention | None:
    """Read a day told by an ordinal: الخامس عشر من مايو 2027."""
    for day in reading.matches("ordinal", max(0, month.outer - 40), month.outer):
        if _OF_MONTH.fullmatch(reading.lower, day.end, month.outer):
            after = _YEAR_AFTER.match(reading.lower, month.end)
            year = int(after[1]) if after else None
            parts = (year, int(month.payload["n"]), int(day.payload["n"]))
            end = after.end() if after else month.end
            return _mention(day.start, end, parts, None, bool(month.payload.get("hijri")))
    return None


def _numeric(text: str) -> Iterator[DateMention]:
    for found in filter(_stands_alone, _ISO.finditer(text)):
        day = int(found[3]) if found[3] else None
        mention = _mention(found.start(), found.end(), (int(found[1]), int(found[2]), day))
        if mention:
            yield mention
    for found in filter(_stands_alone, _NUMERIC.finditer(text)):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if len(found[4]) == 2:
            year += 2000
        if month > 12 >= day:
            day, month = month, day  # the American order
        mention = _mention(found.start(), found.end(), (year, month, day), None, 1300 < year < 1600)
        if mention:
            yield mention


def _stands_alone(found: re.Match[str]) -> bool:
    """Tell whether no digit or separator stands before. (A lookbehind costs much more.)"""
    return found.start() == 0 or found.string[found.start() - 1] not in "0123456789/.-"


def _days(reading: Reading) -> Iterator[DateMention]:
    for word in reading.matches("day"):
        load = word.payload
        yield DateMention(
            word.start, word.end, delta=load.get("delta"), weekday=load.get("weekday")
        )


def _mention(
    start: int,
    end: int,
    parts: tuple[int | None, int, int | None],
    first: int | None = None,
    hijri: bool = False,
) -> DateMention | None:
    """Return a mention if its parts can be a date; Hijri ones are turned into Gregorian."""
    year, month, day = parts
    if hijri:
        if year is None or day is None:
            return DateMention(start, end, hijri=True)
        turned = _from_hijri(year, month, day)
        if turned is None:
            return None
        return DateMention(start, end, turned.year, turned.month, turned.day, hijri=True)
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    if year is not None and not _OLDEST <= year <= _NEWEST:
        return None
    if year is not None and day is not None and not _day(year, month, day):
        return None
    return DateMention(
        start, end, year, month, day, first if first and day and first < day else None
    )


def _from_hijri(year: int, month: int, day: int) -> date | None:
    try:
        turned = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(turned.year, turned.month, turned.day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
