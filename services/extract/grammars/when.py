"""The days of the meeting: told in a sentence about it, or by the head of its communique."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from services.extract.grammars.dates import (
    DateMention,
    dates_in,
    month_of,
    resolve,
    resolve_range,
)
from services.extract.grammars.duration import last_day, read_length
from services.extract.grammars.events import Stretch
from services.extract.grammars.opening_and_end import is_only_the_end, is_the_opening, opening_day
from services.extract.grammars.other_dates import (
    dates_a_saying,
    is_elsewhere,
    is_head_weekday,
    is_of_a_journey,
    is_unlikely,
    opens_a_clause,
)
from services.extract.grammars.published import Head
from services.extract.reading import Reading
from services.extract.segments import Segment
from shared.record import Basis

_LOOKED_AT = 8  # other dates of the meeting
_MOST_DAYS = 6  # from the opening of a meeting to its end
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


def read_when(
    reading: Reading,
    stretches: Sequence[Stretch],
    dates: Sequence[DateMention],
    head: Head,
    *,
    preview: bool,
    communique: bool,
) -> When | None:
    """Return the days of the meeting, or None where nothing tells them."""
    told = _told(reading, stretches, dates, head, communique=communique, preview=preview)
    found = (
        when
        for stretch, mention in told
        if (when := _from(reading, stretch, mention, dates, head, preview=preview))
    )
    for first in found:
        return _whole(reading, first, found, dates)
    if communique and head.mention and head.published and head.mention.day:
        span = (head.mention.start, head.mention.end)
        if head.mention.first and (opening := resolve(head.mention.first, head.today)):
            return When(opening.isoformat(), head.published, (span,), how="head")
        start = min(stretches[0].start if stretches else 0, head.mention.start)
        length = read_length(reading, start, head.mention.end)
        days = _lasting(date.fromisoformat(head.published), length, (span,), opens=preview)
        return replace(days, how="head")
    return _from_tweet(stretches, dates)


def _told(
    reading: Reading,
    stretches: Sequence[Stretch],
    dates: Sequence[DateMention],
    head: Head,
    *,
    communique: bool,
    preview: bool,
) -> Iterator[tuple[Stretch, DateMention]]:
    """Yield the dates in sentences about the meeting: those that tell most of it first.

    A communique with a date of its own is not dated by its weekdays or its "tomorrow".
    """
    dated = communique and head.mention is not None
    vague: Segment | None = None  # whose day only a date of publication would tell
    telling = [s for s in stretches if not s.tweet and (s.meets or s.names or s.bodies)]
    telling.sort(
        key=lambda s: (
            -(s.meets + s.names + s.bodies + (s.bodies and s.acts) >= 2),
            -(s.acts and not preview),
            s.start,
        )
    )
    sayings: list[tuple[Stretch, DateMention]] = []
    unlikely: list[tuple[Stretch, DateMention]] = []
    for stretch in telling:
        inside = dates_in(dates, stretch.start, stretch.end)
        of_lead = stretch.sentence.index <= _LEAD and stretch.meets and stretch.bodies
        if vague not in (None, stretch.sentence.segment) and not of_lead:
            continue  # an earlier event, told below the lead
        if head.published is None and any(m.is_relative for m in inside):
            vague = stretch.sentence.segment
        for mention in sorted(inside, key=_vagueness):
            told_from_today = mention.weekday is not None or bool(mention.delta)
            told_from_today &= mention.delta != -1 or not stretch.meets  # they met yesterday
            if (dated and told_from_today) or is_elsewhere(reading, mention, head):
                continue
            gone = preview and is_of_a_journey(reading, mention)
            if gone or is_unlikely(mention, head.today, preview=preview):
                unlikely.append((stretch, mention))
                continue
            if dates_a_saying(reading, mention):
                sayings.append((stretch, mention))
                continue
            own = (
                mention is not head.mention
                or mention.delta == 0  # today, the third of May
                or (stretch.meets and opens_a_clause(reading, mention))
            )
            if own and not is_head_weekday(reading, mention, head):
                yield stretch, mention
    if not preview:
        yield from sayings  # a host who says something on Friday says it at the meeting
    yield from unlikely


def _vagueness(mention: DateMention) -> int:
    if mention.is_full:
        return 0 if not mention.hijri else 1
    if mention.day is not None or mention.delta is not None:
        return 1
    return 2 if mention.weekday is not None else 3


def _from(
    reading: Reading,
    stretch: Stretch,
    mention: DateMention,
    dates: Sequence[DateMention],
    head: Head,
    *,
    preview: bool,
) -> When | None:
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
    days_told = _lasting(day, length, spans, opens=preview or starts or since)
    days_told.opens = not preview and is_the_opening(reading, stretch.start, mention)
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


def _lasting(day: date, length: int, spans: tuple[tuple[int, int], ...], *, opens: bool) -> When:
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


def _whole(
    reading: Reading, when: When, others: Iterable[When], dates: Sequence[DateMention]
) -> When:
    """Return a single day as the range that it is part of, where another sentence tells that.

    Told by two days (on Thursday and Friday), by the day on which the meeting was opened, or by
    the one on which it ended.
    """
    if when.start != when.end or len(when.end) < len("2024-01-01"):
        return when
    for other in islice(others, _LOOKED_AT):
        if other.start and other.start < other.end and other.start <= when.end <= other.end:
            return other
        if when.opens and when.start < other.end <= _some_days_after(when.start):
            return replace(when, end=other.end)
    opened = opening_day(reading, dates, date.fromisoformat(when.end))
    return replace(when, start=opened.isoformat()) if opened else when


def _some_days_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=_MOST_DAYS)).isoformat()


def _from_tweet(stretches: Sequence[Stretch], dates: Sequence[DateMention]) -> When | None:
    """Take the time stamp of a tweet that reports the meeting itself."""
    for stretch in stretches:
        if not (stretch.tweet and stretch.meets):
            continue
        segment = stretch.sentence.segment
        for mention in dates_in(dates, segment.start, segment.end):
            if mention.is_full and mention.value:
                spans = ((stretch.start, stretch.end), (mention.start, mention.end))
                return When(mention.value, mention.value, spans, "inferred", "tweet")
    return None
