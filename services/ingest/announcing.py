"""Telling the other services of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from faststream.redis import RedisBroker

from services.ingest.inbox import Inbox
from services.ingest.intake import Received
from shared.batching import Together
from shared.delivery import announce
from shared.events import DocumentReceived
from shared.lag import has_room
from shared.streams import GROUPS, RedisClient
from shared.texts import forget_text, publishable

log = structlog.get_logger()


@dataclass
class Announcer:
    """Publishes documents, and lets go of their texts."""

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
            self.inbox.mark_published(document.id)
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

    async def has_room(self, max_lag: int) -> bool:
        """Tell whether all who read of documents keep up. Raises redis.RedisError.

        All that flows through the other streams comes from what is published here.
        """
        redis = await self.redis()
        for stream in GROUPS:
            if not await has_room(redis, stream, max_lag):
                return False
        return True

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
