"""What became of a subscription's deliveries, for people to read."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import select

from services.notify.tables import attempts, deliveries
from shared.database import Database
from shared.record import Frozen

ShownT = TypeVar("ShownT", bound=Frozen)


class AttemptShown(Frozen):
    """One try: the answer's status code or an error, `duration` in seconds."""

    number: int
    started_at: datetime
    duration: float
    status_code: int | None
    error: str | None


class DeliveryShown(Frozen):
    """A delivery with its tries, oldest first. `id` is the webhook-id, `due_at` the next try."""

    id: str
    type: str
    document_id: str
    status: Literal["pending", "delivered", "failed"]
    created_at: datetime
    due_at: datetime | None
    attempts: tuple[AttemptShown, ...]


class DeliveryHistory:
    """Reads deliveries and their attempts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self, subscription_id: str, before: int | None, limit: int
    ) -> list[tuple[int, DeliveryShown]]:
        """Return up to `limit` deliveries before number `before`, newest first, numbered."""
        query = select(deliveries).where(deliveries.c.subscription_id == subscription_id)
        if before is not None:
            query = query.where(deliveries.c.number < before)
        query = query.order_by(deliveries.c.number.desc()).limit(limit)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
            tries = await connection.execute(
                select(attempts)
                .where(attempts.c.delivery_id.in_([row.id for row in rows]))
                .order_by(attempts.c.number)
            )
            by_delivery = defaultdict(list)
            for row in tries.all():
                by_delivery[row.delivery_id].append(shown(row, AttemptShown))
        return [
            (row.number, shown(row, DeliveryShown, attempts=by_delivery[row.id])) for row in rows
        ]


def shown(row: Any, shape: type[ShownT], **given: Any) -> ShownT:
    """Return a row in a shape, with the fields that are `given` in place of its own."""
    values = {name: getattr(row, name) for name in shape.model_fields if name not in given}
    return shape.model_validate(values | given)
