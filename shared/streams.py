"""Streams and their consumer groups: which there are, how they are made, read and trimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from shared.events import DocumentReceived, Event, RecordExtracted, RecordStored
from shared.settings import ServiceSettings

if TYPE_CHECKING:
    from faststream.redis import StreamSub

# Who reads what. A stream is trimmed only below what every group named here has acknowledged.
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    DocumentReceived.stream: ("extract", "store"),
    RecordExtracted.stream: ("store",),
    RecordStored.stream: ("ingest", "notify"),
}

# A group of this name reads nothing: it only marks the life of its stream (`shared.confirmed`).
MARK: Final = "mark-"

# Messages fetched at once: without a COUNT a backlog of 30,000 comes in one read (+90 MiB).
BATCH: Final = 50
# Milliseconds that one read waits; must stay below redis-py's socket time-out of 5 s.
_POLL_FRESH: Final = 2_000
_POLL_ABANDONED: Final = 1_000

RedisClient: TypeAlias = Redis


def fresh(event: type[Event], settings: ServiceSettings) -> StreamSub[Literal[False]]:
    """Return the subscription of a service's group to what nobody has read yet."""
    from faststream.redis import StreamSub  # half a second, which the command line need not pay

    return StreamSub(
        event.stream,
        group=settings.service,
        consumer=settings.worker,
        max_records=BATCH,
        polling_interval=_POLL_FRESH,
    )


def abandoned(event: type[Event], settings: ServiceSettings) -> StreamSub[Literal[False]]:
    """Return the subscription to what was read but not acknowledged for `claim_after` seconds."""
    from faststream.redis import StreamSub

    return StreamSub(
        event.stream,
        group=settings.service,
        consumer=settings.worker,
        min_idle_time=int(settings.claim_after * 1000),
        polling_interval=min(_POLL_ABANDONED, int(settings.claim_after * 500)),
    )


def dead_letters(stream: str) -> str:
    """Return the name of the stream that keeps what could not be handled of `stream`."""
    return f"{stream}.dead"


async def create_groups(redis: RedisClient, group: str) -> None:
    """Create a service's consumer groups where they are missing, at 0: what came before counts.

    FastStream would create them at `$`, which loses whatever was published before the first start.
    """
    for stream, groups in GROUPS.items():
        if group in groups:
            await create_group(redis, stream, group)


async def create_group(redis: RedisClient, stream: str, group: str) -> None:
    """Create a group at 0 where it is missing.

    A Redis that is full or read-only refuses that even where the group is there: then it is well,
    for reading is what makes room.
    """
    try:
        await Redis.xgroup_create(redis, stream, group, id="0", mkstream=True)
    except ResponseError as error:
        if "BUSYGROUP" not in str(error) and not await _has_group(redis, stream, group):
            raise


async def _has_group(redis: RedisClient, stream: str, group: str) -> bool:
    try:
        return group in {_text(told["name"]) for told in await redis.xinfo_groups(stream)}
    except ResponseError:  # no such stream
        return False


async def trim_acknowledged(redis: RedisClient, *, keep: float = 0.0) -> dict[str, int]:
    """Drop from every stream what all its groups have acknowledged; return how many, by stream.

    What is younger than `keep` seconds stays. A stream of which a group is missing is left alone:
    that group has yet to read everything.
    """
    dropped = {}
    seconds, _ = await redis.time()
    youngest = f"{int((seconds - keep) * 1000) + 999}-0"
    for stream, expected in GROUPS.items():
        horizon = await _first_needed(redis, stream, expected)
        if horizon is not None:
            lowest = min(horizon, youngest, key=_order) if keep else horizon
            dropped[stream] = int(await redis.xtrim(stream, minid=lowest, approximate=False))
    return dropped


async def _first_needed(redis: RedisClient, stream: str, expected: tuple[str, ...]) -> str | None:
    """Return the lowest entry id that some group may still need, None if unknown."""
    if not await redis.exists(stream):
        return None
    groups = {_text(group["name"]): group for group in await redis.xinfo_groups(stream)}
    if not set(expected) <= groups.keys():
        return None
    needed = []
    for name, group in groups.items():
        if name.startswith(MARK):
            continue
        pending = await redis.xpending(stream, name)
        if pending["pending"]:
            needed.append(_text(pending["min"]))
        else:  # the last delivered entry itself is done, but keeping one costs nothing
            needed.append(_text(group["last-delivered-id"]))
    return min(needed, key=_order)


def _order(entry_id: str) -> tuple[int, int]:
    milliseconds, _, sequence = entry_id.partition("-")
    return int(milliseconds), int(sequence or 0)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
