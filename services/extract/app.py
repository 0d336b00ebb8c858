"""Puts extract together: a stream in, a stream out, and the extractor between."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI

from services.extract.handlers import extract_record
from services.extract.pipeline import Extractor
from services.extract.settings import Settings
from shared.delivery import make_broker, subscribe
from shared.events import DocumentReceived, RecordExtracted
from shared.service import create_app

# Documents in hand: while one is read, the record of another goes to Redis.
AT_ONCE = 4


def build(settings: Settings) -> FastAPI:
    """Return the extract service, its lexicons loaded and nothing started."""
    broker = make_broker(settings)
    extractor = Extractor.load(settings.coalitions)
    handler = partial(extract_record, extractor=extractor, broker=broker)
    subscribe(
        broker, settings, handler, to=DocumentReceived, announces=RecordExtracted, at_once=AT_ONCE
    )
    return create_app(settings, broker, title="Communiqué: extract")
