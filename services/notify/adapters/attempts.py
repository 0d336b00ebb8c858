"""Attempts in the database, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, bindparam, insert, select, update

from services.notify.adapters.claiming import Claimed
from services.notify.deliveries import Attempt, Verdict
from services.notify.tables import attempts, deliveries, subscriptions

Ended: TypeAlias = tuple[Claimed, Attempt, Verdict]

# Made once: to make a statement takes as long as to run it.
_END = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(
        status=bindparam("new_status"),
        attempts=bindparam("new_attempts"),
        due_at=bindparam("new_due_at"),
        leased_until=None,
        lease=None,
    )
)
# Until the commit nobody can delete these or take them over.
_HELD = (
    select(deliveries.c.id, deliveries.c.lease)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(deliveries.c.id)
    .with_for_update()
)
_KEEP = insert(attempts)


def record_attempts(connection: Connection, ended: Sequence[Ended]) -> set[str]:
    """Keep attempts and what follows from each; return of which deliveries.

    Nothing is kept of a subscription that is gone since, nor by a worker whose lease is over and
    another's since: it was paused, and the other has noted or will note what came of it.
    """
    found = connection.execute(_HELD, {"ids": [delivery.id for delivery, _, _ in ended]})
    leases = {(row.id, row.lease) for row in found}
    ours = [one for one in ended if (one[0].id, one[0].lease) in leases]
    if ours:
        connection.execute(_END, [_end_row(*one) for one in ours])
        connection.execute(_KEEP, [_attempt_row(*one) for one in ours])
    for delivery, _, verdict in ours:
        if verdict.receiver_is_gone:
            _disable(connection, delivery.subscription_id)
    return {delivery.id for delivery, _, _ in ours}


def _end_row(delivery: Claimed, attempt: Attempt, verdict: Verdict) -> dict[str, Any]:
    return {
        "delivery": delivery.id,
        "new_status": verdict.status,
        "new_attempts": attempt.number,
        "new_due_at": verdict.due_at,
    }


def _attempt_row(delivery: Claimed, attempt: Attempt, _: Verdict) -> dict[str, Any]:
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
