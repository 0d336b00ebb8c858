"""A Redis that was killed and comes back without the last second of its file: it is told again.

Groups, marks and what was noted in it are all there again; only what came last is not. That it is
another run of the server is all that tells.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from redis import Redis as SyncRedis

from communique.machine.redis_server import RedisServer
from services.ingest.app import build
from services.ingest.settings import Settings as IngestSettings
from services.store.adapters.outbox import Relay
from services.store.settings import Settings as StoreSettings
from shared.delivery import make_broker
from shared.events import DocumentReceived, RecordStored
from shared.settings import load_settings
from shared.streams import GROUPS
from tests.reliability.workers import until_true
from tests.store.conftest import opened
from tests.store.makers import case


class Forgetful(RedisServer):
    """A Redis whose file can be cut back to what it was at a moment, as a power cut does."""

    _size = 0

    @property
    def _file(self) -> Path:
        """Its append-only file; since Redis 7 the last one of a folder grows."""
        parts = sorted(self.folder.glob("appendonlydir/*.incr.aof"))
        return parts[-1] if parts else self.folder / "appendonly.aof"

    def note(self) -> None:
        """Remember what is written by now: Redis writes before it answers."""
        self._size = self._file.stat().st_size

    def lose_what_came_since(self) -> None:
        """Die, and start with the file as it was when noted."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        with self._file.open("r+b") as file:
            assert file.seek(0, 2) > self._size
            file.truncate(self._size)
        self.start()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Forgetful]:
    """A Redis of this test's own, to be harmed."""
    server = Forgetful(tmp_path / "redis", appendonly=True)
    server.start()
    with SyncRedis.from_url(server.url) as redis:
        for stream, groups in GROUPS.items():
            for group in groups:
                redis.xgroup_create(stream, group, id="0", mkstream=True)
    yield server
    server.stop()


def length(server: RedisServer, stream: str) -> int:
    """Return how many entries a stream has."""
    with SyncRedis.from_url(server.url) as redis:
        return int(str(redis.xlen(stream)))


async def test_ingest_publishes_again_what_it_still_holds(
    server: Forgetful, tmp_path: Path
) -> None:
    """The file lies in `.processing/`, and its message is gone without a trace."""
    inbox, stream = tmp_path / "inbox", DocumentReceived.stream
    given = {"redis_url": server.url, "inbox": inbox, "state": tmp_path / "state"}
    app = build(load_settings(IngestSettings, **given, rescan_every=0.3))
    async with app.router.lifespan_context(app):
        (inbox / "first.txt").write_text("first")
        await until_true(lambda: length(server, stream) == 1)
        server.note()
        (inbox / "last.txt").write_text("last")
        await until_true(lambda: length(server, stream) == 2)
        server.lose_what_came_since()
        assert length(server, stream) == 1
        await until_true(lambda: _names(server) >= {"first", "last"})


def _names(server: RedisServer) -> set[str]:
    with SyncRedis.from_url(server.url) as redis:
        told = b"".join(fields[b"__data__"] for _, fields in redis.xrange(DocumentReceived.stream))
    return {name for name in ("first", "last") if f'"{name}.txt"'.encode() in told}


async def test_store_announces_again_what_not_all_had_read(
    server: Forgetful, tmp_path: Path
) -> None:
    """Ingest may have its answer already: no one else would tell notify."""
    stream = RecordStored.stream
    settings = load_settings(StoreSettings, redis_url=server.url, state=tmp_path / "state")
    async with AsyncExitStack() as stack:
        store = await opened(stack, f"sqlite:///{tmp_path}/store.db")
        broker = make_broker(settings)
        stack.push_async_callback(broker.stop)
        relay = Relay(store.database, broker)
        relaying = asyncio.create_task(relay.run())
        stack.callback(relaying.cancel)
        await store.take(case("الأول", ordinal=1))
        relay.hand_over(store.committed)
        await until_true(lambda: length(server, stream) == 1)
        server.note()
        store.committed.clear()
        await store.take(case("الأخير", ordinal=2))
        relay.hand_over(store.committed)
        await until_true(lambda: length(server, stream) == 2)
        server.lose_what_came_since()
        assert length(server, stream) == 1
        await until_true(lambda: length(server, stream) >= 3)
