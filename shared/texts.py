"""Claim check: text over 256 KiB is kept once in Redis, and events refer to it by key."""

from __future__ import annotations

from typing import TypedDict, cast

from faststream.redis import RedisBroker

from shared.events import DocumentReceived
from shared.streams import RedisClient

INLINE_LIMIT = 256 * 1024  # bytes of UTF-8
_LINGERS = 3600  # seconds; longer than all attempts of a redelivered message take


class TextOrKey(TypedDict, total=False):
    """The two fields of DocumentReceived of which exactly one is given."""

    text: str
    text_key: str


async def publishable(redis: RedisClient, document_id: str, text: str) -> TextOrKey:
    """Return the text for an event's fields: inline if small, else stored under a key."""
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded) <= INLINE_LIMIT:
        return {"text": text}
    await redis.set(_key(document_id), encoded)
    return {"text_key": _key(document_id)}


async def text_of(broker: RedisBroker, event: DocumentReceived) -> str:
    """Return the text of a received document, wherever it lies.

    Raises LookupError if Redis has lost it: ingest publishes the document again.
    """
    if event.text is not None:
        return event.text
    redis = await broker.connect()
    stored = await redis.get(event.text_key or "")
    if stored is None:
        raise LookupError(f"the text under {event.text_key} is gone: waiting for ingest to resend")
    return cast("bytes", stored).decode("utf-8", "surrogatepass")


async def forget_text(redis: RedisClient, document_id: str) -> None:
    """Let go of a stored text, once the document is in the database.

    It stays for a while: a second copy of its event, or one redelivered, may yet be read.
    """
    await redis.expire(_key(document_id), _LINGERS)


def _key(document_id: str) -> str:
    return f"communique:text:{document_id}"
