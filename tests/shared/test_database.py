"""A service's own database: what was committed is there, and writers take turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, update
from sqlalchemy.exc import StatementError

from shared.database import Database, UtcDateTime, connection_url
from shared.errors import CommuniqueError
from shared.migrating import migrate

METADATA = MetaData()
THINGS = Table("things", METADATA, Column("number", Integer), Column("at", UtcDateTime))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/x.db"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database of each kind with one table."""
    opened = Database(url)
    async with opened.writing() as connection:
        await connection.run_sync(METADATA.create_all)
    yield opened
    await opened.close()


async def test_concurrent_writers_lose_nothing(database: Database) -> None:
    """Writers that read first wait for each other instead of failing."""
    async with database.writing() as connection:
        await connection.execute(insert(THINGS).values(number=0))

    async def count_up() -> None:
        async with database.writing() as connection:
            await connection.execute(update(THINGS).values(number=THINGS.c.number + 1))

    await asyncio.gather(*(count_up() for _ in range(25)))
    async with database.reading() as connection:
        assert (await connection.execute(select(THINGS.c.number))).scalar() == 25


async def test_an_exception_undoes_the_transaction(database: Database) -> None:
    """Half of a change is never kept."""

    async def change_by_half() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(THINGS).values(number=1))
            raise LookupError

    with pytest.raises(LookupError):
        await change_by_half()
    async with database.reading() as connection:
        assert (await connection.execute(select(THINGS.c.number))).all() == []


async def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    """A time stored in Riyadh is read as the same moment everywhere; a naive one is refused."""
    riyadh = datetime(2024, 2, 3, 15, 0, tzinfo=timezone(timedelta(hours=3)))
    async with database.writing() as connection:
        await connection.execute(insert(THINGS).values(number=1, at=riyadh))
    async with database.reading() as connection:
        read = (await connection.execute(select(THINGS.c.at))).scalar()
    assert read == riyadh
    assert read is not None
    assert read.utcoffset() == timedelta(0)
    naive = insert(THINGS).values(number=1, at=riyadh.astimezone(UTC).replace(tzinfo=None))
    async with database.writing() as connection:
        with pytest.raises(StatementError, match="without a time zone"):
            await connection.execute(naive)


async def test_only_commits_that_may_be_lost_skip_the_disk(tmp_path: Path) -> None:
    """SQLite runs in WAL with synchronous FULL, also after a transaction that did not need it."""
    database = Database(f"sqlite:///{tmp_path}/x.db")
    seen = []
    for durable in (True, False, True):
        async with database.writing(durable=durable) as connection:
            mode = await connection.exec_driver_sql("PRAGMA synchronous")
            journal = await connection.exec_driver_sql("PRAGMA journal_mode")
            seen.append((journal.scalar(), mode.scalar()))
    await database.close()
    assert seen == [("wal", 2), ("wal", 1), ("wal", 2)]


def test_urls_are_completed_and_passwords_merged() -> None:
    """Operators write the URL they know; the password may come from a secret, and is not shown."""
    url = connection_url("postgresql://notify@db/notify", SecretStr("p@ss/word"))
    assert url.drivername == "postgresql+asyncpg"
    assert url.password == "p@ss/word"
    assert "p@ss" not in str(url)
    assert connection_url("sqlite:///var/x.db", SecretStr("x")).password is None
    assert connection_url("sqlite:///var/x.db").drivername == "sqlite+aiosqlite"


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", ""])
def test_a_url_of_no_database_we_speak_is_refused(url: str) -> None:
    """In one line."""
    with pytest.raises(ValueError, match=r"^database_url [^\n]+$"):
        connection_url(url)


async def test_a_database_that_cannot_be_reached_is_told_in_one_line() -> None:
    """Which database, and why, without the password."""
    database = Database("postgresql://someone:hush@127.0.0.1:9/x")
    line = r"^cannot use the database postgresql\+asyncpg://someone:\*\*\*@127.0.0.1:9/x: [^\n]+$"
    with pytest.raises(CommuniqueError, match=line):
        await migrate(database, "services.notify")
    await database.close()
