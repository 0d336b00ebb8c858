"""A database that fails is told apart from work that fails, on databases that really do."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from shared.database import Database
from shared.errors import CommuniqueError, TransientError
from shared.faults import DatabaseUnavailableError
from shared.migrating import migrate


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite file with one table of unique numbers."""
    opened = Database(f"sqlite:///{tmp_path}/x.db")
    async with opened.writing() as connection:
        await connection.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
    yield opened
    await opened.close()


def _keep(db: Connection) -> None:
    db.execute(text("INSERT INTO numbers VALUES (1)"))


def test_an_error_of_the_surroundings_explains_itself() -> None:
    """It is one of ours, so that people see one line."""
    error = DatabaseUnavailableError("is full")
    assert isinstance(error, TransientError)
    assert str(error) == "the database is full"


async def test_a_lock_held_too_long_is_the_databases_fault(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits in vain for another process's transaction may try again later."""
    monkeypatch.setattr("shared.database.BUSY_TIMEOUT", 0.1)  # before the writer is opened
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailableError, match="locked by another process"):
        await database.write(_keep)
    other.execute("ROLLBACK")
    other.close()
    await database.write(_keep)


async def test_a_full_database_is_its_own_fault(database: Database) -> None:
    """SQLITE_FULL, whether a quota or the disk."""

    def fill(db: Connection) -> None:
        db.execute(text("PRAGMA max_page_count=8"))
        db.execute(text("CREATE TABLE blobs (b BLOB)"))
        db.execute(text("INSERT INTO blobs VALUES (zeroblob(1000000))"))

    with pytest.raises(DatabaseUnavailableError, match="is full, or its disk is"):
        await database.write(fill)


async def test_work_that_is_wrong_stays_its_own_fault(database: Database) -> None:
    """A constraint that is broken, or a statement that cannot be read, is no fault of the file."""
    await database.write(_keep)
    with pytest.raises(IntegrityError):
        await database.write(_keep)
    with pytest.raises(OperationalError, match="syntax error"):
        await database.write(lambda db: db.execute(text("INSERT INTO INTO numbers")))


@pytest.mark.parametrize("service", ["store", "notify"])
async def test_a_file_that_is_no_database_is_named_and_left_as_it_is(
    tmp_path: Path, service: str
) -> None:
    """At the start, in one line; not a byte of it is overwritten."""
    file = tmp_path / "x.db"
    content = b"this was a database once" * 1000
    file.write_bytes(content)
    database = Database(f"sqlite:///{file}")
    line = r"^cannot use the database [^\n]*x.db: it is no database of SQLite[^\n]*$"
    with pytest.raises(CommuniqueError, match=line):
        await migrate(database, f"services.{service}")
    await database.close()
    assert file.read_bytes() == content


@pytest.mark.postgres
async def test_connections_that_are_cut_are_the_servers_fault(postgres_url: str) -> None:
    """`pg_terminate_backend`, as a restart does: the next transaction finds a new connection."""
    database, other = Database(postgres_url), Database(postgres_url)
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :pid")

    async def held() -> None:
        async with database.writing() as connection:
            pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar()
            async with other.writing() as killer:
                await killer.execute(cut, {"pid": pid})
            await connection.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailableError):
        await held()
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar() == 1
    await database.close()
    await other.close()


@pytest.mark.postgres
async def test_a_read_only_server_is_its_own_fault(postgres_url: str) -> None:
    """As a standby is, or a server whose disk was full."""
    database = Database(postgres_url)

    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(text("SET TRANSACTION READ ONLY"))
            await connection.execute(text("CREATE TABLE things (n int)"))

    with pytest.raises(DatabaseUnavailableError, match="is read-only"):
        await write()
    await database.close()


async def test_a_server_that_does_not_listen_is_its_own_fault() -> None:
    """Connection refused."""
    database = Database("postgresql://someone:hush@127.0.0.1:9/x")
    with pytest.raises(DatabaseUnavailableError, match="cannot be reached") as raised:
        await database.write(_keep)
    assert "hush" not in str(raised.value)
    await database.close()


async def test_a_file_that_was_moved_away_is_not_written_to(
    database: Database, tmp_path: Path
) -> None:
    """SQLite alone would go on with the nameless file, and lose all when the process ends."""
    await database.write(_keep)
    file, away = tmp_path / "x.db", tmp_path / "away.db"
    file.rename(away)
    for _ in range(2):
        with pytest.raises(DatabaseUnavailableError, match=r"is gone: .*x.db was moved or removed"):
            await database.write(lambda db: db.execute(text("INSERT INTO numbers VALUES (2)")))
    with pytest.raises(DatabaseUnavailableError):
        async with database.reading():
            pass
    assert not file.exists()  # no empty one in its place
    away.rename(file)
    await database.write(lambda db: db.execute(text("INSERT INTO numbers VALUES (3)")))
    async with database.reading() as connection:
        rows = await connection.execute(text("SELECT n FROM numbers ORDER BY n"))
        assert list(rows.scalars()) == [1, 3]


async def test_a_file_that_was_put_in_its_place_is_taken(
    database: Database, tmp_path: Path
) -> None:
    """A backup, restored under a running service, is what is read and written from then on."""
    backup = tmp_path / "backup.db"
    with sqlite3.connect(backup) as made:
        made.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)")
        made.execute("INSERT INTO numbers VALUES (7)")
    made.close()
    for leftover in ("x.db-wal", "x.db-shm"):
        (tmp_path / leftover).unlink()
    backup.rename(tmp_path / "x.db")
    await database.write(_keep)
    async with database.reading() as connection:
        rows = await connection.execute(text("SELECT n FROM numbers ORDER BY n"))
        assert list(rows.scalars()) == [1, 7]
