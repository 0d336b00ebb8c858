"""A slow reader keeps publishers waiting, so that no stream grows without bound."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from redis.asyncio import Redis

from services.store.api import rereading
from services.store.app import build
from services.store.settings import Settings
from shared.events import DocumentReceived
from shared.settings import load_settings
from shared.streams import create_groups
from tests.reliability.workers import publish, received


async def test_rereading_waits_for_room_in_the_stream(
    redis_url: str, redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While extract is far behind nothing is sent; when it has caught up the request goes on."""
    monkeypatch.setattr(rereading, "_LOOKS", 3)
    await create_groups(redis, "extract")
    await publish(redis_url, *(received(number) for number in range(5)))
    given = {"redis_url": redis_url, "database_url": f"sqlite:///{tmp_path / 'store.db'}"}
    app = build(load_settings(Settings, worker="s1", max_lag=3, **given))
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as web,
    ):
        refused = await web.post("/api/documents/reextract", json={})
        assert refused.status_code == 503
        assert "behind" in refused.json()["detail"]
        monkeypatch.setattr(rereading, "_LOOKS", 100)
        asking = asyncio.create_task(web.post("/api/documents/reextract", json={}))
        [(_, entries)] = await redis.xreadgroup("extract", "w", {DocumentReceived.stream: ">"})
        await redis.xack(DocumentReceived.stream, "extract", *[entry for entry, _ in entries])
        assert (await asking).status_code == 202
