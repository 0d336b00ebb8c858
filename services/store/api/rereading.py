"""Sending stored texts out again over HTTP, to be read by a newer extractor."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from faststream.redis import RedisBroker
from pydantic import AfterValidator, Field

from services.store.adapters.shelves import Shelves, StoredText, Texts
from services.store.api.cursors import cursor_of, moment_of
from shared.delivery import announce
from shared.errors import TransientError
from shared.events import DocumentReceived
from shared.lag import has_room
from shared.record import Frozen
from shared.streams import RedisClient
from shared.texts import publishable

# How often, and after how many seconds each, a request looks for room in the streams.
_LOOKS, _LOOK_EVERY = 40, 0.25


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


class ToReread(Frozen):
    """Which documents are to be read anew: at most `limit` of them, from the place `after` on.

    `since` is when they came (a day, or a moment; UTC if it does not say), `coalition` which one
    they were read to tell of.
    """

    since: Annotated[datetime, AfterValidator(_in_utc)] | None = None
    coalition: str | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    limit: int = Field(default=50, ge=1, le=200)
    after: str | None = None


class Sent(Frozen):
    """The documents that were sent out, `next` to go on with, and of the first page the `total`."""

    documents: list[str]
    next: str | None
    total: int | None


class TooFarBehindError(TransientError):
    """Those who read documents have too many to read already."""


async def _wait_for_room(redis: RedisClient, max_lag: int) -> None:
    for _ in range(_LOOKS):
        if await has_room(redis, DocumentReceived.stream, max_lag):
            return
        await asyncio.sleep(_LOOK_EVERY)
    raise TooFarBehindError(
        f"those who read documents are more than {max_lag} behind: try again later"
    )


def rereading_routes(shelves: Shelves, broker: RedisBroker, max_lag: int) -> APIRouter:
    """Return the route by which stored texts go through extract once more."""
    router = APIRouter(prefix="/api/documents", tags=["documents"])

    @router.post("/reextract", status_code=202)
    async def reextract_documents(wanted: ToReread) -> Sent:
        """Send stored texts through the same streams as new ones; answers before they are read.

        Nobody is alerted to what they were alerted to already. Waits while those who read
        documents are far behind; 503 if that lasts, and nothing was sent.
        """
        await _wait_for_room(await broker.connect(), max_lag)
        of = Texts(wanted.since, wanted.coalition)
        found = await shelves.texts(of, wanted.limit + 1, moment_of(wanted.after))
        total = await shelves.count_texts(of) if wanted.after is None else None
        sent = found[: wanted.limit]
        for each in sent:
            await _send(each)
        more = len(found) > wanted.limit
        last = cursor_of(sent[-1].received_at.isoformat(), sent[-1].file.id) if more else None
        return Sent(documents=[each.file.id for each in sent], next=last, total=total)

    async def _send(each: StoredText) -> None:
        text = await publishable(await broker.connect(), each.file.id, each.text)
        event = DocumentReceived(
            document_id=each.file.id,
            occurred_at=each.received_at,
            document=each.file,
            reread=True,
            **text,
        )
        await announce(broker, event)

    return router
