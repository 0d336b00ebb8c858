"""What is promised to subscribers, written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from services.notify.tables import deliveries
from shared.database import Database


@dataclass(frozen=True, slots=True)
class Promise:
    """The rows that one event asks for; not for whom was told under one of the `other_keys`."""

    other_keys: tuple[str, ...]
    rows: list[dict[str, Any]]


_TOLD = select(deliveries.c.subscription_id, deliveries.c.key).where(
    deliveries.c.key.in_(bindparam("keys", expanding=True))
)


def insertion(database: Database) -> Executable:
    """Return the statement that writes new rows and answers with their ids.

    The keys make a second delivery of an event, here or in another worker, change nothing.
    """
    insert = sqlite.insert if database.is_sqlite else postgresql.insert
    return insert(deliveries).on_conflict_do_nothing().returning(deliveries.c.id)


def write_promises(
    connection: Connection, insert: Executable, promises: Sequence[Promise]
) -> list[int]:
    """Write the rows of several events, in their order; return how many of each are new."""
    others = [key for promise in promises for key in promise.other_keys]
    told = (
        {(who, key) for who, key in connection.execute(_TOLD, {"keys": others})}
        if others
        else set()
    )
    rows = []
    for promise in promises:
        fresh = []
        for row in promise.rows:
            subscriber = row["subscription_id"]
            if all((subscriber, key) not in told for key in (row["key"], *promise.other_keys)):
                fresh.append(row)
                told.add((subscriber, row["key"]))
        rows.append(fresh)
    flat = [row for fresh in rows for row in fresh]
    new = set(connection.execute(insert, flat).scalars()) if flat else set[str]()
    return [sum(row["id"] in new for row in fresh) for fresh in rows]
