"""What ingest does when a message comes."""

from __future__ import annotations

import asyncio
from typing import Annotated

import structlog
from faststream import Context

from services.ingest.announcing import Announcer
from services.ingest.intake import Intake
from shared.events import RecordStored

log = structlog.get_logger()


async def finish_document(
    event: RecordStored,
    intake: Annotated[Intake, Context()],
    announcer: Annotated[Announcer, Context()],
) -> None:
    """File a document that store has as done; from now on its bytes are known."""
    await asyncio.to_thread(intake.settle, event.document_id, event.document.name)
    await announcer.forget_text(event.document_id)
    log.info("document.finished", outcome=event.outcome)
