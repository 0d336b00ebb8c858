"""Meetings in the database: functions over a connection within a transaction."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    bindparam,
    delete,
    insert,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql

from services.store.tables import marks, meeting_redirects, meetings, rivals
from shared.meeting import MergedMeeting

_CHANGING = (
    *("coalition_id", "status", "day", "last_day", "merged", "revision", "published"),
    "updated_at",
)
_BOILERPLATE = 50  # meetings: what so many share tells them apart no more


@dataclass(frozen=True, slots=True)
class Kept:
    """A meeting as the database has it, without its record."""

    id: str
    revision: int
    published: bool
    contested: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The meetings that stand under marks, with the marks; and the marks that tell nothing."""

    meetings: dict[str, set[int]]
    revisions: dict[str, int]
    boilerplate: frozenset[int] = frozenset()


def found_under(db: Connection, sought: Collection[int]) -> Found:
    """Return the meetings that stand under any of these marks."""
    if db.dialect.name == "postgresql":
        rows = db.execute(_FOUND_POSTGRES, {"marks": list(sought)}).all()
    else:
        rows = db.execute(_FOUND_SQLITE, {"marks": json.dumps(list(sought))}).all()
    common = Counter(mark for mark, _, _ in rows)
    found: dict[str, set[int]] = defaultdict(set)
    revisions: dict[str, int] = {}
    for mark, meeting_id, revision in rows:
        if common[mark] < _BOILERPLATE:
            found[meeting_id].add(mark)
            revisions[meeting_id] = revision
    worn = frozenset(mark for mark, count in common.items() if count >= _BOILERPLATE)
    return Found(dict(found), revisions, worn)


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
    """Tell whether an id was given to a meeting, even one that went up in another since."""
    return db.execute(_GIVEN, {"name": meeting_id}).first() is not None


def rivals_of(db: Connection, meeting_ids: Collection[str]) -> set[str]:
    """Return all meetings that must be decided together with these, themselves included."""
    seen: set[str] = set()
    fresh = set(meeting_ids)
    while fresh:
        seen |= fresh
        rows = db.execute(
            select(rivals.c.meeting_id, rivals.c.rival_id).where(
                or_(rivals.c.meeting_id.in_(sorted(fresh)), rivals.c.rival_id.in_(sorted(fresh)))
            )
        )
        fresh = {name for row in rows for name in row} - seen
    return seen


def set_rivals(db: Connection, decided: Collection[str], pairs: Iterable[tuple[str, str]]) -> None:
    """Replace what is known of the rivalries of the meetings decided on."""
    names = sorted(decided)
    db.execute(
        delete(rivals).where(or_(rivals.c.meeting_id.in_(names), rivals.c.rival_id.in_(names)))
    )
    wanted = sorted({(a, b) for a, b in pairs if a != b})
    if wanted:
        db.execute(insert(rivals), [{"meeting_id": a, "rival_id": b} for a, b in wanted])
    contested = {name for pair in wanted for name in pair}
    for value, those in ((True, contested), (False, set(names) - contested)):
        if those:
            db.execute(
                update(meetings).where(meetings.c.id.in_(sorted(those))), {"contested": value}
            )


def keep_meeting(
    db: Connection,
    merged: MergedMeeting,
    raw: str,
    was: Kept | None,
    *,
    published: bool,
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
        "updated_at": now,
    }
    if was:
        db.execute(_CHANGE, {"meeting_id": merged.id, **values})
    else:
        db.execute(_NEW, {"id": merged.id, "created_at": now, **values})
    return was.revision + 1 if was else 1


def drop_meeting(db: Connection, meeting_id: str) -> None:
    """Forget a meeting of which no document is left."""
    db.execute(delete(marks).where(marks.c.meeting_id == meeting_id))
    db.execute(
        delete(rivals).where(
            or_(rivals.c.meeting_id == meeting_id, rivals.c.rival_id == meeting_id)
        )
    )
    db.execute(delete(meetings).where(meetings.c.id == meeting_id))


def redirect(db: Connection, old_id: str, new_id: str) -> None:
    """Let an old id lead to the meeting that took its documents over."""
    db.execute(_MOVE_MARKS, {"old": old_id, "new": new_id})
    drop_meeting(db, old_id)
    db.execute(
        update(meeting_redirects).where(meeting_redirects.c.new_id == old_id), {"new_id": new_id}
    )
    db.execute(insert(meeting_redirects), {"old_id": old_id, "new_id": new_id})


def stand_under(db: Connection, meeting_id: str, wanted: Collection[int]) -> None:
    """Make a meeting findable under these marks too."""
    if not wanted:
        return
    if db.dialect.name == "postgresql":
        db.execute(_MARK_POSTGRES, {"marks": list(wanted), "meeting_id": meeting_id})
    else:
        db.execute(_MARK_SQLITE, {"marks": json.dumps(list(wanted)), "meeting_id": meeting_id})


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
    meetings.c.contested,
    meetings.c.created_at,
).where(meetings.c.id.in_(bindparam("ids", expanding=True)))
_GIVEN = union_all(
    select(meetings.c.id).where(meetings.c.id == bindparam("name")),
    select(meeting_redirects.c.old_id).where(meeting_redirects.c.old_id == bindparam("name")),
)
_NEW = insert(meetings)
_CHANGE = (
    update(meetings)
    .where(meetings.c.id == bindparam("meeting_id"))
    .values({name: bindparam(name) for name in _CHANGING})
)
_ARRAY = postgresql.ARRAY(BigInteger)
_FOUND_POSTGRES = text(
    "SELECT mark, meeting_id, revision FROM marks JOIN meetings ON id = meeting_id"
    " WHERE mark = ANY(:marks)"
).bindparams(bindparam("marks", type_=_ARRAY))
_FOUND_SQLITE = text(
    "SELECT mark, meeting_id, revision FROM marks JOIN meetings ON id = meeting_id"
    " WHERE mark IN (SELECT value FROM json_each(:marks))"
)
_MARK_POSTGRES = text(
    "INSERT INTO marks (mark, meeting_id) SELECT unnest(:marks), :meeting_id ON CONFLICT DO NOTHING"
).bindparams(bindparam("marks", type_=_ARRAY))
_MARK_SQLITE = text(
    "INSERT OR IGNORE INTO marks (mark, meeting_id)"
    " SELECT value, :meeting_id FROM json_each(:marks)"
)
_MOVE_MARKS = text(
    "INSERT INTO marks (mark, meeting_id) SELECT mark, :new FROM marks WHERE meeting_id = :old"
    " ON CONFLICT DO NOTHING"
)
