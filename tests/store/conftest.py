"""Store as it runs: real databases, and several workers on one where that is the point."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.store.adapters.desk import Desk
from services.store.adapters.outbox import Announcement
from services.store.adapters.shelves import Shelves, Wanted
from services.store.tables import outbox
from shared.database import Database
from shared.events import RecordStored
from shared.meeting import Entry, MergedMeeting
from shared.migrating import migrate
from tests.store.makers import Case


class Store:
    """One worker of store on a database, without a stream: what would be announced is read back."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.committed: list[Announcement] = []
        seconds = count()
        start = datetime(2024, 2, 3, 13, 0, tzinfo=UTC)
        self.desk = Desk(
            database, lambda: start + timedelta(seconds=next(seconds)), self.committed.extend
        )
        self.shelves = Shelves(database)

    async def take(self, *cases: Case) -> None:
        """Take in documents with their records."""
        for each in cases:
            await self.desk.keep_document(each.received, each.text)
            await self.desk.keep_record(each.extracted)

    async def events(self) -> list[RecordStored]:
        """Return all events that were written to be announced, in order."""
        async with self.database.reading() as db:
            rows = await db.execute(select(outbox.c.event).order_by(outbox.c.id))
            return [RecordStored.model_validate_json(row.event) for row in rows]

    async def outcomes(self) -> list[str]:
        """Return the outcomes of all events, in order."""
        return [event.outcome for event in await self.events()]

    async def meetings(self) -> list[MergedMeeting]:
        """Return all meetings, newest first."""
        found = await self.shelves.meetings(Wanted(), 1000, None)
        return [MergedMeeting.model_validate_json(raw) for _, raw in found]

    async def names(self) -> set[frozenset[str]]:
        """Return the meetings as sets of their documents' names."""
        return {frozenset(s.name for s in meeting.sources) for meeting in await self.meetings()}

    async def history(self, meeting_id: str) -> list[Entry]:
        """Return the history of a meeting, the oldest first."""
        found = await self.shelves.history(meeting_id, 1000, 0)
        return [Entry.model_validate_json(raw) for _, raw in found]

    async def document(self, each: Case) -> dict[str, Any]:
        """Return a document as the API would."""
        found = await self.shelves.document(each.id)
        assert found is not None
        return found


@asynccontextmanager
async def empty_store() -> AsyncIterator[Store]:
    """Give one worker on a new SQLite file, for tests that need many stores, not one a test."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            yield await opened(stack, f"sqlite:///{folder}/store.db")


async def opened(stack: AsyncExitStack, url: str) -> Store:
    """Return a worker on a database, which is brought up to date first and closed by the stack."""
    database = Database(url)
    stack.push_async_callback(database.close)
    await migrate(database, "services.store")
    return Store(database)


OpenStore = Callable[[], Awaitable[Store]]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{tmp_path}/var/store.db"


@pytest.fixture
async def open_store(database_url: str) -> AsyncIterator[OpenStore]:
    """Open a worker on the test's database; each call is another worker."""
    async with AsyncExitStack() as stack:
        yield lambda: opened(stack, database_url)


@pytest.fixture
async def store(open_store: OpenStore) -> Store:
    """One worker."""
    return await open_store()


def values_of(meeting: MergedMeeting) -> dict[str, Any]:
    """Return a meeting without what depends on when its documents came."""
    found: dict[str, Any] = json.loads(meeting.model_dump_json(exclude={"id"}))
    for source in found["sources"]:
        del source["received_at"]
    return found
