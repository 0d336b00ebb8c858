"""What notify does with what it reads."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog

from services.notify.adapters.deliveries import DeliveryTable
from services.notify.formats.rendering import Renderings
from services.notify.sender import Sender
from services.notify.settings import Settings
from shared.events import RecordStored

log = structlog.get_logger()


async def schedule_deliveries(
    event: RecordStored,
    deliveries: DeliveryTable,
    sender: Sender,
    settings: Settings,
) -> None:
    """Promise each subscriber who wants this event one webhook, and have it sent at once."""
    if event.outcome == "none":
        return
    renderings = Renderings(event, settings.store_url)
    count = await deliveries.schedule(event, renderings, datetime.now(UTC))
    if count:
        sender.wake()
        log.debug("alerts.scheduled", outcome=event.outcome, count=count)
