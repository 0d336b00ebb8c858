"""Claims: due deliveries leased to one worker, oldest first, each host within its share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select, update

from services.notify.tables import deliveries, subscriptions

_SKEW = timedelta(minutes=1)  # by which the clocks of several machines may differ


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
    headers: dict[str, str]  # what the body is, and those of its format
    lease: str


@dataclass(frozen=True, slots=True)
class Lease:
    """By which deliveries are one worker's: `token` tells it from every other claim."""

    token: str
    since: datetime
    until: datetime

    @property
    def beyond(self) -> datetime:
        """After which no lease can end, unless a clock was set back since it was given."""
        return self.until + _SKEW


# Made once: to make a statement takes as long as to run it. In the order of the index, so that a
# long backlog is not ranked as a whole for each claim.
_DUE = (
    select(deliveries.c.id, deliveries.c.host)
    .where(
        deliveries.c.status == "pending",
        deliveries.c.due_at <= bindparam("now", type_=deliveries.c.due_at.type),
        or_(
            deliveries.c.leased_until.is_(None),
            deliveries.c.leased_until <= bindparam("now", type_=deliveries.c.due_at.type),
            deliveries.c.leased_until > bindparam("beyond", type_=deliveries.c.due_at.type),
        ),
        deliveries.c.host.not_in(bindparam("full", expanding=True)),
    )
    .order_by(deliveries.c.due_at, deliveries.c.number)
    .limit(bindparam("room"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .values(leased_until=bindparam("until"), lease=bindparam("token"))
)
_WHOLE = (
    select(
        deliveries.c.id,
        deliveries.c.subscription_id,
        deliveries.c.document_id,
        deliveries.c.type,
        subscriptions.c.url,
        deliveries.c.host,
        subscriptions.c.secret,
        deliveries.c.body,
        deliveries.c.attempts,
        deliveries.c.headers,
    )
    .join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(deliveries.c.due_at, deliveries.c.number)
)


def claim_due(
    connection: Connection,
    lease: Lease,
    limit: int,
    per_host: int,
    busy: Mapping[str, int],
) -> list[Claimed]:
    """Lease up to `limit` due deliveries, no more than `per_host` for a host with those `busy`."""
    held, taken = Counter(busy), list[str]()
    moments = {"now": lease.since, "beyond": lease.beyond}
    holder = {"until": lease.until, "token": lease.token}
    while (room := limit - len(taken)) > 0:
        full = [host for host, count in held.items() if count >= per_host]
        due = connection.execute(_DUE, {**moments, "full": full, "room": room}).all()
        fitting = []
        for delivery, host in due:
            if held[host] < per_host:
                held[host] += 1
                fitting.append(delivery)
        if fitting:
            connection.execute(_LEASE, {"ids": fitting, **holder})
            taken += fitting
        if len(due) < room or len(fitting) == len(due):
            break
    if not taken:
        return []
    rows: Any = connection.execute(_WHOLE, {"ids": taken}).all()
    return [Claimed(*(*row, lease.token)) for row in rows]
