"""Filters made into questions about an event. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TypeAlias

from services.notify.filters import Filters, LeastPledge, is_code
from services.notify.names import contains, words_of
from services.notify.told import Told
from shared.record import Pledge

Check: TypeAlias = Callable[[Told], bool]


def checks_of(filters: Filters) -> Iterator[Check]:
    """Yield what an event must pass, the cheapest first; open filters ask nothing.

    The coalition is not among them: subscriptions are looked up by it.
    """
    sure = filters.min_confidence or 0.0
    if filters.languages:
        yield _shared(filters.languages, lambda told: told.languages)
    if filters.bodies:
        yield lambda told: told.body in filters.bodies
    if filters.since is not None:
        yield _on_or_after(filters.since)
    if filters.min_confidence is not None:
        yield lambda told: told.certainty is not None and told.certainty >= sure
    yield from _country_checks(filters, sure)
    if filters.focus_areas:
        yield _shared(filters.focus_areas, lambda told: told.at(sure).focus_areas)
    if filters.donors or filters.min_pledges:
        yield _pledged(filters.donors, filters.min_pledges, sure)
    if filters.people:
        yield _named(filters.people, sure)


def _country_checks(filters: Filters, sure: float) -> Iterator[Check]:
    if filters.countries:
        yield _shared(filters.countries, lambda told: told.at(sure).countries)
    if filters.hosts:
        yield _shared(filters.hosts, lambda told: told.at(sure).hosts)
    if filters.participants:
        yield _shared(filters.participants, lambda told: told.at(sure).participants)


def _shared(wanted: tuple[str, ...], present: Callable[[Told], AbstractSet[str]]) -> Check:
    alternatives = frozenset(wanted)
    return lambda told: not alternatives.isdisjoint(present(told))


def _on_or_after(day: date) -> Check:
    return lambda told: told.day is not None and told.day >= day


def _pledged(donors: tuple[str, ...], least: tuple[LeastPledge, ...], sure: float) -> Check:
    """Ask for one pledge that is both: of these donors, and of such an amount."""
    is_donor = _donor(donors)

    def fits(pledge: Pledge) -> bool:
        is_enough = not least or any(
            pledge.currency == one.currency and pledge.amount >= one.amount for one in least
        )
        return is_enough and (not donors or is_donor(pledge.donor or ""))

    return lambda told: any(fits(pledge) for pledge in told.at(sure).pledges)


def _donor(wanted: tuple[str, ...]) -> Callable[[str], bool]:
    names = tuple(words_of(one) for one in wanted if not is_code(one))
    return lambda donor: donor in wanted or any(contains(words_of(donor), words) for words in names)


def _named(people: tuple[str, ...], sure: float) -> Check:
    wanted = tuple(words_of(name) for name in people)
    return lambda told: any(
        contains(name, words) for name in told.at(sure).names for words in wanted
    )
