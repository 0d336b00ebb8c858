"""The four services as real processes on one folder, forked from one that has loaded them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import socket
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import httpx
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from shared.streams import GROUPS
from tests.notify.receiver import Receiver
from tests.reliability.dying import Boundary, live

SERVICES = ("store", "extract", "notify", "ingest")
PATIENCE = 90.0  # seconds; a loaded machine may take its time
_forks = get_context("forkserver")
_forks.set_forkserver_preload([f"services.{name}.app" for name in SERVICES])


class System:
    """Starts, stops and asks the services; `environment` goes to all of them."""

    def __init__(self, folder: Path, redis_url: str, **environment: str) -> None:
        self.folder, self.redis_url = folder, redis_url
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        self.ports = {name: free_port() for name in SERVICES}
        self.processes: dict[str, ForkServerProcess] = {}
        self._environment = environment
        self._dropped = 0

    def start(
        self, service: str, boundary: Boundary | None = None, *, second: bool = False
    ) -> ForkServerProcess:
        """Start a service, which may be one that kills itself, or a `second` one beside it."""
        more = {"COMMUNIQUE_WORKER": "second", "COMMUNIQUE_PORT": str(free_port())}
        process = _forks.Process(
            target=live,
            args=(
                service,
                self._told(service) | (more if second else {}),
                self.log(service),
                boundary,
            ),
            daemon=True,
        )
        process.start()
        self.processes[f"second {service}" if second else service] = process
        return process

    async def ended(self, service: str, within: float = PATIENCE) -> int:
        """Wait until a service has ended; return its exit code, negative for a signal."""
        process = self.processes[service]
        ends = f"{service} ends"
        try:
            await until(lambda: _now(process.exitcode is not None), ends, within)
        except TimeoutError:
            raise TimeoutError(f"{service} does not end:\n{self.last_words(service)}") from None
        assert process.exitcode is not None
        return process.exitcode

    async def kill(self, service: str) -> None:
        """End a service at once, if it still lives."""
        self.processes[service].kill()
        await self.ended(service)

    def signal(self, service: str, number: signal.Signals) -> None:
        """Send a service a signal."""
        pid = self.processes[service].pid
        assert pid is not None
        os.kill(pid, number)

    async def stopped(self, service: str) -> None:
        """Wait until a service has stopped itself."""
        stat = Path(f"/proc/{self.processes[service].pid}/stat")

        def state() -> str:
            return stat.read_text("ascii").rpartition(")")[2].split()[0]

        await until(lambda: _now(state() == "T"), f"{service} stops")

    async def close(self) -> None:
        """End whatever still lives, stopped ones too."""
        for service in self.processes:
            await self.kill(service)

    def processor_time(self, service: str) -> float:
        """Return the seconds of a processor that a service has used."""
        stat = Path(f"/proc/{self.processes[service].pid}/stat").read_text("ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    async def pause(self, seconds: float) -> None:
        """Let time go by in which nothing ought to happen."""
        await asyncio.sleep(seconds)

    def last_words(self, service: str) -> str:
        """Return the end of what a service said."""
        return self.log(service).read_text("utf-8")[-3000:]

    def log(self, service: str) -> Path:
        """Return the file with what a service said."""
        return self.folder / f"{service}.log"

    async def get(self, service: str, path: str, **query: Any) -> httpx.Response:
        """Ask a service's API."""
        async with httpx.AsyncClient(base_url=self.url(service), timeout=10) as client:
            return await client.get(path, params=query)

    def url(self, service: str) -> str:
        """Return the address of a service's API."""
        return f"http://127.0.0.1:{self.ports[service]}"

    async def answers(self, *services: str) -> None:
        """Wait until services answer."""

        async def answers() -> bool:
            try:
                for name in services:
                    assert self.processes[name].exitcode is None, self.last_words(name)
                    await self.get(name, "/healthz")
            except httpx.TransportError:
                return False
            return True

        await until(answers, f"{services} answer")

    async def subscribe(self, url: str) -> None:
        """Subscribe to published statements."""
        async with httpx.AsyncClient(base_url=self.url("notify"), timeout=10) as client:
            answer = await client.post("/api/subscriptions", json={"url": url})
        assert answer.status_code == 201, answer.text

    def drop(self, count: int = 1) -> list[str]:
        """Drop statements about meetings of their own; return the documents' ids."""
        ids = []
        for _ in range(count):
            data = statement(self._dropped).encode()
            path = self.inbox / f"{self._dropped:04}.txt"
            part = path.with_suffix(".part")
            part.write_bytes(data)
            part.rename(path)
            self._dropped += 1
            ids.append(hashlib.sha256(data).hexdigest())
        return ids

    async def alerted(self, documents: Iterable[str], receiver: Receiver, requests: int) -> None:
        """Wait until a receiver has so many requests about some of the documents."""
        wanted = set(documents)

        async def came() -> bool:
            return self.requests_about(wanted, receiver) >= requests

        await until(came, f"{requests} requests come")

    def requests_about(self, documents: Iterable[str], receiver: Receiver) -> int:
        """Return how many requests a receiver saw about some documents."""
        wanted = set(documents)
        about = [json.loads(r.body)["data"]["document"]["id"] for r in receiver.requests]
        return sum(one in wanted for one in about)

    async def settled(self, documents: Iterable[str], receiver: Receiver) -> None:
        """Wait until all is as promised; fail, with what is not, if that never comes to be."""
        wanted = set(documents)

        async def is_settled() -> bool:
            return not await self.open_ends(wanted, receiver)

        try:
            await until(is_settled, "all ends")
        except TimeoutError:
            raise AssertionError(await self.open_ends(wanted, receiver)) from None
        await asyncio.sleep(1.0)  # for what would come twice
        assert not await self.open_ends(wanted, receiver)

    async def open_ends(self, wanted: set[str], receiver: Receiver) -> dict[str, Any]:
        """Return what is not yet, or never will be, as promised; nothing when all is well."""
        found = {
            "undone": len(wanted) - len(self.files("done")),
            "in hand": self.files(".processing") + self.files("failed"),
            "not stored once": await self._not_stored(wanted),
            "pending": await self._pending(),
            "not alerted once": _not_alerted_once(wanted, receiver),
        }
        return {what: value for what, value in found.items() if value}

    def files(self, shelf: str) -> list[str]:
        """Return the names of the files on a shelf of the inbox."""
        return [name for _, _, names in os.walk(self.inbox / shelf) for name in names]

    async def _not_stored(self, wanted: set[str]) -> Any:
        stored: list[str] = []
        after: dict[str, str] = {}
        while True:
            try:
                page = (await self.get("store", "/api/documents", limit=100, **after)).json()
            except httpx.TransportError as error:
                return repr(error)
            if "items" not in page:
                return page
            stored += [item["id"] for item in page["items"] if item["meeting_id"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        return sorted(wanted ^ set(stored)) or len(stored) - len(wanted)

    async def _pending(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        async with Redis.from_url(self.redis_url) as redis:
            for stream, groups in GROUPS.items():
                if await redis.exists(f"{stream}.dead"):
                    found[f"{stream}.dead"] = await redis.xrange(f"{stream}.dead")
                for group in groups:
                    if left := await _left(redis, stream, group):
                        found[f"{stream} {group}"] = left
        return found

    def _told(self, service: str) -> dict[str, str]:
        url = self._environment.get(f"{service}_database", f"sqlite:///{self.folder}/{service}.db")
        return {
            "PATH": os.environ["PATH"],
            "COMMUNIQUE_REDIS_URL": self.redis_url,
            "COMMUNIQUE_DATABASE_URL": url,
            "COMMUNIQUE_PORT": str(self.ports[service]),
            "COMMUNIQUE_INBOX": str(self.inbox),
            "COMMUNIQUE_STATE": str(self.folder / "state"),
            "COMMUNIQUE_WORKER": "test",
            "COMMUNIQUE_CLAIM_AFTER": "0.5",
            "COMMUNIQUE_MAX_ATTEMPTS": "50",  # who dies again and again is what is tested
            "COMMUNIQUE_RESCAN_EVERY": "0.3",
            "COMMUNIQUE_REPUBLISH_AFTER": "10",
            "COMMUNIQUE_SECRET_KEY": "a key that is one for all notifies",  # PostgreSQL wants it
            "COMMUNIQUE_WEBHOOK_ALLOW": "127.0.0.0/8",
            "COMMUNIQUE_WEBHOOK_TIMEOUT": "0.5",
            "COMMUNIQUE_LOG_FORMAT": "json",
            **{key: value for key, value in self._environment.items() if key.isupper()},
        }


async def until(
    condition: Callable[[], Awaitable[bool]], what: str, within: float = PATIENCE
) -> None:
    """Wait until a condition holds; TimeoutError names `what` was waited for."""
    try:
        async with asyncio.timeout(within):
            while not await condition():
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise TimeoutError(f"waited {within:g} s in vain until {what}") from None


def statement(number: int) -> str:
    """Return a statement about a meeting that no other number is about."""
    day = date(1990, 1, 1) + timedelta(days=10 * number)
    return (
        f"Rome, {day.day} {day:%B %Y} - The foreign ministers of the Global Coalition to Defeat "
        "ISIS met today in Rome and issued a final communique.\n"
        "They reaffirmed their determination to strengthen cooperation.\n"
    )


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _now(value: bool) -> bool:
    return value


async def _left(redis: Redis, stream: str, group: str) -> Any:
    try:
        groups = {g["name"].decode(): g for g in await redis.xinfo_groups(stream)}
    except ResponseError as error:
        return str(error)
    if group not in groups:
        return "no group"
    after = groups[group]["last-delivered-id"].decode()
    unread = await redis.xrange(stream, f"({after}", "+", count=5)
    return groups[group]["pending"] or len(unread)


def _not_alerted_once(wanted: set[str], receiver: Receiver) -> dict[str, Any]:
    """Return the documents whose statement was not told under exactly one webhook-id."""
    ids: dict[str, set[str]] = defaultdict(set)
    for request in receiver.requests:
        document = json.loads(request.body)["data"]["document"]["id"]
        ids[document].add(request.headers["webhook-id"])
    return {one: sorted(ids[one]) for one in wanted | ids.keys() if len(ids[one]) != 1}
