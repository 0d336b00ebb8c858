"""What ingest does when a message comes."""

from __future__ import annotations

import asyncio

import structlog

from services.ingest.announcing import Announcer
from services.ingest.answers import Answer
from services.ingest.finishing import Finisher

log = structlog.get_logger()


async def finish_document(
    event: Answer,
    finisher: Finisher,
    announcer: Announcer,
) -> None:
    """File a document that store has as done; from now on its bytes are known."""
    if await asyncio.to_thread(finisher.finish, event.document_id, event.document.name):
        await announcer.forget_text(event.document_id)
        log.info("document.finished", outcome=event.outcome)
