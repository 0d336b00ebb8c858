"""Transactions that share a commit are as good as alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from shared.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite file with one table of unique numbers."""
    opened = Database(f"sqlite:///{tmp_path}/numbers.db")
    async with opened.writing() as connection:
        await connection.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
    yield opened
    await opened.close()


async def kept(database: Database) -> list[int]:
    async with database.reading() as connection:
        rows = await connection.execute(text("SELECT n FROM numbers ORDER BY n"))
        return list(rows.scalars())


def keep(number: int, connection: Connection) -> int:
    connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": number})
    return number


async def test_work_that_comes_together_is_all_done(database: Database) -> None:
    """A hundred at once: each returns its own result, all are kept."""
    works = [database.write(lambda db, n=n: keep(n, db)) for n in range(100)]  # type: ignore[misc]
    assert await asyncio.gather(*works) == list(range(100))
    assert await kept(database) == list(range(100))


async def test_work_that_fails_harms_only_itself(database: Database) -> None:
    """One of many raises: it gets its error, the others are kept."""

    def fail(connection: Connection) -> int:
        keep(1000, connection)
        raise ValueError("not this one")

    works = [database.write(lambda db, n=n: keep(n, db)) for n in range(10)]  # type: ignore[misc]
    outcomes = await asyncio.gather(*works, database.write(fail), return_exceptions=True)
    assert outcomes[:10] == list(range(10))
    assert isinstance(outcomes[10], ValueError)
    assert await kept(database) == list(range(10))


async def test_work_is_told_of_its_commit_once_and_in_order(database: Database) -> None:
    """`committed` hears each result once, also of work that was done again alone."""
    told: list[int] = []

    def fail(connection: Connection) -> int:
        raise ValueError("not this one")

    works = [
        database.write(lambda db, n=n: keep(n, db), committed=told.append)  # type: ignore[misc]
        for n in range(5)
    ]
    await asyncio.gather(
        *works, database.write(fail, committed=told.append), return_exceptions=True
    )
    assert told == list(range(5))


async def test_whoever_gives_up_waiting_disturbs_nobody(database: Database) -> None:
    """A cancelled caller's work may be done or not; the next one's is."""
    waiting = asyncio.create_task(database.write(lambda db: keep(1, db)))
    await asyncio.sleep(0)
    waiting.cancel()
    await database.write(lambda db: keep(2, db))
    assert 2 in await kept(database)


async def test_writing_by_hand_and_group_commit_take_turns(database: Database) -> None:
    """Both ways of writing may be used at once in one process."""

    async def by_hand(number: int) -> None:
        async with database.writing() as connection:
            await connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": number})

    together = [database.write(lambda db, n=n: keep(n, db)) for n in range(20)]  # type: ignore[misc]
    await asyncio.gather(*together, *(by_hand(n) for n in range(20, 40)))
    assert await kept(database) == list(range(40))
