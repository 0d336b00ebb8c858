"""What notify does with what it reads."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import structlog
from faststream import Context

from services.notify.adapters.deliveries import DeliveryTable
from services.notify.payload import body_of
from services.notify.sender import Sender
from services.notify.settings import Settings
from shared.events import RecordStored

log = structlog.get_logger()


async def schedule_deliveries(
    event: RecordStored,
    deliveries: Annotated[DeliveryTable, Context()],
    sender: Annotated[Sender, Context()],
    settings: Annotated[Settings, Context()],
) -> None:
    """Promise each subscriber who wants this event one webhook, and have it sent at once."""
    if event.outcome == "none":
        return
    body = partial(body_of, event, settings.store_url)
    count = await deliveries.schedule(event, body, datetime.now(UTC))
    if count:
        sender.wake()
        log.info("alerts.scheduled", outcome=event.outcome, count=count)
