"""What speaks for two documents telling of one meeting: each tie by its name, strength and reason.

Strengths order the ties when a contradiction forces a choice; only their order matters. Every tie
implies that one document stands under a mark that the other seeks (`witness.Witness.marks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from services.store.contradictions import compatible
from services.store.prints import RUN, shared_run
from services.store.witness import AFTERWARDS, Facts, Witness

_NEAR = 60  # days: an ordinal whose body is untold on one side counts within a season
_SAME_NEWS = 10  # days: a run of words shared over a longer time may be what they always write
_MOST = 0.5  # of the shorter text's fingerprints: a near duplicate
_FEW = 6  # fingerprints, below which a share says nothing
_TELLING_WORDS = 8  # of a shared run, beside the names of coalition and theme


class Tie(NamedTuple):
    """One thing that speaks for it."""

    strength: int
    reason: str


def ties_of_facts(a: Facts, b: Facts) -> Iterator[Tie]:
    """Give every tie between the facts of two documents that do not contradict each other."""
    for rule in _RULES:
        tie = rule(a, b)
        if tie is not None:
            yield tie


def tie_of_text(a: Witness, b: Witness) -> Tie | None:
    """Return the tie between two documents of which one repeats what the other says."""
    common = a.prints.common(b.prints)
    if not common:
        return None
    if len(common) >= max(_FEW, _MOST * min(len(a.prints.marks), len(b.prints.marks))):
        return Tie(95, "near-duplicate text")
    one, other = a.facts.moment, b.facts.moment
    if one and other and one.apart(other) > _SAME_NEWS:
        return None
    run = shared_run(a.prints, b.prints, common, without=a.names | b.names)
    if run < _TELLING_WORDS:
        return None
    return Tie(50 + min(run, 40), f"a run of {RUN} or more equal words")


def _ordinal(a: Facts, b: Facts) -> Tie | None:
    if a.ordinal is None or a.ordinal != b.ordinal:
        return None
    if a.body == b.body and a.body not in (None, "other"):
        return Tie(100, f"same ordinal and body: {a.ordinal}, {a.body}")
    return Tie(70, f"same ordinal at about the same time: {a.ordinal}") if _near(a, b) else None


def _theme(a: Facts, b: Facts) -> Tie | None:
    return Tie(80, f"same theme: {a.theme}") if a.theme and a.theme == b.theme else None


def _date(a: Facts, b: Facts) -> Tie | None:
    if not (a.narrow and b.narrow and a.held and b.held) or a.held.apart(b.held):
        return None
    if _same_place(a, b):
        return Tie(90, "same date and place")
    return Tie(80, "same date and body") if _same_body(a, b) else None


def _report(a: Facts, b: Facts) -> Tie | None:
    """One of the two is dated by its publication only, which follows the meeting closely."""
    if (a.held and b.held) or not a.moment or not b.moment:
        return None
    if a.moment.apart(b.moment) > AFTERWARDS:
        return None
    if a.body == b.body and a.body not in (None, "other"):
        return Tie(60, f"published at the time, same body: {a.body}")
    return Tie(55, "published at the time, same city") if a.city & b.city else None


def _month(a: Facts, b: Facts) -> Tie | None:
    one, other = a.held or a.published, b.held or b.published
    if one is None or other is None or not set(one.months[:3]) & set(other.months[:3]):
        return None
    return Tie(65, "same place, month and body") if _same_place(a, b) and _same_body(a, b) else None


def _particulars(a: Facts, b: Facts) -> Tie | None:
    """The same people, sums and numbers at the same time, in whatever language."""
    if not a.moment or not b.moment or a.moment.apart(b.moment) > 1:
        return None
    shared = a.particulars & b.particulars
    if not any(fact.startswith(("person", "pledge")) for fact in shared):
        return None
    needed = 2 if a.moment.apart(b.moment) == 0 else 3
    return Tie(60, "same time and particulars") if len(shared) >= needed else None


def _same_place(a: Facts, b: Facts) -> bool:
    if a.city and b.city:
        return bool(a.city & b.city)
    return (a.country is not None and a.country == b.country) or (a.virtual and b.virtual)


def _same_body(a: Facts, b: Facts) -> bool:
    untold = (None, "other")
    return a.body not in untold and b.body not in untold and compatible(a.body, b.body)


def _near(a: Facts, b: Facts) -> bool:
    one, other = a.held or a.published, b.held or b.published
    return one is not None and other is not None and one.apart(other) <= _NEAR


_RULES: tuple[Callable[[Facts, Facts], Tie | None], ...] = (
    _ordinal,
    _theme,
    _date,
    _report,
    _month,
    _particulars,
)
