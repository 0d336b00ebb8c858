"""The system under test: `communique up` in a folder of its own, and what it keeps there."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psutil
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from communique.machine.plan import SERVICES
from communique.machine.ports import free_port
from shared.streams import GROUPS, dead_letters

ROOT = Path(__file__).parent.parent.parent
_START_WITHIN = 60.0  # seconds
_NURSERY = "communique.machine.nursery"


@dataclass
class UnderTest:
    """A running `communique up`. Its folder stays when it ends."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    run: dict[str, Any] = field(default_factory=dict)
    _known: dict[str, psutil.Process] = field(default_factory=dict)

    @property
    def inbox(self) -> Path:
        """The watched folder."""
        return self.folder / "inbox"

    async def start(self) -> None:
        """Start it on free ports, with the defaults of `communique up` otherwise."""
        process = self._launch()
        told = self.folder / "var/run.json"
        deadline = time.monotonic() + _START_WITHIN
        while not told.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"communique up did not start: see {self.folder / 'up.log'}")
            await asyncio.sleep(0.05)
        self.run = json.loads(told.read_text())

    def _launch(self) -> subprocess.Popen[bytes]:
        ports = [part for name in SERVICES for part in (f"--{name}-port", str(free_port()))]
        kept = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNIQUE_")}
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "up.log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "communique", "up", *ports],
                cwd=self.folder,
                env=kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the run alone, which ends this in order
            )
        return self.process

    def end(self) -> int:
        """End it in order; return its exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()  # what it launched dies with it
            self.process.wait()
            return -signal.SIGKILL

    def find(self, target: str) -> psutil.Process | None:
        """Return the living process of a service, of `redis` or of the `nursery`, if any."""
        known = self._known.get(target)
        if known is None or not _lives(known):
            self._known = self._look()
        return self._known.get(target)

    def _look(self) -> dict[str, psutil.Process]:
        assert self.process is not None
        found = {}
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.Error):
                if not _lives(child):
                    continue
                name = child.name()  # each service is shown under its name
                if "-server" in name:
                    found["redis"] = child
                elif name in SERVICES:
                    found[name] = child
                elif _NURSERY in child.cmdline():
                    found["nursery"] = child
        return found

    async def is_ready(self, target: str, http: aiohttp.ClientSession) -> bool:
        """Tell whether a service (of the `nursery`: all four) can do its work, or Redis answers."""
        if target == "redis":
            with suppress(RedisError, OSError):
                async with self.redis() as client:
                    return bool(await client.ping())
            return False
        names = SERVICES if target == "nursery" else (target,)
        for name in names:
            try:
                async with http.get(f"{self.run[f'{name}_url']}/readyz") as answer:
                    if answer.status != 200:
                        return False
            except (aiohttp.ClientError, OSError, TimeoutError):
                return False
        return True

    def redis(self) -> Redis:
        """Return a connection to its Redis; to be closed."""
        once = Retry(NoBackoff(), 0)  # of its own accord it would wait for seconds
        client: Redis = Redis.from_url(self.run["redis_url"], socket_timeout=3, retry=once)
        return client

    def rows(self, database: str, query: str) -> list[tuple[Any, ...]]:
        """Read from the database of `store` or `notify`."""
        path = self.folder / f"var/{database}.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(query).fetchall()

    def files(self, compartment: str = "") -> list[Path]:
        """Return the files of a compartment of the inbox, or those that wait in it."""
        # Walked by os.walk, to which folders that go while it looks are no error.
        ours = set() if compartment else {"done", "duplicate", "failed"}
        found = []
        top = self.inbox / compartment
        for folder, folders, names in os.walk(top):
            if Path(folder) == top:
                folders[:] = [f for f in folders if f not in ours and not f.startswith(".")]
            found += [Path(folder) / name for name in names]
        return found

    async def unread(self) -> dict[str, str]:
        """Return what the groups of each stream have not done, in words; empty if all is done."""
        found: dict[str, str] = {}
        async with self.redis() as client:
            for stream, groups in GROUPS.items():
                try:
                    info: dict[str, Any] = await client.xinfo_stream(stream)
                    told: list[dict[str, Any]] = await client.xinfo_groups(stream)
                except ResponseError as error:
                    found[stream] = str(error)
                    continue
                there = {group["name"].decode(): group for group in told}
                for name in groups:
                    if wrong := _undone(there.get(name), info["last-generated-id"]):
                        found[f"{stream} {name}"] = wrong
        return found

    async def dead(self) -> list[str]:
        """Return the dead letters, a line for each."""
        lines = []
        async with self.redis() as client:
            for stream in GROUPS:
                # redis-py's types allow for every protocol and decoding; ours is bytes
                letters: Any = await client.xrange(dead_letters(stream))
                for entry, letter in letters:
                    told = {
                        key.decode(): letter.get(key, b"").decode("utf-8", "replace")
                        for key in (b"stream", b"group", b"reason", b"attempts", b"died_at")
                    }
                    lines.append(f"{entry.decode()} {json.dumps(told)}")
        return lines

    def log_lines(self, words: list[str], most: int = 60) -> list[str]:
        """Return lines of the services' logs that hold one of the words."""
        found = []
        for path in sorted((self.folder / "var/log").glob("*.log*")):
            with path.open(encoding="utf-8", errors="replace") as file:
                found += [f"{path.stem}: {line.strip()}" for line in file if _holds(line, words)]
        return found[-most:]


def _undone(group: dict[str, Any] | None, last: bytes) -> str | None:
    if group is None:
        return "the group is missing"
    if group["pending"]:
        return f"{group['pending']} pending"
    if group["last-delivered-id"] != last:
        return f"read up to {group['last-delivered-id'].decode()} of {last.decode()}"
    return None


def _holds(line: str, words: list[str]) -> bool:
    return any(word in line for word in words)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
