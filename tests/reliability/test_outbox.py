"""What Redis forgets between store and its readers is announced again, until all have read it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import RedisDsn
from redis.asyncio import Redis
from sqlalchemy import func, select, update

from services.store.adapters.confirming import PATIENCE
from services.store.adapters.outbox import Relay
from services.store.settings import Settings
from services.store.tables import outbox
from shared.confirmed import progress
from shared.delivery import make_broker
from shared.events import RecordStored
from shared.streams import create_groups, trim_acknowledged
from tests.flow.pipeline import Pipeline, pipeline_at, until
from tests.store.conftest import Store, opened
from tests.store.makers import Case, case

STREAM = RecordStored.stream
STATEMENT = next((Path(__file__).parents[2] / "seeds").glob("004*.txt")).read_text("utf-8")


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """A client of an empty Redis."""
    async with Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/store.db"


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A worker of store whose outbox nobody publishes yet."""
    async with AsyncExitStack() as stack:
        yield await opened(stack, database_url)


Relaying = Callable[[Store], Any]


@pytest.fixture
def relaying(redis_url: str) -> Relaying:
    """Publish a worker's outbox: `async with relaying(store)`."""

    @asynccontextmanager
    async def run(store: Store) -> AsyncIterator[Relay]:
        broker = make_broker(Settings(redis_url=RedisDsn(redis_url)))
        relay = Relay(store.database, broker)
        task = asyncio.create_task(relay.run())
        try:
            yield relay
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await relay.mark_sent()
            await broker.stop()

    return run


async def _take(store: Store, relay: Relay, *cases: Case) -> None:
    """Take documents in and have them announced, as store does."""
    await store.take(*cases)
    relay.hand_over(store.committed)
    store.committed.clear()


async def _read_all(redis: Redis, *groups: str) -> set[str]:
    """Read and acknowledge what groups have not read; return the documents of the last one."""
    found: set[str] = set()
    for group in groups:
        read: Any = await redis.xreadgroup(group, "test", {STREAM: ">"}, count=1000)
        entries = read[0][1] if read else []
        for entry, _ in entries:
            await redis.xack(STREAM, group, entry)
        found = {_document_of(fields[b"__data__"]) for _, fields in entries}
    return found


def _document_of(message: bytes) -> str:
    body = message[message.index(b"{", message.index(b"correlation_id")) :]
    return RecordStored.model_validate_json(body).document_id


async def _count(store: Store, what: Any) -> int:
    async with store.database.reading() as db:
        return int((await db.execute(select(func.count()).where(what))).scalar_one())


async def _published(store: Store) -> bool:
    return await _count(store, outbox.c.published_at.is_(None)) == 0


async def _confirmed(store: Store) -> int:
    return await _count(store, outbox.c.confirmed_at.is_not(None))


async def test_an_alert_survives_a_redis_that_forgets_before_notify_has_read(
    tmp_path: Path, redis_url: str, redis: Redis
) -> None:
    """Ingest has its answer and filed the document; only store can tell notify again."""
    async with pipeline_at(tmp_path, redis_url) as pipeline:
        await _subscribe_and_stop(pipeline)
        await pipeline.start("store", "extract", "ingest")
        await pipeline.drop(STATEMENT, as_name="a.txt")
        await pipeline.stored(1)
        await redis.flushall()
        await pipeline.start("notify")
        (alert,) = await pipeline.alerts(1)
        assert alert.type == "statement.published"


async def _subscribe_and_stop(pipeline: Pipeline) -> None:
    await pipeline.start("notify")
    await pipeline.subscribe()
    await pipeline.stop()  # its group is there, and reads nothing


@pytest.mark.parametrize("lost", ["FLUSHALL", f"DEL {STREAM}"])
async def test_what_was_not_read_by_all_is_published_again(
    store: Store, redis: Redis, relaying: Relaying, lost: str
) -> None:
    """Also when readers were quick to read what came into the new stream."""
    await create_groups(redis, "ingest")
    await create_groups(redis, "notify")
    cases = [case(f"بيان {number}", ordinal=number) for number in range(4)]
    async with relaying(store) as relay:
        await _take(store, relay, *cases[:2])
        await until(lambda: _published(store))
        await _read_all(redis, "ingest", "notify")
        await until(lambda: _is(_confirmed(store), 2))
        await _take(store, relay, cases[2])
        await until(lambda: _published(store))
        await _read_all(redis, "ingest")
        await redis.execute_command(*lost.split())
        await create_groups(redis, "ingest")
        await create_groups(redis, "notify")
        await _take(store, relay, cases[3])
        seen: set[str] = set()

        async def both_came() -> bool:
            seen.update(await _read_all(redis, "ingest", "notify"))
            return seen == {cases[2].id, cases[3].id}

        await until(both_came)
        await until(lambda: _is(_confirmed(store), 4))


async def _is(count: Any, wanted: int) -> bool:
    return int(await count) == wanted


async def test_two_workers_on_one_database_publish_what_was_lost(
    store: Store, redis: Redis, relaying: Relaying
) -> None:
    """Whichever notices first: everything comes again, and is confirmed when it has been read."""
    await create_groups(redis, "ingest")
    await create_groups(redis, "notify")
    cases = [case(f"بيان {number}", ordinal=number) for number in range(60)]
    async with relaying(store) as relay, relaying(store):
        await _take(store, relay, *cases)
        await until(lambda: _published(store))
        await redis.flushall()
        await create_groups(redis, "ingest")
        await create_groups(redis, "notify")
        seen: set[str] = set()

        async def all_came() -> bool:
            seen.update(await _read_all(redis, "ingest", "notify"))
            return len(seen) == len(cases)

        await until(all_came)

        async def all_confirmed() -> bool:
            await _read_all(redis, "ingest", "notify")  # what the other worker published too
            return await _confirmed(store) == len(cases)

        await until(all_confirmed)


async def test_where_notify_is_not_deployed_the_outbox_waits_a_week(
    store: Store, redis: Redis, relaying: Relaying
) -> None:
    """It may be deployed tomorrow, and must then be told; but nothing is kept for ever."""
    await create_groups(redis, "ingest")
    old, new = case("القديم", ordinal=1), case("الجديد", ordinal=2)
    await store.take(old, new)
    now = datetime.now(UTC)
    for each, written in ((old, now - PATIENCE - timedelta(hours=1)), (new, now)):
        async with store.database.writing() as db:
            chosen = update(outbox).where(outbox.c.document_id == each.id)
            await db.execute(chosen.values(created_at=written))
    async with relaying(store):
        await until(lambda: _published(store))
    await _read_all(redis, "ingest")
    async with relaying(store):  # looks at the old ones at its start, then once an hour
        await until(lambda: _is(_confirmed(store), 1))
        await redis.flushall()
        await create_groups(redis, "ingest")
        await until(lambda: _told_again(redis))


async def _told_again(redis: Redis) -> bool:
    return bool(await redis.xlen(STREAM))


async def test_the_mark_of_a_stream_does_not_keep_it_from_being_trimmed(redis: Redis) -> None:
    """What all readers are done with goes, mark or no mark; and the mark stays."""
    before = await progress(redis, STREAM)
    await create_groups(redis, "ingest")
    await create_groups(redis, "notify")
    for number in range(3):
        await redis.xadd(STREAM, {"number": number})
    for group in ("ingest", "notify"):
        read: Any = await redis.xreadgroup(group, "test", {STREAM: ">"})
        await redis.xack(STREAM, group, *(entry for entry, _ in read[0][1]))
    assert (await trim_acknowledged(redis))[STREAM] == 2
    assert (await progress(redis, STREAM)).memory == before.memory
