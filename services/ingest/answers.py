"""What ingest reads of store's answer."""

from __future__ import annotations

from pydantic import ConfigDict

from shared.events import Outcome
from shared.record import Frozen


class _Part(Frozen):
    # The merged meeting beside these is most of the event, and most of the time it takes to read.
    model_config = ConfigDict(extra="ignore")


class Filed(_Part):
    """The name under which a document is kept."""

    name: str


class Answer(_Part):
    """The part of a RecordStored that tells ingest to let go of a file."""

    document_id: str
    outcome: Outcome
    document: Filed
