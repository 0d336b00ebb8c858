"""What is promised to subscribers, written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from services.notify.tables import deliveries, told
from shared.database import Database


@dataclass(frozen=True, slots=True)
class Promise:
    """The rows that one event asks for; not for whom was told under one of the `names`.

    These are all keys under which the same news may be told, now or later, here or elsewhere.
    """

    names: tuple[str, ...]
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Insertions:
    """The statements that write rows unless they are there, and answer with what is new.

    The keys make a second delivery of an event, here or in another worker, change nothing.
    """

    names: Executable
    deliveries: Executable


def insertions(database: Database) -> Insertions:
    """Return the statements for a database."""
    insert = sqlite.insert if database.is_sqlite else postgresql.insert

    def new(table: Table) -> Any:
        return insert(table).on_conflict_do_nothing()

    return Insertions(
        new(told).returning(told.c.subscription_id, told.c.key),
        new(deliveries).returning(deliveries.c.id),
    )


def write_promises(
    connection: Connection, insert: Insertions, promises: Sequence[Promise]
) -> list[int]:
    """Write the rows of several events, in their order; return how many of each are new."""
    free = _take_names(connection, insert.names, promises)
    rows = []
    for promise in promises:
        fresh = []
        for row in promise.rows:
            names = {(row["subscription_id"], name) for name in promise.names}
            if names <= free:
                free -= names
                fresh.append(row)
        rows.append(fresh)
    flat = [row for fresh in rows for row in fresh]
    new = set(connection.execute(insert.deliveries, flat).scalars()) if flat else set[str]()
    return [sum(row["id"] in new for row in fresh) for fresh in rows]


def _take_names(
    connection: Connection, insert: Executable, promises: Sequence[Promise]
) -> set[tuple[str, str]]:
    """Take all names that events may be told by; return those that were free.

    Whoever takes one that another transaction is taking waits for its end; all take them in one
    order, so that none waits for the other.
    """
    names = {
        (row["subscription_id"], n) for each in promises for row in each.rows for n in each.names
    }
    if not names:
        return set()
    rows = [{"subscription_id": who, "key": name} for who, name in sorted(names)]
    return {(who, name) for who, name in connection.execute(insert, rows)}
