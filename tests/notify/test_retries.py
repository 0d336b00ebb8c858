"""Receivers fail, ask for patience, go away; services are killed: no alert is lost or doubled."""

from __future__ import annotations

import asyncio
import json
import socket
from datetime import datetime

from standardwebhooks import Webhook

from tests.notify.conftest import AnnounceFromOutside, Run, until
from tests.notify.events import stored
from tests.notify.receiver import Answer, Receiver


async def test_a_failed_alert_is_tried_again_with_the_same_id_and_body(
    run: Run, database_url: str
) -> None:
    """Errors, redirects and silence are retried; every try is signed and recorded."""
    answers = [Answer(500), Answer(302, (("location", "/elsewhere"),)), Answer(after=1.0)]
    async with Receiver(*answers) as receiver, run(database_url, webhook_timeout=0.4) as notify:
        subscription = await notify.subscribe(receiver.url)
        await notify.announce(stored())
        (delivery,) = await notify.settled(subscription)

    assert delivery["status"] == "delivered"
    assert [attempt["number"] for attempt in delivery["attempts"]] == [1, 2, 3, 4]
    assert [attempt["status_code"] for attempt in delivery["attempts"]] == [500, 302, None, 204]
    assert delivery["attempts"][2]["error"] == "no answer within 0.4 s"
    assert delivery["attempts"][2]["duration"] >= 0.4
    assert {request.path for request in receiver.requests} == {"/hook"}
    assert {request.headers["webhook-id"] for request in receiver.requests} == {delivery["id"]}
    assert len({request.body for request in receiver.requests}) == 1
    for request in receiver.requests:
        Webhook(subscription["secret"]).verify(request.body, request.headers)


async def test_an_alert_that_never_succeeds_is_given_up(run: Run, sqlite_url: str) -> None:
    """After the last try of the schedule the delivery has failed, and all tries can be seen."""
    async with Receiver(*[Answer(500)] * 10) as receiver, run(sqlite_url) as notify:
        subscription = await notify.subscribe(receiver.url)
        await notify.announce(stored())
        (delivery,) = await notify.settled(subscription)

    assert delivery["status"] == "failed"
    assert delivery["due_at"] is None
    assert len(delivery["attempts"]) == len(receiver.requests) == 4


async def test_a_refused_connection_is_retried(run: Run, sqlite_url: str) -> None:
    """A receiver that is down when the news comes gets it when it is back."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        async with run(sqlite_url) as notify:
            subscription = await notify.subscribe(url)
            await notify.announce(stored())
            (delivery,) = await notify.settled(subscription)

    assert {attempt["status_code"] for attempt in delivery["attempts"]} == {None}
    assert "Cannot connect" in delivery["attempts"][0]["error"]


async def test_a_receiver_that_asks_for_time_gets_it(run: Run, sqlite_url: str) -> None:
    """Retry-After of a 429 or 503 holds back the next try."""
    answers = [Answer(429, (("retry-after", "1"),)), Answer(503, (("retry-after", "3600"),))]
    async with Receiver(*answers) as receiver, run(sqlite_url) as notify:
        subscription = await notify.subscribe(receiver.url)
        await notify.announce(stored())
        await receiver.wait_for(2)

        async def postponed() -> bool:
            return len((await notify.deliveries(subscription))[0]["attempts"]) == 2

        await until(postponed)
        (delivery,) = await notify.deliveries(subscription)

    first, second = (datetime.fromisoformat(a["started_at"]) for a in delivery["attempts"])
    assert 1.0 <= (second - first).total_seconds() < 2.0
    assert (datetime.fromisoformat(delivery["due_at"]) - second).total_seconds() >= 3600


async def test_a_receiver_that_is_gone_is_not_asked_again(run: Run, database_url: str) -> None:
    """410 disables the subscription and ends what was still to be sent to it."""
    answers = [Answer(503, (("retry-after", "3600"),)), Answer(410)]
    async with Receiver(*answers) as receiver, run(database_url) as notify:
        subscription = await notify.subscribe(receiver.url)
        await notify.announce(stored("a.txt", meeting_id="m1"))
        await receiver.wait_for(1)
        await notify.announce(stored("b.txt", meeting_id="m2"))
        deliveries = await notify.settled(subscription, 2)
        await notify.announce(stored("c.txt", meeting_id="m3"))

        async with Receiver() as other:  # its alert shows that m3 was handled
            fresh = await notify.subscribe(other.url)
            await notify.announce(stored("d.txt", meeting_id="m4"))
            await notify.settled(fresh)

        assert {delivery["status"] for delivery in deliveries} == {"failed"}
        shown = (await notify.client.get(f"/api/subscriptions/{subscription['id']}")).json()
        assert shown["status"] == "disabled"
        assert len(await notify.deliveries(subscription)) == 2
        assert len(receiver.requests) == 2


async def test_a_restart_loses_no_alert(run: Run, database_url: str) -> None:
    """What was promised before a stop is sent after it, with the same id and the same bytes."""
    async with Receiver(*[Answer(500)] * 3) as receiver:
        async with run(database_url, webhook_schedule=(0.0, 0.5, 0.5)) as notify:
            subscription = await notify.subscribe(receiver.url)
            for number in range(3):
                await notify.announce(stored(f"{number}.txt", meeting_id=f"m{number}"))
            await receiver.wait_for(3)
        async with run(database_url, store_url="https://moved.example") as notify:
            await receiver.wait_for(6)
            deliveries = await notify.settled(subscription, 3)

    assert {delivery["status"] for delivery in deliveries} == {"delivered"}
    before, after = receiver.requests[:3], receiver.requests[3:]
    assert {(r.headers["webhook-id"], r.body) for r in before} == {
        (r.headers["webhook-id"], r.body) for r in after
    }


async def test_what_came_while_notify_was_down_is_sent_when_it_is_back(
    run: Run, sqlite_url: str, receiver: Receiver, announce_from_outside: AnnounceFromOutside
) -> None:
    """The stream keeps what nobody was there to read."""
    async with run(sqlite_url) as notify:
        subscription = await notify.subscribe(receiver.url)
    await announce_from_outside(stored())
    async with run(sqlite_url) as notify:
        (delivery,) = await notify.settled(subscription)
    assert delivery["status"] == "delivered"
    assert len(receiver.requests) == 1


async def test_a_request_in_hand_is_finished_before_the_service_ends(
    run: Run, sqlite_url: str
) -> None:
    """A stop in mid-request does not send the alert twice."""
    async with Receiver(Answer(after=0.5)) as receiver:
        async with run(sqlite_url) as notify:
            subscription = await notify.subscribe(receiver.url)
            await notify.announce(stored())
            await receiver.wait_for(1)
        async with run(sqlite_url) as notify:
            (delivery,) = await notify.deliveries(subscription)
            assert delivery["status"] == "delivered"
            await asyncio.sleep(0.2)
        assert len(receiver.requests) == 1


async def test_an_unsubscribed_receiver_gets_no_further_try(run: Run, sqlite_url: str) -> None:
    """Deleting a subscription forgets its deliveries, also the one being retried."""
    async with Receiver(Answer(500, after=0.2)) as receiver, run(sqlite_url) as notify:
        subscription = await notify.subscribe(receiver.url)
        await notify.announce(stored())
        await receiver.wait_for(1)
        gone = await notify.client.delete(f"/api/subscriptions/{subscription['id']}")
        assert gone.status_code == 204
        async with Receiver() as other:
            later = await notify.subscribe(other.url)
            await notify.announce(stored("b.txt", meeting_id="m2"))
            await notify.settled(later)
            await asyncio.sleep(0.3)
    assert len(receiver.requests) == 1
    assert json.loads(receiver.requests[0].body)["type"] == "statement.published"
