"""What store's tables tell of a document's journey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import bindparam, select

from services.store.tables import documents, outbox, records, retired
from shared.database import Database
from shared.journeys import Journey, Stage

# Of what came before times were kept.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_Rows: TypeAlias = dict[str, Any]


class StoredJourneys:
    """Reads documents, records and the outbox by document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def one(self, document_id: str) -> Journey | None:
        """Return a document's journey, None if neither it nor its record has come."""
        found = await self._journeys([document_id], _EVENTS)
        return found[0] if found else None

    async def page(self, after: str, limit: int) -> list[Journey]:
        """Return journeys of documents and records whose ids come after `after`, in order.

        When they were announced is told only of what is still being announced: of the others it
        would take long to find.
        """
        both = [
            select(ids).where(ids > after).order_by(ids).limit(limit).subquery()
            for ids in (documents.c.id.label("id"), records.c.document_id.label("id"))
        ]
        either = select(both[0].c.id).union(select(both[1].c.id)).subquery()
        async with self._database.reading() as connection:
            page = select(either.c.id).order_by(either.c.id).limit(limit)
            wanted = (await connection.execute(page)).scalars().all()
        return await self._journeys(wanted, _OPEN_EVENTS)

    async def _journeys(self, ids: Sequence[str], events: Any) -> list[Journey]:
        given = {"ids": ids}
        async with self._database.reading() as connection:
            kept: _Rows = {row.id: row for row in await connection.execute(_DOCUMENTS, given)}
            read: _Rows = {
                row.document_id: row for row in await connection.execute(_RECORDS, given)
            }
            told = defaultdict(list)
            for row in await connection.execute(events, given):
                told[row.document_id].append(row)
        known = (each for each in ids if each in kept or each in read)
        return [_journey(each, kept.get(each), read.get(each), told[each]) for each in known]


def _journey(document_id: str, kept: Any, read: Any, told: list[Any]) -> Journey:
    stages = [*_kept(kept, read), _extracted(kept, read), *_stored(read), *_told(told)]
    return Journey(
        document_id=document_id,
        name=kept.name if kept else None,
        finished=kept is not None and all(stage.done for stage in stages),
        stages=tuple(stages),
    )


def _kept(kept: Any, read: Any) -> Iterator[Stage]:
    if kept is None:
        why = "its record came, the document did not yet"
        yield Stage(stage="kept", done=False, since=read.extracted_at or _LONG_AGO, detail=why)
        return
    source = kept.source or kept.name
    yield Stage(stage="received", done=True, at=kept.received_at, detail=source)
    yield Stage(stage="kept", done=True, at=kept.kept_at, detail=_retired(kept))


def _retired(kept: Any) -> str:
    if kept.withdrawn_at:
        return f"withdrawn at {kept.withdrawn_at.isoformat(timespec='seconds')}"
    return f"superseded by {kept.successor_id}" if kept.successor_id else ""


def _extracted(kept: Any, read: Any) -> Stage:
    if read is None:
        since = kept.kept_at or kept.received_at
        return Stage(stage="extracted", done=False, since=since, detail="no record has come yet")
    told = f"{read.kind}, version {read.version}"
    return Stage(stage="extracted", done=True, at=read.extracted_at, detail=told)


def _stored(read: Any) -> Iterator[Stage]:
    if read is None:
        return
    if read.outcome is None:
        since = read.extracted_at or _LONG_AGO
        yield Stage(stage="stored", done=False, since=since, detail="not decided on yet")
        return
    told = f"{read.outcome}, {read.meeting_id}" if read.meeting_id else str(read.outcome)
    yield Stage(stage="stored", done=True, at=read.decided_at, detail=told)


def _told(told: list[Any]) -> Iterator[Stage]:
    """Yield whether all that was to be announced is, and whether all readers have read it."""
    if not told:
        return
    waiting = [row for row in told if row.published_at is None]
    since = min((row.created_at for row in waiting), default=None)
    yield Stage(
        stage="announced",
        done=not waiting,
        at=None if waiting else max(row.published_at for row in told),
        since=since,
        detail="it waits in the outbox" if since else "",
    )
    if waiting:
        return
    unread = [row for row in told if row.confirmed_at is None]
    yield Stage(
        stage="confirmed",
        done=not unread,
        at=None if unread else max(row.confirmed_at for row in told),
        since=min((row.published_at for row in unread), default=None),
        detail="not all of its readers have read it" if unread else "",
    )


_ids: Any = bindparam("ids", expanding=True)
_DOCUMENTS = (
    select(
        documents.c.id,
        documents.c.name,
        documents.c.source,
        documents.c.received_at,
        documents.c.kept_at,
        retired.c.successor_id,
        retired.c.withdrawn_at,
    )
    .outerjoin(retired, retired.c.document_id == documents.c.id)
    .where(documents.c.id.in_(_ids))
)
_RECORDS = select(
    records.c.document_id,
    records.c.kind,
    records.c.version,
    records.c.extracted_at,
    records.c.outcome,
    records.c.meeting_id,
    records.c.decided_at,
).where(records.c.document_id.in_(_ids))
_EVENTS = select(
    outbox.c.document_id, outbox.c.created_at, outbox.c.published_at, outbox.c.confirmed_at
).where(outbox.c.document_id.in_(_ids))
# By their partial index: what is confirmed, which is nearly all, is not looked at.
_OPEN_EVENTS = _EVENTS.where(outbox.c.confirmed_at.is_(None))
