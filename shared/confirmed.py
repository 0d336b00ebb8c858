"""What all readers of a stream are done with, and whether Redis still has what they were sent.

Redis may forget a stream at any time: FLUSHALL, DEL, an empty restart, the last second before a
kill. So a stream bears a mark, a consumer group that nobody reads with: it goes when the stream
goes. It is looked at in the same transaction as the readers' groups, so that what a new stream's
readers have acknowledged is never taken for what was sent into the old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from shared.streams import GROUPS, MARK, RedisClient

_SEQUENCE_BITS = 20  # of an entry's number, for the part behind the dash


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stream's readers are.

    `memory` names the life of the stream: another one means that entries sent before may be lost.
    Every entry whose number is below `done_below` was acknowledged by all groups that are there;
    None if none is. `missing` are the groups that should be there and are not.
    """

    memory: str
    done_below: int | None
    missing: frozenset[str]


def number_of(entry: bytes | str) -> int:
    """Return the id of an entry as one number, in the same order and of at most 62 bits."""
    text = entry.decode() if isinstance(entry, bytes) else entry
    milliseconds, _, sequence = text.partition("-")
    most = (1 << _SEQUENCE_BITS) - 1
    return (int(milliseconds) << _SEQUENCE_BITS) + min(int(sequence or 0), most)


async def progress(redis: RedisClient, stream: str) -> Progress:
    """Return how far the readers of a stream are; mark it first, where it bears no mark.

    Raises redis.RedisError while Redis is away or refuses.
    """
    while True:
        async with redis.pipeline(transaction=True) as together:
            together.info("server")
            together.xinfo_groups(stream)
            for group in GROUPS[stream]:
                together.xpending(stream, group)
            server, groups, *pending = await together.execute(raise_on_error=False)
        if isinstance(server, Exception):
            raise server
        found = {} if isinstance(groups, Exception) else {_text(g["name"]): g for g in groups}
        marks = sorted(name for name in found if name.startswith(MARK))
        if marks:
            # Another run of the server may have forgotten its last second, mark or no mark.
            return _progress(f"{marks[0]} {server['run_id']}", stream, found, pending)
        await redis.xgroup_create(stream, f"{MARK}{token_hex(6)}", id="$", mkstream=True)


def _progress(memory: str, stream: str, groups: dict[str, Any], pending: Sequence[Any]) -> Progress:
    expected = GROUPS[stream]
    bounds = [
        _done_below(groups[name], waiting)
        for name, waiting in zip(expected, pending, strict=True)
        if name in groups
    ]
    return Progress(memory, min(bounds, default=None), frozenset(expected) - groups.keys())


def _done_below(group: Any, waiting: Any) -> int:
    if isinstance(waiting, Exception):
        raise waiting
    if waiting["pending"]:
        return number_of(waiting["min"])
    return number_of(group["last-delivered-id"]) + 1


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
