"""What persons ruled, in the database: functions over a connection within a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update

from services.store.rulings import Ruling
from services.store.tables import ruled_documents, rulings

_MAIN, _OTHER = 0, 1  # the sides of a ruling


def keep(db: Connection, ruling: Ruling, meeting_id: str, now: datetime) -> Ruling:
    """Write a ruling about a meeting; return it with the number it was given."""
    values = {
        "act": ruling.act,
        "meeting_id": meeting_id,
        "who": ruling.who,
        "why": ruling.why,
        "ruled_at": now,
    }
    number = db.execute(insert(rulings).returning(rulings.c.id), values).scalar_one()
    sides = ((_MAIN, ruling.documents), (_OTHER, ruling.others))
    rows = [
        {"ruling_id": number, "document_id": name, "side": side}
        for side, names in sides
        for name in sorted(names)
    ]
    db.execute(insert(ruled_documents), rows)
    return Ruling(number, ruling.act, ruling.documents, ruling.others, ruling.who, ruling.why)


def undo(db: Connection, ruling_id: int, *, who: str, why: str, now: datetime) -> None:
    """Let a ruling hold no more; it stays to be seen."""
    values = {"undone_at": now, "undone_by": who, "undone_why": why}
    db.execute(update(rulings).where(rulings.c.id == ruling_id), values)


def standing(db: Connection, ruling_id: int) -> tuple[Ruling, datetime | None] | None:
    """Return a ruling, with when it was undone; None if there is none of this number."""
    row = db.execute(select(rulings).where(rulings.c.id == ruling_id)).one_or_none()
    return (_made(db, [row])[0], row.undone_at) if row else None


def rulings_of(db: Connection, document_ids: Collection[str]) -> list[Ruling]:
    """Return the rulings that hold and name any of these documents, or are linked to such.

    Two rulings that name one document may contradict each other, so that all must be looked at.
    """
    found: dict[int, Ruling] = {}
    fresh = set(document_ids)
    seen: set[str] = set()
    while fresh:
        seen |= fresh
        rows = db.execute(_NAMING, {"ids": sorted(fresh)}).all()
        found |= {each.id: each for each in _made(db, [r for r in rows if r.id not in found])}
        fresh = {name for r in found.values() for name in r.documents | r.others} - seen
    return list(found.values())


def inherit(db: Connection, successor_id: str, document_ids: Iterable[str]) -> None:
    """Let what was ruled about documents hold for the version that takes their place."""
    for name in document_ids:
        db.execute(_INHERIT, {"new": successor_id, "old": name})


def _made(db: Connection, rows: Collection[Any]) -> list[Ruling]:
    if not rows:
        return []
    sides: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    named = db.execute(_NAMED, {"ids": [row.id for row in rows]})
    for ruling_id, document_id, side in named:
        sides[ruling_id][side].add(document_id)
    return [
        Ruling(
            row.id,
            row.act,
            frozenset(sides[row.id][_MAIN]),
            frozenset(sides[row.id][_OTHER]),
            row.who,
            row.why,
        )
        for row in rows
    ]


_NAMING = (
    select(rulings.c.id, rulings.c.act, rulings.c.who, rulings.c.why)
    .join(ruled_documents, ruled_documents.c.ruling_id == rulings.c.id)
    .where(
        ruled_documents.c.document_id.in_(bindparam("ids", expanding=True)),
        rulings.c.undone_at.is_(None),
    )
    .distinct()
)
_NAMED = select(
    ruled_documents.c.ruling_id, ruled_documents.c.document_id, ruled_documents.c.side
).where(ruled_documents.c.ruling_id.in_(bindparam("ids", expanding=True)))
_INHERIT = text(
    "INSERT INTO ruled_documents (ruling_id, document_id, side)"
    " SELECT ruling_id, :new, side FROM ruled_documents WHERE document_id = :old"
    " ON CONFLICT DO NOTHING"
)
