"""A publisher can tell cheaply and rightly how far behind the readers of a stream are."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from shared.events import DocumentReceived
from shared.lag import has_room, lag
from shared.streams import create_groups, trim_acknowledged

STREAM = DocumentReceived.stream


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        await create_groups(client, "extract")
        await create_groups(client, "store")
        yield client


async def publish(redis: Redis, count: int) -> None:
    for _ in range(count):
        await redis.xadd(STREAM, {"__data__": b"{}"})


async def read(redis: Redis, group: str, count: int) -> list[bytes]:
    [(_, entries)] = await redis.xreadgroup(group, "w", {STREAM: ">"}, count=count)
    return [entry for entry, _ in entries]


async def test_the_slowest_group_counts_with_what_it_read_and_did_not_finish(redis: Redis) -> None:
    """Unread and unacknowledged entries are the lag; a stream that is not there has none."""
    assert await lag(redis, STREAM) == 0
    await publish(redis, 10)
    await redis.xack(STREAM, "extract", *await read(redis, "extract", 10))
    assert await lag(redis, STREAM) == 10  # store has read nothing
    await redis.xack(STREAM, "store", *(await read(redis, "store", 7))[:4])
    assert await lag(redis, STREAM) == 6
    await redis.delete(STREAM)
    assert await lag(redis, STREAM) == 0


async def test_the_lag_is_right_after_a_trim_and_after_a_deletion(redis: Redis) -> None:
    """Where XINFO's own number is null or wrong."""
    await publish(redis, 1_200)
    for group in ("extract", "store"):
        await redis.xack(STREAM, group, *await read(redis, group, 100))
    await trim_acknowledged(redis)
    assert await lag(redis, STREAM) == 1_100
    [(entry, _)] = await redis.xrevrange(STREAM, count=1)
    await redis.xdel(STREAM, entry)
    assert await lag(redis, STREAM) == 1_099
    assert await lag(redis, STREAM, up_to=50) == 51


async def test_there_is_room_up_to_the_bound_and_again_when_readers_have_caught_up(
    redis: Redis,
) -> None:
    """A long stream of what everybody has read keeps no publisher waiting; a missing group does."""
    await publish(redis, 20)
    assert await has_room(redis, STREAM, 20)
    assert not await has_room(redis, STREAM, 19)
    for group in ("extract", "store"):
        await redis.xack(STREAM, group, *await read(redis, group, 20))
    assert await has_room(redis, STREAM, 0)
    await redis.xgroup_destroy(STREAM, "store")
    assert not await has_room(redis, STREAM, 19)
