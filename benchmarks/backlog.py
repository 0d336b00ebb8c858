"""What a backlog costs: the memory of every process, with 1,000 documents waiting and with 100,000.

    python -m benchmarks.backlog [--documents 100000] [--seconds 20] [--write]

Each system is started twice: with all documents as files in the inbox, and with as many files and
as many messages on each of the three streams, which are real events and ready before any service
starts. Nothing waits for them to be worked off: for some seconds all services work on them with a
subscriber who wants everything, and the most that each process ever held in memory is read.
`--write` remakes the table in docs/reliability.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from benchmarks.pipeline import SERVICES, peak_megabytes
from benchmarks.report import RELIABILITY, Row, machine, show, write_section
from benchmarks.stack import Stack, running
from benchmarks.waiting import Waiting
from communique.machine.redis_server import RedisServer
from shared.settings import ServiceSettings
from shared.streams import GROUPS

_FEW = 1_000
_BAR = 1.3  # times the memory that a hundredth of the backlog takes
_LOOK_EVERY = 1.0  # seconds
_MAX_LAG = ServiceSettings.model_fields["max_lag"].default


@dataclass(slots=True)
class Seen:
    """The most that was seen of a system: megabytes by process, messages, files, and a pause."""

    memory: dict[str, float] = field(default_factory=dict)
    messages: int = 0  # on one stream: what its readers are done with is cut off
    waiting: int = 0  # files in the inbox
    held: int = 0  # files in `.processing/`
    paused: bool = False

    def over(self, other: Seen) -> Seen:
        """Return the most of both."""
        names = self.memory | other.memory
        return Seen(
            {n: max(self.memory.get(n, 0.0), other.memory.get(n, 0.0)) for n in names},
            max(self.messages, other.messages),
            max(self.waiting, other.waiting),
            max(self.held, other.held),
            self.paused or other.paused,
        )


async def watched(ready: Waiting, count: int, seconds: float, *, streams: bool) -> Seen:
    """Start a system on a backlog and look at it for some seconds."""
    with tempfile.TemporaryDirectory(prefix="communique-backlog-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            if streams:
                await ready.publish(server.url, count)
            async with running(lambda where: ready.drop(where / "inbox", count), server.url) as up:
                seen = await _look(up, _process(server), seconds)
                print(f"{count:,} files{' and messages' if streams else ''}: {seen}", flush=True)
                return seen  # before all is cleared away, which takes longer
        finally:
            server.stop()


async def _look(stack: Stack, redis: psutil.Process, seconds: float) -> Seen:
    seen, until = Seen(), time.monotonic() + seconds
    async with stack.subscribed(), httpx.AsyncClient(timeout=10) as client:
        while time.monotonic() < until:
            seen = seen.over(await _sample(stack, redis, client))
            await asyncio.sleep(_LOOK_EVERY)
    return seen


async def _sample(stack: Stack, redis: psutil.Process, client: httpx.AsyncClient) -> Seen:
    told = (await client.get(f"{stack.run['ingest_url']}/readyz")).json()
    return Seen(
        {child.name(): peak_megabytes(child) for child in (*stack.processes(), redis)},
        max([await stack.redis.xlen(stream) for stream in GROUPS]),
        await asyncio.to_thread(_files, stack.inbox),
        len(os.listdir(stack.inbox / ".processing")),  # noqa: PTH208  only how many
        "publishing waits" in told["parts"]["inbox"]["why"],
    )


def _files(inbox: Path) -> int:
    with os.scandir(inbox) as entries:
        return sum(entry.is_file() for entry in entries)


def _process(server: RedisServer) -> psutil.Process:
    if server.process is None:
        raise RuntimeError("Redis has ended")
    return psutil.Process(server.process.pid)


async def measure(count: int, seconds: float) -> list[Row]:
    """Measure a small and a large backlog, each as files and as files and messages."""
    ready, most = await Waiting.made(), {_FEW: Seen(), count: Seen()}
    for number in most:
        for streams in (False, True):
            seen = await watched(ready, number, seconds, streams=streams)
            most[number] = most[number].over(seen)
    before, after = most[_FEW], most[count]
    rows = [_memory(name, before, after) for name in SERVICES]
    rows.append(_memory("redis-server", before, after, " (holds the messages)"))
    return [
        *rows,
        Row("files waiting, at most", f"{before.waiting:,} → {after.waiting:,}"),
        Row("files held in `.processing/`, at most", f"{before.held:,} → {after.held:,}"),
        Row("messages on a stream, at most", f"{before.messages:,} → {after.messages:,}"),
        Row(
            f"publishing paused beyond `max_lag` ({_MAX_LAG:,})",
            f"{_said(before.paused)} → {_said(after.paused)}",
            "no → yes",
            (before.paused, after.paused) == (False, count > _MAX_LAG),
        ),
    ]


def _memory(name: str, before: Seen, after: Seen, why: str = "") -> Row:
    then, now = before.memory[name], after.memory[name]
    value = f"{then:.0f} → {now:.0f} MB, ratio {now / then:.2f}"
    if why:
        return Row(f"peak memory of {name}{why}", value)
    return Row(f"peak memory of {name}", value, f"ratio {_BAR}", now / then <= _BAR)


def _said(paused: bool) -> str:
    return "yes" if paused else "no"


def main() -> None:
    """Measure, print the table, and write it into docs/reliability.md if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = asyncio.run(measure(options.documents, options.seconds))
    show("A backlog", rows)
    if options.write:
        cells = [(row.what, row.value, row.bar) for row in rows]
        head = ("figure", f"with {_FEW:,} → with {options.documents:,}", "bar")
        write_section("backlog", machine(), head, cells, page=RELIABILITY)


if __name__ == "__main__":
    main()
