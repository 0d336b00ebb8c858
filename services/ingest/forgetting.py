"""Noticing that Redis has forgotten what it was told: it was emptied, lost, or started anew."""

from __future__ import annotations

import uuid
from enum import Enum
from typing import Any

from shared.streams import RedisClient

# Which server kept what we told it, by the id that each start of a server gives itself: one that
# was killed comes back without the last second of its file.
_MEMORY = "communique:ingest:memory"
_TURN = "communique:ingest:recovering"  # whose turn it is to tell everything again
_TURN_LASTS = 10  # seconds, then another worker may


class Loss(Enum):
    """How much a Redis may have forgotten: all, or what its file lacks of the last seconds."""

    ALL = "all"
    END = "end"


class Memory:
    """What Redis remembers of us, for any number of workers of which one at a time recovers."""

    def __init__(self) -> None:
        self._token = uuid.uuid4().hex

    async def lost(self, redis: RedisClient) -> Loss | None:
        """Tell, to one worker, what Redis may have forgotten; until `is_restored` is called.

        Raises redis.RedisError while Redis is away.
        """
        # redis-py's types allow for every decoding; ours is bytes
        kept: Any = await redis.get(_MEMORY)
        if kept is not None and kept.decode() == await _run_id(redis):
            return None
        await redis.set(_TURN, self._token, nx=True, ex=_TURN_LASTS)
        turn: Any = await redis.get(_TURN)
        if turn is None or turn.decode() != self._token:
            return None
        return Loss.ALL if kept is None else Loss.END

    async def is_restored(self, redis: RedisClient) -> None:
        """Note that Redis was told everything again. Raises redis.RedisError."""
        await redis.set(_MEMORY, await _run_id(redis))
        await redis.delete(_TURN)


async def _run_id(redis: RedisClient) -> str:
    """Return what tells one start of the server from another; "-" where it does not say."""
    return str((await redis.info("server")).get("run_id", "-"))
