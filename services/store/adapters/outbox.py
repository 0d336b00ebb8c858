"""The outbox: events are written with what they tell of, and published after the commit."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

import structlog
from faststream.redis import RedisBroker
from sqlalchemy import Connection, func, insert, select

from services.store.adapters import confirming
from services.store.adapters.confirming import UNPUBLISHED
from services.store.tables import outbox
from shared.confirmed import Progress, number_of, progress
from shared.database import Database
from shared.events import RecordStored

log = structlog.get_logger()

_LOOK_EVERY = 1.0  # seconds, for what was left behind and what is confirmed
_LEFT = 3.0  # seconds after which an event that is still not marked counts as left behind
_PRUNE_EVERY = 3600.0  # seconds
_BATCH = 50
_MOST_AT_HAND = 200  # events; what Redis does not take for long is better left in the table
_JSON = {"content-type": "application/json"}


class Announcement(NamedTuple):
    """An event in the outbox: its number there, its document, and its JSON."""

    id: int
    document_id: str
    event: str


class Sent(NamedTuple):
    """Events that were published into a life of the stream, none above the number `entry`."""

    ids: list[int]
    entry: int
    memory: str


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
    """Publishes what is committed, in order, and again what Redis forgot before all had read it.

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
        self._sent: list[Sent] = []
        self._memory = ""  # the life of the stream that was seen last
        self._looked = self._pruned = float("-inf")
        # The newest event there was, by the time of the look: the clock of the day may be set.
        self._newest: deque[tuple[float, int]] = deque()

    def hand_over(self, committed: Sequence[Announcement]) -> None:
        """Take events whose transaction is committed."""
        if len(self._at_hand) < _MOST_AT_HAND:
            self._at_hand.extend(committed)
        self._wake.set()

    async def run(self) -> None:
        """Publish until cancelled, beginning with what an earlier run left behind."""
        await self._publish_left_behind(await self._look())
        while True:
            self._wake.clear()
            await self._publish_at_hand()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY):  # wait_for may swallow a cancellation
                    await self._wake.wait()
            if asyncio.get_running_loop().time() - self._looked > _LOOK_EVERY:
                await self._look()
                await self._publish_left_behind(self._left_behind())

    async def waiting(self) -> tuple[int, datetime | None]:
        """Return how many events are not marked as published, and since when the oldest is there.

        Marks are written once a second.
        """
        async with self._database.reading() as db:
            count = select(func.count(), func.min(outbox.c.created_at)).where(UNPUBLISHED)
            row = (await db.execute(count)).one()
            return row[0], row[1]

    async def mark_sent(self) -> None:
        """Write down what is published and not yet marked so."""
        if not self._sent:
            return
        sent, self._sent = self._sent, []
        try:
            # Undone by a power cut, it is only published once more.
            await self._database.write(lambda db: _mark(db, sent), durable=False)
        except BaseException:
            self._sent = sent + self._sent
            raise

    async def _look(self) -> int:
        """See what is confirmed and what is lost; return the number of the newest event."""
        now = asyncio.get_running_loop().time()
        seen = await progress(await self._broker.connect(), RecordStored.stream)
        self._memory = seen.memory
        await self.mark_sent()
        async with self._database.reading() as db:
            lost, first, newest = (await db.execute(confirming.unsettled(seen))).one()
        if now - self._pruned > _PRUNE_EVERY:
            self._pruned = now
            await self._database.write(lambda db: confirming.prune(db, datetime.now(UTC)))
            due = True
        else:
            due = not seen.missing and first is not None and first < (seen.done_below or 0)
        if lost is not None or due:
            await self._settle(seen)
        self._looked = now
        if lost is not None:  # is to go out at once
            self._newest.clear()
        self._newest.append((now if lost is None else now - _LEFT, newest or 0))
        return newest or 0

    async def _settle(self, seen: Progress) -> None:
        now = datetime.now(UTC)
        lost = await self._database.write(
            lambda db: confirming.settle(db, seen, now), durable=False
        )
        if lost:
            log.warning("redis.forgot", events=lost)

    def _left_behind(self) -> int:
        """Return the number up to which events have been there for long enough."""
        number, since = 0, self._looked - _LEFT
        while self._newest and self._newest[0][0] <= since:
            number = self._newest.popleft()[1]
        return number

    async def _publish_at_hand(self) -> None:
        while self._at_hand:
            together = list(islice(self._at_hand, _BATCH))
            self._sent.append(await self._publish(together))
            for _ in together:
                self._at_hand.popleft()
            if sum(len(sent.ids) for sent in self._sent) >= _BATCH:
                await self.mark_sent()

    async def _publish_left_behind(self, up_to: int) -> None:
        """Publish events up to a number that no worker has marked in time, oldest first."""
        while await (self._publish_read(up_to) if self._alone else self._publish_held(up_to)):
            pass

    async def _publish_read(self, up_to: int) -> bool:
        """Publish and then mark: a lock held meanwhile would keep SQLite's one writer waiting."""
        async with self._database.reading() as db:
            rows = (await db.execute(confirming.oldest_unpublished(up_to, _BATCH))).all()
        if rows:
            self._sent.append(await self._publish([Announcement(*row) for row in rows]))
            await self.mark_sent()
        return bool(rows)

    async def _publish_held(self, up_to: int) -> bool:
        """Publish while holding the rows: other workers skip them."""
        async with self._database.writing() as db:
            oldest = confirming.oldest_unpublished(up_to, _BATCH)
            rows = (await db.execute(oldest.with_for_update(skip_locked=True))).all()
            if rows:
                sent = await self._publish([Announcement(*row) for row in rows])
                await db.run_sync(_mark, [sent])
        return bool(rows)

    async def _publish(self, announcements: Sequence[Announcement]) -> Sent:
        """Publish in one go: a send takes longer than an event."""
        memory = self._memory
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
            entries = await together.execute()
        return Sent([a.id for a in announcements], max(map(number_of, entries)), memory)


def _mark(db: Connection, sent: Sequence[Sent]) -> None:
    now = datetime.now(UTC)
    for memory in {one.memory for one in sent}:
        chosen = [one for one in sent if one.memory == memory]
        ids = [number for one in chosen for number in one.ids]
        confirming.mark_published(db, ids, max(one.entry for one in chosen), memory, now)


_PUT = insert(outbox).returning(outbox.c.id)
