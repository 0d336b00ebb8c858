"""How the parts are that every service has: Redis, its subscribers, its streams, its disks."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from shared.broker import ServiceBroker
from shared.gauges import GroupGauge, read_gauge
from shared.health import Condition, Part
from shared.settings import ServiceSettings
from shared.streams import GROUPS, RedisClient, dead_letters

_COUNTED = 1_000  # unread messages of a group; more are told as this many
_STUCK = 300.0  # seconds after which a message that is still there wants a look
_NO_ROOM = 1024**2  # bytes of a disk on which nothing can be written any more
_LITTLE_ROOM = 100 * 1024**2
_LIFE_OF_PROOF = 60  # seconds for which what was written to try is kept


def probing_client(settings: ServiceSettings) -> RedisClient:
    """Return a client for health alone: the broker's waits and tries again for longer."""
    return Redis.from_url(
        str(settings.redis_url),
        socket_timeout=1.5,
        socket_connect_timeout=1.5,
        retry=Retry(NoBackoff(), 0),
        max_connections=8,
    )


def redis_part(redis: RedisClient, settings: ServiceSettings) -> Part:
    """Return whether Redis can be written: one that is full or read-only answers a ping."""

    async def check() -> Condition:
        proof = f"communique:{settings.service}:health"
        await redis.set(proof, settings.worker, ex=_LIFE_OF_PROOF)
        return Condition()

    return Part("redis", check)


def subscribers_part(broker: ServiceBroker) -> Part:
    """Return whether all subscribers read, and what keeps them from it."""

    async def check() -> Condition:
        reading = sum(subscriber.running for subscriber in broker.subscribers)
        facts = {
            "reading": reading,
            "of": len(broker.subscribers),
            "in_hand": len(broker.leases),
        }
        if troubles := broker.troubles():
            told = "; ".join(f"{what}: {why}" for what, why in troubles.items())
            return Condition("unavailable", told, facts)
        if reading == len(broker.subscribers):
            return Condition(facts=facts)
        return Condition("unavailable", f"{reading} of {facts['of']} read", facts)

    return Part("subscribers", check, kept=0)


def streams_part(redis: RedisClient, service: str) -> Part:
    """Return how far a service's group is behind on each stream that it reads."""
    streams = _read_by(service)

    async def check() -> Condition:
        gauges = [await read_gauge(redis, stream, service, _COUNTED) for stream in streams]
        facts = {"groups": [asdict(gauge) for gauge in gauges]}
        stuck = [_told(gauge) for gauge in gauges if _is_stuck(gauge)]
        return Condition("attention" if stuck else "ok", ", ".join(stuck), facts)

    return Part("streams", check)


def dead_letters_part(redis: RedisClient, service: str) -> Part:
    """Return how many messages of the streams that a service reads could not be handled."""
    streams = _read_by(service)

    async def check() -> Condition:
        counts = {s: int(await redis.xlen(dead_letters(s))) for s in streams}
        facts = {"counts": counts}
        if not any(counts.values()):
            return Condition(facts=facts)
        told = ", ".join(f"{count} of {stream}" for stream, count in counts.items() if count)
        return Condition("attention", f"{told}: see communique dead list", facts)

    return Part("dead_letters", check)


def disk_part(folders: Sequence[Path]) -> Part:
    """Return whether there is room in the folders that a service writes to."""

    async def check() -> Condition:
        free = await asyncio.to_thread(lambda: {str(f.absolute()): _free(f) for f in folders})
        facts = {"free": free}
        if full := [folder for folder, room in free.items() if room < _NO_ROOM]:
            return Condition("unavailable", f"no room in {', '.join(full)}", facts)
        tight = [f"{n / 1024**2:.0f} MiB in {f}" for f, n in free.items() if n < _LITTLE_ROOM]
        if tight:
            return Condition("attention", f"little room: {', '.join(tight)}", facts)
        return Condition(facts=facts)

    return Part("disk", check, kept=5.0)


def _free(folder: Path) -> int:
    """Return the bytes that may still be written; 0 where a quota or its inodes are used up."""
    room = shutil.disk_usage(folder).free
    status = os.statvfs(folder)
    return 0 if status.f_files and not status.f_favail else room


def _read_by(service: str) -> list[str]:
    return [stream for stream, groups in GROUPS.items() if service in groups]


def _is_stuck(gauge: GroupGauge) -> bool:
    ages = (gauge.oldest_unread or 0.0, gauge.oldest_pending or 0.0)
    return max(ages) > _STUCK


def _told(gauge: GroupGauge) -> str:
    if (gauge.oldest_pending or 0.0) > _STUCK:
        return f"{gauge.stream} has messages in hand since {gauge.oldest_pending:.0f} s"
    more = " or more" if gauge.unread >= _COUNTED else ""
    return f"{gauge.stream} is {gauge.unread}{more} behind, since {gauge.oldest_unread:.0f} s"
