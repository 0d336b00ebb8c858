"""Events as store announces them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from shared.events import RecordStored
from shared.meeting import MergedMeeting, Source
from shared.record import Document, Evidence, Person

WHEN = datetime(2024, 2, 3, 12, 30, tzinfo=UTC)


def stored(name: str = "spa.txt", *, meeting_id: str | None = "m1", **given: Any) -> RecordStored:
    """Return the event of a statement of the IMCTC in Riyadh, changed by what is given."""
    document_id = hashlib.sha256(name.encode()).hexdigest()
    document = Document(
        id=document_id,
        name=name,
        language=given.pop("language", "ar"),
        sha256=document_id,
        source=f"inbox/{name}",
    )
    meeting = _meeting(meeting_id, document) if meeting_id else None
    values = {
        "document_id": document_id,
        "occurred_at": WHEN,
        "version": 1,
        "outcome": "statement.published",
        "kind": "statement",
        "document": document,
        "received_at": WHEN,
        "meeting": meeting,
    }
    return RecordStored(**(values | given))


def _meeting(meeting_id: str, document: Document) -> MergedMeeting:
    words = Evidence(start=0, end=11, text="وزير الدفاع", document_id=document.id)
    chair = Person(
        name="خالد بن سلمان", title="وزير الدفاع", country="SA", role="chair", evidence=(words,)
    )
    named = Person(name="Jean Dupont", country="FR", role="mentioned", evidence=(words,))
    source = Source(
        document_id=document.id, name=document.name, language=document.language, kind="statement"
    )
    return MergedMeeting(
        id=meeting_id,
        coalition_id="imctc",
        coalition_name="Islamic Military Counter Terrorism Coalition",
        status="published",
        body="defence_ministers",
        ordinal=2,
        start_date="2024-02-03",
        end_date="2024-02-03",
        city="Riyadh",
        country="SA",
        theme="محاربة الإرهاب مسؤولية مشتركة",
        people=(chair, named),
        sources=(source,),
    )
