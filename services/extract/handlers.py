"""What extract does when a message comes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import structlog
from faststream.redis import RedisBroker

from services.extract.pipeline import LONGEST, Extractor
from shared.events import DocumentReceived, RecordExtracted
from shared.texts import text_of

log = structlog.get_logger()

# Code points. Above this, reading takes long enough (tens of milliseconds) for health checks and
# other messages to wait noticeably; below, handing it to a thread costs more than it gives.
_LARGE = 64 * 1024


async def extract_record(
    event: DocumentReceived,
    extractor: Extractor,
    broker: RedisBroker,
) -> RecordExtracted:
    """Read one document and announce its record."""
    text = await text_of(broker, event)
    if len(text) > _LARGE:
        record = await asyncio.to_thread(extractor.extract, event.document, text)
    else:
        record = extractor.extract(event.document, text)
    if len(text) > LONGEST:
        log.warning("document.read_in_part", characters=len(text), read=LONGEST)
    log.info("record.extracted", kind=record.kind)
    return RecordExtracted(
        document_id=event.document_id,
        occurred_at=datetime.now(UTC),
        record=record,
        reread=event.reread,
    )
