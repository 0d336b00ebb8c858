"""Many small documents made at once: as files of an inbox, and as the events that tell of them.

A thousand are different in all they say; further ones are their reprints, with ids of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from faststream.redis.parser import BinaryMessageFormatV1
from redis.asyncio import Redis
from rich.progress import track

from benchmarks.documents import variants
from services.extract.pipeline import Extractor
from services.store.merge import merge
from services.store.tally import Member
from shared.events import DocumentReceived, Event, RecordExtracted, RecordStored
from shared.record import Record, SourceFile

_DIFFERENT = 1_000
_LENGTH = 600  # characters of a text
_TOGETHER = 500  # messages published in one go
_WHEN = datetime(2024, 2, 3, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """A document's text and the three messages about it, in which its id may be exchanged."""

    id: str
    text: str
    messages: dict[str, bytes]  # by stream

    def message(self, stream: str, document_id: str) -> bytes:
        """Return a message, told of another document."""
        return self.messages[stream].replace(self.id.encode(), document_id.encode())


@dataclass(frozen=True, slots=True)
class Waiting:
    """Documents that are yet to be put where they wait."""

    told: Sequence[Told]

    @classmethod
    async def made(cls) -> Waiting:
        """Make the documents that differ, each read as extract reads it."""
        extractor, chosen = Extractor.load(), list(variants(_DIFFERENT, seed=23))
        made = [await _told(name, text[:_LENGTH], extractor) for name, text in track(chosen)]
        return cls(made)

    def drop(self, inbox: Path, count: int) -> None:
        """Write as many files."""
        inbox.mkdir(parents=True)
        for number in range(count):
            text = self.told[number % len(self.told)].text
            (inbox / f"{number:06}.txt").write_text(f"{text}\n{number}\n", "utf-8")

    async def publish(self, redis_url: str, count: int) -> None:
        """Put as many messages on each stream; their documents are none of the files."""
        async with Redis.from_url(redis_url) as redis:
            for stream in (DocumentReceived.stream, RecordExtracted.stream, RecordStored.stream):
                numbers = iter(range(count))
                while some := list(islice(numbers, _TOGETHER)):
                    async with redis.pipeline(transaction=False) as together:
                        for number in some:
                            together.xadd(stream, {b"__data__": self._message(stream, number)})
                        await together.execute()

    def _message(self, stream: str, number: int) -> bytes:
        document_id = hashlib.sha256(f"message {number}".encode()).hexdigest()
        return self.told[number % len(self.told)].message(stream, document_id)


async def _told(name: str, text: str, extractor: Extractor) -> Told:
    document_id = hashlib.sha256(text.encode()).hexdigest()
    file = SourceFile(id=document_id, name=name, sha256=document_id, size=len(text.encode()))
    record = extractor.extract(file, text)
    events: tuple[Event, ...] = (
        DocumentReceived(document_id=document_id, occurred_at=_WHEN, document=file, text=text),
        RecordExtracted(document_id=document_id, occurred_at=_WHEN, record=record),
        _stored(record),
    )
    return Told(document_id, text, {e.stream: await _encoded(e) for e in events})


async def _encoded(event: Event) -> bytes:
    """Return an event as FastStream would publish it."""
    return await BinaryMessageFormatV1.encode(
        message=event.model_dump_json().encode(),
        reply_to=None,
        headers={"content-type": "application/json"},
        correlation_id=event.document_id,
    )


def _stored(record: Record) -> RecordStored:
    """Return what store says of a meeting's only document."""
    tells = record.coalition is not None and record.meeting is not None
    return RecordStored(
        document_id=record.document.id,
        occurred_at=_WHEN,
        version=1,
        outcome="statement.published" if tells else "none",
        kind=record.kind,
        document=record.document,
        received_at=_WHEN,
        meeting=merge(f"m-{record.document.id}", [Member(record, _WHEN)]) if tells else None,
    )
