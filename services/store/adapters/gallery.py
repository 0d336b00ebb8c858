"""Meetings in the database: functions over a connection within a transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    insert,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from services.store.marks import number_of
from services.store.tables import closed_meetings, meeting_redirects, meetings, rivals
from shared.meeting import MergedMeeting

_CHANGING = (
    *("coalition_id", "status", "day", "last_day", "merged", "revision", "published"),
    *("ruled", "updated_at"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A meeting as the database has it, without its record."""

    id: str
    revision: int
    published: bool
    ruled: bool
    created_at: datetime


def kept(db: Connection, meeting_ids: Collection[str]) -> dict[str, Kept]:
    """Return meetings by their ids."""
    if not meeting_ids:
        return {}
    rows = db.execute(_KEPT, {"ids": sorted(meeting_ids)})
    return {row.id: Kept(*row) for row in rows}


def merged_of(db: Connection, meeting_ids: Collection[str]) -> dict[str, MergedMeeting]:
    """Return the merged records of meetings."""
    rows = db.execute(
        select(meetings.c.id, meetings.c.merged).where(meetings.c.id.in_(sorted(meeting_ids)))
    )
    return {row.id: MergedMeeting.model_validate_json(row.merged) for row in rows}


def merged_json(db: Connection, meeting_id: str) -> str:
    """Return a meeting's merged record as it was written."""
    raw: str = db.execute(select(meetings.c.merged).where(meetings.c.id == meeting_id)).scalar_one()
    return raw


def was_given(db: Connection, meeting_id: str) -> bool:
    """Tell whether an id was given to a meeting, even one that is no more."""
    return db.execute(_GIVEN, {"name": meeting_id}).first() is not None


def coalition_of(db: Connection, meeting_id: str) -> str | None:
    """Return a meeting's coalition, None if there is no such meeting."""
    found = select(meetings.c.coalition_id).where(meetings.c.id == meeting_id)
    coalition: str | None = db.execute(found).scalar()
    return coalition


def moved_to(db: Connection, meeting_id: str) -> str | None:
    """Return the meeting that one which is no more went up in."""
    found = select(meeting_redirects.c.new_id).where(meeting_redirects.c.old_id == meeting_id)
    moved: str | None = db.execute(found).scalar()
    return moved


def led_to(db: Connection, meeting_id: str) -> tuple[str, ...]:
    """Return the ids that redirect to a meeting."""
    found = select(meeting_redirects.c.old_id).where(meeting_redirects.c.new_id == meeting_id)
    return tuple(sorted(db.execute(found).scalars()))


def rivals_of(db: Connection, meeting_ids: Collection[str]) -> set[str]:
    """Return all meetings that must be decided together with these, themselves included."""
    seen: set[str] = set()
    fresh = set(meeting_ids)
    while fresh:
        seen |= fresh
        rows = db.execute(_RIVALS, {"names": sorted(fresh)}).all()
        fresh = {name for row in rows for name in row} - seen
    return seen


def set_rivals(db: Connection, decided: Collection[str], pairs: Iterable[tuple[str, str]]) -> None:
    """Add rivalries; those between the meetings `decided` on were looked at anew."""
    names = sorted(decided)
    if len(names) > 1:
        db.execute(_FORGET_RIVALS, {"ones": names, "others": names})
    _add_rivals(db, pairs)


def _add_rivals(db: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    wanted = sorted({(min(pair), max(pair)) for pair in pairs if len(set(pair)) > 1})
    if wanted:
        rows = [{"meeting_id": a, "rival_id": b} for a, b in wanted]
        db.execute(_NEW_RIVALS[db.dialect.name], rows)


def keep_meeting(
    db: Connection,
    merged: MergedMeeting,
    raw: str,
    was: Kept | None,
    *,
    published: bool,
    ruled: bool,
    now: datetime,
) -> int:
    """Write a meeting's merged record; return its new revision."""
    first = merged.start_date or _published(merged) or now.date().isoformat()
    values = {
        "coalition_id": merged.coalition_id,
        "status": merged.status,
        "day": f"{first}-01-01"[:10] if len(first) == 4 else f"{first}-01"[:10],
        "last_day": _last_day(merged.end_date or first),
        "merged": raw,
        "revision": was.revision + 1 if was else 1,
        "published": published,
        "ruled": ruled,
        "updated_at": now,
    }
    if was:
        db.execute(_CHANGE, {"meeting_id": merged.id, **values})
    else:
        number = number_of(merged.id)
        db.execute(_NEW, {"id": merged.id, "number": number, "created_at": now, **values})
    return was.revision + 1 if was else 1


def drop_meeting(db: Connection, meeting_id: str) -> None:
    """Forget a meeting, for no document is left in it."""
    db.execute(
        delete(rivals).where(
            or_(rivals.c.meeting_id == meeting_id, rivals.c.rival_id == meeting_id)
        )
    )
    db.execute(delete(meetings).where(meetings.c.id == meeting_id))


def close(db: Connection, meeting_id: str, document_id: str, now: datetime) -> None:
    """Forget a meeting whose last document this was; its id is never given again."""
    drop_meeting(db, meeting_id)
    closed = {"id": meeting_id, "document_id": document_id, "closed_at": now}
    db.execute(insert(closed_meetings), closed)


def redirect(db: Connection, old_id: str, new_id: str) -> None:
    """Let an old id lead to the meeting that took its documents over, with its rivals."""
    theirs = db.execute(_RIVALS, {"names": [old_id]}).all()
    drop_meeting(db, old_id)
    _add_rivals(
        db, ((new_id if a == old_id else a, new_id if b == old_id else b) for a, b in theirs)
    )
    db.execute(
        update(meeting_redirects).where(meeting_redirects.c.new_id == old_id), {"new_id": new_id}
    )
    db.execute(insert(meeting_redirects), {"old_id": old_id, "new_id": new_id})


def _published(merged: MergedMeeting) -> str | None:
    return min((s.published for s in merged.sources if s.published), default=None)


def _last_day(date: str) -> str:
    """Return the last day that a date may mean; the 31st stands for the end of any month."""
    return f"{date}-12-31" if len(date) == 4 else f"{date}-31"[:10]


# Statements that every document needs are built once: building one takes as long as running it.
_KEPT = select(
    meetings.c.id,
    meetings.c.revision,
    meetings.c.published,
    meetings.c.ruled,
    meetings.c.created_at,
).where(meetings.c.id.in_(bindparam("ids", expanding=True)))
_GIVEN = union_all(
    select(meetings.c.id).where(meetings.c.id == bindparam("name")),
    select(meeting_redirects.c.old_id).where(meeting_redirects.c.old_id == bindparam("name")),
    select(closed_meetings.c.id).where(closed_meetings.c.id == bindparam("name")),
)
_NEW = insert(meetings)
_CHANGE = (
    update(meetings)
    .where(meetings.c.id == bindparam("meeting_id"))
    .values({name: bindparam(name) for name in _CHANGING})
)
_NAMES: BindParameter[Any] = bindparam("names", expanding=True)
_RIVALS = select(rivals.c.meeting_id, rivals.c.rival_id).where(
    or_(rivals.c.meeting_id.in_(_NAMES), rivals.c.rival_id.in_(_NAMES))
)
_FORGET_RIVALS = delete(rivals).where(
    rivals.c.meeting_id.in_(bindparam("ones", expanding=True)),
    rivals.c.rival_id.in_(bindparam("others", expanding=True)),
)
_NEW_RIVALS = {
    "postgresql": postgresql.insert(rivals).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(rivals).on_conflict_do_nothing(),
}
