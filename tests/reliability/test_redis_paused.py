"""A real worker that sleeps longer than every lease: what it does on waking changes nothing."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from redis.asyncio import Redis

from services.extract.app import build
from services.extract.settings import Settings
from shared.events import RecordExtracted
from shared.record import SourceFile
from shared.settings import load_settings
from tests.reliability.test_redis_poison import supervised
from tests.reliability.workers import DEAD, at_rest, publish, received, until

SEED = next((Path(__file__).parents[2] / "seeds").glob("000*.txt")).read_text("utf-8-sig")


async def test_a_paused_extract_that_wakes_changes_nothing(redis_url: str, redis: Redis) -> None:
    """Its documents were read by another meanwhile: nothing is lost, nothing dead, all at rest."""
    count = 60
    events = []
    for number in range(count):
        event = received(number)
        file = SourceFile(id=event.document_id, name="a", sha256=event.document_id, size=4)
        events.append(event.model_copy(update={"text": SEED, "document": file}))
    # Long enough that a busy machine does not lose leases while nobody sleeps.
    given = {"worker": "sleeper", "claim_after": "2"}
    async with supervised(redis_url, "services.extract", **given) as sleeper:
        await publish(redis_url, *events[:1])
        await until(lambda: redis.xlen(RecordExtracted.stream), within=60)
        assert sleeper.running is not None
        await publish(redis_url, *events[1:])
        sleeper.running.send_signal(signal.SIGSTOP)
        app = build(load_settings(Settings, redis_url=redis_url, worker="awake", claim_after=2))
        async with app.router.lifespan_context(app):
            await until(lambda: at_rest(redis), within=60)
        sleeper.running.send_signal(signal.SIGCONT)
        await asyncio.sleep(1.0)
        await until(lambda: at_rest(redis))
        assert sleeper.ends == []
        assert await redis.xlen(DEAD) == 0
        told = [fields[b"__data__"] for _, fields in await redis.xrange(RecordExtracted.stream)]
        for event in events:
            assert any(event.document_id.encode() in record for record in told)
        # What was in hand at the pause is the most that was told twice: its effect is keyed.
        assert len(told) <= count + 8
