"""What extract does when a message comes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import structlog
from faststream import Context

from services.extract.pipeline import Extractor
from shared.events import DocumentReceived, RecordExtracted
from shared.streams import RedisClient
from shared.texts import text_of

log = structlog.get_logger()

# Code points. Above this, reading takes long enough (tens of milliseconds) for health checks and
# other messages to wait noticeably; below, handing it to a thread costs more than it gives.
_LARGE = 64 * 1024


async def extract_record(
    event: DocumentReceived,
    extractor: Annotated[Extractor, Context()],
    redis: Annotated[RedisClient, Context()],
) -> RecordExtracted:
    """Read one document and announce its record."""
    text = await text_of(redis, event)
    if len(text) > _LARGE:
        record = await asyncio.to_thread(extractor.extract, event.document, text)
    else:
        record = extractor.extract(event.document, text)
    log.info("record.extracted", kind=record.kind)
    return RecordExtracted(
        document_id=event.document_id, occurred_at=datetime.now(UTC), record=record
    )
