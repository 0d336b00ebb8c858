"""Workers for the tests of delivery: one group, one stream, and a handler that each test gives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from redis.asyncio import Redis

from shared.broker import ServiceBroker
from shared.delivery import announce, make_broker, subscribe
from shared.events import DocumentReceived
from shared.record import SourceFile
from shared.settings import ServiceSettings, load_settings
from shared.streams import create_groups
from shared.watchdog import keep_reading

STREAM = DocumentReceived.stream
DEAD = f"{STREAM}.dead"
GROUP = "extract"

Handler = Callable[..., Awaitable[Any]]


class Settings(ServiceSettings):
    """The settings of a service that reads received documents."""

    service: ClassVar[str] = GROUP


def settings_for(redis_url: str, worker: str = "w1", **given: Any) -> Settings:
    """Return settings with short times."""
    defaults = {"claim_after": 0.3, "max_attempts": 3, "max_deaths": 3, "handle_within": 30}
    return load_settings(Settings, redis_url=redis_url, worker=worker, **(defaults | given))


@asynccontextmanager
async def working(
    settings: Settings, handler: Handler, *, at_once: int = 1, group: str = GROUP
) -> AsyncIterator[ServiceBroker]:
    """Run one worker, watched over as in a service."""
    broker = make_broker(settings)
    subscribe(broker, settings, handler, to=DocumentReceived, at_once=at_once)
    await create_groups(await broker.connect(), group)
    await broker.start()
    watchdog = asyncio.create_task(keep_reading(broker, settings))
    try:
        yield broker
    finally:
        watchdog.cancel()
        await broker.stop()


def received(number: int, name: str | None = None) -> DocumentReceived:
    """Return a document's event; `number` makes its id."""
    sha = f"{number:064x}"
    return DocumentReceived(
        document_id=sha,
        occurred_at=datetime.now(UTC),
        document=SourceFile(id=sha, name=name or f"{number}.txt", sha256=sha, size=4),
        text="نص عربي",
    )


async def publish(redis_url: str, *events: DocumentReceived) -> None:
    """Publish events from outside of any service."""
    outside = make_broker(settings_for(redis_url, "outside"))
    await outside.connect()
    for event in events:
        await announce(outside, event)
    await outside.stop()


async def until(condition: Callable[[], Awaitable[Any]], within: float = 30.0) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(within):
        while not await condition():
            await asyncio.sleep(0.02)


async def until_true(condition: Callable[[], Any], within: float = 30.0) -> None:
    """Wait until a condition holds that needs nothing awaited."""
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.01)


async def pending(redis: Redis, group: str = GROUP) -> int:
    """Return how many messages a group has read and not acknowledged."""
    return int((await redis.xpending(STREAM, group))["pending"])


async def at_rest(redis: Redis, group: str = GROUP) -> bool:
    """Tell whether a group has read and acknowledged everything."""
    last = await redis.xinfo_stream(STREAM)
    groups = {told["name"].decode(): told for told in await redis.xinfo_groups(STREAM)}
    told = groups[group]
    return bool(told["last-delivered-id"] == last["last-generated-id"] and not told["pending"])


async def letters(redis: Redis) -> list[dict[bytes, bytes]]:
    """Return the dead letters of the stream."""
    return [letter for _, letter in await redis.xrange(DEAD)]
