"""What rules out that two documents tell of one meeting: each rule by its name, with its reason."""

from __future__ import annotations

from collections.abc import Callable

from services.store.facts import Facts
from shared.record import Body

# Days by which accounts of one meeting differ: time zones, and "today" of a report after midnight.
_SLACK = 1

# Which bodies may be one and the same: "ministers" is said of several portfolios or of none, and
# the Global Coalition's small group meets at any level.
_LOOSE: dict[Body, frozenset[Body]] = {
    "ministers": frozenset(
        {"foreign_ministers", "defence_ministers", "interior_ministers", "small_group"}
    ),
    "small_group": frozenset({"foreign_ministers", "political_directors", "senior_officials"}),
    "political_directors": frozenset({"senior_officials"}),
}


def contradiction(a: Facts, b: Facts) -> str | None:
    """Return why two documents cannot tell of one meeting, None if nothing speaks against it."""
    for rule in _RULES:
        reason = rule(a, b)
        if reason is not None:
            return reason
    return None


def compatible(a: Body | None, b: Body | None) -> bool:
    """Tell whether two bodies can be one, given how loosely they are named."""
    if a is None or b is None or a == b or "other" in (a, b):
        return True
    return b in _LOOSE.get(a, ()) or a in _LOOSE.get(b, ())


def _coalitions_differ(a: Facts, b: Facts) -> str | None:
    return None if a.coalition_id == b.coalition_id else "different coalitions"


def _bodies_differ(a: Facts, b: Facts) -> str | None:
    return None if compatible(a.body, b.body) else "different bodies"


def _ordinals_differ(a: Facts, b: Facts) -> str | None:
    if a.ordinal is None or b.ordinal is None or a.ordinal == b.ordinal:
        return None
    return "different ordinals"


def _dates_differ(a: Facts, b: Facts) -> str | None:
    if a.held is None or b.held is None or a.held.apart(b.held) <= _SLACK:
        return None
    return "different dates"


def _places_differ(a: Facts, b: Facts) -> str | None:
    if a.country and b.country and a.country != b.country:
        return "different countries"
    return "different cities" if a.city and b.city and not a.city & b.city else None


def _told_before_it_was(a: Facts, b: Facts) -> str | None:
    """A statement cannot come out before its meeting, nor a preview after it.

    A document that dates its meeting itself is judged by that date.
    """
    for told, of in ((a, b), (b, a)):
        if told.published is None or told.held is not None or of.held is None:
            continue
        if told.kind == "statement" and told.published.last < of.held.first - _SLACK:
            return "a statement that is older than the meeting"
        if told.kind == "preview" and told.published.first > of.held.last + _SLACK:
            return "a preview that is younger than the meeting"
    return None


_RULES: tuple[Callable[[Facts, Facts], str | None], ...] = (
    _coalitions_differ,
    _ordinals_differ,
    _bodies_differ,
    _dates_differ,
    _places_differ,
    _told_before_it_was,
)
