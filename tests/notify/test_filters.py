"""Filters by content: exactly those are told who asked for what the meeting is about."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from services.notify.audience import Audience, wants
from services.notify.filters import Filters
from services.notify.subscriptions import Subscription
from services.notify.told import last_day
from shared.events import RecordStored
from shared.record import Evidence, FocusArea, Pledge
from tests.notify.conftest import Run
from tests.notify.events import WHEN, stored
from tests.notify.random_alerts import expected, random_event, random_subscription

WORDS = (Evidence(start=0, end=1, text="x"),)


def subscribed(**filters: Any) -> Subscription:
    """Return a subscription with these filters."""
    told = {"id": "sub_1", "url": "https://example.com/", "created_at": WHEN, "filters": filters}
    return Subscription.model_validate(told)


def told_of(**meeting: Any) -> RecordStored:
    """Return the event of the IMCTC's meeting in Riyadh, changed by what is given."""
    event = stored()
    assert event.meeting is not None
    known = {"confidence": {"body": 0.9, "start_date": 0.7}} | meeting
    return event.model_copy(update={"meeting": event.meeting.model_copy(update=known)})


def pledge(
    donor: str | None, amount: float, currency: str | None = "USD", sure: float = 1.0
) -> Any:
    """Return a pledge."""
    return Pledge(donor=donor, amount=amount, currency=currency, confidence=sure, evidence=WORDS)


PLEDGES = (pledge("SA", 1e8), pledge("FR", 2e6, "EUR"), pledge("European Union", 5e6, "EUR", 0.4))


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({"hosts": ["sa"]}, True),
        ({"hosts": ["FR"]}, False),
        ({"participants": ["SA"]}, True),
        ({"participants": ["FR"]}, False),  # a Frenchman is only mentioned
        ({"bodies": ["foreign_ministers", "defence_ministers"]}, True),
        ({"bodies": ["chiefs_of_staff"]}, False),
        ({"focus_areas": ["media", "cyber"]}, True),
        ({"focus_areas": ["cyber"]}, False),
        ({"people": ["بن سَلمان"]}, True),
        ({"people": ["dupont"]}, True),  # also who is only mentioned
        ({"people": ["dup"]}, False),  # words, not parts of words
        ({"people": ["سلمان بن خالد"]}, False),
        ({"donors": ["sa"]}, True),
        ({"donors": ["US"]}, False),
        ({"donors": ["european union"]}, True),
        ({"min_pledges": [{"amount": 100_000_000, "currency": "usd"}]}, True),
        ({"min_pledges": [{"amount": 100_000_001, "currency": "USD"}]}, False),
        ({"min_pledges": [{"amount": 1, "currency": "GBP"}]}, False),
        # One pledge has to be both: France pledged, and a hundred millions were, by another.
        ({"donors": ["FR"], "min_pledges": [{"amount": 1e7, "currency": "USD"}]}, False),
        ({"donors": ["FR"], "min_pledges": [{"amount": 1e6, "currency": "EUR"}]}, True),
        ({"min_confidence": 0.7}, True),
        ({"min_confidence": 0.71}, False),
        ({"min_confidence": 0.5, "donors": ["European Union"]}, False),  # that one is not so sure
        ({"min_confidence": 0.4, "donors": ["European Union"]}, True),
        ({"since": "2024-02-03"}, True),
        ({"since": "2024-02-04"}, False),
    ],
)
def test_a_filter_asks_about_the_meeting(filters: dict[str, Any], passes: bool) -> None:
    """Each filter by itself, and those that belong together."""
    area = FocusArea(id="media", evidence=WORDS)
    event = told_of(pledges=PLEDGES, focus_areas=(area,))
    assert wants(subscribed(**filters), event) is passes


def test_a_drop_of_old_files_alerts_nobody_who_wants_news() -> None:
    """The day of the meeting counts, else of the publication, and what has no day is no news."""
    news = subscribed(since="2024-01-01")
    undated = {"start_date": None, "end_date": None}
    assert not wants(news, told_of(start_date="2017-11-26", end_date=None))
    assert not wants(news, told_of(**undated))
    for published, passes in (("2017-11-26", False), ("2024-05", True), ("2023", False)):
        event = told_of(**undated)
        document = event.document.model_copy(update={"published": published})
        assert wants(news, event.model_copy(update={"document": document})) is passes


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2024-02-03", date(2024, 2, 3)),
        ("2024-02", date(2024, 2, 29)),
        ("2024", date(2024, 12, 31)),
        ("2024-13", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_coarse_date_is_taken_for_its_last_day(told: str | None, day: date | None) -> None:
    """A meeting "in February" may have been on its 29th."""
    assert last_day(told) == day


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"hosts": ["Saudi Arabia"]}, "hosts"),
        ({"bodies": ["parliament"]}, "bodies"),
        ({"focus_areas": ["weather"]}, "focus_areas"),
        ({"people": ["!!"]}, "people"),
        ({"min_pledges": [{"amount": 0, "currency": "USD"}]}, "min_pledges"),
        ({"min_pledges": [{"amount": float("inf"), "currency": "USD"}]}, "min_pledges"),
        ({"min_pledges": [{"amount": 5}]}, "min_pledges"),
        ({"min_confidence": 1.1}, "min_confidence"),
        ({"since": "yesterday"}, "since"),
        ({"since": 20240203}, "since"),
        ({"donor": ["SA"]}, "donor"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(filters: dict[str, Any], field: str) -> None:
    """The error names the field."""
    with pytest.raises(ValidationError) as refused:
        Filters.model_validate(filters)
    assert refused.value.errors()[0]["loc"][0] == field


async def test_codes_that_do_not_exist_are_refused_with_what_was_meant(
    run: Run, sqlite_url: str
) -> None:
    """A filter for UK or for a currency mistyped would be silent for ever."""
    filters = {"hosts": ["UK", "SA"], "min_pledges": [{"amount": 1, "currency": "UDS"}]}
    async with run(sqlite_url) as notify:
        asked = {"url": "http://127.0.0.1:9/", "filters": filters}
        answer = await notify.client.post("/api/subscriptions", json=asked)
    assert answer.status_code == 422
    assert answer.json()["detail"] == (
        "filters.hosts: UK is no country of ISO 3166-1: GB is United Kingdom; "
        "filters.min_pledges: UDS is no currency of ISO 4217"
    )


def test_filters_are_kept_as_they_were_given() -> None:
    """What goes to the database and comes back asks for the same."""
    filters = subscribed(since="2024-01-01", donors=["sa", "European Union"], people=["Lecornu"])
    again = Subscription.model_validate(filters.model_dump(mode="json"))
    assert again == filters
    assert again.filters.donors == ("SA", "European Union")


def test_exactly_those_are_told_who_asked() -> None:
    """2,000 random statements and 200 random subscriptions against an oracle of the plainest kind.

    `python -m benchmarks.alerts` does it with 10,000, through the database.
    """
    chance = Random(6)  # noqa: S311 - the same cases every time
    subscriptions = [random_subscription(chance, n, "https://example.com/") for n in range(200)]
    asked = [(one.id, one.model_dump(mode="json")) for one in subscriptions]
    audience, told = Audience(subscriptions), 0
    for number in range(2_000):
        event = random_event(chance, number)
        plain = event.model_dump(mode="json")
        due = [name for name, one in asked if expected(one, plain)]
        assert [one.id for one in audience.wanting(event)] == due
        told += len(due)
    assert told > 10_000, "the random filters fit next to nothing: this would prove little"
