"""Puts ingest together."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI

from services.ingest.announcing import Announcer
from services.ingest.answers import Answer
from services.ingest.api import inbox_part, inbox_router
from services.ingest.burying import Graves
from services.ingest.dead import DeadNotes
from services.ingest.finishing import Finisher
from services.ingest.handlers import finish_document
from services.ingest.inbox import Inbox
from services.ingest.intake import Intake
from services.ingest.journeys import FolderJourneys
from services.ingest.ledger import Ledger
from services.ingest.overdue import Overdue
from services.ingest.owner import Ownership
from services.ingest.readers import Readers
from services.ingest.readers.txt import PlainText
from services.ingest.resending import Resend
from services.ingest.settings import Settings
from services.ingest.tending import Tending
from services.ingest.watching import Watch
from shared.delivery import make_broker, subscribe
from shared.errors import SettingsError
from shared.events import RecordStored
from shared.journeys import Journey, journey_routes
from shared.service import create_app

# Documents filed as done side by side: each waits for a few system calls in a thread.
AT_ONCE = 4


def build(settings: Settings) -> FastAPI:
    """Return the ingest service.

    Raises SettingsError if its folders cannot be made, or are another system's.
    """
    inbox, ledger = Inbox(settings.inbox), Ledger(settings.state)
    _prepare(settings, inbox, ledger)
    owner = Ownership(settings.inbox, settings.state)
    overdue = Overdue(inbox.processing, settings.republish_after)
    text = PlainText()
    intake = Intake(inbox, ledger, Readers((text,), otherwise=text), settings.max_document_size)
    finisher = Finisher(intake)

    broker = make_broker(settings)
    announcer = Announcer(broker, inbox)
    resend = Resend(settings, intake, announcer, overdue)
    watch = Watch(settings, intake, announcer, resend)
    graves = Graves(inbox, ledger, DeadNotes(settings.state))
    tending = Tending(settings, intake, announcer, graves, finisher)
    handler = partial(finish_document, finisher=finisher, announcer=announcer)
    subscribe(broker, settings, handler, to=RecordStored, read_as=Answer, at_once=AT_ONCE)
    _own(owner, inbox, overdue, graves)
    return create_app(
        settings,
        broker,
        title="Communiqué: ingest",
        tasks=(watch.run, watch.listen, resend.run, tending.run),
        shutdown=(owner.end,),
        routers=(
            inbox_router(inbox),
            journey_routes(FolderJourneys(inbox, ledger), Journey),
        ),
        health=(inbox_part(inbox, watch),),
        folders=(settings.inbox, settings.state),
    )


def _own(owner: Ownership, inbox: Inbox, overdue: Overdue, graves: Graves) -> None:
    owner.take()
    if owner.alone:
        inbox.end_half_done()
        overdue.inherit()
        graves.clear()


def _prepare(settings: Settings, inbox: Inbox, ledger: Ledger) -> None:
    inbox.prepare()
    try:
        ledger.prepare()
    except OSError as error:
        raise SettingsError(
            f"COMMUNIQUE_STATE {settings.state}: cannot make it ({error.strerror}): "
            "name a folder that ingest may write to"
        ) from None
