"""Keeps a service reading: makes its groups again and restarts subscribers that stopped.

When a stream, its group or all of Redis is emptied, FastStream stops the subscriber for good and
says nothing. The watchdog notices, creates the groups anew at 0 and starts it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from faststream.redis import RedisBroker

from shared.settings import ServiceSettings
from shared.streams import create_groups

log = structlog.get_logger()

_CHECK_EVERY = 1.0  # seconds
_LONGEST_PAUSE = 10.0  # seconds between attempts while Redis is away


def stopped(broker: RedisBroker) -> int:
    """Return how many of a broker's subscribers do not read."""
    return sum(not subscriber.running for subscriber in broker.subscribers)


async def keep_reading(broker: RedisBroker, settings: ServiceSettings) -> None:
    """Watch over a started broker until cancelled."""
    while True:
        await asyncio.sleep(_CHECK_EVERY)
        if stopped(broker):
            await persevere(lambda: _restart(broker, settings), "subscribers.restarted")


async def persevere(action: Callable[[], Awaitable[None]], done: str) -> None:
    """Repeat an action with growing pauses until it succeeds, then log `done` if it ever failed."""
    pause = 0.1
    while True:
        try:
            await action()
        except Exception as error:  # whatever Redis answers, the service must go on
            log.warning(
                "redis.unavailable", error=f"{type(error).__name__}: {error}", retry_in=pause
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            if pause > 0.1:
                log.info(done)
            return


async def _restart(broker: RedisBroker, settings: ServiceSettings) -> None:
    redis = await broker.connect()
    await redis.ping()
    # Before the start: FastStream would create a missing group at `$` and skip what is there.
    await create_groups(redis, settings.service)
    for subscriber in broker.subscribers:
        if not subscriber.running:
            await subscriber.start()
    log.warning("subscribers.restarted", service=settings.service)
