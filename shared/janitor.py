"""Keeps Redis small: acknowledged messages and readers that are gone are cleared away.

Every service runs it for all streams; what one has cleared the next finds clean.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from redis.exceptions import RedisError

from shared.streams import GROUPS, RedisClient, trim_acknowledged

log = structlog.get_logger()

_EVERY = 10.0  # seconds
# Seconds for which what all have acknowledged is kept: somebody may be looking on.
_KEEPS = 20.0
_STALE_AFTER = 3600.0  # seconds; who reads shows itself every other second

# Removes from the group ARGV[1] who has been idle for ARGV[2] milliseconds and holds nothing. To
# remove one who does would make its messages vanish: those wait until another has claimed them.
_REMOVE_STALE: Final = """
local removed = {}
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local told = {}
  for i = 1, #consumer, 2 do told[consumer[i]] = consumer[i + 1] end
  if told['pending'] == 0 and told['idle'] >= tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], told['name'])
    removed[#removed + 1] = told['name']
  end
end
return removed
"""


async def keep_tidy(connect: Callable[[], Awaitable[Any]], *, every: float = _EVERY) -> None:
    """Tidy up every few seconds, until cancelled."""
    while True:
        await asyncio.sleep(every)
        try:
            redis = await connect()
            dropped = await trim_acknowledged(redis, keep=_KEEPS)
            removed = await remove_stale(redis, _STALE_AFTER)
        except (RedisError, OSError) as error:  # the next round may find it well
            log.debug("streams.untidied", error=f"{type(error).__name__}: {error}")
            continue
        if any(dropped.values()):
            log.debug("streams.trimmed", **dropped)
        if removed:
            log.info("consumers.removed", names=removed)


async def remove_stale(redis: RedisClient, after: float) -> list[str]:
    """Remove consumers that have not read for `after` seconds and hold nothing; return their names.

    Raises redis.RedisError while Redis is away.
    """
    removed: list[str] = []
    for stream, groups in GROUPS.items():
        if not await redis.exists(stream):
            continue
        known = {group["name"].decode() for group in await redis.xinfo_groups(stream)}
        for group in known.intersection(groups):
            told: Any = await redis.eval(_REMOVE_STALE, 1, stream, group, int(after * 1000))
            removed += [name.decode() for name in told]
    return removed
