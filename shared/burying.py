"""Dead letters: what cannot be handled is kept whole beside its stream, with the reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from pydantic import ValidationError

from shared.leases import Lease
from shared.streams import RedisClient, dead_letters

# What a letter says beside the message's own fields. A field of the message that has one of these
# names is kept under `original:NAME`.
ABOUT: Final = ("stream", "entry", "group", "reason", "exception", "attempts", "died_at")
ORIGINAL: Final = b"original:"
# The group that a message which was sent again is for: all others let it pass.
ONLY_FOR: Final = b"only_for"

# ARGV: group, consumer, entry, delivery count, then the letter's fields. Nothing is done when the
# message is another worker's by now, or settled: a late failure must not bury what is done.
_BURY: Final = """
local group, consumer, entry, count = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local held = redis.call('XPENDING', KEYS[1], group, entry, entry, 1)[1]
if not held or held[2] ~= consumer or held[4] ~= count then return 0 end
redis.call('XADD', KEYS[2], '*', unpack(ARGV, 5))
redis.call('XACK', KEYS[1], group, entry)
return 1
"""


async def bury(
    redis: RedisClient,
    lease: Lease,
    message: dict[bytes, bytes],
    error: Exception,
    *,
    group: str,
    consumer: str,
) -> bool:
    """Move a message to the dead letters and acknowledge it, both or neither.

    Returns whether it was still ours. Raises redis.RedisError if Redis is away, or full.
    """
    about = {
        "stream": lease.stream,
        "entry": lease.entry,
        "group": group,
        "reason": in_one_line(error),
        "exception": type(error).__name__,
        "attempts": lease.attempt,
        "died_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
    fields = [part for pair in (_kept(message) | about).items() for part in pair]
    keys = (lease.stream, dead_letters(lease.stream))
    told: Any = await redis.eval(
        _BURY, 2, *keys, group, consumer, lease.entry, lease.attempt, *fields
    )
    return bool(told)


def in_one_line(error: BaseException) -> str:
    """Return what an error says, without what may be quoted from the message."""
    if isinstance(error, ValidationError):  # its text spans lines and quotes the input
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        return f"not the event expected here: {where}: {first['msg']}"[:500]
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]


def _kept(message: dict[bytes, bytes]) -> dict[Any, Any]:
    taken = {name.encode() for name in ABOUT}
    return {ORIGINAL + name if name in taken else name: value for name, value in message.items()}
