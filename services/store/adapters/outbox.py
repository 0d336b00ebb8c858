"""The outbox: events are written with what they tell of, and published after the commit."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from faststream.redis import RedisBroker
from sqlalchemy import Connection, delete, func, insert, select, update

from services.store.tables import outbox
from shared.database import Database
from shared.events import RecordStored

_POLL = 1.0  # seconds between looks for what was left behind
_LEFT = timedelta(seconds=3)  # after which an event that is not marked counts as left behind
_BATCH = 50
_MOST_AT_HAND = 200  # events; what Redis does not take for long is better left in the table
_KEPT = timedelta(days=1)  # for which published events stay, to look into
_JSON = {"content-type": "application/json"}


class Announcement(NamedTuple):
    """An event in the outbox: its number there, its document, and its JSON."""

    id: int
    document_id: str
    event: str


def put(db: Connection, event: RecordStored, meeting: str | None, *, now: datetime) -> Announcement:
    """Write an event to be announced once the transaction is committed.

    `meeting` is its merged meeting as JSON, which is written anyway and can be long.
    """
    rest = event.model_dump_json(exclude={"meeting"})
    raw = f'{rest[:-1]},"meeting":{meeting or "null"}}}'
    row = {"document_id": event.document_id, "event": raw, "created_at": now}
    number = db.execute(_PUT, row).scalar_one()
    return Announcement(number, event.document_id, raw)


class Relay:
    """Publishes what is committed, in order, and marks it in the outbox.

    Events come by hand from the worker that wrote them, for the alert must leave at once; what a
    crash left behind is found in the table. An event may so be published twice: its
    `(document_id, version)` keys it.
    """

    def __init__(self, database: Database, broker: RedisBroker) -> None:
        """Publish nothing yet."""
        self._database = database
        self._broker = broker
        self._alone = database.is_sqlite
        self._wake = asyncio.Event()
        self._at_hand: deque[Announcement] = deque()
        self._sent: list[int] = []
        self._looked = 0.0
        self._opened = datetime.now(UTC)  # what is older, an earlier run has left behind
        self._pruned = datetime.min.replace(tzinfo=UTC)

    def hand_over(self, committed: Sequence[Announcement]) -> None:
        """Take events whose transaction is committed."""
        if len(self._at_hand) < _MOST_AT_HAND:
            self._at_hand.extend(committed)
        self._wake.set()

    async def run(self) -> None:
        """Publish until cancelled, beginning with what an earlier run left behind."""
        await self._publish_left_behind(self._opened)
        while True:
            self._wake.clear()
            while self._at_hand:
                together = list(islice(self._at_hand, _BATCH))
                await self._publish(together)
                for announcement in together:
                    self._at_hand.popleft()
                    self._sent.append(announcement.id)
                if len(self._sent) >= _BATCH:
                    await self.mark_sent()
            with suppress(TimeoutError):
                async with asyncio.timeout(_POLL):  # wait_for may swallow a cancellation
                    await self._wake.wait()
            if asyncio.get_running_loop().time() - self._looked > _POLL:
                await self.mark_sent()
                await self._publish_left_behind(datetime.now(UTC) - _LEFT)

    async def waiting(self) -> tuple[int, datetime | None]:
        """Return how many events are not marked as published, and since when the oldest is there.

        Marks are written once a second.
        """
        async with self._database.reading() as db:
            count = select(func.count(), func.min(outbox.c.created_at)).where(_UNPUBLISHED)
            row = (await db.execute(count)).one()
            return row[0], row[1]

    async def mark_sent(self) -> None:
        """Write down what is published and not yet marked so."""
        if not self._sent:
            return
        sent, self._sent = self._sent, []
        # Undone by a power cut, it is only published once more.
        await self._database.write(lambda db: self._mark(db, sent), durable=False)

    async def _publish_left_behind(self, before: datetime) -> None:
        """Publish events that no worker has marked in time, oldest first."""
        self._looked = asyncio.get_running_loop().time()
        while await (self._publish_read(before) if self._alone else self._publish_held(before)):
            pass

    async def _publish_read(self, before: datetime) -> bool:
        """Publish and then mark: a lock held meanwhile would keep SQLite's one writer waiting."""
        async with self._database.reading() as db:
            rows = (await db.execute(_oldest(before))).all()
        await self._publish([Announcement(*row) for row in rows])
        self._sent.extend(row.id for row in rows)
        await self.mark_sent()
        return bool(rows)

    async def _publish_held(self, before: datetime) -> bool:
        """Publish while holding the rows: other workers skip them."""
        async with self._database.writing() as db:
            held = _oldest(before).with_for_update(skip_locked=True)
            rows = (await db.execute(held)).all()
            await self._publish([Announcement(*row) for row in rows])
            if rows:
                await db.run_sync(self._mark, [row.id for row in rows])
        return bool(rows)

    async def _publish(self, announcements: Sequence[Announcement]) -> None:
        """Publish in one go: a send takes longer than an event."""
        redis = await self._broker.connect()
        async with redis.pipeline(transaction=False) as together:
            for announcement in announcements:
                await self._broker.publish(
                    announcement.event.encode(),
                    stream=RecordStored.stream,
                    correlation_id=announcement.document_id,
                    headers=_JSON,
                    pipeline=together,
                )
            await together.execute()

    def _mark(self, db: Connection, ids: list[int]) -> None:
        now = datetime.now(UTC)
        db.execute(update(outbox).where(outbox.c.id.in_(ids)), {"published_at": now})
        if now - self._pruned > _KEPT / 24:
            self._pruned = now
            db.execute(delete(outbox).where(outbox.c.published_at < now - _KEPT))


_PUT = insert(outbox).returning(outbox.c.id)
_UNPUBLISHED = outbox.c.published_at.is_(None)


def _oldest(before: datetime) -> Any:
    return (
        select(outbox.c.id, outbox.c.document_id, outbox.c.event)
        .where(_UNPUBLISHED, outbox.c.created_at < before)
        .order_by(outbox.c.id)
        .limit(_BATCH)
    )
