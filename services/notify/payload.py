"""What an alert tells: what happened, the meeting as it is known then, and where to read on."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from services.notify.subscriptions import AlertType
from shared.events import RecordStored
from shared.meeting import Cause, Change, MergedMeeting
from shared.record import Document, Frozen, Kind


class Links(Frozen):
    """Addresses in the store's API."""

    meeting: str | None
    document: str


class Data(Frozen):
    """What an alert tells. `document` is the one that brought the news.

    `cause` says why a meeting changed, where that is not just a new document; `changes` what
    changed, where it was updated. Of a closed meeting `meeting` is what was last known.
    """

    kind: Kind
    meeting: MergedMeeting | None
    merged_meeting_ids: tuple[str, ...] = ()
    cause: Cause | None = None
    changes: tuple[Change, ...] = ()
    document: Document
    links: Links


class Payload(Frozen):
    """The whole body; `timestamp` is when it happened, not when it was sent."""

    type: AlertType
    timestamp: datetime
    data: Data


def payload_of(event: RecordStored, store_url: str) -> Payload:
    """Return what is told of an event, the same for the same event."""
    root = store_url.rstrip("/")
    meeting = f"{root}/api/meetings/{quote(event.meeting.id, safe='')}" if event.meeting else None
    document = f"{root}/api/documents/{quote(event.document_id, safe='')}"
    data = Data(
        kind=event.kind,
        meeting=event.meeting,
        merged_meeting_ids=event.merged_meeting_ids,
        cause=event.cause,
        changes=event.changes,
        document=event.document,
        links=Links(meeting=meeting, document=document),
    )
    return Payload(type=event.outcome, timestamp=event.occurred_at, data=data)


def body_of(event: RecordStored, store_url: str) -> bytes:
    """Return the standard body, byte for byte the same for the same event: JSON in UTF-8."""
    return payload_of(event, store_url).model_dump_json().encode()
