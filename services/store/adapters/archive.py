"""Documents and records in the database: functions over a connection within a transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, literal, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from services.store.facts import Facts, facts_of
from services.store.marks import hash64
from services.store.tables import documents, records, retired
from shared.events import DocumentReceived, Outcome
from shared.record import Record


@dataclass(frozen=True, slots=True)
class Filed:
    """A document and its record as far as they are there; `text` is None without the document.

    `withdrawn_at` and `successor_id` are given for what counts no more.
    """

    text: str | None
    received_at: datetime | None
    source: str | None
    record: str | None
    version: int
    coalition_id: str | None
    meeting_id: str | None
    outcome: Outcome | None
    merged_ids: tuple[str, ...]
    alerted: bool
    decided_at: datetime | None
    withdrawn_at: datetime | None = None
    successor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A document of a meeting, with what is needed to count it."""

    record: Record
    text: str
    received_at: datetime
    version: int


def lock(db: Connection, names: Iterable[str]) -> None:
    """Wait until no other transaction holds these names. SQLite has one writer anyway."""
    if db.dialect.name == "postgresql":
        for key in sorted({hash64(name) for name in names}):
            db.execute(_LOCK, {"key": key})


def names_of(document_id: str, source: str | None) -> list[str]:
    """Return what a decision on a document locks first: itself, and all versions of it."""
    return [document_id, f"source {source}"] if source is not None else [document_id]


def filed(db: Connection, document_id: str) -> Filed:
    """Return what is there of a document."""
    row = db.execute(_FILED, {"document_id": document_id}).one()
    merged = tuple(json.loads(row.merged_ids)) if row.merged_ids else ()
    return Filed(
        row.text,
        row.received_at,
        row.source,
        row.record,
        row.version or 0,
        row.coalition_id,
        row.meeting_id,
        row.outcome,
        merged,
        bool(row.alerted),
        row.decided_at,
        row.withdrawn_at,
        row.successor_id,
    )


def file_document(db: Connection, event: DocumentReceived, content: str, now: datetime) -> None:
    """Keep a document; one that is there already stays as it is."""
    document = event.document
    values = {
        "id": document.id,
        "name": document.name,
        # PostgreSQL keeps no NUL; offsets stay as they are.
        "text": content.replace("\x00", "\ufffd"),
        "title": document.title,
        "media_type": document.media_type,
        "encoding": document.encoding,
        "size": document.size,
        "source": document.source,
        "received_at": event.occurred_at,
        "kept_at": now,
    }
    db.execute(_NEW_DOCUMENT[db.dialect.name], values)


def file_record(
    db: Connection, record: Record, raw: str, *, version: int, new: bool, **decision: object
) -> None:
    """Keep a version of a record (`new`: the first), with the decision on it or without."""
    values = {
        "version": version,
        "extractor_version": record.extractor_version,
        "kind": record.kind,
        "coalition_id": record.coalition.id if record.coalition else None,
        "record": raw,
        **decision,
    }
    if new:
        db.execute(_NEW_RECORD, {"document_id": record.document.id, **values})
    else:
        db.execute(update(records).where(records.c.document_id == record.document.id), values)


def amend_record(db: Connection, document_id: str, **values: object) -> None:
    """Change the decision on a document's record."""
    db.execute(update(records).where(records.c.document_id == document_id), values)


def move_records(db: Connection, document_ids: Iterable[str], meeting_id: str) -> None:
    """Put documents into a meeting."""
    chosen = records.c.document_id.in_(sorted(document_ids))
    db.execute(update(records).where(chosen), {"meeting_id": meeting_id})


def documents_of(db: Connection, meeting_ids: Collection[str]) -> dict[str, list[Told]]:
    """Return the documents of meetings, by meeting."""
    rows = db.execute(_TOLD.where(records.c.meeting_id.in_(sorted(meeting_ids))))
    found: dict[str, list[Told]] = {name: [] for name in meeting_ids}
    for row in rows:
        found[row.meeting_id].append(_as_told(row))
    return found


def outlines_of(db: Connection, meeting_ids: Collection[str]) -> dict[str, frozenset[Facts]]:
    """Return the outlines of what the documents of meetings say, by meeting."""
    found: dict[str, set[Facts]] = {name: set() for name in meeting_ids}
    for meeting_id, raw in db.execute(_RECORDS, {"ids": sorted(meeting_ids)}):
        facts = facts_of(Record.model_validate_json(raw))
        if facts is not None:
            found[meeting_id].add(facts.outline)
    return {name: frozenset(outlines) for name, outlines in found.items()}


def as_json(meeting_ids: Iterable[str]) -> str:
    """Return ids as the column `merged_ids` holds them."""
    return json.dumps(list(meeting_ids))


def told(db: Connection, document_ids: Iterable[str]) -> list[Told]:
    """Return documents that are there with their records."""
    rows = db.execute(_TOLD.where(records.c.document_id.in_(sorted(document_ids))))
    return [_as_told(row) for row in rows]


def homes_of(
    db: Connection, document_ids: Collection[str], coalitions: Collection[str]
) -> dict[str, str]:
    """Return the meetings of these coalitions that documents belong to."""
    rows = db.execute(_HOMES, {"ids": sorted(document_ids)}) if document_ids else ()
    return {
        row.document_id: row.meeting_id
        for row in rows
        if row.meeting_id is not None and row.coalition_id in coalitions
    }


def coalitions_of(db: Connection, document_ids: Iterable[str]) -> set[str]:
    """Return the coalitions that documents tell of."""
    rows = db.execute(_HOMES, {"ids": sorted(document_ids)})
    return {row.coalition_id for row in rows if row.coalition_id is not None}


def alerted_of(db: Connection, meeting_ids: Iterable[str]) -> dict[str, str]:
    """Return the documents that once published a meeting, each with its meeting now."""
    rows = db.execute(
        select(records.c.document_id, records.c.meeting_id).where(
            records.c.meeting_id.in_(sorted(meeting_ids)), records.c.alerted
        )
    )
    return {row.document_id: row.meeting_id for row in rows}


def _as_told(row: Any) -> Told:
    record = Record.model_validate_json(row.record)
    return Told(record, row.text, row.received_at, row.version)


_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_ANY = select(literal(1).label("one")).subquery()
_NEW_RECORD = insert(records)
_NEW_DOCUMENT = {
    "postgresql": postgresql.insert(documents).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(documents).on_conflict_do_nothing(),
}
_FILED = (
    select(
        documents.c.text,
        documents.c.received_at,
        documents.c.source,
        *(column for column in records.c if column.name in Filed.__dataclass_fields__),
        retired.c.withdrawn_at,
        retired.c.successor_id,
    )
    .select_from(_ANY)
    .outerjoin(documents, documents.c.id == bindparam("document_id"))
    .outerjoin(records, records.c.document_id == bindparam("document_id"))
    .outerjoin(retired, retired.c.document_id == bindparam("document_id"))
)
_HOMES = select(records.c.document_id, records.c.meeting_id, records.c.coalition_id).where(
    records.c.document_id.in_(bindparam("ids", expanding=True))
)
_RECORDS = select(records.c.meeting_id, records.c.record).where(
    records.c.meeting_id.in_(bindparam("ids", expanding=True))
)
_TOLD = select(
    records.c.meeting_id,
    records.c.record,
    records.c.version,
    documents.c.text,
    documents.c.received_at,
).join(documents, documents.c.id == records.c.document_id)
