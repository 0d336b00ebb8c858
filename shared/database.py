"""A service's own database: SQLite on one machine, PostgreSQL on many, chosen by the URL.

On SQLite every connection runs in WAL with `synchronous=FULL`, and whoever writes says so when the
transaction begins (`BEGIN IMMEDIATE`): a transaction that reads first and writes later would fail
at once with "database is locked" instead of waiting for its turn.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Self, TypeVar

from pydantic import SecretStr, model_validator
from sqlalchemy import Connection, DateTime, Dialect, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import TypeDecorator

from shared.faults import told_apart
from shared.file_identity import FileIdentity
from shared.group_commit import GroupCommit
from shared.settings import ServiceSettings

Result = TypeVar("Result")
# Seconds that a SQLite writer waits for another process. Who waits longer tries again later: what
# is in hand must be done or left within the ten seconds that a stopping service has.
BUSY_TIMEOUT = 5.0
_CONNECT_TIMEOUT = 5.0  # seconds, for PostgreSQL
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class DatabaseSettings(ServiceSettings):
    """Settings of a service that keeps a database: a subclass gives `database_url` its default."""

    database_url: str
    database_password: SecretStr | None = None  # merged into the URL, which then may be shown

    @model_validator(mode="after")
    def _names_a_database_we_speak(self) -> Self:
        connection_url(self.database_url)
        return self


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware UTC in Python on either database (SQLite alone would return naive values)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive moment is a mistake and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """The engine of one database, with a way to read and a way to write."""

    def __init__(self, url: str, password: SecretStr | None = None) -> None:
        """Open nothing yet; a URL of no database we speak raises ValueError, in one line."""
        self.url = connection_url(url, password)
        self.engine = _create_engine(self.url)
        # One writer at a time in this process: waiting on a lock is fair and takes microseconds,
        # waiting on SQLite's busy handler is neither.
        self._turn = asyncio.Lock() if self.is_sqlite else None
        self._writer = GroupCommit(self._turn, self._open_writer) if self._turn else None
        self._file = FileIdentity(self.url.database) if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of SQLite (else PostgreSQL)."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees one state of the database and changes nothing.

        Raises DatabaseUnavailableError, as all that follows here, when the database itself fails.
        """
        await self._reopen_if_replaced()
        with told_apart():
            async with self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, *, durable: bool = True) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction: committed at the end, rolled back on an exception.

        Without `durable` a power cut may undo the transaction, and it does not wait for the disk.
        For the ORM: `AsyncSession(bind=connection)`. Do not nest two of them in one task: on SQLite
        the inner would wait for the outer for ever.
        """
        await self._reopen_if_replaced()
        with told_apart():
            if self._turn is None:
                async with self.engine.begin() as connection:
                    if not durable:
                        await connection.execute(text("SET LOCAL synchronous_commit TO OFF"))
                    yield connection
                return
            writer = self.engine.execution_options(writes=True, durable=durable)
            async with self._turn, writer.begin() as connection:
                yield connection
            self._verify_file()

    async def write(
        self,
        work: Callable[[Connection], Result],
        *,
        durable: bool = True,
        committed: Callable[[Result], None] | None = None,
    ) -> Result:
        """Run a whole transaction of many statements; committed when this returns.

        `work` must change nothing but the database: it may be run twice, the first time in vain.
        `committed` is told its result after the commit, before any other work begins on SQLite.
        There it runs in a thread of its own (aiosqlite would change threads three times for each
        statement, which takes longer than the statement), and what waits shares a commit.
        """
        if self._writer is not None:
            await self._reopen_if_replaced()
            written = await self._writer.run(work, durable=durable, committed=committed)
            self._verify_file()
            return written
        async with self.writing(durable=durable) as connection:
            result = await connection.run_sync(work)
        if committed is not None:
            committed(result)
        return result

    async def close(self) -> None:
        """Close every pooled connection."""
        await self.engine.dispose()
        if self._writer is not None:
            await self._writer.close()

    async def _reopen_if_replaced(self) -> None:
        """Let go of a file of SQLite that another has taken the place of; refuse if it is gone.

        SQLite itself would go on with the file that no longer has a name, to which nothing that is
        written will ever be seen again.
        """
        if self._file is not None and self._writer is not None and self._file.was_replaced():
            await self.engine.dispose()
            self._writer.reopen()

    def _verify_file(self) -> None:
        if self._file is not None:
            self._file.verify()

    def _open_writer(self) -> Engine:
        arguments = {"timeout": BUSY_TIMEOUT}
        writer = create_engine(self.url.set(drivername="sqlite"), connect_args=arguments)
        event.listen(writer, "connect", _prepare_sqlite)
        event.listen(writer, "connect", _enlarge_cache)
        event.listen(writer, "begin", _begin_sqlite)
        return writer


def connection_url(url: str, password: SecretStr | None = None) -> URL:
    """Return the URL with its async driver and, if given, the password merged in."""
    try:
        parsed = make_url(url)
    except Exception as error:
        raise ValueError("database_url is no URL, such as sqlite:///var/store.db") from error
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise ValueError(f"database_url begins with {parsed.drivername}: use sqlite or postgresql")
    if password is not None and driver != "sqlite+aiosqlite":
        parsed = parsed.set(password=password.get_secret_value())
    return parsed.set(drivername=driver)


def _create_engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        return create_async_engine(
            url, pool_pre_ping=True, connect_args={"timeout": _CONNECT_TIMEOUT}
        )
    engine = create_async_engine(url, connect_args={"timeout": BUSY_TIMEOUT})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes only before the first write, which is too late: see the head.
    connection.isolation_level = None
    cursor = connection.cursor()
    # Counts for a new file only. A document of store changes a hundred pages all over, for its
    # marks are hashes: in a table of 6 million of them 2.2 ms a document, with the usual 4 KB 3.6.
    cursor.execute("PRAGMA page_size=1024")
    _switch_to_wal(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _enlarge_cache(connection: Any, _record: Any) -> None:
    # The usual 2 MB cost store 0.7 ms more of system time a document (2,000 in shared commits).
    connection.execute("PRAGMA cache_size=-8000")


def _switch_to_wal(cursor: Any) -> None:
    # Two that open a new file at once: for this switch SQLite refuses one without waiting.
    for attempts_left in reversed(range(200)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except (OperationalError, sqlite3.OperationalError):
            if not attempts_left:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    durable = options["durable"]
    if connection.info.get("durable", True) != durable:
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        connection.info["durable"] = durable
    connection.exec_driver_sql("BEGIN IMMEDIATE")
