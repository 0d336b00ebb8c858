"""Deliveries in the database: scheduled once, claimed by lease, every attempt recorded.

What several ask for at the same time is written together: statements cost more than rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.exc import IntegrityError

from services.notify.adapters.attempts import Ended, record_attempts
from services.notify.adapters.claiming import Claimed, Lease, claim_due
from services.notify.adapters.scheduling import Promise, insertions, write_promises
from services.notify.adapters.subscriptions import Subscribers
from services.notify.deliveries import Attempt, Verdict, delivery_keys, webhook_id
from services.notify.formats.message import Message
from services.notify.guard import target_of
from services.notify.subscriptions import Subscription
from services.notify.tables import deliveries
from shared.batching import Together
from shared.database import Database
from shared.events import RecordStored

__all__ = ["Claimed", "DeliveryTable"]

_RELEASE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), deliveries.c.lease == bindparam("held"))
    .values(leased_until=None, lease=None)
)


class DeliveryTable:
    """Keeps what is to be sent, and what became of it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = insertions(database)
        self._subscribers = Subscribers(database)
        self._schedule = Together(self._schedule_all)
        self._record = Together(self._record_all)

    async def schedule(
        self, event: RecordStored, render: Callable[[Subscription], Message], at: datetime
    ) -> int:
        """Write one delivery for each subscriber that wants the event; return how many are new.

        Whoever was told already, under the same key or that of a meeting merged since, is not
        told again. `render` is asked what each of them is sent.
        """
        wanting = (await self._subscribers.active()).wanting(event)
        if not wanting:  # most events: no need to write
            return 0
        keys = delivery_keys(event)
        names = keys if event.outcome == "statement.published" else ()  # the rest has one key
        rows = [_new_delivery(one, event, keys[0], render(one), at) for one in wanting]
        try:
            return await self._schedule(Promise(names, rows))
        except IntegrityError:  # a subscription was deleted between reading and writing
            return await self.schedule(event, render, at)

    async def _schedule_all(self, promises: Sequence[Promise]) -> list[int]:
        return await self._database.write(
            lambda connection: write_promises(connection, self._insert, promises)
        )

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
        lease = Lease(token_hex(16), now, until)
        # A lease that a power cut undoes has no holder any more: no need to wait for the disk.
        return await self._database.write(
            lambda connection: claim_due(connection, lease, limit, per_host, busy),
            durable=False,
        )

    async def record(self, delivery: Claimed, attempt: Attempt, verdict: Verdict) -> bool:
        """Keep an attempt and what follows from it; return whether it was still ours to keep.

        It is not if the lease is another worker's since, or if the subscription is gone.
        """
        return await self._record((delivery, attempt, verdict))

    async def _record_all(self, ended: Sequence[Ended]) -> list[bool]:
        kept = await self._database.write(lambda connection: record_attempts(connection, ended))
        return [one.id in kept for one, _, _ in ended]

    async def release(self, held: Iterable[Claimed]) -> None:
        """Give back what was claimed and not tried, for any worker to take at once."""
        rows = [{"delivery": one.id, "held": one.lease} for one in held]
        if not rows:
            return
        async with self._database.writing() as connection:
            await connection.execute(_RELEASE, rows)

    async def hasten(self, now: datetime) -> int:
        """Make due what was promised for a moment that is yet to come; return how much that is.

        A first try is due at once: only a clock that was set back makes it wait.
        """
        waiting = update(deliveries).where(
            deliveries.c.status == "pending", deliveries.c.attempts == 0, deliveries.c.due_at > now
        )
        async with self._database.writing() as connection:
            return int((await connection.execute(waiting.values(due_at=now))).rowcount)

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


def _new_delivery(
    subscription: Subscription, event: RecordStored, key: str, message: Message, at: datetime
) -> dict[str, Any]:
    return {
        "id": webhook_id(subscription.id, key),
        "subscription_id": subscription.id,
        "key": key,
        "type": event.outcome,
        "document_id": event.document_id,
        "host": target_of(subscription.url).authority,
        "body": message.body,
        "headers": message.all_headers,
        "status": "pending",
        "attempts": 0,
        "created_at": at,
        "due_at": at,
    }
