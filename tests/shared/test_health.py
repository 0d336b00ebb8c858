"""Health: a service that is alive says so, and one that is not ready names all that keeps it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, ClassVar

import asyncpg
import httpx
import pytest
from redis.asyncio import Redis

from communique.machine.redis_server import RedisServer
from services.store.app import build as build_store
from services.store.settings import Settings as StoreSettings
from shared.delivery import announce, make_broker, subscribe
from shared.errors import CommuniqueError, PermanentError
from shared.events import DocumentReceived
from shared.health import Condition, Health, Part
from shared.service import create_app
from shared.settings import ServiceSettings, load_settings
from tests.shared.test_delivery import received


class Settings(ServiceSettings):
    """The settings of a service that reads received documents."""

    service: ClassVar[str] = "extract"


async def refuse(event: DocumentReceived) -> None:
    raise PermanentError("no attempt can help")


@asynccontextmanager
async def web_of(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Run a service and give a client of it."""
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as web:
            yield web


def service(redis_url: str, *parts: Part, folders: Sequence[Path] = ()) -> Any:
    settings = load_settings(Settings, redis_url=redis_url, worker="w1", log_level="error")
    broker = make_broker(settings)
    subscribe(broker, settings, refuse, to=DocumentReceived)
    return create_app(settings, broker, title="a service", health=parts, folders=folders)


async def ready(web: httpx.AsyncClient) -> tuple[int, dict[str, Any]]:
    """Return the answer of `/readyz`."""
    answer = await web.get("/readyz")
    return answer.status_code, answer.json()


async def until_status(web: httpx.AsyncClient, wanted: str, within: float = 20.0) -> dict[str, Any]:
    """Wait until the service says that it is so; return what it says."""
    async with asyncio.timeout(within):
        while True:
            _, report = await ready(web)
            if report["status"] == wanted:
                return report
            await asyncio.sleep(0.05)


async def test_all_parts_that_fail_are_named_and_one_that_hangs_hangs_nobody(
    redis_url: str,
) -> None:
    """Each part has a time of its own; the answer names every part with its reason."""

    async def hang() -> Condition:
        await asyncio.sleep(3600)
        return Condition()

    async def fail() -> Condition:
        raise CommuniqueError("the cellar is under water")

    async def little() -> Condition:
        return Condition("attention", "little is left", {"left": 3})

    parts = (
        Part("archive", hang, within=0.2),
        Part("cellar", fail),
        Part("ink", little),
    )
    async with web_of(service(redis_url, *parts)) as web:
        began = time.monotonic()
        status, report = await ready(web)
        assert time.monotonic() - began < 5
        assert (await web.get("/healthz")).json()["status"] == "ok"
    assert (status, report["status"]) == (503, "unavailable")
    assert report["why"] == (
        "archive: no answer within 0.2 s; cellar: the cellar is under water; ink: little is left"
    )
    assert report["parts"]["ink"] == {"status": "attention", "why": "little is left", "left": 3}
    assert report["parts"]["redis"]["status"] == "ok"


async def test_many_who_ask_are_one_question() -> None:
    """A part is asked once for all who wait, and again only when its answer is old."""
    asked = []

    async def count() -> Condition:
        asked.append(True)
        await asyncio.sleep(0.05)
        return Condition()

    health = Health([Part("one", count, kept=0.3)])
    await asyncio.gather(*(health.conditions() for _ in range(20)))
    await health.conditions()
    assert len(asked) == 1
    await asyncio.sleep(0.4)
    await health.conditions()
    assert len(asked) == 2
    await health.close()


async def test_a_service_without_redis_is_alive_and_says_what_it_lacks(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    """Also from its start; and it is ready by itself once Redis is there, gone and back again."""
    server = RedisServer(tmp_path / "redis")
    async with web_of(service(server.url)) as web:
        assert (await web.get("/healthz")).status_code == 200
        status, report = await ready(web)
        assert status == 503
        assert "redis: " in report["why"]
        assert f"{server.port}" in report["why"]
        try:
            server.start()
            await until_status(web, "ok")
            server.stop()
            assert "redis: " in (await until_status(web, "unavailable"))["why"]
            assert (await web.get("/healthz")).status_code == 200
            server.start()
            await until_status(web, "ok")
        finally:
            server.stop()


async def test_a_full_redis_is_said(redis_url: str) -> None:
    """It still answers a ping; what it refuses is told in its own words."""
    async with Redis.from_url(redis_url) as redis, web_of(service(redis_url)) as web:
        await until_status(web, "ok")
        try:
            await redis.config_set("maxmemory", 1)
            assert "OutOfMemory" in (await until_status(web, "unavailable"))["why"]
        finally:
            await redis.config_set("maxmemory", 0)
        await until_status(web, "ok")


async def test_dead_letters_want_attention_and_keep_nobody_from_work(redis_url: str) -> None:
    """They are counted, with the command that shows them."""
    async with web_of(service(redis_url)) as web:
        settings = load_settings(Settings, redis_url=redis_url, worker="other")
        broker = make_broker(settings)
        await broker.connect()
        await announce(broker, received(1))
        await broker.stop()
        report = await until_status(web, "attention")
    assert report["parts"]["dead_letters"]["counts"] == {DocumentReceived.stream: 1}
    assert "communique dead list" in report["why"]


async def test_lag_and_what_is_in_hand_are_told(redis_url: str) -> None:
    """Each group that a service reads with has its counts and the ages of the oldest."""
    async with web_of(service(redis_url)) as web:
        _, report = await ready(web)
    (group,) = report["parts"]["streams"]["groups"]
    assert (group["stream"], group["group"]) == (DocumentReceived.stream, "extract")
    assert (group["unread"], group["pending"], group["oldest_pending"]) == (0, 0, None)


async def test_folders_without_room_are_named(redis_url: str, tmp_path: Path) -> None:
    """A folder that is gone is no room either; of the others their free bytes are told."""
    async with web_of(service(redis_url, folders=[tmp_path])) as web:
        _, report = await ready(web)
        assert report["parts"]["disk"]["free"][str(tmp_path)] > 0
    async with web_of(service(redis_url, folders=[tmp_path / "gone"])) as web:
        status, report = await ready(web)
    assert status == 503
    assert "disk: FileNotFoundError" in report["why"]


async def test_a_database_that_hangs_does_not_hang_the_answer(
    redis_url: str, tmp_path: Path
) -> None:
    """A writer elsewhere holds SQLite: the answer comes within seconds and names the database."""
    given = {"redis_url": redis_url, "worker": "w1", "log_level": "error"}
    url = f"sqlite:///{tmp_path}/store.db"
    async with web_of(build_store(load_settings(StoreSettings, **given, database_url=url))) as web:
        with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            status, report = await ready(web)
            assert time.monotonic() - began < 5
            assert status == 503
            assert report["why"].startswith("database: no answer within")
            other.execute("ROLLBACK")
        report = await until_status(web, "ok")
    assert report["parts"]["database"]["database"].startswith("sqlite")


@pytest.mark.postgres
async def test_a_database_that_became_read_only_is_said(
    redis_url: str, postgres_url: str, tmp_path: Path
) -> None:
    """PostgreSQL after a failover may answer and take nothing: asked by writing, it shows."""
    given = {"redis_url": redis_url, "worker": "w1", "log_level": "error"}
    settings = load_settings(StoreSettings, **given, database_url=postgres_url)
    plain_url = postgres_url.replace("+asyncpg", "")
    name = postgres_url.rpartition("/")[2]
    async with web_of(build_store(settings)) as web:
        await until_status(web, "ok")
        other = await asyncpg.connect(plain_url)
        await other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = $1 AND pid <> pg_backend_pid()",
            name,
        )
        await other.close()
        report = await until_status(web, "unavailable")
        assert "database: " in report["why"]
        assert "read-only" in report["why"]
