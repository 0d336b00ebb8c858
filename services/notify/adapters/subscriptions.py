"""Subscriptions in the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from services.notify.audience import Audience
from services.notify.subscriptions import NewSubscription, Subscription
from services.notify.tables import subscriptions
from shared.batching import Together
from shared.database import Database

# Everything but the secret, which leaves the database only to sign.
SHOWN = [column for column in subscriptions.c if column.name not in {"secret", "number"}]
_ACTIVE = select(*SHOWN).where(subscriptions.c.status == "active").order_by(subscriptions.c.number)


class SubscriptionTable:
    """Keeps subscriptions and their secrets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, wanted: NewSubscription, *, subscription_id: str, secret: str, at: datetime
    ) -> Subscription:
        """Keep a new subscription, active from `at`; `secret` as it may lie on a disk."""
        told = {name: getattr(wanted, name) for name in NewSubscription.model_fields}
        kept = Subscription(**told, id=subscription_id, created_at=at)
        row = kept.model_dump(mode="json") | {"created_at": at, "secret": secret}
        async with self._database.writing() as connection:
            await connection.execute(insert(subscriptions).values(row))
        return kept

    async def get(self, subscription_id: str) -> Subscription | None:
        """Return one subscription, None if there is none of this id."""
        query = select(*SHOWN).where(subscriptions.c.id == subscription_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return subscription_of(row) if row is not None else None

    async def secret_of(self, subscription_id: str) -> str | None:
        """Return a subscription's secret as it is kept, None if there is none of this id."""
        query = select(subscriptions.c.secret).where(subscriptions.c.id == subscription_id)
        async with self._database.reading() as connection:
            found: str | None = (await connection.execute(query)).scalar_one_or_none()
        return found

    async def change_secret(self, subscription_id: str, change: Callable[[str], str]) -> bool:
        """Put what `change` makes of a secret in its place; tell whether there was one."""
        mine = subscriptions.c.id == subscription_id
        async with self._database.writing() as connection:
            held = select(subscriptions.c.secret).where(mine).with_for_update()
            kept = (await connection.execute(held)).scalar_one_or_none()
            if kept is not None:
                new = update(subscriptions).where(mine).values(secret=change(kept))
                await connection.execute(new)
        return kept is not None

    async def page(self, after: int, limit: int) -> list[tuple[int, Subscription]]:
        """Return up to `limit` subscriptions behind number `after`, oldest first, numbered."""
        query = (
            select(subscriptions.c.number, *SHOWN)
            .where(subscriptions.c.number > after)
            .order_by(subscriptions.c.number)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [(row.number, subscription_of(row)) for row in rows]

    async def remove(self, subscription_id: str) -> bool:
        """Forget a subscription with all its deliveries; tell whether there was one."""
        statement = delete(subscriptions).where(subscriptions.c.id == subscription_id)
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount > 0


class Subscribers:
    """The active subscriptions, as they are when they are asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Whoever asks meanwhile shares the next reading, which begins after that: a subscription
        # counts for every event that comes after its 201, whichever process answered it.
        self._read = Together(self._read_once, apart_on_failure=False)
        self._rows: Sequence[Row[Any]] = ()
        self._known = Audience()

    async def active(self) -> Audience:
        """Return them as they can be asked, oldest first."""
        return await self._read(None)

    async def _read_once(self, asking: Sequence[None]) -> list[Audience]:
        async with self._database.reading() as connection:
            rows = (await connection.execute(_ACTIVE)).all()
        if rows != self._rows:
            self._rows, self._known = rows, Audience(map(subscription_of, rows))
        return [self._known] * len(asking)


def subscription_of(row: Row[Any]) -> Subscription:
    """Return the subscription in a row that was read with `SHOWN`."""
    return Subscription.model_validate({column.name: getattr(row, column.name) for column in SHOWN})
