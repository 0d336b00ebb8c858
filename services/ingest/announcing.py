"""Telling the other services of a document, and noticing when Redis has forgotten it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from faststream.redis import RedisBroker

from services.ingest.inbox import Inbox
from services.ingest.intake import Received
from shared.batching import Together
from shared.delivery import announce
from shared.events import DocumentReceived, RecordExtracted
from shared.streams import RedisClient, dead_letters
from shared.texts import forget_text, publishable

log = structlog.get_logger()

_MEMORY = "communique:ingest:memory"  # a key that is there as long as Redis keeps what it was told
_PAGE = 100  # dead letters read at once


@dataclass
class Announcer:
    """Publishes documents, and asks Redis what it still knows of them."""

    broker: RedisBroker
    inbox: Inbox

    def __post_init__(self) -> None:
        """Prepare what is done together."""
        self._forget = Together(self._forget_all, apart_on_failure=False)

    async def publish(self, *documents: Received) -> None:
        """Publish held documents, in one go, and note when.

        Raises redis.RedisError while Redis is away.
        """
        redis = await self.redis()
        async with redis.pipeline(transaction=False) as together:
            for received in documents:
                await announce(self.broker, await _event(redis, received), pipeline=together)
            await together.execute()
        for document in (received.document for received in documents):
            self.inbox.mark_published(document.id, time.time())
            log.info(
                "document.received",
                document_id=document.id,
                name=document.name,
                size=document.size,
                encoding=document.encoding,
            )

    async def forget_text(self, document_id: str) -> None:
        """Let go of a large text that was published by reference."""
        await self._forget(document_id)

    async def _forget_all(self, document_ids: Sequence[str]) -> list[None]:
        async with (await self.redis()).pipeline(transaction=False) as together:
            for document_id in document_ids:
                await forget_text(together, document_id)
            await together.execute()
        return [None] * len(document_ids)

    async def memory_was_lost(self) -> bool:
        """Tell, to one worker only, that Redis was emptied since the last call (or is new).

        Raises redis.RedisError while Redis is away.
        """
        return bool(await (await self.redis()).set(_MEMORY, "kept", nx=True))

    async def forget_memory(self) -> None:
        """Have the next call of `memory_was_lost` say so again: what was to follow failed."""
        await (await self.redis()).delete(_MEMORY)

    async def dead(self, document_ids: Iterable[str]) -> set[str]:
        """Return those documents that lie among the dead letters, where a person must look."""
        wanted, found, redis = set(document_ids), set[str](), await self.redis()
        for stream in (DocumentReceived.stream, RecordExtracted.stream):
            after = "-"
            while wanted > found:
                # redis-py's types allow for every protocol and decoding; ours is bytes
                page: Any = await redis.xrange(dead_letters(stream), after, "+", _PAGE)
                for entry, letter in page:
                    after = f"({entry.decode()}"
                    body = letter.get(b"__data__", b"")
                    found |= {one for one in wanted - found if one.encode() in body}
                if len(page) < _PAGE:
                    break
        return found

    async def redis(self) -> RedisClient:
        """Return the broker's own connection."""
        client: RedisClient = await self.broker.connect()
        return client


async def _event(redis: RedisClient, received: Received) -> DocumentReceived:
    document = received.document
    text = await publishable(redis, document.id, received.text)
    return DocumentReceived(
        document_id=document.id, occurred_at=received.taken_at, document=document, **text
    )
