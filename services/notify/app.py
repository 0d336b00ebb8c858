"""Notify put together: stream, database, sender and API."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from fastapi import FastAPI

from services.notify.adapters.deliveries import DeliveryTable
from services.notify.adapters.deliveries_health import deliveries_part
from services.notify.adapters.history import DeliveryHistory
from services.notify.adapters.http import Poster
from services.notify.adapters.journeys import AlertJourney, DeliveryJourneys
from services.notify.adapters.secret_keeping import SecretKeeper
from services.notify.adapters.subscriptions import SubscriptionTable
from services.notify.api.keys import key_routes
from services.notify.api.subscriptions import subscription_routes
from services.notify.guard import Allowed
from services.notify.handlers import schedule_deliveries
from services.notify.sender import Sender
from services.notify.settings import Settings
from shared.database import Database
from shared.database_health import database_part, folders_of
from shared.delivery import make_broker, subscribe
from shared.events import RecordStored
from shared.journeys import journey_routes
from shared.migrating import migrate
from shared.service import create_app

PACKAGE = "services.notify"
# Events handled side by side: what they write goes to the disk together.
AT_ONCE = 16


def build(settings: Settings) -> FastAPI:
    """Return the service, wired and not yet started."""
    database = Database(settings.database_url, settings.database_password)
    subscriptions, deliveries = SubscriptionTable(database), DeliveryTable(database)
    allowed = Allowed.parse(settings.webhook_allow)
    keeper = SecretKeeper(database, settings.secret_keys, _key_file(settings, database))
    poster = Poster(
        allowed,
        keeper.open,
        timeout=settings.webhook_timeout,
        connect_timeout=settings.webhook_connect_timeout,
    )
    sender = Sender(deliveries, poster, settings)

    broker = make_broker(settings)
    handler = partial(schedule_deliveries, deliveries=deliveries, sender=sender, settings=settings)
    subscribe(broker, settings, handler, to=RecordStored, at_once=AT_ONCE)

    return create_app(
        settings,
        broker,
        title="Communiqué: notify",
        startup=[lambda: migrate(database, PACKAGE), keeper.prepare, poster.open],
        tasks=[sender.run],
        shutdown=[poster.close, database.close],
        routers=[
            subscription_routes(subscriptions, DeliveryHistory(database), keeper, allowed),
            key_routes(subscriptions, keeper),
            journey_routes(DeliveryJourneys(database), AlertJourney),
        ],
        health=[database_part(database, PACKAGE), deliveries_part(deliveries)],
        folders=folders_of(database),
    )


def _key_file(settings: Settings, database: Database) -> Path | None:
    """Return the file of the key of secrets: on SQLite beside the database, unless one is named."""
    if settings.secret_key_file is None and database.is_sqlite and database.url.database:
        return Path(database.url.database).with_suffix(".key")
    return settings.secret_key_file
