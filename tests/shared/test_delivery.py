"""The delivery rules, on a real Redis: at least once, never forgotten, dead letters kept whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from faststream.redis import RedisBroker
from redis.asyncio import Redis

from shared.delivery import announce, make_broker, subscribe
from shared.errors import PermanentError
from shared.events import DocumentReceived
from shared.record import SourceFile
from shared.settings import ServiceSettings, load_settings
from shared.streams import create_groups, trim_acknowledged
from shared.watchdog import keep_reading

STREAM = DocumentReceived.stream
DEAD = f"{STREAM}.dead"


class Settings(ServiceSettings):
    """The settings of a service that reads received documents."""

    service: ClassVar[str] = "extract"


def settings_for(redis_url: str, **given: Any) -> Settings:
    defaults = {
        "redis_url": redis_url,
        "worker": "w1",
        "claim_after": 0.2,
        "max_attempts": 3,
        "max_deaths": 3,
    }
    return load_settings(Settings, **(defaults | given))


def received(number: int) -> DocumentReceived:
    sha = f"{number:064x}"
    return DocumentReceived(
        document_id=sha,
        occurred_at=datetime.now(UTC),
        document=SourceFile(id=sha, name=f"{number}.txt", sha256=sha, size=4),
        text="نص عربي",
    )


@asynccontextmanager
async def reading(
    settings: Settings, handler: Callable[..., Awaitable[Any]], *, watched: bool = False
) -> AsyncIterator[RedisBroker]:
    """Run one worker with this handler."""
    broker = make_broker(settings)
    subscribe(broker, settings, handler, to=DocumentReceived)
    await create_groups(await broker.connect(), settings.service)
    await broker.start()
    watchdog = asyncio.create_task(keep_reading(broker, settings)) if watched else None
    try:
        yield broker
    finally:
        if watchdog is not None:
            watchdog.cancel()
        await broker.stop()


async def until(condition: Callable[[], Awaitable[bool]], within: float = 10.0) -> None:
    async with asyncio.timeout(within):
        while not await condition():
            await asyncio.sleep(0.02)


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        yield client


async def pending(redis: Redis) -> int:
    return int((await redis.xpending(STREAM, "extract"))["pending"])


async def test_what_was_published_before_the_first_start_is_read(redis_url: str) -> None:
    """A service that starts late misses nothing."""
    seen: list[str] = []

    async def handler(event: DocumentReceived) -> None:
        seen.append(event.document_id)

    settings = settings_for(redis_url)
    publisher = make_broker(settings)
    await publisher.connect()
    for number in range(3):
        await announce(publisher, received(number))
    await publisher.stop()
    async with reading(settings, handler):
        await until(lambda: asyncio.sleep(0, len(seen) == 3))
    assert seen == [received(n).document_id for n in range(3)]


async def test_a_failed_message_is_tried_again_and_then_acknowledged(
    redis_url: str, redis: Redis
) -> None:
    """One failure costs time, not the message."""
    attempts = 0

    async def handler(event: DocumentReceived) -> None:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise ConnectionError("the database is away")

    async with reading(settings_for(redis_url), handler) as broker:
        await announce(broker, received(1))
        await until(lambda: asyncio.sleep(0, attempts == 2))
        await until(lambda: _is_zero(pending(redis)))
    assert attempts == 2
    assert await redis.xlen(DEAD) == 0


async def test_a_message_that_always_fails_ends_whole_in_the_dead_letters(
    redis_url: str, redis: Redis
) -> None:
    """After max_attempts it is kept with its reason and its original bytes, and acknowledged."""
    attempts = 0

    async def handler(event: DocumentReceived) -> None:
        nonlocal attempts
        attempts += 1
        raise ValueError("no\ntwo lines")

    async with reading(settings_for(redis_url), handler) as broker:
        await announce(broker, received(1))
        await until(lambda: _is_one(redis.xlen(DEAD)))
    [(_, letter)] = await redis.xrange(DEAD)
    [(entry, original)] = await redis.xrange(STREAM)
    assert attempts == 3
    assert letter[b"reason"] == b"ValueError: no two lines"
    assert letter[b"attempts"] == b"3"
    assert letter[b"group"] == b"extract"
    assert letter[b"entry"] == entry
    assert letter[b"__data__"] == original[b"__data__"]
    assert await pending(redis) == 0


async def test_a_permanent_error_is_not_tried_again(redis_url: str, redis: Redis) -> None:
    """What trying again cannot mend goes to the dead letters at once."""
    attempts = 0

    async def handler(event: DocumentReceived) -> None:
        nonlocal attempts
        attempts += 1
        raise PermanentError("the text is not a text")

    async with reading(settings_for(redis_url), handler) as broker:
        await announce(broker, received(1))
        await until(lambda: _is_one(redis.xlen(DEAD)))
    assert attempts == 1


async def test_a_body_that_is_not_ours_goes_to_the_dead_letters_with_a_reason(
    redis_url: str, redis: Redis
) -> None:
    """A foreign message harms nobody, and the reason does not quote it."""
    seen: list[str] = []

    async def handler(event: DocumentReceived) -> None:
        seen.append(event.document_id)

    async with reading(settings_for(redis_url), handler) as broker:
        await redis.xadd(STREAM, {"__data__": b'{"secret": "s3cr3t"}'})
        await redis.xadd(STREAM, {"__data__": b"\x00\xff\x00"})
        await announce(broker, received(1))
        await until(lambda: asyncio.sleep(0, len(seen) == 1))
        await until(lambda: _is_two(redis.xlen(DEAD)))
    reasons = [letter[b"reason"] for _, letter in await redis.xrange(DEAD)]
    assert not any(b"s3cr3t" in reason for reason in reasons)
    assert b"not the event expected here" in reasons[0]


async def test_a_message_that_killed_its_worker_each_time_is_not_given_to_another(
    redis_url: str, redis: Redis
) -> None:
    """The count is looked at before the handler sees the message."""
    attempts = 0

    async def handler(event: DocumentReceived) -> None:
        nonlocal attempts
        attempts += 1

    settings = settings_for(redis_url)
    await create_groups(redis, "extract")
    publisher = make_broker(settings)
    await publisher.connect()
    await announce(publisher, received(1))
    await publisher.stop()
    [(entry, _)] = await redis.xrange(STREAM)
    await redis.xreadgroup("extract", "killed", {STREAM: ">"})
    for _ in range(2):  # workers that took it up and died, as Redis counts them
        await redis.xclaim(STREAM, "extract", "killed", 0, [entry])
    async with reading(settings, handler):
        await until(lambda: _is_one(redis.xlen(DEAD)))
    assert attempts == 0


async def test_messages_are_handled_side_by_side_where_that_is_wanted(
    redis_url: str, redis: Redis
) -> None:
    """With `at_once` four wait together for what takes long, and every message is acknowledged."""
    together = asyncio.Barrier(4)

    async def handler(event: DocumentReceived) -> None:
        await together.wait()

    settings = settings_for(redis_url, claim_after=5)
    broker = make_broker(settings)
    subscribe(broker, settings, handler, to=DocumentReceived, at_once=4)
    await create_groups(await broker.connect(), settings.service)
    await broker.start()
    for number in range(8):
        await announce(broker, received(number))
    await until(lambda: _has_read_all(redis, "extract", 8))
    await broker.stop()


async def test_a_message_left_by_a_dead_worker_is_taken_up(redis_url: str, redis: Redis) -> None:
    """What a crash left pending is handled after claim_after."""
    seen: list[str] = []

    async def handler(event: DocumentReceived) -> None:
        seen.append(event.document_id)

    await create_groups(redis, "extract")
    settings = settings_for(redis_url)
    publisher = make_broker(settings)
    await publisher.connect()
    await announce(publisher, received(7))
    await publisher.stop()
    await redis.xreadgroup("extract", "dead", {STREAM: ">"})
    async with reading(settings, handler):
        await until(lambda: asyncio.sleep(0, len(seen) == 1))
        await until(lambda: _is_zero(pending(redis)))


@pytest.mark.parametrize("disaster", ["flushall", "del", "group"])
async def test_reading_goes_on_when_redis_forgets_everything(
    redis_url: str, redis: Redis, disaster: str
) -> None:
    """Groups come back at 0 and subscribers start again, without a restart of the service."""
    seen: list[str] = []

    async def handler(event: DocumentReceived) -> None:
        seen.append(event.document_id)

    async with reading(settings_for(redis_url), handler, watched=True) as broker:
        await announce(broker, received(1))
        await until(lambda: asyncio.sleep(0, len(seen) == 1))
        if disaster == "flushall":
            await redis.flushall()
        elif disaster == "del":
            await redis.delete(STREAM)
        else:
            await redis.xgroup_destroy(STREAM, "extract")
        await announce(broker, received(2))
        await until(lambda: asyncio.sleep(0, received(2).document_id in seen), within=15)


async def test_streams_are_trimmed_only_below_what_every_group_acknowledged(
    redis_url: str, redis: Redis
) -> None:
    """No unread message is dropped, whatever the others have read."""

    async def handler(event: DocumentReceived) -> None:
        pass

    async with reading(settings_for(redis_url), handler) as broker:
        for number in range(5):
            await announce(broker, received(number))
        await until(lambda: _has_read_all(redis, "extract", 5))
        assert (await trim_acknowledged(redis)).get(STREAM) is None  # store has no group yet
        await create_groups(redis, "store")
        assert (await trim_acknowledged(redis))[STREAM] == 0
        await redis.xreadgroup("store", "w", {STREAM: ">"}, count=4)
        entries = [entry for entry, _ in await redis.xrange(STREAM)]
        await redis.xack(STREAM, "store", *entries[:2])
        assert (await trim_acknowledged(redis))[STREAM] == 2
    assert [entry for entry, _ in await redis.xrange(STREAM)] == entries[2:]


async def _has_read_all(redis: Redis, group: str, count: int) -> bool:
    groups = {g["name"].decode(): g for g in await redis.xinfo_groups(STREAM)}
    entries = [entry for entry, _ in await redis.xrange(STREAM)]
    done = groups[group]["last-delivered-id"] == entries[-1] and not groups[group]["pending"]
    return done and len(entries) == count


async def _is_zero(answer: Awaitable[int]) -> bool:
    return await answer == 0


async def _is_one(answer: Awaitable[int]) -> bool:
    return await answer == 1


async def _is_two(answer: Awaitable[int]) -> bool:
    return await answer == 2
