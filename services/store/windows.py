"""Windows of time: dates as precise as the documents give them, compared by whole days."""

from __future__ import annotations

import calendar
from datetime import date
from typing import NamedTuple


class Window(NamedTuple):
    """Days, both ends included, as ordinals of the calendar; `exact` if given to the day."""

    first: int
    last: int
    exact: bool

    def apart(self, other: Window) -> int:
        """Return how many days lie between two windows: 0 where they share a day."""
        return max(self.first - other.last, other.first - self.last, 0)

    @property
    def days(self) -> range:
        """The days themselves."""
        return range(self.first, self.last + 1)

    @property
    def months(self) -> tuple[int, ...]:
        """The months touched, as year * 12 + month."""
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        return tuple(
            range(first.year * 12 + first.month, last.year * 12 + last.month + 1),
        )


def window(start: str | None, end: str | None = None) -> Window | None:
    """Return the days meant by `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, None if absent or no date."""
    first = _span(start) or _span(end)
    if first is None:
        return None
    last = _span(end) or first
    exact = first[0] == first[1] and last[0] == last[1]
    return Window(first[0], max(first[1], last[1]), exact)


def _span(value: str | None) -> tuple[int, int] | None:
    try:
        year, month, day = ([int(part) for part in (value or "").split("-")] + [0, 0])[:3]
        if day:
            only = date(year, month, day).toordinal()
            return only, only
        if month:
            last = calendar.monthrange(year, month)[1]
            return date(year, month, 1).toordinal(), date(year, month, last).toordinal()
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    except ValueError:
        return None
