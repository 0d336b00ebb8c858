"""Delivery against a model in memory: any order of publishing, reading, crashing, failing, loss.

Real Redis, real broker, time sped up by letting the messages' rest pass at once.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from redis import Redis as SyncRedis
from redis.asyncio import Redis

from communique.machine.redis_server import RedisServer
from communique.operating.letters import read_letters, replay_letter
from shared.delivery import make_broker, subscribe
from shared.errors import PermanentError
from shared.events import DocumentReceived
from shared.streams import create_groups, trim_acknowledged
from tests.reliability.workers import DEAD, GROUP, STREAM, publish, received, settings_for

ATTEMPTS = 3


class Life(RuleBasedStateMachine):
    """One group with workers that come and go; the model knows what must become of each message.

    `open` are messages yet to be handled with how often each was tried; `done` how often each was
    handled, `dead` those among the dead letters, `forgotten` what Redis lost before it was handled.
    """

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.redis = Redis.from_url(self.url)
        self.run(self.redis.flushall())
        self.run(create_groups(self.redis, GROUP))
        self.open: Counter[str] = Counter()
        self.tried: Counter[str] = Counter()
        self.done: set[str] = set()
        self.dead: set[str] = set()
        self.orders: dict[str, str] = {}
        self.count = 0

    def run(self, action: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(action)

    def teardown(self) -> None:
        self.run(self.redis.aclose())
        self.loop.close()

    @rule(order=st.sampled_from(["succeed", "succeed", "fail once", "always fail", "refuse"]))
    def publish(self, order: str) -> None:
        """A message of which the model knows how its handler takes it."""
        self.count += 1
        name = f"{self.count} {order}"
        self.orders[name] = order
        self.open[name] = 0
        self.run(publish(self.url, received(self.count, name)))

    @rule(most=st.integers(1, 3))
    def read_and_crash(self, most: int) -> None:
        """A worker reads and is killed before it begins: its messages stay with it."""
        read = self.run(self.redis.xreadgroup(GROUP, "victim", {STREAM: ">"}, count=most))
        for _, entries in read:
            for _, fields in entries:
                self.tried[self._name(fields)] += 1

    @rule()
    def work(self) -> None:
        """A worker lives until nothing is left that it may do; all rests are over by then."""
        self.run(self._work())
        self._expect_all_settled()

    @precondition(lambda self: self.dead)
    @rule()
    def replay(self) -> None:
        """Somebody has mended the cause: dead letters are sent again and succeed."""
        with SyncRedis.from_url(self.url) as by_hand:
            for letter in list(read_letters(by_hand)):
                replay_letter(by_hand, letter)
        for name in self.dead:
            self.orders[name] = "succeed"
            self.open[name] = 0
            self.tried[name] = 0
        self.dead.clear()

    @rule()
    def tidy(self) -> None:
        """The janitor comes; the other group has read all that there is."""
        self.run(create_groups(self.redis, "store"))
        last = self.run(self.redis.xinfo_stream(STREAM))["last-generated-id"]
        self.run(self.redis.xgroup_setid(STREAM, "store", last))
        self.run(trim_acknowledged(self.redis))

    @rule(how=st.sampled_from(["flushall", "del", "group"]))
    def forget(self, how: str) -> None:
        """Redis forgets; who keeps the originals publishes what is not done again."""
        if how == "flushall":
            self.run(self.redis.flushall())
            self.dead.clear()
        elif how == "del":
            self.run(self.redis.delete(STREAM))
        else:
            self.run(self.redis.xgroup_destroy(STREAM, GROUP))
        self.run(create_groups(self.redis, GROUP))
        self.tried.clear()
        lost = [name for name in self.orders if name not in self.done | self.dead]
        for name in lost:
            self.open[name] = 0
            self.run(publish(self.url, received(int(name.split()[0]), name)))

    @invariant()
    def no_letter_without_a_death(self) -> None:
        """What lies among the dead is what the model says died, each once."""
        found = self.run(self.redis.xrange(DEAD))
        names = Counter(self._name(fields) for _, fields in found)
        assert set(names) == self.dead

    async def _work(self) -> None:
        given = settings_for(
            self.url, "worker", claim_after=0.02, max_attempts=ATTEMPTS, max_deaths=ATTEMPTS
        )
        failed: set[str] = set()

        async def handle(event: DocumentReceived) -> None:
            name = event.document.name
            order = self.orders[name]
            if order == "refuse":
                raise PermanentError(name)
            if order == "always fail" or (order == "fail once" and name not in failed):
                failed.add(name)
                raise ValueError(name)
            self.done.add(name)

        broker = make_broker(given)
        subscribe(broker, given, handle, to=DocumentReceived, at_once=2)
        await broker.connect()
        await broker.start()
        async with asyncio.timeout(20):
            while not await self._rests():
                await asyncio.sleep(0.01)
        await broker.stop()

    async def _rests(self) -> bool:
        last = (await self.redis.xinfo_stream(STREAM))["last-generated-id"]
        for told in await self.redis.xinfo_groups(STREAM):
            if told["name"] == GROUP.encode():
                return bool(told["last-delivered-id"] == last and not told["pending"])
        return False

    def _expect_all_settled(self) -> None:
        """Nothing is pending: each message was handled, or died as it had to."""
        for name in list(self.open):
            doomed = self.orders[name] in ("always fail", "refuse")
            spent = self.tried[name] >= ATTEMPTS or (
                self.orders[name] == "fail once" and self.tried[name] >= ATTEMPTS - 1
            )
            if name not in self.done and (doomed or spent):
                self.dead.add(name)
            assert name in self.done or name in self.dead, name
            assert not (name in self.done and doomed), name
            del self.open[name]
            self.tried.pop(name, None)

    def _name(self, fields: dict[bytes, bytes]) -> str:
        data = fields[b"__data__"].decode("utf-8", "replace")
        return data.partition('"name":"')[2].partition('"')[0]


def test_delivery_is_as_its_model(redis_server: RedisServer) -> None:
    """Whatever happens in whatever order: nothing lost, nothing dead that was not to die."""
    Life.url = redis_server.url
    Life.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=10,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Life.TestCase("runTest").runTest()  # type: ignore[attr-defined]


@pytest.mark.parametrize("attempt", range(2, 12))
def test_rests_grow_up_to_ten_minutes(attempt: int) -> None:
    """By the number of the attempt alone, so that any worker tells the same."""
    leases = make_broker(settings_for("redis://127.0.0.1:1", claim_after=10)).leases
    assert leases.wait_before(attempt) == min(10 * 2 ** (attempt - 2), 600)
