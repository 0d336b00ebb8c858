"""Who is told of what: `python -m benchmarks.alerts [--write]`.

10,000 random statements meet 200 random subscriptions. First in memory: what it costs to find who
is to be told, beside asking every subscription anew. Then through notify's database (SQLite):
exactly the deliveries must lie there that a naive oracle expects.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select

from benchmarks.report import Row, machine, show, write_section
from services.notify.adapters.deliveries import DeliveryTable
from services.notify.audience import Audience, wants
from services.notify.formats.message import Message
from services.notify.subscriptions import Subscription
from services.notify.tables import deliveries, subscriptions
from shared.database import Database
from shared.events import RecordStored
from shared.migrating import migrate
from tests.notify.events import WHEN
from tests.notify.random_alerts import expected, random_event, random_subscription

_STATEMENTS, _SUBSCRIPTIONS, _AT_ONCE = 10_000, 200, 200
_SEED = 6


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and with `--write` put the figures into docs/performance.md."""
    chance = Random(_SEED)  # noqa: S311 - the same cases every time
    asking = [random_subscription(chance, n, "https://example.com/") for n in range(_SUBSCRIPTIONS)]
    events = [random_event(chance, number) for number in range(_STATEMENTS)]
    due = _expected(asking, events)
    told = asyncio.run(_told(asking, events))
    if told != due:
        sys.exit(f"wrong: {len(told - due)} deliveries too many, {len(due - told)} missing")
    rows = [*_matching(asking, events), Row("deliveries as the oracle expects", f"{len(due):,}")]
    show("Who is told of what", rows)
    if "--write" in arguments:
        table = [(row.what, row.value) for row in rows]
        write_section("alerts", machine(), ("figure", "measured"), table)


def _expected(asking: Sequence[Subscription], events: Iterable[RecordStored]) -> set[Any]:
    plain = [(one.id, one.model_dump(mode="json")) for one in asking]
    due = set()
    for event in events:
        told = event.model_dump(mode="json")
        due |= {(name, event.document_id) for name, one in plain if expected(one, told)}
    return due


def _matching(asking: Sequence[Subscription], events: Sequence[RecordStored]) -> Iterable[Row]:
    audience = Audience(asking)
    started = time.process_time()
    for event in events:
        audience.wanting(event)
    together = (time.process_time() - started) / len(events)
    some = events[:: len(events) // 200]
    started = time.process_time()
    for event in some:
        _ = [one for one in asking if wants(one, event)]
    one_by_one = (time.process_time() - started) / len(some)
    yield Row(f"{_SUBSCRIPTIONS} subscriptions asked, a statement", f"{together * 1e6:.0f} µs")
    yield Row("… each asked anew", f"{one_by_one * 1e6:,.0f} µs")


async def _told(asking: Sequence[Subscription], events: Sequence[RecordStored]) -> set[Any]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'notify.db'}")
        await migrate(database, "services.notify")
        async with database.writing() as connection:
            rows = [one.model_dump(mode="json") | {"created_at": WHEN} for one in asking]
            rows = [row | {"secret": ""} for row in rows]
            await connection.execute(insert(subscriptions), rows)
        table = DeliveryTable(database)
        for start in range(0, len(events), _AT_ONCE):
            some = events[start : start + _AT_ONCE]
            await asyncio.gather(
                *(table.schedule(event, lambda _: Message(b""), WHEN) for event in some)
            )
        async with database.reading() as connection:
            query = select(deliveries.c.subscription_id, deliveries.c.document_id)
            found = {(row[0], row[1]) for row in (await connection.execute(query)).all()}
        await database.close()
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
