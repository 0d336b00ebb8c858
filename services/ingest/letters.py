"""Reading the dead letters: which documents will not be stored, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from faststream.redis.parser import BinaryMessageFormatV1

from services.ingest.names import DOCUMENT_ID
from shared.events import DocumentReceived, RecordExtracted
from shared.streams import RedisClient, dead_letters

_STREAMS = (DocumentReceived.stream, RecordExtracted.stream)  # what a document is stored through
_TOLD = ("group", "reason", "attempts")
_PAGE = 10  # letters read at once; each may hold a text of 256 KiB
_Entry: TypeAlias = tuple[bytes, dict[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter: the entry `id` of `stream`, of a message that `stage` gave up."""

    stream: str
    id: str
    document_id: str
    stage: str
    reason: str
    attempts: int

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.stream} {self.id}"


class DeadLetters:
    """Reads letters as they come. Only when some have gone is everything read again."""

    def __init__(self) -> None:
        self._after = dict.fromkeys(_STREAMS, "-")
        self._length = dict.fromkeys(_STREAMS, 0)

    async def next_page(self, redis: RedisClient) -> list[Letter]:
        """Return letters that have not been returned yet, some at a time; none if there are none.

        Raises redis.RedisError while Redis is away.
        """
        for stream in _STREAMS:
            if page := await self._read(redis, stream):
                return [
                    letter for entry, fields in page if (letter := _letter(stream, entry, fields))
                ]
        return []

    def again(self) -> None:
        """Have everything read again: what was to be done about the last page failed."""
        for stream in _STREAMS:
            self._forget(stream)

    async def _read(
        self, redis: RedisClient, stream: str
    ) -> list[tuple[bytes, dict[bytes, bytes]]]:
        length = await redis.xlen(dead_letters(stream))
        if length < self._length[stream]:  # dropped, replayed, or all of Redis is new
            self._forget(stream)
        after = self._after[stream]
        # redis-py's types allow for every protocol and decoding; ours is bytes
        page: Any = await redis.xrange(dead_letters(stream), after, "+", _PAGE)
        if page:
            self._after[stream] = f"({page[-1][0].decode()}"
        self._length[stream] = length if len(page) < _PAGE else 0
        return list(page)

    def _forget(self, stream: str) -> None:
        self._after[stream], self._length[stream] = "-", 0


def _letter(stream: str, entry: bytes, fields: dict[bytes, bytes]) -> Letter | None:
    """Return the letter, None if it does not tell whose it is."""
    document_id = _document_of(fields.get(b"__data__", b""))
    if document_id is None:
        return None
    told = {name: fields.get(name.encode(), b"").decode("utf-8", "replace") for name in _TOLD}
    attempts = int(told["attempts"]) if told["attempts"].isdecimal() else 0
    return Letter(stream, entry.decode(), document_id, told["group"], told["reason"], attempts)


def _document_of(raw: bytes) -> str | None:
    """Return the document that a message was about: its correlation, or what its body says."""
    try:
        body, headers = BinaryMessageFormatV1.parse(raw)
        told = str(headers.get("correlation_id") or json.loads(body)["document_id"])
    except Exception:  # a letter may have died of being no message at all
        return None
    return told if DOCUMENT_ID.fullmatch(told) else None  # else a path of somebody's choice
