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
    )
)
_STILL_THERE = select(deliveries.c.id).where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
_KEEP = insert(attempts)


def record_attempts(connection: Connection, ended: Sequence[Ended]) -> None:
    """Keep attempts and what follows from each; nothing of a subscription that is gone since."""
    connection.execute(_END, [_end_row(*one) for one in ended])
    # Asked after the update, which holds the rows: nobody can delete them before the commit.
    ids = [delivery.id for delivery, _, _ in ended]
    there = set(connection.execute(_STILL_THERE, {"ids": ids}).scalars())
    kept = [_attempt_row(*one) for one in ended if one[0].id in there]
    if kept:
        connection.execute(_KEEP, kept)
    for delivery, _, verdict in ended:
        if verdict.receiver_is_gone:
            _disable(connection, delivery.subscription_id)


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
