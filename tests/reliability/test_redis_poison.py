"""Messages that kill, block, or are none of ours: dead letters, and nobody stuck."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from communique.machine.ports import free_port
from shared.burying import ORIGINAL
from shared.events import DocumentReceived, RecordExtracted
from shared.janitor import remove_stale
from shared.pulse import EXIT_CODE
from shared.record import Record
from shared.streams import trim_acknowledged
from tests.reliability.workers import (
    DEAD,
    STREAM,
    at_rest,
    letters,
    publish,
    received,
    settings_for,
    until,
    until_true,
    working,
)

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def supervised(redis_url: str, module: str, **given: str) -> AsyncIterator[Supervised]:
    """Run a service as a process that is started again whenever it ends."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "COMMUNIQUE_REDIS_URL": redis_url,
        "COMMUNIQUE_WORKER": "w1",
        "COMMUNIQUE_CLAIM_AFTER": "0.5",
        "COMMUNIQUE_LOG_FORMAT": "json",
    } | {f"COMMUNIQUE_{name.upper()}": value for name, value in given.items()}
    process = Supervised(module, environment)
    keeping = asyncio.create_task(process.keep())
    try:
        yield process
    finally:
        keeping.cancel()
        process.end()


class Supervised:
    """One process at a time, and how those before it ended."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        self._module, self._environment = module, environment
        self.ends: list[int] = []
        self.said = ""
        self.running: subprocess.Popen[str] | None = None

    async def keep(self) -> None:
        while True:
            self.running = self._start()
            _, said = await asyncio.to_thread(self.running.communicate)
            self.said += said
            self.ends.append(self.running.returncode)

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", self._module],
            env=self._environment | {"COMMUNIQUE_PORT": str(free_port())},
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self) -> None:
        assert self.running is not None
        self.running.kill()
        self.running.wait()


async def names(redis: Redis, key: str) -> list[str]:
    """Return what the misbehaving service has noted."""
    found = await cast("Awaitable[list[Any]]", redis.lrange(key, 0, -1))
    return [name.decode() for name in found]


async def test_a_message_that_kills_its_worker_is_dead_and_no_other(
    redis_url: str, redis: Redis
) -> None:
    """The count is looked at before the handler; what was in hand beside it lives."""
    await publish(redis_url, received(1, "a"), received(2, "kill"), received(3, "b"))
    misbehaving = "tests.reliability.misbehaving"
    async with supervised(redis_url, misbehaving, max_attempts="3", max_deaths="3") as process:
        await until(lambda: letters(redis), within=60)
        await until(lambda: at_rest(redis))
    [letter] = await letters(redis)
    assert b"it may kill its worker" in letter[b"reason"]
    assert process.ends[:3] == [-signal.SIGKILL] * 3
    assert (await names(redis, "begun")).count("kill") == 3
    assert set(await names(redis, "handled")) == {"a", "b"}


@pytest.mark.parametrize(("harm", "code"), [("block", EXIT_CODE), ("spin", -signal.SIGPROF)])
async def test_a_handler_that_blocks_the_loop_ends_the_process(
    redis_url: str, redis: Redis, harm: str, code: int
) -> None:
    """A thread sees a loop that waits, the system one that holds the interpreter."""
    await publish(redis_url, received(1, harm))
    misbehaving = "tests.reliability.misbehaving"
    async with supervised(redis_url, misbehaving, handle_within="0.5") as process:
        await until_true(lambda: process.ends, within=60)
        assert process.ends[0] == code
        assert "service.blocked" in process.said or "most recent call first" in process.said
        assert (await redis.xpending(STREAM, "extract"))["pending"] == 1  # its count decides


async def test_a_paused_process_is_not_taken_for_a_blocked_one(
    redis_url: str, redis: Redis
) -> None:
    """SIGSTOP in the midst of work, for longer than every limit, then SIGCONT: it goes on."""
    given = {"handle_within": "1.5", "claim_after": "10"}
    async with supervised(redis_url, "tests.reliability.misbehaving", **given) as process:
        await publish(redis_url, received(1, "before"))
        await until(lambda: _has(redis, "before"), within=60)
        await publish(redis_url, received(2, "work"))
        await until(lambda: _has(redis, "work", "begun"))
        assert process.running is not None
        process.running.send_signal(signal.SIGSTOP)
        await asyncio.sleep(4)
        process.running.send_signal(signal.SIGCONT)
        await publish(redis_url, received(3, "after"))
        await until(lambda: _has(redis, "after"))
        assert process.ends == []


async def _has(redis: Redis, name: str, key: str = "handled") -> bool:
    return name in await names(redis, key)


HEADER = b"\x89BIN\x0d\x0a\x1a\x0a"
FOREIGN: dict[str, dict[bytes, bytes]] = {
    "not JSON": {b"__data__": b"\x00\xff\x00"},
    "JSON of another kind": {b"__data__": b'{"a": [1, 2]}'},
    "a version of the envelope to come": {b"__data__": HEADER + b"\x00\x09" + b"\x00" * 30},
    "a header cut off": {b"__data__": HEADER + b"\x00\x01\x00\x00"},
    "headers without end": {b"__data__": HEADER + b"\0\1" + b"\0\0\0\x12" * 2 + b"\xff" * 9},
    "headers that are no mapping": {b"__data__": b'{"data": "x", "headers": 5}'},
    "no field of ours": {b"event": b"hello", b"n": b"1"},
    "fields named as a letter's": {b"stream": b"theirs", b"reason": b"why", b"__data__": b"x"},
}


@pytest.mark.parametrize("what", FOREIGN)
async def test_what_is_none_of_ours_is_kept_whole_among_the_dead(
    redis_url: str, redis: Redis, what: str
) -> None:
    """Every field as it was, byte for byte; and what comes behind it is handled."""
    seen: list[str] = []

    async def handle(event: DocumentReceived) -> None:
        seen.append(event.document.name)

    settings = settings_for(redis_url, claim_after=0.1, max_attempts=2)
    async with working(settings, handle):
        await redis.xadd(STREAM, cast("Any", FOREIGN[what]))
        await publish(redis_url, received(1, "behind"))
        await until_true(lambda: seen == ["behind"])
        await until(lambda: redis.xlen(DEAD))
    [letter] = await letters(redis)
    for name, value in FOREIGN[what].items():
        assert letter.get(ORIGINAL + name, letter.get(name)) == value


async def test_a_message_of_a_later_version_is_refused_with_the_reason(
    redis_url: str, redis: Redis
) -> None:
    """A required field that v1 does not know of, or one of v1 that is gone."""

    async def handle(event: DocumentReceived) -> None:
        raise AssertionError

    event = received(1).model_dump_json().replace('"text":', '"body":')
    async with working(settings_for(redis_url), handle):
        await redis.xadd(STREAM, {"__data__": event})
        await until(lambda: redis.xlen(DEAD))
    assert (await letters(redis))[0][b"reason"].startswith(b"not the event expected here")


async def test_an_event_of_another_class_is_refused_with_the_reason(
    redis_url: str, redis: Redis
) -> None:
    """Somebody published it on the wrong stream: it is no received document, and says so."""
    seen: list[str] = []

    async def handle(event: DocumentReceived) -> None:
        seen.append(event.document.name)

    now = datetime.now(UTC)
    record = Record.model_construct(document=received(1).document, kind="unrelated")
    other = RecordExtracted.model_construct(document_id="a" * 64, occurred_at=now, record=record)
    async with working(settings_for(redis_url), handle):
        await redis.xadd(STREAM, {"__data__": other.model_dump_json(warnings=False)})
        await publish(redis_url, received(2, "behind"))
        await until(lambda: redis.xlen(DEAD))
        await until_true(lambda: seen == ["behind"])
    [letter] = await letters(redis)
    assert letter[b"reason"].startswith(b"not the event expected here: document")
    assert letter[b"attempts"] == b"1"


async def test_a_stream_of_a_version_to_come_is_left_to_whoever_reads_it(
    redis_url: str, redis: Redis
) -> None:
    """During an upgrade both versions are there: the old worker goes on and touches nothing."""
    seen: list[str] = []

    async def handle(event: DocumentReceived) -> None:
        seen.append(event.document.name)

    to_come = f"{STREAM.rpartition('.v')[0]}.v2"
    async with working(settings_for(redis_url), handle):
        await redis.xadd(to_come, {"__data__": b"of another kind"})
        await publish(redis_url, received(1, "ours"))
        await until(lambda: at_rest(redis))
        await trim_acknowledged(redis)
        await remove_stale(redis, after=0)
    assert seen == ["ours"]
    assert await redis.xlen(to_come) == 1
    assert await redis.xinfo_groups(to_come) == []
    assert not await redis.exists(DEAD, f"{to_come}.dead")
