"""Where an audit puts together what everybody tells: a temporary database, so memory is bounded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Self

_BATCH = 1_000
# All times are seconds since the epoch. What `files` holds in `.processing/` has in `published` the
# time of its folder. `entries` are those that a group has yet to read or acknowledge.
_TABLES = """
CREATE TABLE files (path TEXT, shelf TEXT, document_id TEXT, since REAL, published REAL, held INT,
  report INT);
CREATE TABLE known (document_id TEXT PRIMARY KEY, name TEXT, at REAL);
CREATE TABLE stored (document_id TEXT PRIMARY KEY, name TEXT, kept INT, read INT, decided INT,
  finished INT, waits TEXT, since REAL);
CREATE TABLE alerts (id TEXT, document_id TEXT, host TEXT, status TEXT, attempts INT, due REAL,
  leased REAL, active INT);
CREATE TABLE entries (stream TEXT, entry TEXT, document_id TEXT, name TEXT, state TEXT, at REAL,
  idle REAL, consumer TEXT, moves INT DEFAULT 0);
CREATE TABLE dead (id TEXT, document_id TEXT, stream TEXT, name TEXT, reason TEXT, attempts INT);
"""
_VIEWS = """
CREATE VIEW moving AS SELECT document_id FROM entries WHERE moves AND document_id IS NOT NULL;
CREATE VIEW died AS SELECT document_id FROM dead WHERE document_id IS NOT NULL;
CREATE VIEW refused AS SELECT document_id FROM files
  WHERE shelf = 'failed' AND report AND document_id IS NOT NULL;
CREATE VIEW in_hand AS SELECT document_id FROM files
  WHERE shelf IN ('waiting', 'processing') AND document_id IS NOT NULL;
CREATE VIEW put_away AS SELECT document_id FROM files
  WHERE shelf IN ('done', 'duplicate') AND document_id IS NOT NULL;
CREATE VIEW whereabouts AS SELECT document_id, min('waits in ' || stream || ' for ' || name)
  AS message FROM entries WHERE document_id IS NOT NULL GROUP BY document_id;
"""


class Scratch:
    """The temporary database of one look; a context that ends with it."""

    def __init__(self) -> None:
        # Without a name: SQLite keeps what does not fit into its cache in a file nobody else sees.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(_TABLES + _VIEWS)

    def __enter__(self) -> Self:
        """Use it as it is."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget everything."""
        self._db.close()

    def put(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows to a table, some at a time; one that is there already is put in its place."""
        left = iter(rows)
        while batch := list(islice(left, _BATCH)):
            marks = ", ".join("?" * len(batch[0]))
            columns = [row["name"] for row in self._db.execute(f"PRAGMA table_info({table})")]
            names = ", ".join(columns[: len(batch[0])])
            with self._db:
                self._db.execute("BEGIN")
                self._db.executemany(
                    f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                    batch,
                )

    def rows(self, query: str, **given: Any) -> Iterator[sqlite3.Row]:
        """Yield what a query finds."""
        yield from self._db.execute(query, given)

    def change(self, statement: str, **given: Any) -> None:
        """Carry out a statement."""
        self._db.execute(statement, given)

    def count(self, query: str, **given: Any) -> int:
        """Return the one number that a query gives."""
        return int(self._db.execute(query, given).fetchone()[0])
