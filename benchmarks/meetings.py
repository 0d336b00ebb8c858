"""What it costs to decide where a document belongs, with few documents stored and with many.

    python -m benchmarks.meetings [--few 1000] [--many 100000] [--postgres URL] [--write]

Stocks two SQLite files and two PostgreSQL databases with synthetic meetings, 4 documents each, of
40 coalitions over 40 years, and then takes the same new documents in, in turn here and there: the
statement of a meeting that none knows, a reprint cut to a third, and a report that gives neither
day nor place. A decision is a whole transaction, from the record's arrival to the commit. On SQLite
it is given in processor time, since all of it is spent in this process; on PostgreSQL as time
passed. PostgreSQL is the one at `--postgres`, else a container of its own for the while.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from rich.progress import track

from benchmarks.postgres import create_database, postgres
from benchmarks.press import Brought, Occasion
from benchmarks.report import Row, machine, show, write_section
from benchmarks.stocking import stock
from services.store.adapters import index
from services.store.adapters.desk import Desk
from services.store.witness import witness_of
from shared.database import Database
from shared.migrating import migrate

_BAR = 1.3  # with many documents, to with few
_UNKNOWN = 1_000_000  # number of a meeting that no store has


@dataclass
class Store:
    """A stocked database with one worker; `spent` are milliseconds by kind of document."""

    database: Database
    desk: Desk
    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    rows: list[int] = field(default_factory=list)

    async def take(self, kind: str, brought: Brought) -> None:
        """Take a document in, and measure the decision on it."""
        await self.desk.keep_document(brought.received, brought.text)
        self.rows.append(await self._rows_under(brought))
        clock = time.process_time if self.database.is_sqlite else time.perf_counter
        started = clock()
        await self.desk.keep_record(brought.extracted)
        self.spent[kind].append((clock() - started) * 1000)

    async def _rows_under(self, brought: Brought) -> int:
        witness = witness_of(brought.record, brought.text)
        async with self.database.reading() as db:
            found = await db.run_sync(index.found_under, witness.sought if witness else ())
        return found.rows


async def opened(url: str) -> Store:
    """Open an empty database with its tables."""
    database = Database(url)
    await migrate(database, "services.store")
    return Store(database, Desk(database, lambda: datetime.now(UTC), lambda _: None))


def arrivals(rounds: int, known: int) -> Iterator[tuple[str, Brought]]:
    """Yield new documents with their kinds, each of another one of the `known` meetings."""
    for number in range(rounds):
        yield "a new meeting's statement", Occasion(_UNKNOWN + number).press("statement")
        here = Occasion(2 * number % known)
        yield "a reprint, cut to a third", here.press("reprint", 1)
        there = Occasion((2 * number + 1) % known)
        yield "a report without day and place", there.press("report", 1)


async def compared(urls: Sequence[str], counts: Sequence[int], rounds: int) -> list[Store]:
    """Stock a database each, and take the same documents in everywhere, in turn."""
    stores = [await opened(url) for url in urls]
    for count in sorted(set(counts)):
        wanted = [s.database for s, each in zip(stores, counts, strict=True) if each == count]
        await stock(wanted, count)
    await _settle(stores)
    new = list(arrivals(rounds, min(counts) // 4))
    for number, (kind, brought) in enumerate(track(new, "decisions")):
        for store in stores if number % 2 else reversed(stores):
            await store.take(kind, brought)
    for store in stores:
        await store.database.close()
    return stores


async def _settle(stores: Sequence[Store]) -> None:
    """Let the databases put away what was written in bulk, and learn how much there is."""
    for store in stores:
        command = "PRAGMA wal_checkpoint(TRUNCATE)" if store.database.is_sqlite else "CHECKPOINT"
        async with store.database.engine.connect() as db:
            alone = await db.execution_options(isolation_level="AUTOCOMMIT")
            await alone.exec_driver_sql(command)
            await alone.exec_driver_sql("ANALYZE")


def rows(name: str, few: Store, many: Store) -> list[Row]:
    """Return medians, their ratio, and how many rows of the index a decision reads."""
    made = []
    for kind, spent in few.spent.items():
        before, after = median(spent), median(many.spent[kind])
        made.append(
            Row(
                f"{name}: {kind}",
                f"{before:.1f} → {after:.1f} ms, ratio {after / before:.2f}",
                f"{_BAR}",
                after / before <= _BAR,
            )
        )
    read = f"{median(few.rows):.0f} → {median(many.rows):.0f}, at most {max(many.rows)}"
    return [*made, Row(f"{name}: rows of candidates read", read)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, and write it into docs/performance.md if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--postgres", metavar="URL")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    counts = (options.few, options.many)
    with tempfile.TemporaryDirectory() as folder, postgres(options.postgres) as server:
        stores = asyncio.run(_measured(Path(folder), server, counts, options.rounds))
    made = rows("SQLite", *stores[:2]) + (rows("PostgreSQL", *stores[2:]) if stores[2:] else [])
    show(f"Deciding with {counts[0]:,} → {counts[1]:,} documents stored", made)
    if options.write:
        cells = [(row.what, row.value, row.bar) for row in made]
        write_section("meetings", machine(), ("decision on", "measured", "bar"), cells)


async def _measured(
    folder: Path, server: str | None, counts: tuple[int, int], rounds: int
) -> list[Store]:
    urls = [f"sqlite:///{folder}/{count}.db" for count in counts]
    if server is not None:
        urls += [await create_database(server, f"meetings_{count}") for count in counts]
    return await compared(urls, [counts[n % 2] for n in range(len(urls))], rounds)


if __name__ == "__main__":
    main()
