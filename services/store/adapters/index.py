"""The index of marks in the database: functions over a connection within a transaction.

One look-up costs the same however many documents are stored: a mark that stands for too much is
worn out, and then has a single row that says so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import BigInteger, Connection, bindparam, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.expression import TextClause

from services.store.marks import NO_MONTH, WORN, Stand, number_of

_CROWD = 50  # meetings: what so many have tells them apart no more
_NOBODY = 0  # stands for no meeting, where a mark is worn out


@dataclass(frozen=True, slots=True)
class Found:
    """The meetings that stand under marks: their ids with the marks, and with their revisions.

    `months` are those of the texts that give a mark; `worn` the marks that tell nothing; `rows`
    counts what was read.
    """

    meetings: dict[str, set[Stand]] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    months: dict[int, set[int]] = field(default_factory=dict)
    worn: frozenset[int] = frozenset()
    rows: int = 0

    def wearing(self, stands: Iterable[Stand]) -> frozenset[int]:
        """Return the marks that one more document, standing under these, wears out."""
        crowds: dict[int, int] = defaultdict(int)
        for there in self.meetings.values():
            for mark in {stand.mark for stand in there}:
                crowds[mark] += 1
        return frozenset(
            mark
            for mark, month in stands
            if mark not in self.worn
            and (
                len(self.months.get(mark, set()) | {month} - {NO_MONTH}) >= WORN
                or crowds.get(mark, 0) >= _CROWD
            )
        )

    def under(self, marks: Collection[int]) -> set[str]:
        """Return the meetings that stand under any of these marks."""
        wanted = frozenset(marks)
        return {
            name
            for name, there in self.meetings.items()
            if any(stand.mark in wanted for stand in there)
        }


def found_under(db: Connection, sought: Collection[int]) -> Found:
    """Return the meetings that stand under any of these marks."""
    rows = db.execute(_FOUND[db.dialect.name], {"marks": _given(db, sought)}).all()
    worn = frozenset(mark for mark, number, *_ in rows if number == _NOBODY)
    found: dict[str, set[Stand]] = defaultdict(set)
    months: dict[int, set[int]] = defaultdict(set)
    revisions: dict[str, int] = {}
    for mark, _, month, meeting_id, revision in rows:
        if meeting_id is None or mark in worn:
            continue
        found[meeting_id].add(Stand(mark, month))
        revisions[meeting_id] = revision
        if month != NO_MONTH:
            months[mark].add(month)
    return Found(dict(found), revisions, dict(months), worn, len(rows))


def worn_among(db: Connection, marks: Collection[int]) -> frozenset[int]:
    """Return which of these marks are worn out."""
    given = {"marks": _given(db, marks), "nobody": _NOBODY}
    return frozenset(db.execute(_WORN[db.dialect.name], given).scalars())


def stand_under(db: Connection, meeting_id: str, stands: Collection[Stand]) -> None:
    """Make a meeting findable under these marks too."""
    if stands:
        db.execute(_STAND[db.dialect.name], _places(db, meeting_id, stands))


def leave(db: Connection, meeting_id: str, stands: Collection[Stand]) -> None:
    """Make a meeting findable under these marks no more."""
    if stands:
        db.execute(_LEAVE[db.dialect.name], _places(db, meeting_id, stands))


def wear_out(db: Connection, marks: Collection[int]) -> None:
    """Let marks tell nothing from now on."""
    if marks:
        db.execute(_CLEAR[db.dialect.name], {"marks": _given(db, marks)})
        db.execute(
            _STAND[db.dialect.name], _rows(db, _NOBODY, [Stand(mark, NO_MONTH) for mark in marks])
        )


def _given(db: Connection, marks: Collection[int]) -> object:
    return list(marks) if db.dialect.name == "postgresql" else json.dumps(list(marks))


def _places(db: Connection, meeting_id: str, stands: Collection[Stand]) -> dict[str, object]:
    return _rows(db, number_of(meeting_id), stands)


def _rows(db: Connection, number: int, stands: Collection[Stand]) -> dict[str, object]:
    # In the order of the index, neighbours share a page.
    ordered = sorted(stands)
    if db.dialect.name == "postgresql":
        marks, months = [s.mark for s in ordered], [s.month for s in ordered]
        return {"marks": marks, "months": months, "number": number}
    return {"stands": json.dumps(ordered), "number": number}


def _for_postgres(statement: str) -> TextClause:
    given = [bindparam("marks", type_=postgresql.ARRAY(BigInteger))]
    if ":months" in statement:
        given.append(bindparam("months", type_=postgresql.ARRAY(BigInteger)))
    return text(statement).bindparams(*given)


def _of_each(postgres: str, sqlite: str) -> dict[str, TextClause]:
    """Return a statement for either database; `ANY_MARK` is that `mark` is one of those given."""
    return {
        "postgresql": _for_postgres(postgres.replace("ANY_MARK", "mark = ANY(:marks)")),
        "sqlite": text(sqlite.replace("ANY_MARK", "mark IN (SELECT value FROM json_each(:marks))")),
    }


_SELECT_FOUND = (
    "SELECT mark, meeting, month, meetings.id, revision FROM marks"
    " LEFT JOIN meetings ON meetings.number = marks.meeting WHERE ANY_MARK"
)
_FOUND = _of_each(_SELECT_FOUND, _SELECT_FOUND)
_SELECT_WORN = "SELECT mark FROM marks WHERE meeting = :nobody AND ANY_MARK"
_WORN = _of_each(_SELECT_WORN, _SELECT_WORN)
_CLEAR = _of_each("DELETE FROM marks WHERE ANY_MARK", "DELETE FROM marks WHERE ANY_MARK")
_STAND = _of_each(
    "INSERT INTO marks (mark, meeting, month) SELECT mark, CAST(:number AS integer), month"
    " FROM unnest(:marks, :months) AS given (mark, month) ON CONFLICT DO NOTHING",
    "INSERT OR IGNORE INTO marks (mark, meeting, month)"
    " SELECT json_extract(value, '$[0]'), :number, json_extract(value, '$[1]')"
    " FROM json_each(:stands)",
)
_LEAVE = _of_each(
    "DELETE FROM marks USING unnest(:marks, :months) AS given (m, n)"
    " WHERE mark = m AND month = n AND meeting = :number",
    "DELETE FROM marks WHERE meeting = :number AND (mark, month) IN"
    " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:stands))",
)
