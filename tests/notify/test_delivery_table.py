"""Claims: no delivery is two workers' at once, none is forgotten, no host is flooded."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from services.notify.adapters.deliveries import Claimed, DeliveryTable
from services.notify.adapters.history import DeliveryHistory
from services.notify.adapters.subscriptions import SubscriptionTable
from services.notify.deliveries import Attempt, Verdict
from services.notify.formats.message import Message
from services.notify.subscriptions import NewSubscription
from services.notify.tables import metadata
from shared.database import Database
from shared.migrating import migrate
from tests.notify.events import WHEN, stored

LEASE = WHEN + timedelta(seconds=30)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of each kind."""
    opened = Database(database_url)
    await migrate(opened, "services.notify")
    yield opened
    await opened.close()


async def _scheduled(database: Database, urls: list[str], count: int) -> DeliveryTable:
    subscriptions, deliveries = SubscriptionTable(database), DeliveryTable(database)
    for number, url in enumerate(urls):
        wanted = NewSubscription(url=url)
        await subscriptions.add(wanted, subscription_id=f"sub_{number}", secret="whsec_", at=WHEN)
    for number in range(count):
        event = stored(f"{number}.txt", meeting_id=f"m{number}")
        assert await deliveries.schedule(event, lambda _: Message(b"{}"), WHEN) == len(urls)
    return deliveries


async def _claim(deliveries: DeliveryTable, limit: int = 100) -> list[Claimed]:
    return await deliveries.claim(WHEN, LEASE, limit=limit, per_host=100, busy={})


async def test_workers_side_by_side_share_the_work(database: Database) -> None:
    """Each due delivery is claimed by exactly one of several workers."""
    deliveries = await _scheduled(database, ["https://a.example/"], 20)
    claims = await asyncio.gather(*(_claim(deliveries, limit=5) for _ in range(6)))
    while more := await _claim(deliveries, limit=5):  # PostgreSQL may have skipped locked ones
        claims.append(more)
    ids = [delivery.id for claim in claims for delivery in claim]
    assert len(ids) == len(set(ids)) == 20


async def test_a_lease_that_ended_frees_the_delivery(database: Database) -> None:
    """What a killed worker held is claimed again, and only then."""
    deliveries = await _scheduled(database, ["https://a.example/"], 1)
    (held,) = await _claim(deliveries)
    assert await deliveries.next_due(WHEN) == LEASE
    before, after = LEASE - timedelta(seconds=1), LEASE + timedelta(seconds=1)
    later = after + timedelta(seconds=30)
    assert await deliveries.claim(before, later, limit=9, per_host=9, busy={}) == []
    (again,) = await deliveries.claim(after, later, limit=9, per_host=9, busy={})
    assert again.id == held.id


async def test_what_is_given_back_can_be_claimed_at_once(database: Database) -> None:
    """A worker that stops does not make others wait for its leases."""
    deliveries = await _scheduled(database, ["https://a.example/"], 3)
    held = await _claim(deliveries)
    await deliveries.release(held)
    assert [one.id for one in await _claim(deliveries)] == [one.id for one in held]


async def test_a_worker_that_lost_its_lease_changes_nothing(database: Database) -> None:
    """It was paused beyond it: what the other worker noted stays, whatever this one saw."""
    deliveries = await _scheduled(database, ["https://a.example/"], 1)
    (paused,) = await _claim(deliveries)
    after = LEASE + timedelta(seconds=1)
    until = after + timedelta(seconds=30)
    (other,) = await deliveries.claim(after, until, limit=9, per_host=9, busy={})
    assert other.lease != paused.lease
    failure = Attempt(1, WHEN, 1.0, status_code=500)
    assert not await deliveries.record(paused, failure, Verdict("pending", due_at=WHEN))
    await deliveries.release([paused])
    assert await deliveries.record(other, Attempt(1, after, 1.0, 204), Verdict("delivered"))
    assert not await deliveries.record(paused, failure, Verdict("failed", receiver_is_gone=True))
    ((_, shown),) = await DeliveryHistory(database).page("sub_0", None, 10)
    assert shown.status == "delivered"
    assert [attempt.status_code for attempt in shown.attempts] == [204]
    assert await deliveries.claim(until, until, limit=9, per_host=9, busy={}) == []


async def test_a_clock_that_was_set_back_keeps_nobody_waiting(database: Database) -> None:
    """Neither for leases from its future nor for first tries that were due in it."""
    deliveries = await _scheduled(database, ["https://a.example/"], 2)
    assert len(await _claim(deliveries, limit=1)) == 1
    hour_ago = WHEN - timedelta(hours=1)
    until = hour_ago + timedelta(seconds=30)
    assert await deliveries.hasten(hour_ago) == 2
    assert len(await deliveries.claim(hour_ago, until, limit=9, per_host=9, busy={})) == 2


async def test_no_host_gets_more_than_its_share(database: Database) -> None:
    """Hosts have equal room, less what is being sent to them already."""
    urls = ["https://a.example/1", "https://a.example/2", "https://b.example/"]
    deliveries = await _scheduled(database, urls, 4)
    claimed = await deliveries.claim(
        WHEN, LEASE, limit=100, per_host=3, busy={"a.example:443": 2, "c.example:443": 3}
    )
    assert Counter(delivery.host for delivery in claimed) == {
        "a.example:443": 1,
        "b.example:443": 3,
    }


async def test_the_oldest_go_first(database: Database) -> None:
    """A backlog is sent in the order in which it was promised."""
    deliveries = await _scheduled(database, ["https://a.example/"], 5)
    documents = [delivery.document_id for delivery in await _claim(deliveries, limit=3)]
    assert documents == [stored(f"{number}.txt").document_id for number in range(3)]


async def test_due_deliveries_are_counted_with_the_oldest(database: Database) -> None:
    """Health tells how far behind the sender is."""
    deliveries = await _scheduled(database, ["https://a.example/"], 2)
    assert await deliveries.due(WHEN - timedelta(seconds=1)) == (0, None)
    assert await deliveries.due(LEASE) == (2, WHEN)


def test_a_claim_does_not_show_its_secrets() -> None:
    """What is logged by accident holds neither secret nor URL nor body."""
    claim = Claimed(
        "msg_1", "sub_1", "d", "t", "https://u.example/tok", "h", "whsec_x", b"b", 0, {}, "lease"
    )
    assert "whsec_" not in repr(claim)
    assert "tok" not in repr(claim)


async def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    """No table, column or constraint differs between `tables.py` and the migrations."""

    def differences(connection: Connection) -> list[object]:
        table = "notify_schema_version"
        options = {"version_table": table, "compare_type": True}
        return list(
            compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        )

    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []
