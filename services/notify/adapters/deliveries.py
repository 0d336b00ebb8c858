"""Deliveries in the database: scheduled once, claimed by lease, every attempt recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.adapters.subscriptions import SHOWN, subscription_of
from services.notify.deliveries import Attempt, Verdict, delivery_keys, webhook_id
from services.notify.guard import target_of
from services.notify.subscriptions import Subscription, wants
from services.notify.tables import attempts, deliveries, subscriptions
from shared.database import Database
from shared.events import RecordStored


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this worker may send until its lease ends. `tried` counts earlier tries."""

    id: str
    subscription_id: str
    document_id: str
    type: str
    url: str = field(repr=False)  # may carry a token
    host: str
    secret: str = field(repr=False)
    body: bytes = field(repr=False)
    tried: int


class DeliveryTable:
    """Keeps what is to be sent, and what became of it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = sqlite.insert if database.is_sqlite else postgresql.insert

    async def schedule(self, event: RecordStored, body: Callable[[], bytes], at: datetime) -> int:
        """Write one delivery for each subscriber that wants the event; return how many are new.

        Whoever was told already, under the same key or that of a meeting merged since, is not
        told again. `body` is asked for only if somebody is to be told.
        """
        keys = delivery_keys(event)
        async with self._database.reading() as connection:
            told = await _told(connection, keys[1:]) if keys[1:] else set()
            wanting = [s for s in await _wanting(connection, event) if s.id not in told]
        if not wanting:  # most events: no need to write
            return 0
        content = body()
        rows = [_new_delivery(subscriber, event, keys[0], content, at) for subscriber in wanting]
        # The keys make a second delivery of the event, here or in another worker, change nothing.
        write = self._insert(deliveries).on_conflict_do_nothing().returning(deliveries.c.id)
        try:
            return await self._database.write(
                lambda connection: len(connection.execute(write, rows).all())
            )
        except IntegrityError:  # a subscription was deleted between reading and writing
            return await self.schedule(event, body, at)

    async def claim(
        self,
        now: datetime,
        until: datetime,
        *,
        limit: int,
        per_host: int,
        busy: Mapping[str, int],
    ) -> list[Claimed]:
        """Lease up to `limit` due deliveries until `until`, oldest first.

        No host gets more than `per_host` at once; `busy` counts what this worker is sending there.
        """
        chosen = _claimable(now, limit, per_host, busy).cte("chosen")
        lease = (
            update(deliveries)
            .where(deliveries.c.id.in_(select(chosen.c.id)))
            .values(leased_until=until)
            .returning(deliveries.c.id)
        )

        def work(connection: Connection) -> list[Claimed]:
            ids = list(connection.execute(lease).scalars())
            return _claimed(connection, ids) if ids else []

        # A lease that a power cut undoes has no holder any more: no need to wait for the disk.
        return await self._database.write(work, durable=False)

    async def record(self, delivery: Claimed, attempt: Attempt, verdict: Verdict) -> None:
        """Keep an attempt and what follows from it; nothing if the subscription is gone since."""
        ended = (
            update(deliveries)
            .where(deliveries.c.id == delivery.id)
            .values(
                status=verdict.status,
                attempts=attempt.number,
                due_at=verdict.due_at,
                leased_until=None,
            )
        )

        def work(connection: Connection) -> None:
            if not connection.execute(ended).rowcount:
                return
            connection.execute(insert(attempts).values(_attempt_row(delivery, attempt)))
            if verdict.receiver_is_gone:
                _disable(connection, delivery.subscription_id)

        await self._database.write(work)

    async def release(self, ids: Iterable[str]) -> None:
        """Give back what was claimed and not tried, for any worker to take at once."""
        given_back = update(deliveries).where(deliveries.c.id.in_(list(ids)))
        async with self._database.writing() as connection:
            await connection.execute(given_back.values(leased_until=None))

    async def next_due(self, after: datetime) -> datetime | None:
        """Return the next moment after `after` at which a delivery can be claimed, if any.

        What can be claimed already waits for room or is being claimed by another worker.
        """
        claimable_at = case(
            (deliveries.c.leased_until > deliveries.c.due_at, deliveries.c.leased_until),
            else_=deliveries.c.due_at,
        )
        query = select(func.min(claimable_at)).where(
            deliveries.c.status == "pending", claimable_at > after
        )
        async with self._database.reading() as connection:
            moment: datetime | None = (await connection.execute(query)).scalar()
        return moment

    async def due(self, now: datetime) -> tuple[int, datetime | None]:
        """Return how many deliveries are due, those being sent included, and since when."""
        query = select(func.count(), func.min(deliveries.c.due_at)).where(
            deliveries.c.status == "pending", deliveries.c.due_at <= now
        )
        async with self._database.reading() as connection:
            count, oldest = (await connection.execute(query)).one()
        return count, oldest


async def _wanting(connection: AsyncConnection, event: RecordStored) -> list[Subscription]:
    query = select(*SHOWN).where(subscriptions.c.status == "active")
    rows = (await connection.execute(query.order_by(subscriptions.c.number))).all()
    return [kept for kept in map(subscription_of, rows) if wants(kept, event)]


async def _told(connection: AsyncConnection, keys: tuple[str, ...]) -> set[str]:
    query = select(deliveries.c.subscription_id).where(deliveries.c.key.in_(keys))
    return set((await connection.execute(query)).scalars())


def _new_delivery(
    subscription: Subscription, event: RecordStored, key: str, body: bytes, at: datetime
) -> dict[str, Any]:
    return {
        "id": webhook_id(subscription.id, key),
        "subscription_id": subscription.id,
        "key": key,
        "type": event.outcome,
        "document_id": event.document_id,
        "host": target_of(subscription.url).authority,
        "body": body,
        "status": "pending",
        "attempts": 0,
        "created_at": at,
        "due_at": at,
    }


def _claimable(now: datetime, limit: int, per_host: int, busy: Mapping[str, int]) -> Any:
    """Select ids for a claim: due, within each host's room, locked where the database can."""
    due = _is_due(now)
    place = func.row_number().over(
        partition_by=deliveries.c.host, order_by=(deliveries.c.due_at, deliveries.c.number)
    )
    ranked = select(deliveries.c.id, deliveries.c.host, place.label("place")).where(due).subquery()
    room: ColumnElement[int] | int = per_host
    if busy:
        left = {host: per_host - count for host, count in busy.items()}
        room = case(left, value=ranked.c.host, else_=per_host)
    fitting = select(ranked.c.id).where(ranked.c.place <= room)
    return (
        select(deliveries.c.id)
        .where(deliveries.c.id.in_(fitting), due)
        .order_by(deliveries.c.due_at, deliveries.c.number)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(
        deliveries.c.status == "pending",
        deliveries.c.due_at <= now,
        or_(deliveries.c.leased_until.is_(None), deliveries.c.leased_until <= now),
    )


def _claimed(connection: Connection, ids: list[str]) -> list[Claimed]:
    query = (
        select(deliveries, subscriptions.c.url, subscriptions.c.secret)
        .join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
        .where(deliveries.c.id.in_(ids))
        .order_by(deliveries.c.due_at, deliveries.c.number)
    )
    return [
        Claimed(
            id=row.id,
            subscription_id=row.subscription_id,
            document_id=row.document_id,
            type=row.type,
            url=row.url,
            host=row.host,
            secret=row.secret,
            body=row.body,
            tried=row.attempts,
        )
        for row in connection.execute(query).all()
    ]


def _attempt_row(delivery: Claimed, attempt: Attempt) -> dict[str, Any]:
    return {
        "delivery_id": delivery.id,
        "number": attempt.number,
        "started_at": attempt.started_at,
        "duration": attempt.duration,
        "status_code": attempt.status_code,
        "error": attempt.error,
    }


def _disable(connection: Connection, subscription_id: str) -> None:
    """End a subscription whose receiver is gone, and what was still to be sent to it."""
    connection.execute(
        update(subscriptions).where(subscriptions.c.id == subscription_id).values(status="disabled")
    )
    connection.execute(
        update(deliveries)
        .where(deliveries.c.subscription_id == subscription_id, deliveries.c.status == "pending")
        .values(status="failed", due_at=None, leased_until=None)
    )
