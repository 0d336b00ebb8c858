"""Whatever happens to Redis, subscribers go on by themselves, in no hot loop, and say why."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis as SyncRedis
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, ResponseError
from redis.exceptions import ConnectionError as RedisConnectionError
from structlog.testing import capture_logs

from communique.machine.redis_server import RedisServer
from shared import delivery
from shared.broker import ServiceBroker
from shared.delivery import announce, make_broker, subscribe
from shared.events import DocumentReceived, RecordExtracted
from shared.record import Record
from shared.streams import create_groups
from tests.reliability.workers import (
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

CALM = 40  # commands or log lines a second; a hot loop makes thousands


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of this test's own, to be harmed."""
    server = RedisServer(tmp_path / "redis", appendonly=False)
    server.start()
    yield server
    server.stop()


class Seen(list[str]):
    """The names of the documents that a handler had."""

    async def handle(self, event: DocumentReceived) -> None:
        self.append(event.document.name)


@asynccontextmanager
async def client_of(server: RedisServer) -> AsyncIterator[Redis]:
    """A client that fails at once."""
    async with Redis.from_url(server.url, retry=Retry(NoBackoff(), 0)) as client:
        yield client


async def commands_a_second(redis: Redis, seconds: float = 2.0) -> float:
    """Return how many commands Redis is given, without our own."""
    before = (await redis.info("stats"))["total_commands_processed"]
    await asyncio.sleep(seconds)
    after = (await redis.info("stats"))["total_commands_processed"]
    return float(after - before - 1) / seconds


async def goes_on(server: RedisServer, seen: Seen, name: str, within: float = 15.0) -> None:
    """A document that is published now is handled soon."""
    await publish(server.url, received(len(seen) + 100, name))
    await until_true(lambda: name in seen, within)


async def test_a_redis_that_is_back_empty_is_read_again(server: RedisServer) -> None:
    """Killed and started without its data: groups come back, at their beginning."""
    seen = Seen()
    async with working(settings_for(server.url), seen.handle) as broker:
        await goes_on(server, seen, "before")
        assert server.process is not None
        server.process.kill()
        server.process.wait()
        server.start()
        await goes_on(server, seen, "after")
        await until_true(lambda: not broker.troubles())


async def test_a_redis_that_is_gone_for_long_is_waited_for_quietly(server: RedisServer) -> None:
    """A few lines say that it is away; when it is back all goes on within seconds."""
    seen = Seen()
    async with working(settings_for(server.url), seen.handle) as broker:
        await goes_on(server, seen, "before")
        server.stop()
        with capture_logs() as lines:
            await until_true(lambda: broker.troubles())
            await asyncio.sleep(4.0)
        assert len(lines) < CALM
        server.start()
        await goes_on(server, seen, "after")


def cannot_save(redis: SyncRedis) -> None:
    """Have Redis refuse every write, as it does when it could not save itself."""
    folder = redis.config_get("dir")["dir"]
    shutil.rmtree(folder)  # it lives on in it, and can make no file there
    redis.config_set("save", "3600 1")
    redis.bgsave()
    deadline = time.monotonic() + 10
    while redis.info("persistence")["rdb_last_bgsave_status"] == "ok":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    with pytest.raises(ResponseError, match="MISCONF"):
        redis.set("any", "thing")


REFUSALS: dict[str, tuple[Callable[[SyncRedis], object], Callable[[SyncRedis], object]]] = {
    "READONLY": (
        lambda redis: redis.execute_command("REPLICAOF", "127.0.0.1", "1"),
        lambda redis: redis.execute_command("REPLICAOF", "NO", "ONE"),
    ),
    "WRONGTYPE": (
        lambda redis: (redis.delete(STREAM), redis.set(STREAM, "no stream")),
        lambda redis: redis.delete(STREAM),
    ),
    "MISCONF": (
        lambda redis: cannot_save(redis),
        lambda redis: redis.config_set("save", ""),
    ),
    "NOGROUP": (
        lambda redis: redis.delete(STREAM),
        lambda redis: None,
    ),
    "FLUSHALL": (
        lambda redis: redis.flushall(),
        lambda redis: None,
    ),
    "XGROUP DESTROY": (
        lambda redis: redis.xgroup_destroy(STREAM, "extract"),
        lambda redis: None,
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_redis_that_refuses_is_asked_calmly_until_it_does_not(
    server: RedisServer, refusal: str
) -> None:
    """No hot loop, few lines in the log; and subscribers go on without a restart."""
    harm, mend = REFUSALS[refusal]
    seen = Seen()
    async with working(settings_for(server.url), seen.handle) as broker, client_of(server) as redis:
        await goes_on(server, seen, "before")
        with SyncRedis.from_url(server.url) as by_hand, capture_logs() as lines:
            harm(by_hand)
            assert await commands_a_second(redis) < CALM
            lasting = refusal in ("READONLY", "WRONGTYPE", "MISCONF")
            assert bool(broker.troubles()) == lasting
            mend(by_hand)
        assert len(lines) < CALM
        await goes_on(server, seen, "after")
        await until_true(lambda: not broker.troubles())


async def test_a_full_redis_kills_no_message(server: RedisServer) -> None:
    """What cannot be announced waits; with room again everything is announced, once each."""
    settings = settings_for(server.url, max_attempts=2, claim_after=5)
    tried = Seen()

    async def extract(event: DocumentReceived) -> RecordExtracted:
        await tried.handle(event)
        record = Record.model_construct(document=event.document, kind="unrelated")
        return RecordExtracted.model_construct(
            document_id=event.document_id, occurred_at=datetime.now(UTC), record=record
        )

    broker = make_broker(settings)
    subscribe(broker, settings, extract, to=DocumentReceived, announces=RecordExtracted, at_once=4)
    async with client_of(server) as redis:
        await create_groups(redis, "extract")
        await publish(server.url, *(received(number) for number in range(12)))
        await redis.config_set("maxmemory-policy", "noeviction")
        await redis.config_set("maxmemory", "1")
        await broker.start()
        await until_true(lambda: "publishing" in broker.troubles())
        assert "OutOfMemory" in broker.troubles()["publishing"]
        assert await commands_a_second(redis, 3.0) < CALM
        await redis.config_set("maxmemory", "0")
        await until(lambda: at_rest(redis))
        assert await redis.xlen(RecordExtracted.stream) == 12
        assert await letters(redis) == []
        assert broker.troubles() == {}
    await broker.stop()


# One SET at a time in its file: between them it looks who is asking.
_BALLAST = "for i = 1, 1000 do redis.call('SET', 'ballast:' .. ARGV[1] .. ':' .. i, 'x') end"


class SlowToLoad(RedisServer):
    """A Redis that takes a second or so to read its file."""

    def _command(self) -> list[str]:
        return [*super()._command(), "--key-load-delay", "20"]  # microseconds a command


async def answers_loading(redis: Redis) -> bool:
    """Tell whether Redis says LOADING; False while it does not listen yet."""
    try:
        await redis.ping()
    except BusyLoadingError:
        return True
    except RedisConnectionError:
        return False
    raise AssertionError("it was quicker than we were")


async def test_a_redis_that_still_loads_its_file_is_waited_for(tmp_path: Path) -> None:
    """LOADING is said for as long as it lasts, and then all goes on."""
    server = SlowToLoad(tmp_path / "redis", appendonly=True)
    server.start()
    seen = Seen()
    async with working(settings_for(server.url), seen.handle), client_of(server) as redis:
        await goes_on(server, seen, "before")
        for number in range(12):
            await redis.eval(_BALLAST, 0, number)
        server.stop()
        server.launch()
        await until(lambda: answers_loading(redis))
        server.wait_until_ready()
        await goes_on(server, seen, "after")
    server.stop()


async def test_who_needs_a_connection_when_all_are_in_use_waits_for_one(
    redis_url: str, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With fewer connections than handlers nothing fails, and nothing is done twice."""
    monkeypatch.setattr(delivery, "_CONNECTIONS", 4)
    seen = Seen()
    brokers: list[ServiceBroker] = []

    async def handle(event: DocumentReceived) -> None:
        await brokers[0].redis.blpop("nothing", timeout=0.05)
        await seen.handle(event)

    await publish(redis_url, *(received(number) for number in range(40)))
    async with working(settings_for(redis_url, claim_after=5), handle, at_once=16) as broker:
        brokers.append(broker)
        await until(lambda: at_rest(redis))
    assert len(seen) == len(set(seen)) == 40


async def test_health_names_what_keeps_a_worker_from_its_messages(server: RedisServer) -> None:
    """`/readyz` says in words what Redis answers."""
    from shared.condition import subscribers_part

    seen = Seen()
    async with working(settings_for(server.url), seen.handle) as broker:
        assert (await subscribers_part(broker).check()).status == "ok"
        with SyncRedis.from_url(server.url) as by_hand:
            by_hand.execute_command("REPLICAOF", "127.0.0.1", "1")
        await until_true(lambda: "read only" in broker.troubles().get(STREAM, ""))
        condition = await subscribers_part(broker).check()
        assert condition.status == "unavailable"
        assert f"{STREAM}: ReadOnlyError" in condition.why


async def test_a_publisher_by_hand_is_told_at_once(server: RedisServer) -> None:
    """Who publishes outside of a handler decides for himself what a full Redis means."""
    async with client_of(server) as redis:
        await redis.config_set("maxmemory", "1")
    broker = make_broker(settings_for(server.url))
    await broker.connect()
    with pytest.raises(Exception, match="maxmemory"):
        await announce(broker, received(1))
    await broker.stop()
