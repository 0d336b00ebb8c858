"""Candidates are found by the index alone, and a look-up reads few rows however many there are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event, text

from services.store.adapters import index
from services.store.marks import Stand
from services.store.witness import witness_of
from tests.store.conftest import Store
from tests.store.makers import case

MANY = 30_000  # rows: no planner would read them all for want of statistics


async def test_candidates_are_found_by_the_index_alone(store: Store) -> None:
    """Neither the marks nor the meetings are gone through, on either database."""
    await store.take(*(case(f"{n}", ordinal=n, body="ministers") for n in range(5)))
    async with store.database.writing() as db:
        await db.run_sync(_crowd)
        await db.execute(text("ANALYZE"))
        plan = await db.run_sync(_plan_of_a_look_up)
    assert "SCAN marks" not in plan.replace("Seq Scan on marks", "SCAN marks"), plan
    assert "SCAN meetings" not in plan.replace("Seq Scan on meetings", "SCAN meetings"), plan
    searched = "SEARCH marks USING PRIMARY KEY (mark=?)" in plan
    assert searched or "Index Only Scan using pk_marks on marks" in plan, plan


def _crowd(db: Connection) -> None:
    """Let many other meetings stand under marks of their own."""
    for number in range(MANY // 1000):
        stands = [Stand(number * 1_000_000 + n, 0) for n in range(1000)]
        index.stand_under(db, f"m-{number:016x}", stands)
    meeting = (
        "INSERT INTO meetings (id, number, coalition_id, status, day, last_day, merged, revision,"
        " published, ruled, created_at, updated_at) SELECT :id, :number, coalition_id, status, day,"
        " last_day, merged, revision, published, ruled, created_at, updated_at"
        " FROM meetings LIMIT 1"
    )
    rows = [{"id": f"x-{number}", "number": number} for number in range(1, 3000)]
    db.execute(text(meeting), rows)


def _plan_of_a_look_up(db: Connection) -> str:
    """Return the plan of the very statement that a look-up runs."""
    run: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        run.append((statement, given))

    event.listen(db, "before_cursor_execute", note)
    index.found_under(db, range(0, 100_000, 1000))
    event.remove(db, "before_cursor_execute", note)
    ((statement, given),) = run
    explain = "EXPLAIN" if db.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    rows = db.exec_driver_sql(f"{explain} {statement}", given).all()
    return "\n".join(str(row[-1]) for row in rows)


async def test_a_look_up_reads_few_rows_of_what_all_reports_say(store: Store) -> None:
    """Fifty reports that end alike leave one row for each mark of that paragraph."""
    standing = " ".join(f"always{n}" for n in range(40))
    reports = [
        case(
            f"{' '.join(f'own{n}x{m}' for m in range(20))} {standing}", start_date=f"20{n:02}-05-10"
        )
        for n in range(10, 60)
    ]
    await store.take(*reports)
    async with store.database.reading() as db:
        marks = _marks_of(standing)
        found = await db.run_sync(index.found_under, marks)
    assert found.rows == len(marks)
    assert found.worn == marks
    assert found.meetings == {}


def _marks_of(standing: str) -> frozenset[int]:
    alone = case(standing)
    witness = witness_of(alone.record, standing)
    assert witness is not None
    return frozenset(list(witness.prints.marks)[1:])  # the first reaches out of the paragraph


async def test_old_marks_are_left_with_the_meeting(store: Store) -> None:
    """A document that is read anew as another's leaves none of its marks behind."""
    told = case("بيان", ordinal=1, body="defence_ministers", start_date="2024-02-03")
    await store.take(told)
    await store.take(told.read_again(extractor="2", kind="mention"))
    async with store.database.reading() as db:
        assert (await db.execute(text("SELECT count(*) FROM marks"))).scalar() == 0
