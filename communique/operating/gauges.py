"""How the streams stand: what each group has yet to read or acknowledge, and since when."""

from __future__ import annotations

import time
from typing import Any, cast

import redis

from shared.errors import CommuniqueError
from shared.gauges import GAUGE, GroupGauge, gauge_of
from shared.streams import GROUPS, dead_letters

_COUNTED = 100_000  # unread messages of a group; more are told as this many


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


def _read(client: redis.Redis, stream: str, group: str) -> GroupGauge:
    told = cast("list[Any]", client.eval(GAUGE, 1, stream, group, _COUNTED))
    return gauge_of(stream, group, told, time.time())
