"""Marks: how documents find their candidates in an index, so that none is compared with all.

A mark is a 48-bit hash of a single fact (an ordinal, a day, a theme) or of a run of words, with the
coalition in it. Every tie between two documents implies that one of them seeks a mark under which
the other stands.

A run of words that documents of several months have in common is what its authors always write (a
paragraph on the coalition at the end of each report): its mark is worn out and tells nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from services.store.windows import Window

if TYPE_CHECKING:
    from services.store.facts import Facts
    from services.store.witness import Witness

WORN = 3  # months
AFTERWARDS = 2  # days after a meeting on which reports of it still come
SEASON = 2  # months around, within which an ordinal counts although its body is untold
_FEW = 3  # months: a date that touches more does not tell a month
ONE_YEAR = 13  # months: a date that touches more does not tell a season
NO_MONTH = 0  # of marks of facts, and of documents that do not tell when it was


class Stand(NamedTuple):
    """One mark under which a document stands, with the month of the text that gives it."""

    mark: int
    month: int


def stands_of(facts: Facts, text_marks: Iterable[int]) -> frozenset[Stand]:
    """Return under which marks a document stands in the index."""
    month = facts.moment.months[0] if facts.moment is not None else NO_MONTH
    told = {Stand(_mark(facts, fact), NO_MONTH) for fact in _standing(facts)}
    return frozenset(told | {Stand(mark, month) for mark in text_marks})


def sought_by(facts: Facts, text_marks: Iterable[int]) -> frozenset[int]:
    """Return under which marks a document's candidates stand: its own, and those of days around."""
    told = {_mark(facts, fact) for fact in (*_standing(facts), *_around(facts))}
    return frozenset(told.union(text_marks))


def worn_marks(witnesses: Iterable[Witness]) -> frozenset[int]:
    """Return the marks that are worn out among these documents."""
    months: dict[int, set[int]] = defaultdict(set)
    for witness in witnesses:
        for mark, month in witness.stands:
            if month != NO_MONTH:
                months[mark].add(month)
    return frozenset(mark for mark, seen in months.items() if len(seen) >= WORN)


@lru_cache(maxsize=1024)
def hash64(text: str) -> int:
    """Return a signed 64-bit hash that is the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def number_of(meeting_id: str) -> int:
    """Return the number that stands for a meeting in the index, of 31 bits and never 0."""
    return hash64(meeting_id) & 0x7FFFFFFF or 1


def months_told(when: Window | None, at_most: int = _FEW) -> tuple[int, ...]:
    """Return the months that a date touches, none if they are so many that they tell little."""
    return when.months if when is not None and len(when.months) <= at_most else ()


def _mark(facts: Facts, fact: str) -> int:
    return hash64(f"{facts.coalition_id} {fact}") >> 16


def _standing(facts: Facts) -> Iterator[str]:
    if facts.ordinal is not None:
        if facts.body not in (None, "other"):
            yield f"ordinal {facts.ordinal} {facts.body}"
        yield from (f"ordinal {facts.ordinal} in {month}" for month in _seasons(facts))
    if facts.theme:
        yield f"theme {facts.theme}"
    if facts.moment is not None:
        yield from (f"day {day}" for day in facts.moment.days)
    if facts.when is not None and facts.body is not None and facts.has_place:
        yield from (f"month {month}" for month in months_told(facts.when))


def _around(facts: Facts) -> Iterator[str]:
    moment, months = facts.moment, _seasons(facts)
    if moment is not None:
        before = 1 if facts.held is not None else AFTERWARDS
        after = AFTERWARDS if facts.held is not None else 1
        yield from (f"day {d}" for d in range(moment.first - before, moment.last + after + 1))
    if facts.ordinal is not None and months:
        around = range(months[0] - SEASON, months[-1] + SEASON + 1)
        yield from (f"ordinal {facts.ordinal} in {month}" for month in around)


def _seasons(facts: Facts) -> tuple[int, ...]:
    return months_told(facts.when, ONE_YEAR)
