"""The way of dropped documents through the services, as their streams tell it."""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

import redis

from communique.api import Api
from communique.documents.inbox import Dropped
from shared.events import DocumentReceived, RecordExtracted, RecordStored

Step = Literal["received", "extracted", "stored", "alerted"]
_STEPS: dict[str, Step] = {
    DocumentReceived.stream: "received",
    RecordExtracted.stream: "extracted",
    RecordStored.stream: "stored",
}
_DOCUMENT_ID = re.compile(rb"[0-9a-f]{64}")
_BATCH = 100  # messages read at once


@dataclass(slots=True)
class Way:
    """How far one document has come; times in seconds since its drop."""

    name: str
    document_id: str
    dropped_at: float = field(default_factory=time.time)
    steps: dict[Step, float] = field(default_factory=dict)
    outcome: str | None = None
    error: str | None = None
    known: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing more comes for its record."""
        return self.known or self.error is not None or self.outcome is not None

    def reach(self, step: Step, at: float) -> None:
        """Note that it got there at `at` (seconds since the epoch), the first time it does."""
        self.steps.setdefault(step, max(0.0, at - self.dropped_at))


class Ways:
    """Reads the three streams from where they are now."""

    def __init__(self, client: redis.Redis, store: Api) -> None:
        """Remember where each stream ends; drop the documents after this."""
        self._client = client
        self._store = store
        self._after: dict[Any, Any] = {stream: self._end(stream) for stream in _STEPS}
        self.documents: dict[str, Way] = {}

    def add(self, dropped: Dropped) -> Way:
        """Follow a document from now on."""
        way = Way(dropped.name, dropped.document_id)
        return self.documents.setdefault(dropped.document_id, way)

    def look(self, wait: float) -> None:
        """Take in what the streams tell, waiting up to `wait` seconds for something new."""
        told = self._client.xread(self._after, count=_BATCH, block=max(1, int(wait * 1000)))
        for name, entries in cast("list[tuple[bytes, list[tuple[bytes, Any]]]]", told):
            stream = name.decode()
            for entry, fields in entries:
                self._after[stream] = entry
                self._take(_STEPS[stream], entry, fields.get(b"__data__", b""))

    def look_at_failures(self, inbox: Path) -> None:
        """Take in why files ended in `failed/`."""
        for path in (inbox / "failed").glob("*.error.json"):
            with suppress(OSError, ValueError, TypeError, AttributeError):
                report = json.loads(path.read_text("utf-8"))
                way = self.documents.get(report.get("sha256") or "")
                if way and not way.settled and path.stat().st_mtime >= way.dropped_at - 1:
                    way.error = f"{report['why']} {report['what_to_do']}"

    def _end(self, stream: str) -> str:
        last = cast("list[tuple[bytes, Any]]", self._client.xrevrange(stream, count=1))
        return last[0][0].decode() if last else "0"

    def _take(self, step: Step, entry: bytes, raw: bytes) -> None:
        way = self.documents.get(document_of(raw))
        if way is not None:
            way.reach(step, int(entry.split(b"-")[0]) / 1000)
            if step == "stored" and way.outcome is None:
                way.outcome = self._store.get(f"/api/documents/{way.document_id}")["outcome"]


def document_of(raw: bytes) -> str:
    """Return the document that a message is about: the correlation id, in its head.

    Looked for rather than parsed, since loading the parser takes as long as a document's whole
    way; the body, where other documents may be named, begins at the first brace.
    """
    found = _DOCUMENT_ID.search(raw.partition(b"{")[0])
    return found[0].decode() if found else ""
