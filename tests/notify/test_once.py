"""One statement is one webhook-id to a subscriber, whichever processes learn of it, and when."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import select

from services.notify.adapters.deliveries import DeliveryTable
from services.notify.adapters.subscriptions import SubscriptionTable
from services.notify.formats.message import Message
from services.notify.subscriptions import NewSubscription
from services.notify.tables import deliveries
from shared.database import Database
from shared.events import RecordStored
from shared.migrating import migrate
from tests.notify.events import WHEN, stored

ROUNDS = 40
SUBSCRIBERS = ("sub_0", "sub_1")


@pytest.fixture
async def databases(database_url: str) -> AsyncIterator[list[Database]]:
    """Three processes' own openings of one database with two subscribers."""
    async with AsyncExitStack() as stack:
        opened = [Database(database_url) for _ in range(3)]
        for database in opened:
            stack.push_async_callback(database.close)
        await migrate(opened[0], "services.notify")
        table = SubscriptionTable(opened[0])
        for name in SUBSCRIBERS:
            wanted = NewSubscription(url="https://a.example/")
            await table.add(wanted, subscription_id=name, secret="whsec_", at=WHEN)
        yield opened


def _statement(number: int) -> RecordStored:
    """The statement of a meeting, as it was announced first."""
    return stored(f"{number}.txt", meeting_id=f"m{number}")


def _after_merging(number: int, *others: str) -> RecordStored:
    """The same statement announced again, after its meeting went up in an older one."""
    merged = (f"m{number}", *others)
    return stored(f"{number}.txt", meeting_id=f"older{number}", merged_meeting_ids=merged)


async def _schedule(table: DeliveryTable, event: RecordStored) -> int:
    return await table.schedule(event, lambda _: Message(b"{}"), WHEN)


async def _promised(database: Database) -> list[tuple[str, str]]:
    async with database.reading() as connection:
        columns = (deliveries.c.subscription_id, deliveries.c.document_id)
        return [(row[0], row[1]) for row in (await connection.execute(select(*columns))).all()]


async def test_two_processes_that_learn_of_it_at_once_promise_it_once(
    databases: list[Database],
) -> None:
    """The statement and what merged its meeting meanwhile, handled side by side, many times."""
    one, two, three = map(DeliveryTable, databases)
    for number in range(ROUNDS):
        counts = await asyncio.gather(
            _schedule(one, _statement(number)),
            _schedule(two, _after_merging(number)),
            _schedule(three, _after_merging(number, f"other{number}")),
        )
        assert sum(counts) == len(SUBSCRIBERS)
    promised = await _promised(databases[0])
    assert len(promised) == len(set(promised)) == ROUNDS * len(SUBSCRIBERS)


async def test_a_statement_that_comes_after_its_merging_is_not_told_again(
    databases: list[Database],
) -> None:
    """A message that was left pending for long, under the id that its meeting had then."""
    table = DeliveryTable(databases[0])
    assert await _schedule(table, _after_merging(1)) == 2
    assert await _schedule(table, _statement(1)) == 0
    assert await _schedule(table, _after_merging(1, "another")) == 0


async def test_many_at_once_in_opposite_order_do_not_block_each_other(
    databases: list[Database],
) -> None:
    """Two processes write promises of the same meetings, one from each end."""
    one, two, _ = map(DeliveryTable, databases)
    forth = [_statement(number) for number in range(ROUNDS)]
    back = [_after_merging(number) for number in reversed(range(ROUNDS))]
    counts = await asyncio.gather(
        *(_schedule(one, event) for event in forth), *(_schedule(two, event) for event in back)
    )
    assert sum(counts) == ROUNDS * len(SUBSCRIBERS)
