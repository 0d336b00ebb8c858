"""What store does with what it reads."""

from __future__ import annotations

import structlog
from faststream.redis import RedisBroker

from services.store.adapters.desk import Desk
from shared.events import DocumentReceived, RecordExtracted
from shared.texts import text_of

log = structlog.get_logger()


async def keep_document(
    event: DocumentReceived,
    desk: Desk,
    broker: RedisBroker,
) -> None:
    """Keep a document with its text."""
    try:
        text = await text_of(broker, event)
    except LookupError:
        if await desk.has(event.document_id):  # read before, and forgotten since
            return
        raise
    await desk.keep_document(event, text)
    log.info("document.kept", name=event.document.name)


async def keep_record(event: RecordExtracted, desk: Desk) -> None:
    """Keep a record, decide which meeting it tells of, and have that announced."""
    await desk.keep_record(event)
    log.info("record.kept", kind=event.record.kind)
