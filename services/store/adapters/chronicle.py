"""The history of meetings: written in the transaction that changes them."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from services.store.tables import history
from shared.meeting import Entry


def note(db: Connection, entry: Entry) -> None:
    """Write one line of a meeting's history."""
    row = {
        "meeting_id": entry.meeting_id,
        "happened_at": entry.happened_at,
        "entry": entry.model_dump_json(),
    }
    db.execute(_NOTE, row)


_NOTE = insert(history)
