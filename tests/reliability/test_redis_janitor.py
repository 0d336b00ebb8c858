"""Redis stays small, and what a replay sends reaches only whom it is for."""

from __future__ import annotations

import asyncio

from redis import Redis as SyncRedis
from redis.asyncio import Redis

from communique.operating.letters import read_letters, replay_letter
from shared.delivery import make_broker, subscribe
from shared.errors import PermanentError
from shared.events import DocumentReceived
from shared.janitor import remove_stale
from shared.settings import load_settings
from shared.streams import create_groups, trim_acknowledged
from tests.reliability.workers import (
    GROUP,
    STREAM,
    Settings,
    at_rest,
    letters,
    publish,
    received,
    settings_for,
    until,
    working,
)


class StoreSettings(Settings):
    """The settings of the other group that reads received documents."""

    service = "store"


async def consumers(redis: Redis) -> set[str]:
    return {told["name"].decode() for told in await redis.xinfo_consumers(STREAM, GROUP)}


async def test_readers_that_are_gone_are_removed_but_never_with_messages_in_hand(
    redis_url: str, redis: Redis
) -> None:
    """What a gone reader held is claimed first; then it is removed, and who reads stays."""
    seen: list[str] = []

    async def handle(event: DocumentReceived) -> None:
        seen.append(event.document.name)

    await publish(redis_url, received(1))
    await create_groups(redis, GROUP)
    await redis.xreadgroup(GROUP, "gone", {STREAM: ">"})
    await redis.xgroup_createconsumer(STREAM, GROUP, "idle")
    await asyncio.sleep(0.1)
    assert await remove_stale(redis, after=0.05) == ["idle"]
    assert await consumers(redis) == {"gone"}
    async with working(settings_for(redis_url, "alive"), handle):
        await until(lambda: at_rest(redis))
        assert await remove_stale(redis, after=0.0) != []
    assert "gone" not in await consumers(redis)
    assert seen == ["1.txt"]


async def test_what_was_acknowledged_just_now_may_still_be_looked_at(redis: Redis) -> None:
    """With `keep` the janitor leaves the last seconds."""
    for group in ("extract", "store"):
        await create_groups(redis, group)
    for _ in range(3):
        await redis.xadd(STREAM, {"__data__": b"{}"})
    for group in ("extract", "store"):
        [(_, entries)] = await redis.xreadgroup(group, "w", {STREAM: ">"})
        await redis.xack(STREAM, group, *[entry for entry, _ in entries])
    await redis.xadd(STREAM, {"__data__": b"{}"})
    assert (await trim_acknowledged(redis, keep=60))[STREAM] == 0
    assert (await trim_acknowledged(redis))[STREAM] == 2  # the last one read is the horizon


async def test_a_replayed_message_reaches_the_group_that_failed_and_no_other(
    redis_url: str, redis: Redis
) -> None:
    """Even when its stream was trimmed; the other group acknowledges it unseen."""
    well, at_extract, at_store = False, 0, 0

    async def extract(event: DocumentReceived) -> None:
        nonlocal at_extract
        if not well:
            raise PermanentError("not yet")
        at_extract += 1

    async def store(event: DocumentReceived) -> None:
        nonlocal at_store
        at_store += 1

    other = make_broker(load_settings(StoreSettings, redis_url=redis_url, worker="s1"))
    subscribe(
        other,
        load_settings(StoreSettings, redis_url=redis_url, worker="s1"),
        store,
        to=DocumentReceived,
    )
    await create_groups(redis, "store")
    await other.start()
    async with working(settings_for(redis_url), extract):
        await publish(redis_url, received(1))
        await until(lambda: letters(redis))
        await until(lambda: at_rest(redis, "store"))
        await redis.xtrim(STREAM, maxlen=0, approximate=False)
        well = True
        with SyncRedis.from_url(redis_url) as by_hand:
            for letter in list(read_letters(by_hand)):
                replay_letter(by_hand, letter)
        await until(lambda: at_rest(redis))
        await until(lambda: at_rest(redis, "store"))
    await other.stop()
    assert (at_extract, at_store) == (1, 1)
    assert await letters(redis) == []
