"""From a stored record to a signed alert, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import json

from standardwebhooks import Webhook

from tests.notify.conftest import Run
from tests.notify.events import stored
from tests.notify.receiver import Answer, Receiver


async def test_a_statement_reaches_its_subscriber_signed(
    run: Run, database_url: str, receiver: Receiver
) -> None:
    """The subscriber gets the meeting, the document and links, and can verify who sent them."""
    async with run(database_url, store_url="https://store.example/") as notify:
        subscription = await notify.subscribe(receiver.url)
        await notify.announce(stored())
        (request,) = await receiver.wait_for(1)

    assert (request.method, request.path) == ("POST", "/hook")
    assert request.headers["content-type"] == "application/json"
    payload = Webhook(subscription["secret"]).verify(request.body, request.headers)
    assert payload["type"] == "statement.published"
    assert payload["timestamp"] == "2024-02-03T12:30:00Z"
    assert payload["data"]["kind"] == "statement"
    assert payload["data"]["meeting"]["people"][0]["name"] == "خالد بن سلمان"
    assert payload["data"]["document"]["name"] == "spa.txt"
    assert payload["data"]["links"] == {
        "meeting": "https://store.example/api/meetings/m1",
        "document": f"https://store.example/api/documents/{stored().document_id}",
    }


async def test_a_redelivered_event_alerts_once(
    run: Run, database_url: str, receiver: Receiver
) -> None:
    """Streams deliver at least once; subscribers are told exactly once."""
    async with run(database_url) as notify:
        subscription = await notify.subscribe(receiver.url)
        for _ in range(3):
            await notify.announce(stored())
        await notify.announce(stored("last.txt", meeting_id="m2"))
        await notify.settled(subscription, 2)

        assert len(await notify.deliveries(subscription)) == 2
        assert len({request.headers["webhook-id"] for request in receiver.requests}) == 2
        assert len(receiver.requests) == 2


async def test_one_statement_alerts_once_whatever_document_brings_it(
    run: Run, database_url: str, receiver: Receiver
) -> None:
    """Another document of the meeting, or a meeting merged into it, is no second statement."""
    async with run(database_url) as notify:
        subscription = await notify.subscribe(receiver.url)
        await notify.announce(stored("spa.txt"))
        await notify.announce(stored("una.txt"))
        await notify.announce(
            stored("afp.txt", meeting_id="m0", merged_meeting_ids=("m1",), version=2)
        )
        await notify.announce(stored("other.txt", meeting_id="m9"))
        await notify.settled(subscription, 2)

        told = [json.loads(request.body)["data"]["meeting"]["id"] for request in receiver.requests]
        assert sorted(told) == ["m1", "m9"]


async def test_only_what_was_asked_for_arrives(
    run: Run, database_url: str, receiver: Receiver
) -> None:
    """Each subscriber gets the events and the coalitions it chose, and no others."""
    async with run(database_url) as notify:
        updates = await notify.subscribe(receiver.url + "/updates", events=["meeting.updated"])
        sahel = await notify.subscribe(
            receiver.url + "/sahel", filters={"coalitions": ["g5-sahel"]}
        )
        both = await notify.subscribe(
            receiver.url + "/both", events=["statement.published", "meeting.updated"]
        )
        await notify.announce(stored("a.txt", outcome="none", meeting_id=None, kind="unrelated"))
        await notify.announce(stored("b.txt", outcome="source.added"))
        await notify.announce(stored("c.txt", outcome="statement.published"))
        await notify.announce(stored("d.txt", outcome="meeting.updated", version=3))
        await notify.settled(both, 2)
        await notify.settled(updates, 1)

        assert await notify.deliveries(sahel) == []
        assert sorted(request.path for request in receiver.requests) == [
            "/hook/both",
            "/hook/both",
            "/hook/updates",
        ]


async def test_a_slow_receiver_does_not_hold_up_the_others(
    run: Run, sqlite_url: str, receiver: Receiver
) -> None:
    """One host gets its share of requests at once, and another's alert passes by."""
    async with Receiver(*[Answer(after=0.5)] * 12) as slow:
        async with run(sqlite_url, webhooks_at_once_per_host=2) as notify:
            first = await notify.subscribe(slow.url)
            await notify.subscribe(receiver.url, filters={"coalitions": ["imctc"]})
            for number in range(6):
                await notify.announce(stored(f"{number}.txt", meeting_id=f"m{number}"))
            await receiver.wait_for(6)
            assert len(slow.requests) <= 4
            await notify.settled(first, 6)
        assert slow.most_at_once == 2


async def test_alerts_leave_at_once(run: Run, sqlite_url: str, receiver: Receiver) -> None:
    """An idle service sends within a fraction of a second of the announcement."""
    async with run(sqlite_url) as notify:
        await notify.subscribe(receiver.url)
        await asyncio.sleep(0.3)
        async with asyncio.timeout(0.5):
            await notify.announce(stored())
            await receiver.wait_for(1)


async def test_a_backlog_to_one_host_flows_without_a_pause(run: Run, sqlite_url: str) -> None:
    """Whenever one request ends the next begins, in whatever order they end."""
    answers = [Answer(after=0.01 * (number % 5)) for number in range(60)]
    async with Receiver(*answers) as receiver:
        async with run(sqlite_url, webhooks_at_once_per_host=3) as notify:
            subscription = await notify.subscribe(receiver.url)
            for number in range(60):
                await notify.announce(stored(f"{number}.txt", meeting_id=f"m{number}"))
            await receiver.wait_for(60, within=4.5)  # a sender that missed a turn sleeps 5 s
            await notify.settled(subscription, 50)
        assert receiver.most_at_once == 3
