"""What a process has read and not yet settled, and how Redis is kept from giving it to others.

A message in hand is touched again and again (XCLAIM … JUSTID, which leaves its count alone), so
that a long handler is not taken for a dead one. Whatever is done to a message later asks first
whether it is still ours: a worker that slept longer than its leases changes nothing on waking.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import structlog
from redis.exceptions import ResponseError

from shared.streams import GROUPS, RedisClient

log = structlog.get_logger()

LONGEST_WAIT: Final = 600.0  # seconds between two attempts, however many there were
_AT_ONCE = 100  # entries in one command

# ARGV: group, consumer, idle milliseconds, forgiven attempts, then pairs of an entry and its count.
# An entry that is another's by now, or was given out again under our name, is returned as lost.
_TOUCH: Final = """
local group, consumer, idle, forgiven = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local lost = {}
for i = 5, #ARGV, 2 do
  local entry, count = ARGV[i], tonumber(ARGV[i + 1])
  local held = redis.call('XPENDING', KEYS[1], group, entry, entry, 1)[1]
  if held and held[2] == consumer and held[4] == count then
    redis.call('XCLAIM', KEYS[1], group, consumer, 0, entry,
               'IDLE', idle, 'RETRYCOUNT', math.max(count - forgiven, 0), 'JUSTID')
  else
    lost[#lost + 1] = entry
  end
end
return lost
"""


@dataclass(slots=True)
class Lease:
    """One message in hand: its delivery count, and when Redis was last told that we have it."""

    stream: str
    entry: bytes
    attempt: int
    touched: float  # seconds of the event loop's clock
    begun: bool = False


class Leases:
    """All messages in hand of one worker of a group."""

    def __init__(self, group: str, consumer: str, claim_after: float) -> None:
        """Hold nothing yet; `claim_after` in seconds."""
        self.group = group
        self.consumer = consumer
        self.claim_after = claim_after
        self._held: dict[tuple[str, bytes], Lease] = {}

    def __len__(self) -> int:
        """Return how many messages are in hand."""
        return len(self._held)

    def take(self, stream: str, entries: Iterable[bytes], attempt: int) -> None:
        """Note what Redis has just given us, for which time."""
        now = asyncio.get_running_loop().time()
        for entry in entries:
            self._held[stream, entry] = Lease(stream, entry, attempt, now)

    def find(self, stream: str, entry: bytes) -> Lease | None:
        """Return the lease on an entry, None if it is not in hand."""
        return self._held.get((stream, entry))

    def let_go(self, stream: str, entry: bytes) -> None:
        """Forget an entry that is settled, or left to its next attempt."""
        self._held.pop((stream, entry), None)

    def may_be_lost(self, lease: Lease) -> bool:
        """Tell whether Redis may have given a message to another since it was last touched."""
        return asyncio.get_running_loop().time() - lease.touched > self.claim_after

    def wait_before(self, attempt: int) -> float:
        """Return the seconds that a message rests before this attempt (from 2): growing."""
        return min(
            self.claim_after * 2.0 ** max(attempt - 2, 0), max(LONGEST_WAIT, self.claim_after)
        )

    async def keep(self, redis: RedisClient) -> None:
        """Touch what is in hand three times in `claim_after`, until cancelled."""
        while True:
            await asyncio.sleep(self.claim_after / 3)
            try:
                await self.beat(redis)
            except Exception as error:  # Redis is away: the next beat may find it again
                log.debug("leases.untouched", error=f"{type(error).__name__}: {error}")

    async def beat(self, redis: RedisClient) -> None:
        """Touch once what has been in hand for a while; let go of what is not ours any more."""
        now = asyncio.get_running_loop().time()
        old = [lease for lease in self._held.values() if now - lease.touched > self.claim_after / 4]
        for lease in await self._touch(redis, old):
            self.let_go(lease.stream, lease.entry)
            log.warning("message.taken_over", stream=lease.stream, entry=lease.entry.decode())
        for lease in old:
            lease.touched = now

    async def rest(self, redis: RedisClient, lease: Lease) -> None:
        """Have the wait for the next attempt begin now."""
        await self._touch(redis, [lease])

    async def forgive(self, redis: RedisClient, lease: Lease) -> None:
        """Take back that this attempt counts: what failed was not the message's doing."""
        if lease.attempt > 0 and not await self._touch(redis, [lease], forgiven=1):
            lease.attempt -= 1

    async def give_back(self, redis: RedisClient) -> None:
        """Let others have at once what is in hand and was not begun, as if it had not been read."""
        left = [lease for lease in self._held.values() if not lease.begun]
        await self._touch(redis, left, idle=LONGEST_WAIT, forgiven=1)
        self._held.clear()

    async def adopt(self, redis: RedisClient) -> int:
        """Make claimable at once what an earlier process of our name left; return how much."""
        streams = [stream for stream, groups in GROUPS.items() if self.group in groups]
        return sum([await self._adopt(redis, stream) for stream in streams])

    async def _adopt(self, redis: RedisClient, stream: str) -> int:
        found, after = 0, "-"
        while True:
            page: Any = await redis.xpending_range(
                stream, self.group, after, "+", _AT_ONCE, consumername=self.consumer
            )
            entries = [told["message_id"] for told in page]
            if entries:
                await redis.xclaim(
                    stream, self.group, self.consumer, 0, entries,
                    idle=int(LONGEST_WAIT * 1000), justid=True,
                )  # fmt: skip
                after = f"({entries[-1].decode()}"
            found += len(entries)
            if len(entries) < _AT_ONCE:
                return found

    async def _touch(
        self, redis: RedisClient, leases: list[Lease], *, idle: float = 0.0, forgiven: int = 0
    ) -> list[Lease]:
        """Set the time that entries were idle (seconds), and their count; return the lost ones."""
        lost = []
        for stream, together in _by_stream(leases).items():
            for start in range(0, len(together), _AT_ONCE):
                some = {lease.entry: lease for lease in together[start : start + _AT_ONCE]}
                pairs = [part for lease in some.values() for part in (lease.entry, lease.attempt)]
                given = [self.group, self.consumer, int(idle * 1000), forgiven, *pairs]
                try:
                    told: Any = await redis.eval(_TOUCH, 1, stream, *given)
                except ResponseError as error:
                    if "NOGROUP" not in str(error):
                        raise
                    told = list(some)  # the group is gone, and all that it held
                lost += [some[entry] for entry in told]
        return lost


def _by_stream(leases: list[Lease]) -> dict[str, list[Lease]]:
    found = defaultdict(list)
    for lease in leases:
        found[lease.stream].append(lease)
    return found
