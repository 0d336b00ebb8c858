"""How far behind the groups of a stream are, told without XINFO's own `lag`.

That one is absent before Redis 7 and null or wrong after a trim, so the server counts, and only
where it must: no more than a bound, and nothing as long as the whole stream is shorter.
"""

from __future__ import annotations

from typing import Final

from shared.streams import GROUPS, RedisClient

# Entries of the slowest group that are unread or unacknowledged, counted up to one above ARGV[1].
# ARGV[2] = 1: a stream no longer than that needs no counting. A missing group has read nothing.
_COUNT: Final = """
local most, length = tonumber(ARGV[1]), redis.call('XLEN', KEYS[1])
if length == 0 or (ARGV[2] == '1' and length <= most) then return 0 end
local known = {}
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local told = {}
  for i = 1, #group, 2 do told[group[i]] = group[i + 1] end
  known[told['name']] = told
end
local slowest = 0
for i = 3, #ARGV do
  local group, behind = known[ARGV[i]], math.min(length, most + 1)
  if group then
    behind = math.min(group['pending'], most + 1)
    local after = group['last-delivered-id']
    while behind <= most do
      local size = math.min(100, most + 1 - behind) -- whole messages are read: some are large
      local page = redis.call('XRANGE', KEYS[1], '(' .. after, '+', 'COUNT', size)
      behind = behind + #page
      if #page < size then break end
      after = page[#page][1]
    end
  end
  slowest = math.max(slowest, behind)
end
return slowest
"""


async def has_room(redis: RedisClient, stream: str, max_lag: int) -> bool:
    """Tell whether a publisher may go on: no group is more than `max_lag` entries behind.

    Costs one short command while the stream is no longer than that. Raises redis.RedisError while
    Redis is away or refuses.
    """
    return await _count(redis, stream, max_lag, at_most=True) <= max_lag


async def lag(redis: RedisClient, stream: str, up_to: int = 100_000) -> int:
    """Return how many entries the slowest group has yet to read or acknowledge.

    Counted no further than one above `up_to`.
    """
    return await _count(redis, stream, up_to, at_most=False)


async def _count(redis: RedisClient, stream: str, most: int, *, at_most: bool) -> int:
    groups = GROUPS[stream]
    return int(await redis.eval(_COUNT, 1, stream, most, int(at_most), *groups))
