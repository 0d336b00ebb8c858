"""The documents that store has: one small file each, so that the same bytes are known again."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Known:
    """The name under which store has a document, and since when we know, in epoch seconds."""

    name: str
    at: float


class Ledger:
    """Marker files `known/ab/<sha256>`, each holding the name its document was filed under.

    A marker is written only after store has committed the document, and never fsynced: a power
    loss that takes one back costs a second reading of the file, which changes nothing in store.
    So does the loss of the whole ledger.
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
        if not marker.exists():
            write_whole(marker, os.fsencode(name))

    def known(self, document_id: str) -> Known | None:
        """Return what is noted of a document that store has, None if nothing is."""
        marker = self._marker(document_id)
        try:
            return Known(os.fsdecode(marker.read_bytes()), marker.stat().st_mtime)
        except FileNotFoundError:
            return None

    def folder(self, prefix: str) -> Path:
        """Return where the markers of documents lie whose ids begin with these two letters."""
        return self._known / prefix

    def _marker(self, document_id: str) -> Path:
        return self._known / document_id[:2] / document_id


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all, and leaves nothing when the disk is full."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{uuid.uuid4().hex}")
    try:
        unfinished.write_bytes(data)
        unfinished.rename(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
