"""Documents that count no more: functions over a connection within a transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from services.store.tables import documents, records, retired
from services.store.versions import Edition, Lineage, lineage

_MOST = 20  # of one path, the latest, that a document is compared with


def lineage_of(db: Connection, edition: Edition, source: str | None) -> Lineage:
    """Return which documents from the same path this one supersedes, and which supersedes it.

    A later version counts once its record is there; an earlier one in any case.
    """
    if source is None:
        return Lineage()
    found = db.execute(_FROM, {"source": source, "document_id": edition.document_id}).all()
    if not found:
        return Lineage()
    decided = {row.id for row in found if row.outcome is not None}
    others = [Edition(row.id, row.text, row.received_at) for row in found]
    return lineage(edition, [o for o in others if o.age < edition.age or o.document_id in decided])


def still_counting(db: Connection, document_ids: Collection[str]) -> tuple[str, ...]:
    """Return those documents that are not retired, in their order."""
    if not document_ids:
        return ()
    gone = set(db.execute(_RETIRED, {"ids": sorted(document_ids)}).scalars())
    return tuple(name for name in document_ids if name not in gone)


def supersede(db: Connection, document_ids: Iterable[str], by: str, now: datetime) -> None:
    """Note that a later version has taken the place of documents."""
    rows = [{"document_id": d, "successor_id": by, "superseded_at": now} for d in document_ids]
    if rows:
        db.execute(insert(retired), rows)


def withdraw(
    db: Connection, document_id: str, *, who: str | None, why: str | None, now: datetime, new: bool
) -> None:
    """Note that somebody withdrew a document (`new`: it is not retired yet)."""
    values = {"withdrawn_at": now, "who": who, "why": why}
    if new:
        db.execute(insert(retired), {"document_id": document_id, **values})
    else:
        db.execute(update(retired).where(retired.c.document_id == document_id), values)


_FROM = (
    select(documents.c.id, documents.c.text, documents.c.received_at, records.c.outcome)
    .outerjoin(records, records.c.document_id == documents.c.id)
    .where(documents.c.source == bindparam("source"), documents.c.id != bindparam("document_id"))
    .order_by(documents.c.received_at.desc(), documents.c.id.desc())
    .limit(_MOST)
)
_RETIRED = select(retired.c.document_id).where(
    retired.c.document_id.in_(bindparam("ids", expanding=True))
)
