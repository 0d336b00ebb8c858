"""The outbox's table: what is to be published, what was, and what all readers have confirmed.

An event is published into a life of the stream (`memory`) under a number (`entry`); it is
confirmed once all readers of that life are beyond the number. Published into another life, it may
be lost and is published again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from services.store.tables import outbox
from shared.confirmed import Progress

KEPT = timedelta(days=1)  # for which confirmed events stay, to look into
# How long an event waits for a group that is not there: notify may be deployed tomorrow. Where it
# never is, the outbox would grow for ever.
PATIENCE = timedelta(days=7)

_OPEN = outbox.c.confirmed_at.is_(None)
UNPUBLISHED = outbox.c.memory.is_(None) & _OPEN
_life: ColumnElement[str] = bindparam("life", type_=Text())
_ELSEWHERE = _OPEN & or_(outbox.c.memory < _life, outbox.c.memory > _life)
_HERE = _OPEN & (outbox.c.memory == _life)
_LOST = select(outbox.c.id).where(_ELSEWHERE).limit(1).scalar_subquery()
_FIRST = select(func.min(outbox.c.entry)).where(_HERE).scalar_subquery()
_NEWEST = select(func.max(outbox.c.id)).scalar_subquery()
_STATE = select(_LOST, _FIRST, _NEWEST)
_FORGET = update(outbox).where(_ELSEWHERE).values(memory=None, entry=None, published_at=None)
_CONFIRM = (
    update(outbox)
    .where(_HERE, outbox.c.entry < bindparam("below"))
    .values(confirmed_at=bindparam("now"))
)
_GIVE_UP_WAITING = _CONFIRM.where(outbox.c.created_at < bindparam("before"))


def oldest_unpublished(up_to: int, limit: int) -> Select[Any]:
    """Return the query for the oldest events, up to a number, that are yet to be published."""
    columns = (outbox.c.id, outbox.c.document_id, outbox.c.event)
    chosen = select(*columns).where(UNPUBLISHED, outbox.c.id <= up_to)
    return chosen.order_by(outbox.c.id).limit(limit)


def mark_published(
    db: Connection, ids: Collection[int], entry: int, memory: str, now: datetime
) -> None:
    """Note that events were published, none under a higher number than `entry`.

    What another worker has published since, as lost, keeps what that one noted.
    """
    chosen = update(outbox).where(outbox.c.id.in_(ids), outbox.c.memory.is_(None))
    db.execute(chosen, {"published_at": now, "entry": entry, "memory": memory})


def unsettled(progress: Progress) -> Select[Any]:
    """Return the query for what is open.

    It gives the id of an event that may be lost, the lowest entry that is not confirmed, and the
    newest event's id; each None if there is none.
    """
    return _STATE.params(life=progress.memory)


def settle(db: Connection, progress: Progress, now: datetime) -> int:
    """Confirm what all readers are done with; return how many events are to be published again.

    While a group is missing only what has waited for long is confirmed by those that are there.
    """
    here = {"life": progress.memory}
    lost: int = db.execute(_FORGET, here).rowcount
    if progress.done_below is not None:
        done = here | {"below": progress.done_below, "now": now}
        if progress.missing:
            db.execute(_GIVE_UP_WAITING, done | {"before": now - PATIENCE})
        else:
            db.execute(_CONFIRM, done)
    return lost


def prune(db: Connection, now: datetime) -> None:
    """Drop what was confirmed long ago."""
    db.execute(delete(outbox).where(outbox.c.confirmed_at < now - KEPT))
