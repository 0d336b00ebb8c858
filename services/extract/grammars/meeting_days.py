"""The first and last day of a meeting that a date in a text stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.extract.grammars.dates import DateMention, month_of, resolve_range
from services.extract.grammars.duration import last_day, read_length
from services.extract.grammars.events import Stretch
from services.extract.grammars.opening_and_end import is_only_the_end, is_the_opening
from services.extract.grammars.published import Head
from services.extract.reading import Reading
from shared.record import Basis

_DATES_AT_FIRST = 40
_LEAD = 6  # sentences: further down a month is that of another event
_STILL_TO_COME = re.compile(r"(?:ends|continues|poursuit|تختتم|يختتم|يستمر|تستمر)\b")
_SINCE = re.compile(r"(?:since|depuis|منذ)\s+(?:يوم\s+)?$")
_STARTS = re.compile(r"(?:a partir de|starting|beginning|from|ابتداء من|اعتبارا من)\s+(?:ce\s+)?$")


@dataclass(slots=True, eq=False)
class When:
    """First and last day (`YYYY-MM-DD` or less), and the folded spans they were read from.

    There is no first one where only the end of a meeting is told (which ended on Saturday).

    `how` they were read is part of the rule's name: `told`, from the `head`, or from a `tweet`.
    """

    start: str | None
    end: str
    spans: tuple[tuple[int, int], ...]
    basis: Basis = "explicit"
    how: str = "told"
    opens: bool = False  # it is told as the day of the opening


def days_of(
    reading: Reading,
    stretch: Stretch,
    mention: DateMention,
    dates: Sequence[DateMention],
    head: Head,
    *,
    preview: bool,
) -> When | None:
    """Return the days that a date in a sentence about the meeting stands for, or None."""
    spans = ((stretch.start, stretch.end),)
    if mention.hijri and not mention.is_full:
        return None
    if mention.day is None and not mention.is_relative:
        return _month(stretch, mention, head, preview=preview)
    if mention.is_relative and head.today is None and head.published:
        return When(head.published, head.published, spans, "inferred")
    before = reading.lower[max(0, mention.start - 25) : mention.start]
    since = bool(_SINCE.search(before))
    forward = (preview and not since) or bool(_STILL_TO_COME.search(before))
    days = resolve_range(mention, _seen_from(mention, dates, head), forward=forward)
    if days is None:
        return None
    day = days[1]
    if days[0] < day:
        return When(days[0].isoformat(), day.isoformat(), spans)
    last = last_day(reading, mention, dates, stretch.end, day)
    if last:
        return When(day.isoformat(), last.isoformat(), spans)
    starts = bool(_STARTS.search(reading.lower, max(0, mention.start - 20), mention.start))
    length = read_length(reading, min(stretch.start, mention.start), mention.end)
    if length == 1 and day != head.today and is_only_the_end(reading, stretch.start, mention):
        return When(None, day.isoformat(), spans)
    days_told = lasting(day, length, spans, opens=preview or starts or since)
    days_told.opens = not preview and (since or is_the_opening(reading, stretch.start, mention))
    return days_told


def _month(stretch: Stretch, mention: DateMention, head: Head, *, preview: bool) -> When | None:
    """Return the month of a meeting whose day nothing tells."""
    if head.today and not preview:
        return None  # a month is what is told of other meetings, once the day is known
    month = month_of(mention, head.today, forward=True)
    if month is None or stretch.sentence.index > _LEAD:
        return None
    return When(month, month, ((stretch.start, stretch.end),))


def _seen_from(mention: DateMention, dates: Sequence[DateMention], head: Head) -> date | None:
    """Return the day from which a date without its year is told."""
    if mention.is_relative:
        return head.today
    anchor = head.today or _anchor(head)
    return anchor or (None if mention.is_full else _year_told(dates, mention))


def lasting(day: date, length: int, spans: tuple[tuple[int, int], ...], *, opens: bool) -> When:
    """Return the days of a meeting of so many days that `day` opens, or else ends."""
    other = day + timedelta(days=(length - 1) * (1 if opens else -1))
    start, end = sorted((day, other))
    return When(start.isoformat(), end.isoformat(), spans)


def _anchor(head: Head) -> date | None:
    """Return a day near the publication for what has a day and month but no year."""
    if head.published is None:
        return None
    parts = [int(p) for p in head.published.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 6, 15)


def _year_told(dates: Sequence[DateMention], mention: DateMention) -> date | None:
    """Return a day of the year in which the text has the month of a mention without a year."""
    first = dates[:_DATES_AT_FIRST]
    years = {d.year for d in first if d.year and d.month == mention.month and not d.hijri}
    if mention.month is None or len(years) != 1:
        return None
    return date(years.pop() or 1, mention.month, 15)
