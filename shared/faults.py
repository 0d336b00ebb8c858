"""Whose fault an error of a database is: its own, or that of the work that was asked of it.

A database that is locked, gone, read-only, full or harmed fails whatever it is asked, and is back
some time: that is a `DatabaseUnavailableError`, which no message dies of. All other errors are the
work's own and are passed on as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from shared.errors import TransientError

# https://www.sqlite.org/rescode.html: the low byte of a code is its kind.
_SQLITE = {
    sqlite3.SQLITE_PERM: "may not be written",
    sqlite3.SQLITE_BUSY: "is locked by another process",
    sqlite3.SQLITE_LOCKED: "is locked by another process",
    sqlite3.SQLITE_NOMEM: "has no memory",
    sqlite3.SQLITE_READONLY: "is read-only",
    sqlite3.SQLITE_INTERRUPT: "was interrupted",
    sqlite3.SQLITE_IOERR: "cannot be read or written",
    sqlite3.SQLITE_CORRUPT: "is corrupt",
    sqlite3.SQLITE_FULL: "is full, or its disk is",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_PROTOCOL: "is locked by another process",
    sqlite3.SQLITE_SCHEMA: "is being changed",
    sqlite3.SQLITE_NOTADB: "is no database of SQLite",
}
_SQLITE_GONE = "no such table"  # SQLITE_ERROR: the file was removed, and made anew by opening it
# https://www.postgresql.org/docs/17/errcodes-appendix.html: classes, then whole codes.
_POSTGRES_CLASSES = {
    "08": "cannot be reached",
    "28": "does not let us in",
    "40": "undid what was at odds with others",
    "53": "has no room, no memory or no connection left",
    "57": "is shutting down or starting",
    "58": "has an error of its system",
    "F0": "has an error in its configuration",
    "XX": "has an internal error",
}
_POSTGRES = {
    "25006": "is read-only",
    "3D000": "is not there",
    "42501": "does not let us",
    "42P01": "has lost its tables",
    "55P03": "is locked",
}


class DatabaseUnavailableError(TransientError):
    """The database cannot do its work now; `fault` says why, in words that follow "it"."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"the database {fault}")
        self.fault = fault


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn errors of the database's own into `DatabaseUnavailableError`; let the others pass."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, OSError, sqlite3.Error) as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise DatabaseUnavailableError(fault) from error


def fault_of(error: Exception) -> str | None:
    """Return what is wrong with the database itself, in a few words; None if nothing is."""
    cause: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    reason = " ".join(str(cause).split()).removeprefix("<class ").partition(">: ")
    words = (reason[2] or reason[0])[:200]
    fault = _fault(error, cause)
    return f"{fault}: {words}" if fault and words else fault


def _fault(error: Exception, cause: BaseException | None) -> str | None:
    if isinstance(cause, OSError | PoolTimeoutError):
        return "cannot be reached"
    if isinstance(cause, sqlite3.Error):
        return _fault_of_sqlite(cause)
    state = str(getattr(cause, "sqlstate", None) or "")
    if known := _POSTGRES.get(state) or _POSTGRES_CLASSES.get(state[:2]):
        return known
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return "has closed the connection" if lost or "connection is closed" in str(cause) else None


def _fault_of_sqlite(cause: sqlite3.Error) -> str | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None and (known := _SQLITE.get(code & 0xFF)):
        return known
    return "has lost its tables" if str(cause).startswith(_SQLITE_GONE) else None
