"""Leases: who has a message in hand keeps it, who is gone loses it, and late effects are none."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

import pytest
from redis.asyncio import Redis

from shared.errors import PermanentError, TransientError
from shared.events import DocumentReceived
from tests.reliability.workers import (
    GROUP,
    STREAM,
    at_rest,
    letters,
    pending,
    publish,
    received,
    settings_for,
    until,
    until_true,
    working,
)


async def test_a_handler_that_takes_longer_than_its_lease_is_not_doubled(
    redis_url: str, redis: Redis
) -> None:
    """Neither what is in hand nor what was read with it is given to the other worker."""
    seen: list[str] = []

    async def slow(event: DocumentReceived) -> None:
        seen.append(event.document_id)
        await asyncio.sleep(1.0)

    async def quick(event: DocumentReceived) -> None:
        seen.append(event.document_id)

    events = [received(number) for number in range(3)]
    async with working(settings_for(redis_url, "slow"), slow):
        await publish(redis_url, *events)
        await until_true(lambda: seen)
        async with working(settings_for(redis_url, "quick"), quick):
            await until(lambda: at_rest(redis))
    assert seen == [event.document_id for event in events]


async def test_the_spacing_between_attempts_grows(redis_url: str, redis: Redis) -> None:
    """Each rest is about twice the one before."""
    at: list[float] = []

    async def fail(event: DocumentReceived) -> None:
        at.append(time.monotonic())
        raise ValueError("again")

    async with working(settings_for(redis_url, max_attempts=4, claim_after=0.2), fail):
        await publish(redis_url, received(1))
        await until(lambda: letters(redis))
    rests = [later - earlier for earlier, later in pairwise(at)]
    assert [rest >= least for rest, least in zip(rests, (0.2, 0.4, 0.8), strict=True)] == [True] * 3


async def test_a_handler_that_hangs_is_ended_and_counts(redis_url: str, redis: Redis) -> None:
    """Its time is limited; after max_attempts it is dead, and the others went on meanwhile."""
    handled: list[str] = []

    async def hang(event: DocumentReceived) -> None:
        if event.document.name == "hang":
            await asyncio.Event().wait()
        handled.append(event.document.name)

    settings = settings_for(redis_url, handle_within=0.3, max_attempts=2)
    async with working(settings, hang):
        await publish(redis_url, received(1, "hang"), received(2, "after"))
        await until_true(lambda: "after" in handled)
        await until(lambda: letters(redis))
    [letter] = await letters(redis)
    assert letter[b"reason"] == b"OverdueError: not handled within 0.3 s"
    assert letter[b"attempts"] == b"2"


async def test_a_restarted_worker_takes_its_own_messages_up_at_once(
    redis_url: str, redis: Redis
) -> None:
    """What its killed predecessor had in hand does not wait claim_after."""
    seen: list[str] = []

    async def handle(event: DocumentReceived) -> None:
        seen.append(event.document_id)

    await publish(redis_url, received(1), received(2))
    await redis.xgroup_create(STREAM, GROUP, id="0")
    await redis.xreadgroup(GROUP, "w1", {STREAM: ">"})  # and was killed
    async with working(settings_for(redis_url, "w1", claim_after=60), handle):
        await until(lambda: at_rest(redis))
    assert sorted(seen) == [received(1).document_id, received(2).document_id]


async def test_a_worker_that_stops_gives_back_what_it_has_not_begun(
    redis_url: str, redis: Redis
) -> None:
    """Another worker has it at once, as its first attempt."""
    begun = asyncio.Event()
    others: list[str] = []

    async def slow(event: DocumentReceived) -> None:
        begun.set()
        await asyncio.sleep(0.3)

    async def quick(event: DocumentReceived) -> None:
        others.append(event.document.name)

    names = [f"{number}.txt" for number in range(5)]
    await publish(redis_url, *(received(number) for number in range(5)))
    async with working(settings_for(redis_url, "first", claim_after=60), slow):
        await begun.wait()
    left = await redis.xpending_range(STREAM, GROUP, "-", "+", 10)
    assert [told["times_delivered"] for told in left] == [0, 0, 0, 0]
    async with working(settings_for(redis_url, "second", claim_after=60), quick):
        await until(lambda: at_rest(redis))
    assert others == names[1:]


async def test_a_late_failure_buries_nothing(redis_url: str, redis: Redis) -> None:
    """A worker that slept longer than its lease and fails then changes nothing any more."""
    asleep, wake = asyncio.Event(), asyncio.Event()

    async def sleep_and_fail(event: DocumentReceived) -> None:
        asleep.set()
        await wake.wait()
        raise PermanentError("too late")

    async with working(settings_for(redis_url, "late", claim_after=60), sleep_and_fail):
        await publish(redis_url, received(1))
        await asleep.wait()
        [told] = await redis.xpending_range(STREAM, GROUP, "-", "+", 1)
        await redis.xclaim(STREAM, GROUP, "other", 0, [told["message_id"]])
        wake.set()
        await asyncio.sleep(0.3)
        assert await pending(redis) == 1  # the other's
        assert await letters(redis) == []


async def are_not_counted(redis: Redis, number: int) -> bool:
    """Tell whether so many pending messages have no attempt against them, and none has two."""
    found = await redis.xpending_range(STREAM, GROUP, "-", "+", 100)
    counts = [told["times_delivered"] for told in found]
    assert max(counts) <= 1
    return counts.count(0) >= number


@pytest.mark.parametrize("error", [TransientError("full"), ConnectionError("away")])
async def test_an_outage_is_waited_out_and_counts_against_no_message(
    redis_url: str, redis: Redis, error: Exception
) -> None:
    """However long what all messages need is away, none of them dies of it."""
    attempts, away = 0, True

    async def handle(event: DocumentReceived) -> None:
        nonlocal attempts
        attempts += 1
        if away:
            raise error

    async with working(settings_for(redis_url, max_attempts=1), handle, at_once=4) as broker:
        await publish(redis_url, *(received(number) for number in range(20)))
        await until_true(lambda: attempts > 8)
        assert "handling" in broker.troubles()
        # Those that were begun, as if never: workers that die now, one after the other, kill none.
        await until(lambda: are_not_counted(redis, 4), within=8)
        away = False
        await until(lambda: at_rest(redis))
        assert broker.troubles() == {}
    assert await letters(redis) == []


async def test_what_fails_while_others_succeed_is_its_own_fault(
    redis_url: str, redis: Redis
) -> None:
    """A message whose handler is refused a connection again and again dies like any other."""
    succeeded = 0

    async def handle(event: DocumentReceived) -> None:
        nonlocal succeeded
        if event.document.name == "bad":
            await asyncio.sleep(0.05)
            raise ConnectionError("refused")
        succeeded += 1

    settings = settings_for(redis_url, max_attempts=2, claim_after=0.1)
    async with working(settings, handle, at_once=4):
        await publish(redis_url, received(0, "bad"))
        async with asyncio.timeout(30):
            while not await letters(redis):
                await publish(redis_url, received(succeeded + 1))
    assert (await letters(redis))[0][b"reason"] == b"ConnectionError: refused"


async def test_an_entry_that_vanished_while_it_was_pending_stops_nobody(
    redis_url: str, redis: Redis
) -> None:
    """Somebody trimmed or deleted it: it is let go of, and what is behind it is handled."""
    seen: list[str] = []

    async def handle(event: DocumentReceived) -> None:
        seen.append(event.document.name)

    await publish(redis_url, *(received(number) for number in range(4)))
    await redis.xgroup_create(STREAM, GROUP, id="0")
    await redis.xreadgroup(GROUP, "gone", {STREAM: ">"})
    entries = [entry for entry, _ in await redis.xrange(STREAM)]
    await redis.xdel(STREAM, entries[0], entries[2])
    async with working(settings_for(redis_url), handle):
        await until(lambda: at_rest(redis))
    assert seen == ["1.txt", "3.txt"]
