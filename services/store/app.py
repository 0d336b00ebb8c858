"""Store put together: streams, database, relay and API."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from fastapi import FastAPI

from services.store.adapters.desk import Desk
from services.store.adapters.journeys import StoredJourneys
from services.store.adapters.outbox import Relay
from services.store.adapters.outbox_health import outbox_part
from services.store.adapters.shelves import Shelves
from services.store.api.documents import document_routes
from services.store.api.meetings import meeting_routes
from services.store.api.rereading import rereading_routes
from services.store.api.rulings import ruling_routes
from services.store.handlers import keep_document, keep_record
from services.store.settings import Settings
from shared.database import Database
from shared.database_health import database_part, folders_of
from shared.delivery import make_broker, subscribe
from shared.events import DocumentReceived, RecordExtracted
from shared.journeys import Journey, journey_routes
from shared.migrating import migrate
from shared.service import create_app

PACKAGE = "services.store"
# Messages handled side by side. On SQLite what they write goes to the disk together; on PostgreSQL
# each has a connection, and those of one coalition wait for each other.
AT_ONCE = {True: 16, False: 4}


def build(settings: Settings) -> FastAPI:
    """Return the service, wired and not yet started."""
    database = Database(settings.database_url, settings.database_password)
    broker = make_broker(settings)
    relay = Relay(database, broker)
    desk = Desk(database, lambda: datetime.now(UTC), relay.hand_over)
    shelves = Shelves(database)
    public_url = str(settings.public_url).rstrip("/")

    document = partial(keep_document, desk=desk, broker=broker)
    subscribe(broker, settings, document, to=DocumentReceived, at_once=AT_ONCE[database.is_sqlite])
    record = partial(keep_record, desk=desk)
    subscribe(broker, settings, record, to=RecordExtracted, at_once=AT_ONCE[database.is_sqlite])

    return create_app(
        settings,
        broker,
        title="Communiqué: store",
        startup=[lambda: migrate(database, PACKAGE)],
        tasks=[relay.run],
        shutdown=[relay.mark_sent, database.close],
        routers=[
            meeting_routes(shelves, public_url),
            document_routes(shelves, desk),
            rereading_routes(shelves, broker, settings.max_lag),
            ruling_routes(shelves, desk, public_url),
            journey_routes(StoredJourneys(database), Journey),
        ],
        health=[database_part(database, PACKAGE), outbox_part(relay)],
        folders=folders_of(database),
    )
