"""Every contract between the services, in the order in which a document meets them.

A stream's name carries its version: an added optional field stays v1, a breaking change is a new
class on a `.v2` stream. Golden JSON of each lies in `tests/contracts/`.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import model_validator

from shared.meeting import Cause, Change, MergedMeeting
from shared.record import Document, Frozen, Kind, Record, SourceFile

Outcome = Literal[
    "statement.published",  # the first statement of a meeting, or a stand-alone one
    "meeting.updated",  # a value was added or changed, or a document withdrawn
    "meeting.announced",  # a preview, before any statement
    "source.added",  # a reprint: nothing new
    "meetings.merged",  # two meetings turned out to be one
    "meeting.closed",  # its last document was withdrawn, or turned out to tell of none
    "none",  # nothing that anyone subscribes to
]


class Event(Frozen):
    """What every message carries: whose it is, and when it happened (UTC).

    The document's id is the correlation id of its whole way, from the drop to the webhook.
    """

    stream: ClassVar[str]

    document_id: str
    occurred_at: datetime


class DocumentReceived(Event):
    """Ingest has read a file. Text up to 256 KiB comes inline, larger text under `text_key`.

    `occurred_at` is when the file was taken from the inbox: of two versions the later one counts.
    `reread`: store sends a text that it has, to be read by a newer extractor.
    """

    stream: ClassVar[str] = "documents.received.v1"

    document: SourceFile
    text: str | None = None
    text_key: str | None = None
    reread: bool = False

    @model_validator(mode="after")
    def _has_its_text(self) -> DocumentReceived:
        if (self.text is None) == (self.text_key is None):
            raise ValueError("exactly one of text and text_key must be given")
        return self


class RecordExtracted(Event):
    """Extract has read a record out of the document's text; `reread` is as the document said."""

    stream: ClassVar[str] = "records.extracted.v1"

    record: Record
    reread: bool = False


class RecordStored(Event):
    """Store has committed document and record, and decided what that means for its meeting.

    `version` counts the record's versions from 1; `(document_id, version)` keys every effect.
    `meeting` is the merged meeting after this document, absent for documents without one.
    Of a closed meeting it is what was last known. `merged_meeting_ids` are the ids that now
    redirect to `meeting.id`. `cause` says why the meeting changed, where that is not just a new
    document; `changes` what changed, where the outcome is `meeting.updated`.
    """

    stream: ClassVar[str] = "records.stored.v1"

    version: int
    outcome: Outcome
    kind: Kind
    document: Document
    received_at: datetime
    meeting: MergedMeeting | None = None
    merged_meeting_ids: tuple[str, ...] = ()
    cause: Cause | None = None
    changes: tuple[Change, ...] = ()


EVENTS: tuple[type[Event], ...] = (DocumentReceived, RecordExtracted, RecordStored)
