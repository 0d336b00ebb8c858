"""Documents, records and events as the other services make them, with only what a test is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.events import DocumentReceived, RecordExtracted
from shared.record import (
    Attendance,
    Coalition,
    Commitment,
    Document,
    Evidence,
    FocusArea,
    Kind,
    Meeting,
    Person,
    Pledge,
    Quote,
    Record,
    Resolution,
    SourceFile,
)

ARRIVAL = datetime(2024, 2, 3, 12, 0, tzinfo=UTC)
_DOCUMENT = {"language", "published", "title", "source"}
_MEETING = {"body", "ordinal", "start_date", "end_date", "city", "country", "virtual", "theme"}


@dataclass(frozen=True)
class Case:
    """A document's text with its record, and the two events that bring them to store."""

    text: str
    record: Record
    arrival: datetime = ARRIVAL

    @property
    def id(self) -> str:
        return self.record.document.id

    @property
    def received(self) -> DocumentReceived:
        file = SourceFile(
            id=self.id,
            name=self.record.document.name,
            sha256=self.id,
            size=len(self.text),
            source=self.record.document.source,
        )
        return DocumentReceived(
            document_id=self.id, occurred_at=self.arrival, document=file, text=self.text
        )

    @property
    def extracted(self) -> RecordExtracted:
        return RecordExtracted(document_id=self.id, occurred_at=ARRIVAL, record=self.record)

    def read_again(self, **told: Any) -> Case:
        """The same document, as a newer extractor reads it."""
        return Case(self.text, case(self.text, **told).record, self.arrival)

    def later(self, minutes: int) -> Case:
        """The same document, come later."""
        return replace(self, arrival=self.arrival + timedelta(minutes=minutes))


def case(
    text: str,
    *,
    kind: Kind = "statement",
    coalition: str | None = "imctc",
    name: str = "",
    extractor: str = "1",
    people: Iterable[dict[str, Any]] = (),
    attendance: Iterable[dict[str, Any]] = (),
    focus_areas: Iterable[str] = (),
    commitments: Iterable[tuple[str, str]] = (),
    pledges: Iterable[dict[str, Any]] = (),
    resolutions: Iterable[int] = (),
    quotes: Iterable[tuple[str, str]] = (),
    basis: Any = "explicit",
    confidence: float = 1.0,
    **facts: Any,
) -> Case:
    """Return a document whose record says what is given, each item with evidence of its own."""
    identity = hashlib.sha256(text.encode()).hexdigest()
    about = {key: facts.pop(key) for key in _DOCUMENT & facts.keys()}
    unknown = facts.keys() - _MEETING
    assert not unknown, unknown
    document = Document(
        id=identity,
        name=name or f"{identity[:6]}.txt",
        sha256=identity,
        **{"language": "ar"} | about,
    )
    common = {"basis": basis, "confidence": confidence}
    spot = {"evidence": _evidence(text, text[:1]), **common}
    return Case(
        text,
        Record(
            document=document,
            kind=kind,
            coalition=Coalition(id=coalition, **spot) if coalition else None,
            meeting=Meeting(**facts, **spot) if facts else None,
            people=tuple(Person(**{"role": "speaker"} | p, **spot) for p in people),
            attendance=tuple(Attendance(**a, **spot) for a in attendance),
            focus_areas=tuple(FocusArea(id=f, **spot) for f in focus_areas),
            commitments=tuple(
                Commitment(act=act, evidence=_evidence(text, words), **common)
                for act, words in commitments
            ),
            pledges=tuple(Pledge(**p, **spot) for p in pledges),
            resolutions=tuple(Resolution(body="UNSC", number=n, **spot) for n in resolutions),
            quotes=tuple(Quote(speaker=who, text=said, **spot) for who, said in quotes),
            extractor_version=extractor,
        ),
    )


def _evidence(text: str, words: str) -> tuple[Evidence, ...]:
    start = text.index(words)
    return (Evidence(start=start, end=start + len(words), text=words),)
