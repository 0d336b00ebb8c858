"""Notes on documents whose message died: which letter it was, and where their files lie."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from services.ingest.ledger import write_whole


@dataclass(frozen=True, slots=True)
class Note:
    """A document that died: `letters` it died of (stream and id), `names` of it in `failed/`."""

    letters: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class DeadNotes:
    """Files `dead/<sha256>` in the state, one a document."""

    def __init__(self, state: Path) -> None:
        self._folder = state / "dead"

    def all(self) -> list[str]:
        """Return the documents that there are notes on."""
        with suppress(FileNotFoundError):
            return [name for name in os.listdir(self._folder) if name[0] != "."]  # noqa: PTH208
        return []

    def find(self, document_id: str) -> Note | None:
        """Return the note on a document, None if there is none that can be read."""
        try:
            found = json.loads((self._folder / document_id).read_text())
            return Note(tuple(found["letters"]), tuple(found["names"]))
        except (FileNotFoundError, ValueError, LookupError, TypeError):
            return None

    def add(self, document_id: str, letter: str, name: str | None = None) -> None:
        """Note that a document died of a letter, and that a file of it lies under `name`."""
        before = self.find(document_id) or Note()
        names = (*before.names, name) if name else before.names
        note = Note(tuple(dict.fromkeys((*before.letters, letter))), tuple(dict.fromkeys(names)))
        if note != before:  # ASCII alone: names may hold bytes that are no text
            write_whole(self._folder / document_id, json.dumps(asdict(note)).encode())

    def forget(self, document_id: str) -> None:
        """Remove the note on a document."""
        (self._folder / document_id).unlink(missing_ok=True)
