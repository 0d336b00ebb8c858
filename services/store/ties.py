"""What speaks for two documents telling of one meeting: each rule by its name, with its reason.

Strengths order the ties when a contradiction forces a choice; only their order matters. Every tie
implies that one document stands under a mark that the other seeks (`marks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from services.store.contradictions import compatible
from services.store.facts import Facts
from services.store.marks import AFTERWARDS, ONE_YEAR, months_told
from services.store.prints import shared_run
from services.store.witness import Witness

NEAR_DUPLICATE, EQUAL_WORDS = "near_duplicate", "equal_words"
_NEAR = 59  # days (`marks.SEASON`): an ordinal whose body is untold on one side counts for so long
_SAME_NEWS = 10  # days: a run of words shared over a longer time may be what they always write
_MOST = 0.5  # of the shorter text's fingerprints: a near duplicate
_FEW = 6  # fingerprints, below which a share says nothing
_TELLING_WORDS = 8  # of a shared run, beside the names of coalition and theme
_LONG_RUN = 40  # words: longer runs say no more


class Tie(NamedTuple):
    """One thing that speaks for it: the rule's name, how much it counts, and it in words."""

    rule: str
    strength: int
    reason: str


def ties_of_facts(a: Facts, b: Facts) -> Iterator[Tie]:
    """Give every tie between the facts of two documents that do not contradict each other."""
    for rule, strength, told in _RULES:
        reason = told(a, b)
        if reason is not None:
            yield Tie(rule, strength, reason)


def tie_of_text(a: Witness, b: Witness, worn: frozenset[int] = frozenset()) -> Tie | None:
    """Return the tie between two documents of which one repeats what the other says.

    `worn` are fingerprints of what is written in reports of any meeting.
    """
    common = a.prints.common(b.prints) - worn
    if not common:
        return None
    if len(common) >= max(_FEW, _MOST * min(_telling(a, worn), _telling(b, worn))):
        return Tie(NEAR_DUPLICATE, 95, "much the same text")
    one, other = a.facts.moment, b.facts.moment
    if one and other and one.apart(other) > _SAME_NEWS:
        return None
    run = shared_run(a.prints, b.prints, common, without=a.names | b.names)
    if run.telling < _TELLING_WORDS:
        return None
    return Tie(EQUAL_WORDS, 50 + min(run.telling, _LONG_RUN), f"{run.length} equal words")


def _telling(witness: Witness, worn: frozenset[int]) -> int:
    marks = witness.prints.marks
    return len(marks) - len(worn.intersection(marks)) if worn else len(marks)


def _same_ordinal_and_body(a: Facts, b: Facts) -> str | None:
    if a.ordinal is None or a.ordinal != b.ordinal or not _told(a.body) or a.body != b.body:
        return None
    return f"same ordinal and body: {a.ordinal}, {a.body}"


def _same_ordinal_in_a_season(a: Facts, b: Facts) -> str | None:
    if a.ordinal is None or a.ordinal != b.ordinal or (_told(a.body) and a.body == b.body):
        return None
    return f"same ordinal at about the same time: {a.ordinal}" if _near(a, b) else None


def _same_date_and_place(a: Facts, b: Facts) -> str | None:
    return "same date and place" if _same_date(a, b) and _same_place(a, b) else None


def _same_date_and_body(a: Facts, b: Facts) -> str | None:
    if not _same_date(a, b) or _same_place(a, b):
        return None
    return "same date and body" if _same_body(a, b) else None


def _same_theme(a: Facts, b: Facts) -> str | None:
    return f"same theme: {a.theme}" if a.theme and a.theme == b.theme else None


def _a_day_apart(a: Facts, b: Facts) -> str | None:
    """Time zones and calendars shift a day."""
    if not (a.narrow and b.narrow and a.held and b.held) or a.held.apart(b.held) != 1:
        return None
    return "a day apart, same place and body" if _same_place(a, b) and _same_body(a, b) else None


def _same_month_place_and_body(a: Facts, b: Facts) -> str | None:
    if not set(months_told(a.when)) & set(months_told(b.when)):
        return None
    return "same place, month and body" if _same_place(a, b) and _same_body(a, b) else None


def _published_then_same_body(a: Facts, b: Facts) -> str | None:
    if not _reported(a, b) or not _told(a.body) or a.body != b.body:
        return None
    return f"published at the time, same body: {a.body}"


def _published_then_same_city(a: Facts, b: Facts) -> str | None:
    if not _reported(a, b) or (_told(a.body) and a.body == b.body):
        return None
    return "published at the time, same city" if a.city & b.city else None


def _same_particulars(a: Facts, b: Facts) -> str | None:
    """The same people, sums and numbers at the same time, in whatever language."""
    if not a.moment or not b.moment or a.moment.apart(b.moment) > 1:
        return None
    shared = a.particulars & b.particulars
    if not any(fact.startswith(("person", "pledge")) for fact in shared):
        return None
    needed = 2 if a.moment.apart(b.moment) == 0 else 3
    return "same time and particulars" if len(shared) >= needed else None


def _reported(a: Facts, b: Facts) -> bool:
    """One of the two is dated by its publication only, which follows the meeting closely."""
    if (a.held and b.held) or not a.moment or not b.moment:
        return False
    return a.moment.apart(b.moment) <= AFTERWARDS


def _told(body: str | None) -> bool:
    return body not in (None, "other")


def _same_body(a: Facts, b: Facts) -> bool:
    return _told(a.body) and _told(b.body) and compatible(a.body, b.body)


def _same_place(a: Facts, b: Facts) -> bool:
    if a.city and b.city:
        return bool(a.city & b.city)
    return (a.country is not None and a.country == b.country) or (a.virtual and b.virtual)


def _same_date(a: Facts, b: Facts) -> bool:
    if not (a.narrow and b.narrow and a.held and b.held):
        return False
    return a.held.apart(b.held) == 0


def _near(a: Facts, b: Facts) -> bool:
    if not months_told(a.when, ONE_YEAR) or not months_told(b.when, ONE_YEAR):
        return False
    return a.when is not None and b.when is not None and a.when.apart(b.when) <= _NEAR


# The rules of facts: name, strength, and what gives the reason where the rule holds. Those of text
# have 95 (a near duplicate) and 58 to 90 (a run of words, the longer the stronger).
_RULES: tuple[tuple[str, int, Callable[[Facts, Facts], str | None]], ...] = (
    ("same_ordinal_and_body", 100, _same_ordinal_and_body),
    ("same_date_and_place", 90, _same_date_and_place),
    ("same_theme", 80, _same_theme),
    ("same_date_and_body", 80, _same_date_and_body),
    ("a_day_apart", 72, _a_day_apart),
    ("same_ordinal_in_a_season", 70, _same_ordinal_in_a_season),
    ("same_month_place_and_body", 65, _same_month_place_and_body),
    ("published_then_same_body", 60, _published_then_same_body),
    ("same_particulars", 60, _same_particulars),
    ("published_then_same_city", 55, _published_then_same_city),
)
