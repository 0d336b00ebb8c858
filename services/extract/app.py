"""Puts extract together: a stream in, a stream out, and the extractor between."""

from __future__ import annotations

from fastapi import FastAPI

from services.extract.handlers import extract_record
from services.extract.pipeline import Extractor
from services.extract.settings import Settings
from shared.delivery import make_broker, subscribe
from shared.events import DocumentReceived, RecordExtracted
from shared.service import create_app


def build(settings: Settings) -> FastAPI:
    """Return the extract service, its lexicons loaded and nothing started."""
    broker = make_broker(settings)

    async def open_redis() -> None:
        broker.context.set_global("redis", await broker.connect())

    broker.context.set_global("extractor", Extractor.load())
    subscribe(broker, settings, extract_record, to=DocumentReceived, announces=RecordExtracted)
    return create_app(settings, broker, title="Communiqué: extract", startup=[open_redis])
