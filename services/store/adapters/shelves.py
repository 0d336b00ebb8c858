"""Reading what store has: meetings and documents, page by page, newest first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, and_, or_, select

from services.store.tables import documents, meeting_redirects, meetings, records
from shared.database import Database


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meetings are asked for; days are `YYYY-MM-DD`, both ends included."""

    coalition: str | None = None
    since: str | None = None
    until: str | None = None
    status: Literal["announced", "published"] | None = None


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

    async def documents(
        self, limit: int, before: tuple[datetime, str] | None
    ) -> list[tuple[tuple[datetime, str], dict[str, Any]]]:
        """Return documents without text and record, each with its place in the list."""
        beyond = _beyond(documents.c.received_at, documents.c.id, before)
        rows = await self._rows(
            select(*_ABOUT)
            .outerjoin(records, records.c.document_id == documents.c.id)
            .where(*([] if beyond is None else [beyond]))
            .order_by(documents.c.received_at.desc(), documents.c.id.desc())
            .limit(limit)
        )
        return [((row.received_at, row.id), dict(row._mapping)) for row in rows]

    async def document(self, document_id: str) -> dict[str, Any] | None:
        """Return a document with text and record, None if there is none of this id."""
        rows = await self._rows(
            select(*_ABOUT, documents.c.text, records.c.record)
            .outerjoin(records, records.c.document_id == documents.c.id)
            .where(documents.c.id == document_id)
        )
        if not rows:
            return None
        found = dict(rows[0]._mapping)
        return found | {"record": json.loads(found["record"]) if found["record"] else None}

    async def _rows(self, query: Any) -> Sequence[Row[Any]]:
        async with self._database.reading() as db:
            return (await db.execute(query)).all()


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
)


def _beyond(key: Any, tie_break: Any, place: tuple[Any, str] | None) -> Any:
    """Return the condition for what comes after a place, in descending order."""
    if place is None:
        return None
    return or_(key < place[0], and_(key == place[0], tie_break < place[1]))
