"""Store put together: streams, database, relay and API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI

from services.store.adapters.desk import Desk
from services.store.adapters.outbox import Relay
from services.store.adapters.shelves import Shelves
from services.store.api.documents import document_routes
from services.store.api.meetings import meeting_routes
from services.store.handlers import keep_document, keep_record
from services.store.settings import Settings
from shared.database import Database, migrate
from shared.delivery import make_broker, subscribe
from shared.events import DocumentReceived, RecordExtracted
from shared.service import create_app

PACKAGE = "services.store"


def build(settings: Settings) -> FastAPI:
    """Return the service, wired and not yet started."""
    database = Database(settings.database_url, settings.database_password)
    broker = make_broker(settings)
    relay = Relay(database, broker)
    desk = Desk(database, lambda: datetime.now(UTC), relay.hand_over)
    shelves = Shelves(database)

    async def open_redis() -> None:
        broker.context.set_global("redis", await broker.connect())

    broker.context.set_global("desk", desk)
    subscribe(broker, settings, keep_document, to=DocumentReceived)
    subscribe(broker, settings, keep_record, to=RecordExtracted)

    async def outbox_health() -> dict[str, Any]:
        count, oldest = await relay.waiting()
        return {"outbox": {"waiting": count, "oldest": oldest and oldest.isoformat()}}

    return create_app(
        settings,
        broker,
        title="Communiqué: store",
        startup=[lambda: migrate(database, PACKAGE), open_redis],
        tasks=[relay.run],
        shutdown=[relay.mark_sent, database.close],
        routers=[
            meeting_routes(shelves, str(settings.public_url).rstrip("/")),
            document_routes(shelves),
        ],
        health=[outbox_health],
    )
