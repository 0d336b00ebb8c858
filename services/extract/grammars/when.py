"""The days of the meeting: told in a sentence about it, or by the head of its communique."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from services.extract.grammars.dates import (
    DateMention,
    dates_in,
    resolve,
)
from services.extract.grammars.duration import read_length
from services.extract.grammars.events import Stretch
from services.extract.grammars.meeting_days import When, days_of, lasting
from services.extract.grammars.opening_and_end import opening_day
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

_TIMED = re.compile(r"\d{1,2}(?::|h)\d\d\b")  # 18:04 The talks have ended
_TICKS = 3  # lines with a time that make a page a ticker
_TICKER_LINES = 40
_LOOKED_AT = 8  # other dates of the meeting
_MOST_DAYS = 6  # from the opening of a meeting to its end
_LEAD = 6  # sentences: further down a month is that of another event


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
        if (when := days_of(reading, stretch, mention, dates, head, preview=preview))
    )
    for first in found:
        return _whole(reading, first, found, dates)
    if communique and head.mention and head.published and head.mention.day:
        span = (head.mention.start, head.mention.end)
        if head.mention.first and (opening := resolve(head.mention.first, head.today)):
            return When(opening.isoformat(), head.published, (span,), how="head")
        start = min(stretches[0].start if stretches else 0, head.mention.start)
        length = read_length(reading, start, head.mention.end)
        days = lasting(date.fromisoformat(head.published), length, (span,), opens=preview)
        return replace(days, how="head")
    return _from_tweet(stretches, dates) or _from_ticker(reading, head)


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


def _from_ticker(reading: Reading, head: Head) -> When | None:
    """Take the day of a page that tells events by the minute as they happen."""
    if head.today is None or head.mention is None or head.published is None:
        return None
    told = (s for s in reading.segments[:_TICKER_LINES] if _TIMED.match(reading.lower, s.start))
    if len(list(islice(told, _TICKS))) < _TICKS:
        return None
    span = (head.mention.start, head.mention.end)
    return When(head.published, head.published, (span,), "inferred", "head")


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
