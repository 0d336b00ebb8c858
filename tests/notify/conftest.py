"""Notify as it runs: a real Redis, a real database, real receivers on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import RedisDsn

from services.notify.app import build
from services.notify.settings import Settings
from shared.delivery import announce, make_broker
from shared.events import RecordStored
from tests.notify.receiver import Receiver

SECRET_KEY = "the tests' own key of 32 characters and more"
LOOPBACK = ("127.0.0.0/8", "::1/128")


class Notify:
    """A running notify: its API by `client`, its stream by `announce`."""

    def __init__(self, client: httpx.AsyncClient, broker: Any) -> None:
        self.client = client
        self._broker = broker

    async def announce(self, event: RecordStored) -> None:
        """Publish an event as store does."""
        await announce(self._broker, event)

    async def subscribe(self, url: str, **wanted: Any) -> dict[str, Any]:
        """Subscribe a URL; return what the API answered."""
        answer = await self.client.post("/api/subscriptions", json={"url": url, **wanted})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def deliveries(self, subscription: dict[str, Any]) -> list[dict[str, Any]]:
        """Return a subscription's deliveries, newest first."""
        answer = await self.client.get(f"/api/subscriptions/{subscription['id']}/deliveries")
        return list(answer.json()["items"])

    async def settled(self, subscription: dict[str, Any], count: int = 1) -> list[dict[str, Any]]:
        """Wait until `count` deliveries have ended; return them."""

        async def ended() -> list[dict[str, Any]]:
            found = await self.deliveries(subscription)
            done = [delivery for delivery in found if delivery["status"] != "pending"]
            return done if len(done) >= count else []

        return list(await until(ended))


async def until(look: Callable[[], Awaitable[Any]], within: float = 10.0) -> Any:
    """Look again and again until something is seen; fail after `within` seconds."""
    async with asyncio.timeout(within):
        while not (seen := await look()):
            await asyncio.sleep(0.02)
        return seen


AnnounceFromOutside = Callable[[RecordStored], Awaitable[None]]
Run = Callable[..., AbstractAsyncContextManager[Notify]]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{tmp_path}/var/notify.db"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an empty SQLite database, where the kind of database cannot matter."""
    return f"sqlite+aiosqlite:///{tmp_path}/var/notify.db"


@pytest.fixture
def run(redis_url: str) -> Run:
    """Start notify on a database, as often as wanted: `async with run(database_url) as notify`."""

    @asynccontextmanager
    async def running(database_url: str, **given: Any) -> AsyncIterator[Notify]:
        values: dict[str, Any] = {
            "redis_url": redis_url,
            "worker": "test",
            "database_url": database_url,
            "webhook_allow": LOOPBACK,
            "webhook_schedule": (0.0, 0.05, 0.05, 0.05),
            "webhook_timeout": 2.0,
            "secret_key": SECRET_KEY,
        }
        app = build(Settings(**(values | given)))
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as web:
                yield Notify(web, app.state.broker)

    return running


@pytest.fixture
def announce_from_outside(redis_url: str) -> AnnounceFromOutside:
    """Publish an event whether or not notify runs."""

    async def publish(event: RecordStored) -> None:
        broker = make_broker(Settings(redis_url=RedisDsn(redis_url)))
        await broker.connect()
        await announce(broker, event)
        await broker.stop()

    return publish


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver that answers 204 unless told otherwise."""
    async with Receiver() as opened:
        yield opened
