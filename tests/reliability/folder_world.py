"""A folder with its workers, one after the other, and the rest of the system in a few sets."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from services.ingest.burying import Graves
from services.ingest.dead import DeadNotes
from services.ingest.finishing import Finisher
from services.ingest.inbox import Inbox
from services.ingest.intake import Intake, Received
from services.ingest.ledger import Ledger
from services.ingest.letters import Letter
from services.ingest.overdue import Overdue, published
from services.ingest.readers import Readers
from services.ingest.readers.txt import PlainText
from services.ingest.scan import look
from shared.events import DocumentReceived


class Worker:
    """What one process of ingest knows; its death forgets it."""

    def __init__(self, root: Path, state: Path) -> None:
        self.inbox, self.ledger = Inbox(root), Ledger(state)
        self.inbox.prepare()
        self.ledger.prepare()
        text = PlainText()
        self.intake = Intake(self.inbox, self.ledger, Readers((text,), otherwise=text), 10_000)
        self.finisher = Finisher(self.intake)
        self.graves = Graves(self.inbox, self.ledger, DeadNotes(state))
        self.overdue = Overdue(self.inbox.processing, 60.0)
        self.inbox.end_half_done()
        self.overdue.inherit()
        self.graves.clear()


@dataclass
class World:
    """The folder, the worker on it, what Redis carries, and what store has."""

    root: Path
    state: Path
    clock: float = 0.0
    streamed: dict[str, str] = field(default_factory=dict)  # document -> its name
    stored: set[str] = field(default_factory=set)
    letters: list[Letter] = field(default_factory=list)
    died: int = 0

    def __post_init__(self) -> None:
        """Start the first worker."""
        self.worker = Worker(self.root, self.state)

    def restart(self) -> None:
        """Let another worker go on where the last one was killed."""
        self.worker = Worker(self.root, self.state)

    def scan(self) -> None:
        """Look once, and take in what is there."""
        seen = look(self.root)
        self.worker.intake.refuse(seen.strange)
        self._publish(self.worker.intake.take(seen.files))

    def sweep(self, seconds: float = 6.0) -> None:
        """Let time pass, and see to what is overdue."""
        self.clock += seconds
        for claim in self.worker.overdue.look(self.clock):
            received = self.worker.intake.go_on(claim)
            self._publish([received] if received else [])

    def answer(self, document_id: str) -> None:
        """Let store keep a document and say so."""
        self.stored.add(document_id)
        self.worker.finisher.finish(document_id, self.streamed[document_id])
        del self.streamed[document_id]

    def die_of(self, document_id: str) -> None:
        """Let extract give a document up."""
        self.died += 1
        name = f"{self.died}-0"  # as with Redis, no number comes twice
        letter = Letter(DocumentReceived.stream, name, document_id, "extract", "KeyError: 'x'", 5)
        del self.streamed[document_id]
        self.letters.append(letter)

    def replay(self, document_id: str) -> None:
        """Send a letter again, and drop it."""
        self.letters = [one for one in self.letters if one.document_id != document_id]
        self.streamed[document_id] = "replayed"

    def forget(self) -> None:
        """Empty Redis; the worker notices and publishes what it holds."""
        self.streamed.clear()
        self.letters.clear()
        for claim in list(published(self.worker.inbox.processing)):
            received = self.worker.intake.go_on(claim)
            self._publish([received] if received else [])

    def tend(self) -> None:
        """Go one round: notes, dead letters, what was stored after all."""
        self.worker.graves.find_again()
        self.worker.finisher.catch_up()
        self.worker.graves.revive()
        for letter in self.letters:
            self.worker.graves.bury(letter)

    def come_to_rest(self) -> None:
        """Let everything go its way, undisturbed, until nothing moves any more."""
        for _ in range(6):
            self.restart()  # which tries again at once what was put off
            self.scan()
            self.sweep()
            self.tend()
            for document_id in list(self.streamed):
                self.answer(document_id)

    def _publish(self, received: list[Received]) -> None:
        for one in received:
            self.streamed[one.document.id] = one.document.name
            self.worker.inbox.mark_published(one.document.id)

    def files(self) -> dict[str, list[bytes]]:
        """Return the contents of all files by compartment, reports left out; links are b"->"."""
        found: dict[str, list[bytes]] = {}
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = Path(folder) / name
                where = path.relative_to(self.root).parts[0] if folder != str(self.root) else "."
                if not (where == "failed" and name.endswith(".error.json")):
                    body = b"->" if path.is_symlink() else path.read_bytes()
                    found.setdefault(where, []).append(body)
        return {where: sorted(bodies) for where, bodies in found.items()}

    def reports(self) -> int:
        """Return how many reports lie in `failed/` beside their file, and fail for any other."""
        names = {path.name for path in (self.root / "failed").iterdir()}
        reports = {name for name in names if name.endswith(".error.json")}
        assert {name.removesuffix(".error.json") for name in reports} <= names
        return len(reports)


def sha256(data: bytes) -> str:
    """Return a document's id."""
    return hashlib.sha256(data).hexdigest()
