"""The four services in one process, as separate as in production: real Redis, folder, databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from communique.alerts.listen import Alert, Listener
from services.extract.app import build as build_extract
from services.extract.settings import Settings as ExtractSettings
from services.ingest.app import build as build_ingest
from services.ingest.settings import Settings as IngestSettings
from services.notify.app import build as build_notify
from services.notify.settings import Settings as NotifySettings
from services.store.app import build as build_store
from services.store.settings import Settings as StoreSettings
from shared.settings import load_settings

HOST = "http://127.0.0.1"
QUIET = 1.5  # seconds without news after which none is expected any more


@dataclass
class Pipeline:
    """What a user has: a folder, the APIs, and a receiver of alerts."""

    folder: Path
    redis_url: str
    databases: dict[str, str]
    listener: Listener
    coalitions: Path | None = None
    apps: dict[str, FastAPI] = field(default_factory=dict)
    running: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    async def start(self, *names: str, workers: int = 1) -> None:
        """Start services (all without a name), each as often as `workers` says."""
        for name in names or ("store", "notify", "extract", "ingest"):
            for number in range(workers if name in {"extract", "store"} else 1):
                app = self._build(name, f"{name}-{number}")
                await self.running.enter_async_context(app.router.lifespan_context(app))
                self.apps[name] = app

    async def stop(self) -> None:
        """End all services gracefully; folder, Redis and databases stay."""
        await self.running.aclose()
        self.running = AsyncExitStack()

    async def drop(self, content: str | bytes, as_name: str) -> None:
        """Put a whole file into the inbox, as a careful program does."""
        self.inbox.mkdir(exist_ok=True)
        half = self.inbox / f".{as_name}.part"
        half.write_bytes(content.encode() if isinstance(content, str) else content)
        half.rename(self.inbox / as_name)

    async def call(self, service: str, method: str, path: str, **options: Any) -> httpx.Response:
        """Ask a service's API."""
        transport = httpx.ASGITransport(app=self.apps[service])
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, path, **options)

    async def items(self, what: str) -> list[dict[str, Any]]:
        """Return all meetings or documents that the store shows."""
        answer = await self.call("store", "GET", f"/api/{what}", params={"limit": 200})
        return list(answer.json()["items"])

    async def subscribe(self, *events: str) -> dict[str, Any]:
        """Subscribe the receiver to events, by default to published statements."""
        wanted = {"url": self.listener.url, **({"events": list(events)} if events else {})}
        answer = await self.call("notify", "POST", "/api/subscriptions", json=wanted)
        assert answer.status_code == 201, answer.text
        self.listener.trust(answer.json()["secret"])
        return dict(answer.json())

    async def alerts(self, at_least: int = 0, within: float = 20.0) -> list[Alert]:
        """Return the alerts that come until there are `at_least` so many and then silence."""
        came: list[Alert] = []
        while True:
            patience = within if len(came) < at_least else QUIET
            try:
                came.append(await asyncio.wait_for(self.listener.alerts.get(), patience))
            except TimeoutError:
                return came

    async def stored(self, count: int, within: float = 30.0) -> list[dict[str, Any]]:
        """Wait until the store shows `count` documents and ingest has finished them all."""

        async def settled() -> bool:
            return len(await self.items("documents")) >= count and not self.in_hand()

        await until(settled, within)
        return await self.items("documents")

    def in_hand(self) -> list[Path]:
        """Return the files that are neither done nor refused."""
        waiting = [path for path in self.inbox.glob("*") if path.is_file()]
        return waiting + [p for p in self.inbox.glob(".processing/*/*") if p.is_file()]

    def files(self, shelf: str) -> set[str]:
        """Return the names of the files on a shelf of the inbox: done, duplicate or failed."""
        return {path.name for path in (self.inbox / shelf).rglob("*") if path.is_file()}

    def _build(self, name: str, worker: str) -> FastAPI:
        common: dict[str, Any] = {
            "redis_url": self.redis_url,
            "worker": worker,
            "claim_after": 5.0,
            "log_level": "error",
        }
        match name:
            case "ingest":
                paths = {"inbox": self.inbox, "state": self.folder / "state"}
                quick = {"republish_after": 10.0, "rescan_every": 0.2}
                return build_ingest(load_settings(IngestSettings, **common, **paths, **quick))
            case "extract":
                own = {"coalitions": self.coalitions} if self.coalitions else {}
                return build_extract(load_settings(ExtractSettings, **common, **own))
            case "store":
                url = self.databases["store"]
                return build_store(load_settings(StoreSettings, **common, database_url=url))
            case _:
                url = self.databases["notify"]
                given = {"database_url": url, "webhook_allow": ("127.0.0.0/8",)}
                return build_notify(load_settings(NotifySettings, **common, **given))


@asynccontextmanager
async def pipeline_at(
    folder: Path, redis_url: str, databases: dict[str, str] | None = None
) -> AsyncIterator[Pipeline]:
    """Prepare a pipeline whose services are not yet started; all ends with it."""
    urls = databases or {
        name: f"sqlite+aiosqlite:///{folder}/{name}.db" for name in ("store", "notify")
    }
    async with Listener() as listener:
        pipeline = Pipeline(folder, redis_url, urls, listener)
        try:
            yield pipeline
        finally:
            await pipeline.stop()


async def until(condition: Callable[[], Awaitable[bool]], within: float = 30.0) -> None:
    """Wait until the condition holds; raises TimeoutError."""
    async with asyncio.timeout(within):
        while not await condition():
            await asyncio.sleep(0.05)
