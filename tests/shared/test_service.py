"""The frame of a service, on a real Redis: what it started it ends, whenever it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

import pytest
from fastapi import FastAPI
from faststream.redis import RedisBroker

from shared import watchdog
from shared.delivery import announce, make_broker, subscribe
from shared.events import DocumentReceived
from shared.service import Task, create_app
from shared.settings import ServiceSettings, load_settings
from tests.shared.test_delivery import received


class Settings(ServiceSettings):
    """The settings of a service that reads received documents."""

    service: ClassVar[str] = "extract"


def service_at(
    redis_url: str, handler: Callable[..., Awaitable[None]], *tasks: Task
) -> tuple[FastAPI, RedisBroker]:
    settings = load_settings(Settings, redis_url=redis_url, worker="w1", log_level="error")
    broker = make_broker(settings)
    subscribe(broker, settings, handler, to=DocumentReceived)
    return create_app(settings, broker, title="a service", tasks=tasks), broker


async def read_at_once(event: DocumentReceived) -> None:
    """Take an event."""


async def test_a_task_that_misses_its_cancellation_is_cancelled_again(redis_url: str) -> None:
    """A library that swallows one cancellation does not keep the service from ending."""
    cancelled = []

    async def deaf_once() -> None:
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                cancelled.append(True)
                if len(cancelled) > 1:
                    raise

    app, _ = service_at(redis_url, read_at_once, deaf_once)

    async def run() -> None:
        async with app.router.lifespan_context(app):
            await asyncio.sleep(0.05)

    running = asyncio.create_task(run())
    done, _ = await asyncio.wait({running}, timeout=8)
    assert done == {running}
    assert len(cancelled) == 2


async def test_no_subscriber_is_started_again_while_the_service_stops(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watchdog sees subscribers that do not read, and must not mend what is being stopped."""
    monkeypatch.setattr(watchdog, "_CHECK_EVERY", 0.01)
    in_hand = asyncio.Event()

    async def read_slowly(event: DocumentReceived) -> None:
        in_hand.set()
        await asyncio.sleep(0.5)

    app, broker = service_at(redis_url, read_slowly)
    async with app.router.lifespan_context(app):
        await announce(broker, received(1))
        await asyncio.wait_for(in_hand.wait(), 5)
    assert watchdog.stopped(broker) == len(broker.subscribers)
