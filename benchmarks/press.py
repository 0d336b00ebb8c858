"""Synthetic meetings with their press: coalitions and dates without end, all the same by number.

Words are drawn as in any language, a few often and most seldom, so that two texts have much in
common and no run of words but what is meant to be common: what a report takes over from its
statement, and the paragraph that every report on a coalition ends with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from random import Random
from typing import Any, Literal

from shared.events import DocumentReceived, RecordExtracted
from shared.record import Coalition, Document, Evidence, Kind, Meeting, Record, SourceFile

Shape = Literal["preview", "statement", "reprint", "report"]
STORED: tuple[Shape, ...] = ("preview", "statement", "reprint", "report")
ARRIVAL = datetime(2024, 2, 3, 12, 0, tzinfo=UTC)
_COALITIONS = 40
_YEARS = 40
_FIRST_DAY = date(1985, 1, 1)
_WORDS = 400  # of a statement, as of the texts in `seeds/`
_STANDING = 40  # words that all agencies end their reports on a coalition with
_VOCABULARY = 20_000
_BODIES = ("defence_ministers", "foreign_ministers", "chiefs_of_staff", "heads_of_state")


@dataclass(frozen=True)
class Brought:
    """A document as ingest and extract bring it to store."""

    text: str
    record: Record

    @property
    def received(self) -> DocumentReceived:
        """Its arrival."""
        about = self.record.document
        file = SourceFile(id=about.id, name=about.name, sha256=about.id, size=len(self.text))
        return DocumentReceived(
            document_id=about.id, occurred_at=ARRIVAL, document=file, text=self.text
        )

    @property
    def extracted(self) -> RecordExtracted:
        """Its record."""
        return RecordExtracted(
            document_id=self.record.document.id, occurred_at=ARRIVAL, record=self.record
        )


@dataclass(frozen=True)
class Occasion:
    """The meeting of a number; `press(shape, copy)` are documents about it."""

    number: int

    @property
    def coalition(self) -> str:
        """The coalition that meets."""
        return f"coalition-{self.number % _COALITIONS}"

    @property
    def turn(self) -> int:
        """How many meetings the coalition had before."""
        return self.number // _COALITIONS

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What a statement says of the meeting: its body's next one, at some place on some day."""
        chance = Random(f"facts {self.number}")  # noqa: S311 -- repeatable, no secret
        day = (_FIRST_DAY + timedelta(days=chance.randrange(_YEARS * 365))).isoformat()
        return {
            "body": _BODIES[self.turn % len(_BODIES)],
            "ordinal": self.turn // len(_BODIES) + 1,
            "start_date": day,
            "end_date": day,
            "city": f"City{chance.randrange(500)}",
        }

    @cached_property
    def statement(self) -> list[str]:
        """The words of its statement."""
        return _words(f"statement {self.number}", _WORDS)

    def press(self, shape: Shape, copy: int = 0) -> Brought:
        """Return a document: a reprint is cut to a third, a report gives neither day nor place."""
        own = f"{shape} {copy} {self.number}"
        standing = _words(self.coalition, _STANDING)
        if shape == "preview":
            return self._brought(own, _words(own, 150) + standing, "preview", self.facts)
        if shape == "statement":
            return self._brought(own, self.statement, "statement", self.facts)
        if shape == "reprint":
            third = _words(own, 10) + self.statement[: _WORDS // 3] + standing
            return self._brought(own, third, "statement", self.facts)
        quoted = self.statement[200:230]
        report = _words(own, 90) + quoted + _words(f"{own} end", 60) + standing
        return self._brought(own, report, "statement", {"body": self.facts["body"]})

    def _brought(self, name: str, words: list[str], kind: Kind, facts: dict[str, Any]) -> Brought:
        text = " ".join(words)
        identity = hashlib.sha256(f"{name} {text}".encode()).hexdigest()
        spot = {"evidence": (Evidence(start=0, end=5, text=text[:5]),)}
        document = Document(id=identity, name=f"{name}.txt", sha256=identity, language="en")
        record = Record(
            document=document,
            kind=kind,
            coalition=Coalition(id=self.coalition, **spot),
            meeting=Meeting(**facts, **spot),
            extractor_version="0",
        )
        return Brought(text, record)


def occasions(documents: int) -> Iterator[Occasion]:
    """Yield as many meetings as take `documents` documents of the shapes that are stored."""
    yield from map(Occasion, range(documents // len(STORED)))


def _words(seed: str, count: int) -> list[str]:
    """Return words, the n-th of the vocabulary about n times as seldom as the first."""
    chance = Random(seed)  # noqa: S311 -- repeatable, no secret
    return [_vocabulary()[int(_VOCABULARY ** chance.random()) - 1] for _ in range(count)]


@cache
def _vocabulary() -> list[str]:
    chance = Random("vocabulary")  # noqa: S311 -- repeatable, no secret
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        "".join(chance.choice(letters) for _ in range(chance.randrange(3, 11)))
        for _ in range(_VOCABULARY)
    ]
