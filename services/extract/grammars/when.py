"""The days of the meeting: told in a sentence about it, or by the head of its communique."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.extract.grammars.dates import (
    DateMention,
    dates_in,
    month_of,
    resolve_range,
)
from services.extract.grammars.duration import last_day, read_length
from services.extract.grammars.events import Stretch
from services.extract.grammars.other_dates import (
    dates_a_saying,
    is_elsewhere,
    is_head_weekday,
    is_unlikely,
)
from services.extract.grammars.published import Head
from services.extract.reading import Reading
from services.extract.segments import Segment
from shared.record import Basis

_LEAD = 6  # sentences: further down a month is that of another event
_STILL_TO_COME = re.compile(r"(?:ends|continues|poursuit|تختتم|يختتم|يستمر|تستمر)\b")
_SINCE = re.compile(r"(?:since|depuis|منذ)\s+(?:يوم\s+)?$")
_STARTS = re.compile(r"(?:a partir de|starting|beginning|from|ابتداء من|اعتبارا من)\s+(?:ce\s+)?$")


@dataclass(slots=True, eq=False)
class When:
    """First and last day (`YYYY-MM-DD` or less), and the folded spans they were read from.

    `how` they were read is part of the rule's name: `told`, from the `head`, or from a `tweet`.
    """

    start: str
    end: str
    spans: tuple[tuple[int, int], ...]
    basis: Basis = "explicit"
    how: str = "told"


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
    for stretch, mention in _told(
        reading, stretches, dates, head, communique=communique, preview=preview
    ):
        when = _from(reading, stretch, mention, dates, head, preview=preview)
        if when:
            return when
    if communique and head.mention and head.published and head.mention.day:
        span = (head.mention.start, head.mention.end)
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
            -s.acts,
            s.start,
        )
    )
    sayings: list[tuple[Stretch, DateMention]] = []
    unlikely: list[tuple[Stretch, DateMention]] = []
    for stretch in telling:
        inside = dates_in(dates, stretch.start, stretch.end)
        if vague not in (None, stretch.sentence.segment):
            continue  # an earlier event, told below the lead
        if head.published is None and any(m.is_relative for m in inside):
            vague = stretch.sentence.segment
        for mention in sorted(inside, key=_vagueness):
            told_from_today = mention.weekday is not None or bool(mention.delta)
            if (dated and told_from_today) or is_elsewhere(reading, mention, head):
                continue
            if is_unlikely(mention, head.today, preview=preview):
                unlikely.append((stretch, mention))
                continue
            if dates_a_saying(reading, mention):
                sayings.append((stretch, mention))
                continue
            own = mention is not head.mention or mention.delta == 0  # today, the third of May
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
        if head.today and not preview:
            return None  # a month is what is told of other meetings, once the day is known
        if stretch.sentence.index > _LEAD:
            return None
        month = month_of(mention, head.today, forward=True)
        return When(month, month, spans) if month else None
    if mention.is_relative and head.today is None and head.published:
        return When(head.published, head.published, spans, "inferred")
    anchor = head.today or _anchor(head)
    if mention.delta is not None or mention.weekday is not None:
        anchor = head.today
    before = reading.lower[max(0, mention.start - 25) : mention.start]
    since = bool(_SINCE.search(before))
    forward = (preview and not since) or bool(_STILL_TO_COME.search(before))
    days = resolve_range(mention, anchor, forward=forward)
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
    return _lasting(day, length, spans, opens=preview or starts or since)


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
