"""How the streams stand: what each group has yet to read or acknowledge, and since when."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, cast

import redis
from redis.exceptions import ResponseError

from shared.errors import CommuniqueError
from shared.streams import GROUPS, dead_letters

# Counted by the server, for XINFO's own lag is absent before Redis 7 and wrong after a trim.
_COUNT_AFTER = "return #redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', 100000)"


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


def connect(url: str) -> redis.Redis:
    """Return a client of a Redis that answers. CommuniqueError if it does not."""
    client = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)
    try:
        client.ping()
    except redis.RedisError as error:
        shown = url.rpartition("@")[2]  # what comes before it may be a password
        raise CommuniqueError(f"Redis at {shown} does not answer: {error}") from None
    return client


def read_gauges(client: redis.Redis) -> list[GroupGauge]:
    """Return a gauge for every group that a stream should have; one that is missing reads 0."""
    return [_read(client, stream, name) for stream, names in GROUPS.items() for name in names]


def count_dead(client: redis.Redis) -> dict[str, int]:
    """Return how many dead letters each stream has."""
    return {stream: client.xlen(dead_letters(stream)) for stream in GROUPS}


def _read(client: redis.Redis, stream: str, name: str) -> GroupGauge:
    length = client.xlen(stream)
    try:
        groups = client.xinfo_groups(stream)
    except ResponseError:  # no such stream
        groups = []
    last = next((_text(g["last-delivered-id"]) for g in groups if _text(g["name"]) == name), None)
    if last is None:
        return GroupGauge(stream, name, length, length, 0, _age(client, stream, "-"))
    waiting = client.xpending(stream, name)
    return GroupGauge(
        stream,
        name,
        length,
        unread=int(cast("int", client.eval(_COUNT_AFTER, 1, stream, last))),
        pending=int(waiting["pending"]),
        oldest_unread=_age(client, stream, f"({last}"),
        oldest_pending=_age_of(waiting["min"]) if waiting["pending"] else None,
    )


def _age(client: redis.Redis, stream: str, start: str) -> float | None:
    found = cast("list[tuple[bytes, Any]]", client.xrange(stream, min=start, count=1))
    return _age_of(found[0][0]) if found else None


def _age_of(entry: bytes | str) -> float:
    return max(0.0, time.time() - int(_text(entry).partition("-")[0]) / 1000)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
