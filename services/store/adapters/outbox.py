"""The outbox: events are written with what they tell of, and published after the commit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from faststream.redis import RedisBroker
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.store.tables import outbox
from shared.database import Database
from shared.events import RecordStored

log = structlog.get_logger()

_POLL = 1.0  # seconds; what another worker wrote, and left behind, goes out at the latest then
_BATCH = 50
_KEPT = timedelta(days=1)  # for which published events stay, to look into
_JSON = {"content-type": "application/json"}


def put(db: Connection, event: RecordStored, meeting: str | None) -> None:
    """Write an event to be announced once the transaction is committed.

    `meeting` is its merged meeting as JSON, which is written anyway and can be long.
    """
    rest = event.model_dump_json(exclude={"meeting"})
    raw = f'{rest[:-1]},"meeting":{meeting or "null"}}}'
    row = {"document_id": event.document_id, "event": raw, "created_at": event.occurred_at}
    db.execute(insert(outbox), row)


def is_waiting(db: Connection, document_id: str) -> bool:
    """Tell whether an event of a document is still to be published."""
    waiting = select(outbox.c.id).where(
        outbox.c.published_at.is_(None), outbox.c.document_id == document_id
    )
    return db.execute(waiting).first() is not None


class Relay:
    """Publishes the outbox in order, and marks what is published.

    An event may be published twice (a crash in between): its `(document_id, version)` keys it.
    """

    def __init__(self, database: Database, broker: RedisBroker) -> None:
        """Publish nothing yet."""
        self._database = database
        self._broker = broker
        self._wake = asyncio.Event()
        self._sent: list[int] = []
        self._pruned = datetime.min.replace(tzinfo=UTC)

    def wake(self) -> None:
        """Say that something was committed."""
        self._wake.set()

    async def run(self) -> None:
        """Publish until cancelled."""
        while True:
            self._wake.clear()
            while await self.publish_some():
                pass
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _POLL)

    async def publish_some(self) -> int:
        """Publish the next events; return how many there were."""
        if self._database.is_sqlite:
            return await self._publish_alone()
        async with self._database.writing() as db:  # others skip what this transaction holds
            rows = await self._unpublished(db, skip_locked=True)
            await self._publish(rows)
            await self._mark(db, [row.id for row in rows])
            return len(rows)

    async def waiting(self) -> tuple[int, datetime | None]:
        """Return how many events wait, and since when the oldest does."""
        async with self._database.reading() as db:
            unpublished = outbox.c.published_at.is_(None)
            count = select(func.count(), func.min(outbox.c.created_at)).where(unpublished)
            row = (await db.execute(count)).one()
            return row[0], row[1]

    async def _publish_alone(self) -> int:
        """Publish on SQLite, where a lock held while publishing would keep the handlers waiting.

        Marks are written in batches: each costs a commit.
        """
        async with self._database.reading() as db:
            rows = await self._unpublished(db, after=self._sent[-1] if self._sent else 0)
        await self._publish(rows)
        self._sent += [row.id for row in rows]
        if self._sent and (len(self._sent) >= _BATCH or not self._wake.is_set()):
            await self.mark_sent()
        return len(rows)

    async def mark_sent(self) -> None:
        """Write down what is published and not yet marked so."""
        if not self._sent:
            return
        # Undone by a power cut, it is only published once more.
        async with self._database.writing(durable=False) as db:
            await self._mark(db, self._sent)
        self._sent = []

    async def _unpublished(
        self, db: AsyncConnection, *, after: int = 0, skip_locked: bool = False
    ) -> Sequence[Any]:
        next_ones = (
            select(outbox.c.id, outbox.c.document_id, outbox.c.event)
            .where(outbox.c.published_at.is_(None), outbox.c.id > after)
            .order_by(outbox.c.id)
            .limit(_BATCH)
        )
        if skip_locked:
            next_ones = next_ones.with_for_update(skip_locked=True)
        return (await db.execute(next_ones)).all()

    async def _publish(self, rows: Sequence[Any]) -> None:
        for row in rows:
            await self._broker.publish(
                row.event.encode(),
                stream=RecordStored.stream,
                correlation_id=row.document_id,
                headers=_JSON,
            )

    async def _mark(self, db: AsyncConnection, ids: list[int]) -> None:
        now = datetime.now(UTC)
        if ids:
            done = update(outbox).where(outbox.c.id.in_(ids))
            await db.execute(done, {"published_at": now})
        if now - self._pruned > _KEPT / 24:
            self._pruned = now
            await db.execute(delete(outbox).where(outbox.c.published_at < now - _KEPT))
