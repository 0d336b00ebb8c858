"""What deliveries tell of a document's journey: to whom it was promised, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from services.notify.adapters.history import AttemptShown, DeliveryShown, shown
from services.notify.tables import attempts, deliveries, subscriptions
from shared.database import Database
from shared.journeys import Journey, Stage


class DeliveryTraced(DeliveryShown):
    """A delivery with who holds it until when; `active`: its subscription still wants alerts."""

    subscription_id: str
    host: str
    leased_until: datetime | None
    active: bool


class AlertJourney(Journey):
    """A document's alerts, the first promised first."""

    deliveries: tuple[DeliveryTraced, ...]


class DeliveryJourneys:
    """Reads deliveries by their documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def one(self, document_id: str) -> AlertJourney | None:
        """Return a document's alerts, None if nobody was promised any."""
        found = await self._journeys([document_id])
        return found[0] if found else None

    async def page(self, after: str, limit: int) -> list[AlertJourney]:
        """Return the alerts of documents whose ids come after `after`, in order."""
        ids = (
            select(deliveries.c.document_id)
            .where(deliveries.c.document_id > after)
            .distinct()
            .order_by(deliveries.c.document_id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            wanted = (await connection.execute(ids)).scalars().all()
        return await self._journeys(wanted)

    async def _journeys(self, document_ids: Sequence[str]) -> list[AlertJourney]:
        async with self._database.reading() as connection:
            rows = (await connection.execute(_DELIVERIES, {"ids": document_ids})).all()
            tries = (await connection.execute(_ATTEMPTS, {"ids": document_ids})).all()
        by_delivery = defaultdict(list)
        for row in tries:
            by_delivery[row.delivery_id].append(shown(row, AttemptShown))
        by_document = defaultdict(list)
        for row in rows:
            by_document[row.document_id].append(_traced(row, by_delivery[row.id]))
        return [_journey(each, by_document[each]) for each in document_ids if each in by_document]


def _traced(row: Row[Any], tries: list[AttemptShown]) -> DeliveryTraced:
    return shown(row, DeliveryTraced, attempts=tuple(tries), active=row.subscription == "active")


def _journey(document_id: str, found: list[DeliveryTraced]) -> AlertJourney:
    return AlertJourney(
        document_id=document_id,
        name=None,
        finished=all(each.status != "pending" for each in found),
        stages=tuple(stage for each in found for stage in _stages(each)),
        deliveries=tuple(found),
    )


def _stages(delivery: DeliveryTraced) -> Iterator[Stage]:
    what = f"{delivery.type} to {delivery.host}"
    yield Stage(stage="scheduled", done=True, at=delivery.created_at, detail=what)
    last = delivery.attempts[-1] if delivery.attempts else None
    told = f"{delivery.host}: {delivery.status}, {len(delivery.attempts)} attempts"
    if last is not None and (last.error or last.status_code):
        told += f", last answer {last.error or last.status_code}"
    ended = delivery.status == "delivered"
    at = last.started_at if last and ended else None
    yield Stage(stage="alerted", done=ended, at=at, detail=told)


_SHOWN = [column for column in deliveries.c if column.name not in {"body", "key", "number"}]
_DELIVERIES = (
    select(*_SHOWN, subscriptions.c.status.label("subscription"))
    .join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
    .where(deliveries.c.document_id.in_(bindparam("ids", expanding=True)))
    .order_by(deliveries.c.number)
)
_ATTEMPTS = (
    select(attempts)
    .join(deliveries, deliveries.c.id == attempts.c.delivery_id)
    .where(deliveries.c.document_id.in_(bindparam("ids", expanding=True)))
    .order_by(attempts.c.delivery_id, attempts.c.number)
)
