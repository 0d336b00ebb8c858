"""The ingest service as it runs, and the other services' side of its streams."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from faststream.redis import RedisBroker
from redis.asyncio import Redis

from services.ingest.app import build
from services.ingest.settings import Settings
from shared.delivery import announce, make_broker, subscribe
from shared.events import DocumentReceived, RecordStored
from shared.record import Document
from shared.settings import load_settings
from shared.streams import create_groups
from shared.texts import text_of


async def until(true: Callable[[], Any], seconds: float = 10.0) -> float:
    """Wait until something holds; return how long it took. Fails after `seconds`."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, "waited in vain"
        await asyncio.sleep(0.005)
    return time.monotonic() - started


async def note_document(event: DocumentReceived, desk: Desk) -> None:
    """Take a document as extract and store together do."""
    desk.texts[event.document_id] = await text_of(desk.broker, event)
    desk.received.append((time.monotonic(), event))
    if desk.answers:
        await desk.answer(event)


@dataclass
class Desk:
    """Whoever reads what ingest announces; answers at once, as store would, while `answers`."""

    broker: RedisBroker
    answers: bool = True
    received: list[tuple[float, DocumentReceived]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of the documents received, in order."""
        return [event.document.name for _, event in self.received]

    def has_received(self, count: int) -> Callable[[], bool]:
        """Return the question whether so many documents have been received."""
        return lambda: len(self.received) == count

    async def answer(self, event: DocumentReceived) -> None:
        """Say that a document is stored."""
        now, source = datetime.now(UTC), event.document
        await announce(
            self.broker,
            RecordStored(
                document_id=event.document_id,
                occurred_at=now,
                version=1,
                outcome="none",
                kind="unrelated",
                document=Document(
                    id=source.id, name=source.name, language="en", sha256=source.sha256
                ),
                received_at=now,
            ),
        )


@dataclass
class Place:
    """One inbox with its Redis; services on it start and stop."""

    root: Path
    state: Path
    redis_url: str
    desk: Desk
    redis: Redis

    def settings(self, **given: Any) -> Settings:
        """Return a worker's settings.

        A message handed to a connection that is just being closed is pending until it is claimed.
        """
        return load_settings(
            Settings,
            redis_url=self.redis_url,
            inbox=self.root,
            state=self.state,
            claim_after=1.0,
            **given,
        )

    @asynccontextmanager
    async def running(self, **given: Any) -> AsyncIterator[FastAPI]:
        """Run a worker."""
        app = build(self.settings(**given))
        async with app.router.lifespan_context(app):
            yield app

    def drop(self, name: str, text: str) -> None:
        """Put a file into the inbox in one go."""
        (self.root / name).write_text(text, encoding="utf-8")

    def done(self) -> list[str]:
        """Return the names of what is done."""
        return sorted(path.name for path in (self.root / "done").glob("*/*"))

    def processing(self) -> list[str]:
        """Return the names of what is claimed or held."""
        return sorted(path.name for path in (self.root / ".processing").iterdir())

    def held(self) -> list[str]:
        """Return the documents that are held until store has them."""
        return [name for name in self.processing() if len(name) == 64]


@pytest.fixture
async def place(tmp_path: Path, redis_url: str) -> AsyncIterator[Place]:
    """An inbox, an empty Redis, and a desk that answers; no ingest yet."""
    root = tmp_path / "inbox"
    root.mkdir(exist_ok=True)  # a test may have mounted something there

    class DeskSettings(Settings):
        service = "store"

    settings = load_settings(
        DeskSettings, redis_url=redis_url, inbox=root, state=tmp_path / "s", worker="desk"
    )
    broker = make_broker(settings)
    desk = Desk(broker)
    subscribe(broker, settings, partial(note_document, desk=desk), to=DocumentReceived)
    async with AsyncExitStack() as stack:
        redis = Redis.from_url(redis_url)
        stack.push_async_callback(redis.aclose)
        await create_groups(redis, "store")
        await create_groups(redis, "extract")
        await create_groups(redis, "ingest")
        await broker.start()
        stack.push_async_callback(broker.stop)
        yield Place(root, tmp_path / "state", redis_url, desk, redis)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep the log to what a person would have to act on."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.reset_defaults()
