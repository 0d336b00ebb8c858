"""Who wants to be told of what. Pure: matching needs neither clock nor database."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.events import RecordStored
from shared.record import Frozen, Language

AlertType = Literal[
    "statement.published",
    "meeting.updated",
    "meeting.announced",
    "source.added",
    "meetings.merged",
    "meeting.closed",
]
Format = Literal["standard"]
CoalitionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Country = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{2}$")]
_MOST = 300  # values in one filter: more than there are countries


class Filters(Frozen):
    """What an alert must be about. Values of one filter are alternatives; an empty one is open.

    `countries` (ISO 3166-1) are where the meeting was and whose office-holders took part in it;
    `languages` are those of the document that brought the news.
    """

    coalitions: tuple[CoalitionId, ...] = Field(default=(), max_length=_MOST)
    countries: tuple[Country, ...] = Field(default=(), max_length=_MOST)
    languages: tuple[Language, ...] = ()


class NewSubscription(Frozen):
    """What a subscriber asks for."""

    url: str
    events: tuple[AlertType, ...] = Field(default=("statement.published",), min_length=1)
    filters: Filters = Filters()
    format: Format = "standard"


class Subscription(NewSubscription):
    """A subscription as it is kept, without its secret.

    It is `disabled` once its receiver has answered 410 Gone.
    """

    id: str
    status: Literal["active", "disabled"] = "active"
    created_at: datetime


def wants(subscription: Subscription, event: RecordStored) -> bool:
    """Tell whether a subscriber is to be told of an event."""
    return (
        subscription.status == "active"
        and event.outcome in subscription.events
        and _passes(subscription.filters, event)
    )


def _passes(filters: Filters, event: RecordStored) -> bool:
    coalitions = {event.meeting.coalition_id} if event.meeting else set()
    return (
        _meets(filters.coalitions, coalitions)
        and _meets(filters.countries, _countries(event))
        and _meets(filters.languages, {event.document.language, *event.document.languages})
    )


def _meets(wanted: tuple[str, ...], present: set[str]) -> bool:
    return not wanted or not present.isdisjoint(wanted)


def _countries(event: RecordStored) -> set[str]:
    if event.meeting is None:
        return set()
    present = {person.country for person in event.meeting.people if person.role != "mentioned"}
    return {country for country in (event.meeting.country, *present) if country}
