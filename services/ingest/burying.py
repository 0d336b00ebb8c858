"""Documents whose message died lie in `failed/`, and come back when they are stored after all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from services.ingest.dead import DeadNotes
from services.ingest.inbox import Inbox
from services.ingest.ledger import Ledger
from services.ingest.letters import Letter
from services.ingest.names import DOCUMENT_ID, readable
from services.ingest.opening import digest
from services.ingest.scan import Sample
from services.ingest.shelves import REPORT, put_away, report_beside
from services.ingest.unfit import died

log = structlog.get_logger()

_KEYS = {"what", "why", "when", "what_to_do", "name", "size", "sha256"}  # of every report


@dataclass(frozen=True, slots=True)
class Graves:
    """Moves files between `.processing/`, `failed/` and `done/`. Methods block; all may OSError."""

    inbox: Inbox
    ledger: Ledger
    notes: DeadNotes

    def bury(self, letter: Letter) -> None:
        """Move the file of a document that died to `failed/`, with the reason beside it."""
        held, note = self.inbox.held(letter.document_id), self.notes.find(letter.document_id)
        if note and (held is None or letter.key in note.letters):
            # A second copy of its message; or an old letter, and the file was dropped again since.
            self.notes.add(letter.document_id, letter.key)
            return
        if held is None or self.ledger.knows(letter.document_id):
            return
        secured = self.inbox.secure(held)
        if secured is None:
            return
        try:
            looked = Sample.of(secured.path.lstat())
            if digest(secured.path) != letter.document_id:
                self.inbox.put_back(secured)  # it has grown: the whole of it may fare better
                return
            unfit = died(
                stage=letter.stage,
                reason=letter.reason,
                attempts=letter.attempts,
                stream=letter.stream,
                letter=letter.id,
            )
            where = self.inbox.fail(secured, unfit, letter.document_id, datetime.now(UTC), looked)
        except FileNotFoundError:
            return
        self.notes.add(letter.document_id, letter.key, where.name)
        log.error(
            "document.died",
            document_id=letter.document_id,
            file=readable(where.name),
            stage=letter.stage,
            reason=letter.reason,
        )

    def revive(self) -> None:
        """Move the files of documents that were stored after all to `done/`."""
        for document_id in self.notes.all():
            if self.ledger.knows(document_id):
                self._revive(document_id)

    def _revive(self, document_id: str) -> None:
        note = self.notes.find(document_id)
        for name in note.names if note else ():
            path = self.inbox.failed / name
            with suppress(FileNotFoundError):  # somebody took it out, or another worker was faster
                if digest(path) == document_id:
                    day = self.inbox.done / datetime.now(UTC).date().isoformat()
                    put_away(path, day, name)
                    log.info("document.revived", document_id=document_id, file=readable(name))
            beside = report_beside(path)
            if _read(beside).get("sha256") == document_id:
                beside.unlink(missing_ok=True)
        self.notes.forget(document_id)

    def find_again(self) -> None:
        """Make the notes that are missing: of a crash after a burial, or with a lost state."""
        noted = set(self.notes.all())
        for path, report in self._reports():
            document_id = str(report.get("sha256"))
            if "letter" in report and DOCUMENT_ID.fullmatch(document_id):
                key = f"{report.get('stream')} {report['letter']}"
                if document_id not in noted:
                    self.notes.add(document_id, key, path.name)

    def clear(self) -> None:
        """Remove reports whose file never came: only for who is alone here, and has just begun."""
        with suppress(FileNotFoundError):
            paths = set(self.inbox.failed.iterdir())
            reports = {report_beside(path) for path in paths}
            for path in paths - reports:  # what is no report on anything that is there
                if path.name.endswith(REPORT) and report_beside(path) not in paths:
                    self._remove_report(path)

    def _remove_report(self, path: Path) -> None:
        if _read(path).keys() >= _KEYS:
            path.unlink(missing_ok=True)

    def _reports(self) -> Iterator[tuple[Path, dict[str, object]]]:
        """Yield the files in `failed/` that have a report, and what it says."""
        with suppress(FileNotFoundError):
            for path in self.inbox.failed.iterdir():
                beside = report_beside(path)
                if beside.exists():
                    yield path, _read(beside)


def _read(report: Path) -> dict[str, object]:
    """Return what a report says; nothing if it is gone or none of ours."""
    try:
        found = json.loads(report.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
