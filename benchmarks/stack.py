"""The system as a user starts it, with a folder, a subscriber and a look at its streams."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
from aiohttp import web
from redis.asyncio import Redis
from redis.exceptions import RedisError

from communique.machine.plan import DEFAULT_PORTS
from communique.machine.ports import free_port

EVENTS = [
    "statement.published",
    "meeting.updated",
    "meeting.announced",
    "source.added",
    "meetings.merged",
    "meeting.closed",
]
_STORED = "records.stored.v1"
_DOCUMENT = re.compile(rb'"document_id":"([0-9a-f]{64})"')
_OUTCOME = re.compile(rb'"outcome":"([a-z.]+)"')
_ALERTED = re.compile(rb'"document": ?\{"id": ?"([0-9a-f]{64})"')
_START_WITHIN = 30.0  # seconds


@dataclass
class Stack:
    """A running `communique up`: when each document was stored and when its alert arrived."""

    folder: Path
    run: dict[str, Any]
    redis: Redis
    receiver: str = ""
    stored_at: dict[str, float] = field(default_factory=dict)
    alerted_at: dict[str, float] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)

    @property
    def inbox(self) -> Path:
        """Return the watched folder."""
        return self.folder / "inbox"

    def processes(self) -> list[psutil.Process]:
        """Return the services and Redis, as children of the launcher."""
        return psutil.Process(self.run["pid"]).children(recursive=True)

    @asynccontextmanager
    async def subscribed(self) -> AsyncIterator[None]:
        """Have every outcome alert the receiver meanwhile."""
        path = f"{self.run['notify_url']}/api/subscriptions"
        async with httpx.AsyncClient() as client:
            made = await client.post(path, json={"url": self.receiver, "events": EVENTS})
            yield
            gone = await client.delete(f"{path}/{made.raise_for_status().json()['id']}")
            gone.raise_for_status()

    def drop(self, documents: Iterable[tuple[str, str]]) -> tuple[list[str], float]:
        """Put documents into the inbox by rename; return their ids and the clock at the start."""
        staging = self.folder / "staging"
        staging.mkdir(exist_ok=True)
        ids, ready = [], []
        for name, text in documents:
            data = text.encode()
            (staging / name).write_bytes(data)
            ready.append(name)
            ids.append(hashlib.sha256(data).hexdigest())
        started = time.perf_counter()
        for name in ready:
            (staging / name).rename(self.inbox / name)
        return ids, started

    async def until(self, ids: list[str], reached: dict[str, float], within: float) -> None:
        """Wait until all of `ids` are in `reached`; raises TimeoutError."""
        async with asyncio.timeout(within):
            for document_id in ids:
                while document_id not in reached:
                    await asyncio.sleep(0.02)

    async def follow(self) -> None:
        """Note the time at which each document's RecordStored appears on its stream."""
        last = "$"
        while True:
            for _, entries in await self.redis.xread({_STORED: last}, block=1000) or []:
                now = time.perf_counter()
                for entry, fields in entries:
                    last = entry
                    # Not parsed: the measure must leave the processors to what is measured.
                    body = fields[b"__data__"]
                    document_id = _first(_DOCUMENT, body)
                    self.stored_at.setdefault(document_id, now)
                    self.outcomes[document_id] = _first(_OUTCOME, body)

    async def receive(self, request: web.Request) -> web.Response:
        """Note the time at which an alert arrives."""
        now = time.perf_counter()
        body = await request.read()
        self.alerted_at.setdefault(_first(_ALERTED, body), now)
        return web.Response(status=204)


def _first(pattern: re.Pattern[bytes], body: bytes) -> str:
    found = pattern.search(body)
    if found is None:
        raise ValueError(f"no {pattern.pattern!r} in {body[:200]!r}")
    return found[1].decode()


@asynccontextmanager
async def running(
    prepare: Callable[[Path], None] | None = None, redis_url: str | None = None
) -> AsyncIterator[Stack]:
    """Start the system in a folder of its own, with a receiver of alerts; end it afterwards.

    `prepare` puts what it likes into that folder before; with `redis_url` the system takes that
    Redis instead of starting one.
    """
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as name:
        folder = Path(name)
        if prepare is not None:
            prepare(folder)
        process = _start(folder, redis_url)
        try:
            run = await _ready(process, folder)
            async with Redis.from_url(run["redis_url"]) as redis:
                stack = Stack(folder, run, redis)
                following = asyncio.create_task(stack.follow())
                try:
                    async with _receiver(stack) as url:
                        stack.receiver = url
                        yield stack
                finally:
                    following.cancel()
                    with suppress(asyncio.CancelledError, RedisError):
                        await following
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _start(folder: Path, redis_url: str | None) -> subprocess.Popen[bytes]:
    ports = [part for name in DEFAULT_PORTS for part in (f"--{name}-port", str(free_port()))]
    command = [sys.executable, "-m", "communique", "up", *ports]
    where = ["--inbox", str(folder / "inbox"), "--var", str(folder / "var")]
    told = os.environ | ({"COMMUNIQUE_REDIS_URL": redis_url} if redis_url else {})
    return subprocess.Popen([*command, *where], stdout=subprocess.DEVNULL, env=told)


async def _ready(process: subprocess.Popen[bytes], folder: Path) -> dict[str, Any]:
    deadline = time.monotonic() + _START_WITHIN
    async with httpx.AsyncClient() as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                run: dict[str, Any] = json.loads((folder / "var/run.json").read_text())
                urls = [
                    run[f"{service}_url"] for service in ("ingest", "extract", "store", "notify")
                ]
                answers = [await client.get(f"{url}/readyz") for url in urls]
            except (OSError, ValueError, httpx.HTTPError):
                await asyncio.sleep(0.1)
                continue
            if all(answer.status_code == 200 for answer in answers):
                return run
            await asyncio.sleep(0.1)
    raise RuntimeError("communique up did not start: see its lines above")


@asynccontextmanager
async def _receiver(stack: Stack) -> AsyncIterator[str]:
    app = web.Application(client_max_size=16 * 1024**2)
    app.router.add_post("/", stack.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()
