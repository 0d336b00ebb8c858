"""The limit: what bare redis-py does with the same messages on the same Redis."""

from __future__ import annotations

import time
from statistics import median
from typing import Any

from redis.asyncio import Redis

_STREAM = "benchmark.raw"
_BATCH = 100


async def messages_per_second(redis: Redis, bodies: list[bytes]) -> float:
    """Publish and consume every body once, pipelined and acknowledged by the hundred."""
    await _fresh_stream(redis)
    started = time.perf_counter()
    for at in range(0, len(bodies), _BATCH):
        async with redis.pipeline(transaction=False) as pipeline:
            for body in bodies[at : at + _BATCH]:
                pipeline.xadd(_STREAM, {"__data__": body})
            await pipeline.execute()
        entries = await _read(redis, _BATCH)
        await redis.xack(_STREAM, "group", *(entry for entry, _ in entries))
    spent = time.perf_counter() - started
    await redis.delete(_STREAM)
    return len(bodies) / spent


async def hop_milliseconds(redis: Redis, bodies: list[bytes]) -> float:
    """Return the median time of one hop: publish, read, acknowledge, one message at a time."""
    await _fresh_stream(redis)
    hops = []
    for body in bodies:
        started = time.perf_counter()
        await redis.xadd(_STREAM, {"__data__": body})
        [(entry, _)] = await _read(redis, 1)
        await redis.xack(_STREAM, "group", entry)
        hops.append((time.perf_counter() - started) * 1000)
    await redis.delete(_STREAM)
    return median(hops)


async def _fresh_stream(redis: Redis) -> None:
    await redis.delete(_STREAM)
    await redis.xgroup_create(_STREAM, "group", id="0", mkstream=True)


async def _read(redis: Redis, count: int) -> list[Any]:
    [(_, entries)] = await redis.xreadgroup("group", "c", {_STREAM: ">"}, count=count)
    return list(entries)
