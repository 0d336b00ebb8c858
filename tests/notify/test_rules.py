"""What is told to whom, under which id, and when it is tried again: rules without I/O."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from standardwebhooks import Webhook

from services.notify.audience import wants
from services.notify.deliveries import (
    SCHEDULE,
    Attempt,
    asked_wait,
    delivery_keys,
    judge,
    webhook_id,
)
from services.notify.payload import body_of
from services.notify.signing import new_key, read, signed_headers
from services.notify.subscriptions import NewSubscription, Subscription
from tests.notify.events import WHEN, stored

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def subscription(**given: Any) -> Subscription:
    """Return an active subscription, changed by what is given."""
    values = {"id": "sub_1", "url": "https://example.com/", "created_at": NOW}
    return Subscription.model_validate(values | given)


def attempt(number: int = 1, **given: Any) -> Attempt:
    """Return an attempt of which only the outcome matters."""
    return Attempt(number=number, started_at=NOW, duration=0.1, **given)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, True),
        ({"coalitions": ["nato", "imctc"]}, True),
        ({"coalitions": ["nato"]}, False),
        ({"countries": ["sa"]}, True),
        ({"countries": ["FR"]}, False),  # only mentioned there
        ({"languages": ["ar"]}, True),
        ({"languages": ["en", "fr"]}, False),
        ({"coalitions": ["imctc"], "languages": ["fr"]}, False),
    ],
)
def test_filters_narrow_what_is_told(filters: dict[str, Any], expected: bool) -> None:
    """Values of one filter are alternatives; all filters must agree."""
    assert wants(subscription(filters=filters), stored()) is expected


def test_the_default_is_statements() -> None:
    """Who says nothing else hears of statements only."""
    told = [
        outcome
        for outcome in ("statement.published", "meeting.updated", "source.added", "none")
        if wants(subscription(), stored(outcome=outcome))
    ]
    assert told == ["statement.published"]


def test_a_disabled_subscription_is_told_nothing() -> None:
    """After 410 Gone there is nobody to tell."""
    assert not wants(subscription(status="disabled"), stored())


def test_a_filter_does_not_pass_a_document_without_a_meeting() -> None:
    """What has no coalition is not about the one asked for."""
    assert not wants(subscription(filters={"coalitions": ["imctc"]}), stored(meeting_id=None))


@pytest.mark.parametrize(
    "wanted",
    [
        {"events": []},
        {"events": ["none"]},
        {"events": ["statement.publish"]},
        {"filters": {"countries": ["SAU"]}},
        {"filters": {"country": ["SA"]}},
        {"filters": {"languages": ["de"]}},
        {"filters": {"coalitions": ["Not An Id"]}},
        {"format": "telegram"},
    ],
)
def test_a_wish_that_could_never_be_met_is_refused(wanted: dict[str, Any]) -> None:
    """A misspelt filter must not become a subscription that stays silent for ever."""
    with pytest.raises(ValidationError):
        NewSubscription.model_validate({"url": "https://example.com/"} | wanted)


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    """0, 5 s, 5 min, 30 min, then hours: ten tries over three days and more."""
    assert SCHEDULE[:5] == (0, 5, 300, 1800, 7200)
    assert [seconds / 3600 for seconds in SCHEDULE[5:]] == [5, 10, 14, 20, 24]


@given(st.integers(200, 299))
def test_any_2xx_is_delivered(status: int) -> None:
    """Success needs no particular code."""
    assert judge(attempt(status_code=status), SCHEDULE, NOW, 0.5).status == "delivered"


@given(
    st.one_of(st.none(), st.integers(100, 199), st.integers(300, 599)).filter(lambda s: s != 410),
    st.integers(1, len(SCHEDULE) - 1),
    st.floats(0, 1, exclude_max=True),
)
def test_anything_else_waits_its_turn(status: int | None, number: int, chance: float) -> None:
    """The next try comes after the scheduled wait, at most a fifth later."""
    verdict = judge(attempt(number, status_code=status), SCHEDULE, NOW, chance)
    assert verdict.status == "pending"
    assert verdict.due_at is not None
    wait = (verdict.due_at - NOW).total_seconds()
    assert SCHEDULE[number] - 0.001 <= wait <= SCHEDULE[number] * 1.2 + 0.001


def test_the_last_try_ends_it() -> None:
    """A delivery is not tried for ever, whatever the receiver asks for."""
    last = attempt(len(SCHEDULE), status_code=503, retry_after="10")
    assert judge(last, SCHEDULE, NOW, 0.0).status == "failed"


def test_gone_ends_the_subscription() -> None:
    """410 is final at the first try."""
    verdict = judge(attempt(status_code=410), SCHEDULE, NOW, 0.0)
    assert (verdict.status, verdict.receiver_is_gone) == ("failed", True)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Thu, 01 Jan 2026 00:02:00 GMT", 120),
        ("Wed, 31 Dec 2025 23:00:00 GMT", 0),
        ("999999999999", 24 * 3600),
        ("soon", 0),
        ("-5", 0),
        ("١٢", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str | None, seconds: float) -> None:
    """Seconds or a date; nonsense asks for nothing, and nobody may ask for more than a day."""
    assert asked_wait(header, NOW) == seconds


def test_an_asked_wait_counts_for_busy_answers_only() -> None:
    """429 and 503 may ask for more than the schedule, never for less; others may not ask."""
    for status, header, wait in ((503, "60", 60), (429, "1", 5), (500, "60", 5)):
        verdict = judge(attempt(status_code=status, retry_after=header), SCHEDULE, NOW, 0.0)
        assert verdict.due_at == NOW + timedelta(seconds=wait)


def test_one_statement_has_one_id_and_every_update_its_own() -> None:
    """The key of a statement is its meeting, that of all else the record's version."""
    first, second = delivery_keys(stored("a.txt"))[0], delivery_keys(stored("b.txt"))[0]
    assert first == second == "statement.published:m1"
    updates = {
        delivery_keys(stored(name, outcome="meeting.updated", version=version))[0]
        for name, version in (("a.txt", 1), ("a.txt", 2), ("b.txt", 1))
    }
    assert len(updates) == 3
    assert webhook_id("sub_1", first) == webhook_id("sub_1", second)
    assert webhook_id("sub_1", first) != webhook_id("sub_2", first)


def test_the_body_is_the_same_for_the_same_event() -> None:
    """JSON in UTF-8 with the meeting, the document and links; time is when it happened."""
    body = body_of(stored(), "http://127.0.0.1:8000/")
    assert body == body_of(stored(), "http://127.0.0.1:8000")
    assert "خالد بن سلمان".encode() in body
    payload = json.loads(body)
    assert list(payload) == ["type", "timestamp", "data"]
    assert datetime.fromisoformat(payload["timestamp"]) == WHEN
    assert payload["data"]["links"]["meeting"] == "http://127.0.0.1:8000/api/meetings/m1"


def test_links_are_safe_whatever_an_id_holds() -> None:
    """An id is one segment of the path."""
    payload = json.loads(body_of(stored(meeting_id="a/b?c"), "https://s.example"))
    assert payload["data"]["links"]["meeting"] == "https://s.example/api/meetings/a%2Fb%3Fc"


def test_secrets_are_long_random_and_marked() -> None:
    """`whsec_` and the base64 of 32 bytes, never twice the same."""
    secret = new_key("v1").secret
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) == 32
    assert secret != new_key("v1").secret


def test_a_signature_holds_in_any_time_zone() -> None:
    """The library forgets time zones; a signature made in Riyadh must still verify."""
    secret, now = new_key("v1").secret, datetime.now(timezone(timedelta(hours=3)))
    headers = signed_headers(read(secret), "msg_1", "بيان".encode(), now)
    Webhook(secret).verify("بيان".encode(), headers, json_parse=False)
    assert headers["webhook-timestamp"] == str(int(now.timestamp()))
