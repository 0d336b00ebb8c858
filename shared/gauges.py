"""How far behind each consumer group is, counted by Redis itself in one short script.

XINFO's own `lag` is absent before Redis 7, and null or wrong after a trim.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final

from shared.streams import RedisClient

# Of the stream KEYS[1] and the group ARGV[1]: length, unread (counted up to ARGV[2]), the oldest
# unread entry, pending, the oldest pending entry. A group that is missing has read nothing.
GAUGE: Final = """
local stream, name, most = KEYS[1], ARGV[1], tonumber(ARGV[2])
if redis.call('EXISTS', stream) == 0 then return {0, 0, '', 0, ''} end
local length, last = redis.call('XLEN', stream), nil
for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
  local told = {}
  for i = 1, #group, 2 do told[group[i]] = group[i + 1] end
  if told['name'] == name then last = told['last-delivered-id'] end
end
local first = redis.call('XRANGE', stream, last and '(' .. last or '-', '+', 'COUNT', 1)
local oldest = first[1] and first[1][1] or ''
if not last then return {length, length, oldest, 0, ''} end
local unread, after = 0, last
while unread < most do
  local size = math.min(100, most - unread)
  local page = redis.call('XRANGE', stream, '(' .. after, '+', 'COUNT', size)
  unread = unread + #page
  if #page < size then break end
  after = page[#page][1]
end
local pending = redis.call('XPENDING', stream, name)
return {length, unread, oldest, pending[1], pending[2] or ''}
"""


@dataclass(frozen=True, slots=True)
class GroupGauge:
    """One group on one stream; counts of messages, ages in seconds of the oldest of each."""

    stream: str
    group: str
    length: int
    unread: int
    pending: int
    oldest_unread: float | None = None
    oldest_pending: float | None = None


async def read_gauge(redis: RedisClient, stream: str, group: str, most: int) -> GroupGauge:
    """Return how a group stands, its unread messages counted up to `most`.

    Raises redis.RedisError while Redis is away.
    """
    told: Any = await redis.eval(GAUGE, 1, stream, group, most)
    return gauge_of(stream, group, told, time.time())


def gauge_of(stream: str, group: str, told: Any, now: float) -> GroupGauge:
    """Return what the script `GAUGE` told; `now` in seconds since the epoch."""
    length, unread, oldest_unread, pending, oldest_pending = told
    return GroupGauge(
        stream,
        group,
        length,
        unread,
        pending,
        _age(oldest_unread, now),
        _age(oldest_pending, now),
    )


def _age(entry: bytes | str, now: float) -> float | None:
    shown = entry.decode() if isinstance(entry, bytes) else entry
    return max(0.0, now - int(shown.partition("-")[0]) / 1000) if shown else None
