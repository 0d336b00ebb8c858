"""Reading what store has: meetings and documents, page by page, newest first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, and_, func, literal, or_, select, text, tuple_

from services.store.tables import (
    closed_meetings,
    documents,
    history,
    meeting_redirects,
    meetings,
    records,
    retired,
    ruled_documents,
    rulings,
)
from shared.database import Database
from shared.record import SourceFile


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meetings are asked for; days are `YYYY-MM-DD`, both ends included."""

    coalition: str | None = None
    since: str | None = None
    until: str | None = None
    status: Literal["announced", "published"] | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """Which texts are meant: of documents that came since a moment, and tell of a coalition."""

    since: datetime | None = None
    coalition: str | None = None


@dataclass(frozen=True, slots=True)
class StoredText:
    """A document's text as it is kept, with what is known of its file."""

    file: SourceFile
    text: str
    received_at: datetime


class Shelves:
    """The database as readers see it."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    async def meetings(
        self, wanted: Wanted, limit: int, before: tuple[str, str] | None
    ) -> list[tuple[tuple[str, str], str]]:
        """Return merged meetings as JSON, each with its place in the list: its day and its id.

        `before` is the place after which the page begins.
        """
        tests = [
            meetings.c.coalition_id == wanted.coalition if wanted.coalition else None,
            meetings.c.last_day >= wanted.since if wanted.since else None,
            meetings.c.day <= wanted.until if wanted.until else None,
            meetings.c.status == wanted.status if wanted.status else None,
            _beyond(meetings.c.day, meetings.c.id, before),
        ]
        rows = await self._rows(
            select(meetings.c.day, meetings.c.id, meetings.c.merged)
            .where(*(test for test in tests if test is not None))
            .order_by(meetings.c.day.desc(), meetings.c.id.desc())
            .limit(limit)
        )
        return [((row.day, row.id), row.merged) for row in rows]

    async def meeting(self, meeting_id: str) -> str | None:
        """Return a merged meeting as JSON, None if there is none of this id."""
        rows = await self._rows(select(meetings.c.merged).where(meetings.c.id == meeting_id))
        return rows[0].merged if rows else None

    async def moved_to(self, meeting_id: str) -> str | None:
        """Return the id of the meeting that one which is no more went up in."""
        rows = await self._rows(
            select(meeting_redirects.c.new_id).where(meeting_redirects.c.old_id == meeting_id)
        )
        return rows[0].new_id if rows else None

    async def closed_at(self, meeting_id: str) -> datetime | None:
        """Return when a meeting lost its last document, None if it is not closed."""
        rows = await self._rows(
            select(closed_meetings.c.closed_at).where(closed_meetings.c.id == meeting_id)
        )
        return rows[0].closed_at if rows else None

    async def history(self, meeting_id: str, limit: int, after: int) -> list[tuple[int, str]]:
        """Return lines of a meeting's history as JSON, the oldest first, each with its number.

        Those of the meetings that went up in it are among them.
        """
        gone = select(meeting_redirects.c.old_id).where(meeting_redirects.c.new_id == meeting_id)
        rows = await self._rows(
            select(history.c.id, history.c.entry)
            .where(
                or_(history.c.meeting_id == meeting_id, history.c.meeting_id.in_(gone)),
                history.c.id > after,
            )
            .order_by(history.c.id)
            .limit(limit)
        )
        return [(row.id, row.entry) for row in rows]

    async def rulings(self, meeting_id: str) -> list[dict[str, Any]]:
        """Return what persons ruled about documents that are a meeting's now, the oldest first."""
        mine = (
            select(ruled_documents.c.ruling_id)
            .join(records, records.c.document_id == ruled_documents.c.document_id)
            .where(records.c.meeting_id == meeting_id)
        )
        return await self._rulings(rulings.c.id.in_(mine))

    async def ruling(self, ruling_id: int) -> dict[str, Any] | None:
        """Return a ruling, None if there is none of this number."""
        found = await self._rulings(rulings.c.id == ruling_id)
        return found[0] if found else None

    async def _rulings(self, which: Any) -> list[dict[str, Any]]:
        rows = await self._rows(select(rulings).where(which).order_by(rulings.c.id))
        found = {row.id: dict(row._mapping) | {"documents": [], "others": []} for row in rows}
        named = await self._rows(
            select(ruled_documents)
            .where(ruled_documents.c.ruling_id.in_(found))
            .order_by(ruled_documents.c.document_id)
        )
        for row in named:
            found[row.ruling_id]["others" if row.side else "documents"].append(row.document_id)
        return list(found.values())

    async def documents(
        self, limit: int, before: tuple[datetime, str] | None
    ) -> list[tuple[tuple[datetime, str], dict[str, Any]]]:
        """Return documents without text and record, each with its place in the list."""
        beyond = _beyond(documents.c.received_at, documents.c.id, before)
        rows = await self._rows(
            _select_documents()
            .where(*([] if beyond is None else [beyond]))
            .order_by(documents.c.received_at.desc(), documents.c.id.desc())
            .limit(limit)
        )
        return [((row.received_at, row.id), dict(row._mapping)) for row in rows]

    async def document(self, document_id: str) -> dict[str, Any] | None:
        """Return a document with text and record, None if there is none of this id."""
        rows = await self._rows(
            _select_documents(documents.c.text, records.c.record).where(
                documents.c.id == document_id
            )
        )
        if not rows:
            return None
        found = dict(rows[0]._mapping)
        before = await self._rows(_EARLIER, {"document_id": document_id})
        found["supersedes"] = [row.document_id for row in before]
        return found | {"record": json.loads(found["record"]) if found["record"] else None}

    async def texts(
        self, of: Texts, limit: int, after: tuple[datetime, str] | None
    ) -> list[StoredText]:
        """Return documents with their texts, the first received first, from a place on."""
        key = tuple_(documents.c.received_at, documents.c.id)
        beyond = [] if after is None else [key > tuple_(*map(literal, after))]
        rows = await self._rows(
            select(documents)
            .where(*_chosen(of), *beyond)
            .order_by(documents.c.received_at, documents.c.id)
            .limit(limit)
        )
        return [StoredText(_file_of(row), row.text, row.received_at) for row in rows]

    async def count_texts(self, of: Texts) -> int:
        """Return how many documents there are of these."""
        rows = await self._rows(select(func.count()).select_from(documents).where(*_chosen(of)))
        return int(rows[0][0])

    async def _rows(self, query: Any, given: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        async with self._database.reading() as db:
            return (await db.execute(query, given or {})).all()


_ABOUT = (
    documents.c.id,
    documents.c.name,
    documents.c.title,
    documents.c.media_type,
    documents.c.encoding,
    documents.c.size,
    documents.c.source,
    documents.c.received_at,
    records.c.kind,
    records.c.version,
    records.c.outcome,
    records.c.meeting_id,
    records.c.extractor_version,
    retired.c.successor_id.label("superseded_by"),
    retired.c.withdrawn_at,
    retired.c.who.label("withdrawn_by"),
    retired.c.why.label("withdrawn_why"),
)
# All versions that a document follows, the oldest first.
_EARLIER = text(
    "WITH RECURSIVE earlier (id) AS ("
    " SELECT document_id FROM retired WHERE successor_id = :document_id"
    " UNION SELECT document_id FROM retired JOIN earlier ON successor_id = earlier.id)"
    " SELECT earlier.id AS document_id FROM earlier JOIN documents ON documents.id = earlier.id"
    " ORDER BY documents.received_at, documents.id"
)


def _select_documents(*more: Any) -> Select[Any]:
    return (
        select(*_ABOUT, *more)
        .outerjoin(records, records.c.document_id == documents.c.id)
        .outerjoin(retired, retired.c.document_id == documents.c.id)
    )


def _chosen(of: Texts) -> list[Any]:
    told = select(records.c.document_id).where(records.c.coalition_id == of.coalition)
    return [
        *([documents.c.received_at >= of.since] if of.since else []),
        *([documents.c.id.in_(told)] if of.coalition else []),
    ]


def _file_of(row: Any) -> SourceFile:
    return SourceFile(
        id=row.id,
        name=row.name,
        sha256=row.id,
        size=row.size,
        media_type=row.media_type,
        encoding=row.encoding,
        title=row.title,
        source=row.source,
    )


def _beyond(key: Any, tie_break: Any, place: tuple[Any, str] | None) -> Any:
    """Return the condition for what comes after a place, in descending order."""
    if place is None:
        return None
    return or_(key < place[0], and_(key == place[0], tie_break < place[1]))
