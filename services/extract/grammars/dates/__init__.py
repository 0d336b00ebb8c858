"""Dates of a text: with a month's name, in digits, Gregorian or Hijri, and days told from today."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from services.extract.grammars.dates.joining import join_dates, join_neighbours
from services.extract.grammars.dates.mention import DateMention, month_of, resolve, resolve_range
from services.extract.grammars.dates.named import read_named
from services.extract.grammars.dates.numeric import read_numeric, read_stamps
from services.extract.grammars.dates.relative import read_relative, span_length
from services.extract.matching import by_start
from services.extract.reading import Reading

__all__ = [
    "DateMention",
    "dates_in",
    "month_of",
    "read_dates",
    "resolve",
    "resolve_range",
    "span_length",
]


def read_dates(reading: Reading) -> tuple[DateMention, ...]:
    """Return all dates by place; impossible ones (31 February) are left out."""
    found = [
        *read_named(reading),
        *read_numeric(reading.lower),
        *read_stamps(reading.lower),
        *read_relative(reading),
    ]
    return join_neighbours(reading.lower, join_dates(found))


def dates_in(dates: Sequence[DateMention], start: int, end: int) -> Sequence[DateMention]:
    """Return the dates that begin in `[start, end)`; `dates` are by place."""
    if not dates:
        return dates
    low = bisect_left(dates, start, key=by_start)
    return dates[low : bisect_left(dates, end, low, key=by_start)]
