"""The documents that store has: one small file each, so that the same bytes are known again."""

from __future__ import annotations

import os
import uuid
from pathlib import Path


class Ledger:
    """Marker files `known/ab/<sha256>`, each holding the name its document was filed under.

    A marker is written only after store has committed the document, and never fsynced: a power
    loss that takes one back costs a second reading of the file, which changes nothing in store.
    """

    def __init__(self, state: Path) -> None:
        self._known = state / "known"

    def prepare(self) -> None:
        """Make the ledger's folder. Raises OSError if that is not possible."""
        self._known.mkdir(parents=True, exist_ok=True)

    def knows(self, document_id: str) -> bool:
        """Tell whether store has this document."""
        return self._marker(document_id).exists()

    def remember(self, document_id: str, name: str) -> None:
        """Note that store has this document; a marker appears whole or not at all."""
        marker = self._marker(document_id)
        if marker.exists():
            return
        marker.parent.mkdir(parents=True, exist_ok=True)
        unfinished = marker.with_name(f".{uuid.uuid4().hex}")
        unfinished.write_bytes(os.fsencode(name))
        unfinished.rename(marker)

    def _marker(self, document_id: str) -> Path:
        return self._known / document_id[:2] / document_id
