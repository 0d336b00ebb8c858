"""What a date in a text is, and the day it stands for seen from the day of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

_OLDEST, _NEWEST = 1900, 2100
_STILL_NEAR = 30  # days: a coming day without its year may just have passed
_HIJRI_YEARS = range(1300, 1600)


@dataclass(slots=True, eq=False)
class DateMention:
    """A date at folded `[start, end)`: a whole or partial day, or one told from today.

    `year`, `month`, `day` are Gregorian, None where the text gives none. `delta` (days from today)
    and `weekday` (Monday 0) are for relative days, `months` (from this one) for relative months.
    `ahead` is 1 for the next one of its name, -1 for the last. `first` is the day that opens a
    range, of which this mention is the end.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    delta: int | None = None
    weekday: int | None = None
    months: int | None = None
    ahead: int = 0
    hijri: bool = False
    first: DateMention | None = None

    @property
    def is_full(self) -> bool:
        """Tell whether it is a day of a year."""
        return self.year is not None and self.month is not None and self.day is not None

    @property
    def is_relative(self) -> bool:
        """Tell whether it is a day told from the day of publication alone."""
        return self.delta is not None or self.weekday is not None

    @property
    def value(self) -> str | None:
        """Return `YYYY-MM-DD`, `YYYY-MM` or None."""
        if self.year is None or self.month is None:
            return None
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def mention_of(
    span: tuple[int, int], parts: tuple[int | None, int, int | None], *, hijri: bool = False
) -> DateMention | None:
    """Return the mention at a span if its (year, month, day) can be a date; Hijri is turned."""
    year, month, day = parts
    if hijri and not (day and day > 30):
        return _turned(span, year, month, day)
    if hijri or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    if year is not None and not _OLDEST <= year <= _NEWEST:
        return None
    if year is not None and day is not None and not day_of(year, month, day):
        return None
    return DateMention(*span, year, month, day)


def is_hijri_year(year: int) -> bool:
    """Tell whether a year of four digits can only be one of the Hijri calendar."""
    return year in _HIJRI_YEARS


def _turned(
    span: tuple[int, int], year: int | None, month: int, day: int | None
) -> DateMention | None:
    """Turn a Hijri date by the Umm al-Qura calendar; less than a day of a year has no value.

    A thirtieth of a month that has 29 days there is the day behind them: months are also sighted.
    """
    if year is None or day is None:
        return DateMention(*span, hijri=True)
    try:
        turned = date.fromordinal(
            Hijri(year, month, min(day, 29)).to_gregorian().toordinal() + (day == 30)
        )
    except (ValueError, OverflowError):
        return None
    return DateMention(*span, turned.year, turned.month, turned.day, hijri=True)


def resolve(mention: DateMention, today: date | None, forward: bool = False) -> date | None:
    """Return the day a mention stands for, seen from `today` (the date of publication).

    A weekday is the nearest one: the last before or on that day, or with `forward` the next.
    """
    if mention.is_full:
        return day_of(mention.year or 0, mention.month or 0, mention.day or 0)
    if today is None:
        return None
    if mention.delta is not None:
        return _later(today, mention.delta)
    if mention.weekday is not None:
        return _weekday(mention.weekday, today, mention.ahead, forward)
    if mention.months is not None and mention.day:
        count = today.year * 12 + today.month - 1 + mention.months
        return day_of(count // 12, count % 12 + 1, mention.day)
    if mention.month is None or mention.day is None:
        return None
    years = (today.year, today.year + 1, today.year - 1)
    days = [d for d in (day_of(y, mention.month, mention.day) for y in years) if d]
    return _nearest(days, today, mention.ahead or int(forward))


def resolve_range(
    mention: DateMention, today: date | None, forward: bool = False
) -> tuple[date, date] | None:
    """Return the first and the last day a mention stands for; the same where it is no range."""
    last = resolve(mention, today, forward)
    if last is None:
        return None
    if mention.first is None:
        return last, last
    if mention.first.weekday is not None:
        return _later(last, -((last.weekday() - mention.first.weekday) % 7)) or last, last
    first = resolve(mention.first, last if mention.first.delta is None else today)
    return (first, last) if first and first <= last else (last, last)


def month_of(mention: DateMention, today: date | None, forward: bool = False) -> str | None:
    """Return `YYYY-MM` of a mention that gives no day, seen from `today`."""
    if mention.value:
        return mention.value
    if today is None:
        return None
    if mention.months is not None:
        count = today.year * 12 + today.month - 1 + mention.months
        return f"{count // 12:04}-{count % 12 + 1:02}"
    if mention.month is None:
        return None
    days = [date(y, mention.month, 28) for y in (today.year, today.year + 1, today.year - 1)]
    near = _nearest(days, today, mention.ahead or int(forward))
    return f"{near:%Y-%m}" if near else None


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(days: Sequence[date], today: date, ahead: int) -> date | None:
    """Return the nearest day, of those to come (`ahead` 1) or gone (-1) where there are any."""
    if ahead:
        on_that_side = [d for d in days if (d - today).days * ahead >= -_STILL_NEAR]
        days = on_that_side or days
    return min(days, key=lambda d: abs((d - today).days), default=None)


def _weekday(weekday: int, today: date, ahead: int, forward: bool) -> date | None:
    days = (weekday - today.weekday()) % 7
    if ahead:
        days = (days or 7) if ahead > 0 else days - 7
    elif days and not forward:
        days -= 7
    return _later(today, days)


def _later(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
