"""Reading streams through whatever happens to Redis: FastStream's reads, made to last.

Left alone, FastStream stops a subscriber for good when its group is gone, and reads on in a hot
loop when Redis refuses (read-only, a full disk). So the client that its subscribers read through
answers "nothing new" instead, after a growing pause, makes lost groups again, and takes a lease on
every message that it hands over.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple, cast

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from shared.leases import Leases
from shared.outages import Circuit
from shared.streams import RedisClient, create_group, create_groups

log = structlog.get_logger()

_FIRST_PAUSE = 0.1  # seconds
_LONGEST_PAUSE = 2.0
# From this attempt on a message is handled while no other such one is: it may kill its worker, and
# those that were in hand beside it each time must not die with it.
_SUSPECT = 3
_PAGE = 50  # pending messages looked at together
_NOTHING_DUE: Final[list[Any]] = [b"0-0", [], []]


class Due(NamedTuple):
    """A pending message whose rest is over: what its next attempt would be."""

    entry: bytes
    attempt: int
    rest: float  # seconds


class Reading:
    """How one worker reads: what it holds, what is wrong, and what it has seen to be due."""

    def __init__(self, leases: Leases, circuit: Circuit) -> None:
        """Have read nothing yet, and nothing is wrong."""
        self.leases = leases
        self.circuit = circuit
        self.troubles: dict[str, str] = {}  # by what is read; empty when all goes well
        self._pauses: defaultdict[str, float] = defaultdict(lambda: _FIRST_PAUSE)
        self._suspects: dict[str, bytes] = {}
        self._due: defaultdict[str, deque[Due]] = defaultdict(deque)

    async def fresh(
        self, redis: RedisClient, stream: str, read: Callable[[int | None], Awaitable[Any]]
    ) -> Any:
        """Return what `read` gives, with a lease on each message; nothing if Redis is away.

        While all fails, messages are asked for one at a time.
        """
        await self.circuit.wait()
        most = None if self.circuit.trouble is None else 1
        answer: Any = await self._persevere(redis, stream, lambda: read(most), [])
        for _, messages in answer:
            self.leases.take(stream, (entry for entry, _ in messages), 1)
        return answer

    async def abandoned(self, redis: RedisClient, stream: str) -> list[Any]:
        """Return one message whose rest is over, with a lease on it, as XAUTOCLAIM would."""
        await self.circuit.wait()
        what = f"{stream} (abandoned)"
        claimed: list[Any] = await self._persevere(
            redis, what, lambda: self._claim_one(redis, stream), _NOTHING_DUE
        )
        return claimed

    async def _claim_one(self, redis: RedisClient, stream: str) -> list[Any]:
        due = self._due[stream]
        if not due:
            due.extend(await self._look(redis, stream))
        while due:
            candidate = due.popleft()
            if claimed := await self._claim(redis, stream, candidate):
                return [b"0-0", claimed, []]
        return _NOTHING_DUE

    async def _look(self, redis: RedisClient, stream: str) -> list[Due]:
        """Return the first page of pending messages with some that may be tried again."""
        after, idle = "-", int(self.leases.claim_after * 1000)
        while True:
            page: Any = await redis.xpending_range(
                stream, self.leases.group, after, "+", _PAGE, idle=idle
            )
            due = []
            for told in page:
                attempt = told["times_delivered"] + 1
                rest = self.leases.wait_before(attempt)
                held = self.leases.find(stream, told["message_id"])
                if attempt >= _SUSPECT and self._has_suspect(stream):
                    continue
                if held is None and told["time_since_delivered"] >= rest * 1000:
                    due.append(Due(told["message_id"], attempt, rest))
            if due or len(page) < _PAGE:
                return due
            after = f"({page[-1]['message_id'].decode()}"

    def _has_suspect(self, stream: str) -> bool:
        suspect = self._suspects.get(stream)
        return suspect is not None and self.leases.find(stream, suspect) is not None

    async def _claim(self, redis: RedisClient, stream: str, due: Due) -> list[Any]:
        """Take a message over, unless another worker was faster."""
        if due.attempt >= _SUSPECT:
            if self._has_suspect(stream):
                return []
            self._suspects[stream] = due.entry
        claimed: Any = await redis.xclaim(
            stream, self.leases.group, self.leases.consumer, int(due.rest * 1000), [due.entry]
        )
        if not claimed:
            return []
        if claimed[0][1] is None:  # before Redis 7: its entry is no longer in the stream
            await redis.xack(stream, self.leases.group, due.entry)
            log.warning("message.vanished", stream=stream, entry=due.entry.decode())
            return []
        self.leases.take(stream, [due.entry], due.attempt)
        return list(claimed)

    async def _persevere(
        self, redis: RedisClient, what: str, read: Callable[[], Awaitable[Any]], nothing: list[Any]
    ) -> Any:
        try:
            answer = await read()
        except (RedisError, OSError) as error:
            await self._rest(redis, what, error)
            return nothing
        if what in self.troubles:
            log.info("reading.resumed", what=what, was=self.troubles.pop(what))
            self._pauses.pop(what, None)
        return answer

    async def _rest(self, redis: RedisClient, what: str, error: Exception) -> None:
        """Say what is wrong, once; make lost groups again; pause."""
        told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        if self.troubles.get(what) != told:
            log.warning("reading.interrupted", what=what, error=told)
        self.troubles[what] = told
        pause = self._pauses[what]
        self._pauses[what] = min(pause * 2, _LONGEST_PAUSE)
        await asyncio.sleep(pause)
        if "NOGROUP" in told or "no such key" in told:
            try:
                await create_groups(redis, self.leases.group)
                self.troubles.pop(what)  # the next read may wait long for what there is to read
                log.info("groups.restored", what=what)
            except (RedisError, OSError):  # it will be said at the next read
                return


class ReadingClient(Redis):
    """The client of a service's broker: FastStream's two reading commands last, all else is as is.

    `reading` is set by who makes it.
    """

    reading: Reading

    async def xreadgroup(  # type: ignore[override]
        self, groupname: str, consumername: str, streams: dict[Any, Any], **given: Any
    ) -> Any:
        """Read fresh messages; an empty answer when there are none, or Redis cannot give them."""
        [stream] = streams
        plain = super().xreadgroup

        async def read(most: int | None) -> Any:
            count = given | ({"count": most} if most else {})
            return await plain(groupname, consumername, streams, **count)

        return await self.reading.fresh(self, stream, read)

    async def xautoclaim(  # type: ignore[override]
        self, name: str, *_: Any, **__: Any
    ) -> list[Any]:
        """Take over one message of which it is time for the next attempt."""
        return await self.reading.abandoned(self, name)

    async def xgroup_create(  # type: ignore[override]
        self, name: str, groupname: str, **_: Any
    ) -> Any:
        """Create a group that reads from the very beginning: FastStream would begin at the end."""
        await create_group(self, name, groupname)
        return True


def make_client(options: dict[str, Any], reading: Reading) -> ReadingClient:
    """Return a client that waits for a connection when all are in use, rather than fails."""
    client = cast("ReadingClient", ReadingClient.from_pool(BlockingConnectionPool(**options)))
    client.reading = reading
    return client
