"""The extract service on a real Redis: a document in, its record out."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from faststream.redis import BinaryMessageFormatV1, RedisBroker
from redis.asyncio import Redis

from services.extract.app import build
from services.extract.settings import Settings
from shared.delivery import announce, make_broker
from shared.events import DocumentReceived, RecordExtracted
from shared.record import SourceFile
from shared.settings import load_settings
from shared.texts import publishable

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
async def broker(redis_url: str) -> AsyncIterator[RedisBroker]:
    """The extract service runs; this is what ingest speaks through."""
    settings = load_settings(Settings, redis_url=redis_url, worker="extract-test")
    outside = make_broker(settings)
    app = build(settings)
    async with app.router.lifespan_context(app):
        await outside.connect()
        yield outside
        await outside.stop()


async def drop(broker: RedisBroker, text: str) -> str:
    """Announce a document as ingest does; return its id."""
    data = text.encode()
    document_id = hashlib.sha256(data).hexdigest()
    fields = await publishable(await broker.connect(), document_id, text)
    event = DocumentReceived(
        document_id=document_id,
        occurred_at=datetime.now(UTC),
        document=SourceFile(id=document_id, name="a.txt", sha256=document_id, size=len(data)),
        **fields,
    )
    await announce(broker, event)
    return document_id


async def records(redis_url: str, count: int) -> list[tuple[str, RecordExtracted]]:
    """Wait for so many records; return each with its correlation id."""
    async with Redis.from_url(redis_url) as redis, asyncio.timeout(10):
        while await redis.xlen(RecordExtracted.stream) < count:
            await asyncio.sleep(0.01)
        entries: Any = await redis.xrange(RecordExtracted.stream)
    found = []
    for _, entry in entries:
        body, headers = BinaryMessageFormatV1.parse(entry[b"__data__"])
        found.append((headers["correlation_id"], RecordExtracted.model_validate_json(body)))
    return found


async def test_a_document_becomes_a_record_of_the_same_correlation(
    broker: RedisBroker, redis_url: str
) -> None:
    """What the service announces is what the extractor reads, under the document's id."""
    text = next(SEEDS.glob("000*.txt")).read_text("utf-8-sig")
    document_id = await drop(broker, text)
    [(correlation, event)] = await records(redis_url, 1)
    assert correlation == document_id == event.document_id == event.record.document.id
    assert event.record.kind == "statement"
    assert event.record.coalition is not None
    for evidence in event.record.coalition.evidence:
        assert text[evidence.start : evidence.end] == evidence.text


async def test_a_document_that_comes_twice_gives_the_same_record(
    broker: RedisBroker, redis_url: str
) -> None:
    """So store can tell that nothing is new."""
    for _ in range(2):
        await drop(broker, next(SEEDS.glob("001*.txt")).read_text("utf-8-sig"))
    [(_, first), (_, second)] = await records(redis_url, 2)
    assert first.record == second.record


async def test_a_text_by_reference_is_read_too(broker: RedisBroker, redis_url: str) -> None:
    """More than 256 KiB, in a thread of its own."""
    seed = next(SEEDS.glob("000*.txt")).read_text("utf-8-sig")
    document_id = await drop(broker, seed + "\n\nنص طويل.\n" * 20_000)
    [(_, event)] = await records(redis_url, 1)
    assert event.document_id == document_id
    assert event.record.coalition is not None
