"""From a file in the inbox to a document with its text, or to where it belongs instead."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from services.ingest.claims import Claim, is_held
from services.ingest.inbox import Inbox
from services.ingest.ledger import Ledger
from services.ingest.names import readable
from services.ingest.opening import ChangedError, digest, read_whole
from services.ingest.readers import Readers
from services.ingest.scan import LINK, Sample
from services.ingest.trouble import is_of_the_machine
from services.ingest.unfit import UnfitError, not_a_file
from shared.record import SourceFile

log = structlog.get_logger()

_TRIES = 5  # to hold a document that others hold and let go of


@dataclass(frozen=True, slots=True)
class Received:
    """A document that was read and is held for publication; its file was `taken_at` that time.

    That moment stays the same however often it is published: it tells versions apart.
    """

    document: SourceFile
    text: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads claimed files. Methods block; nothing is raised for what is wrong with a file."""

    inbox: Inbox
    ledger: Ledger
    readers: Readers
    limit: int  # bytes

    def take(self, files: Mapping[str, Sample]) -> list[Received]:
        """Claim and read complete files; those that are not ours, new and fit are left out.

        Ends early where the disk fails, as `inbox.taking` then tells.
        """
        received = []
        for source, sample in files.items():
            try:
                claim = self.inbox.claim(source)
                if claim and (one := self.receive(claim, sample)):
                    received.append(one)
            except OSError as error:
                if not is_of_the_machine(error):
                    raise
                self.inbox.taking.begin(error)  # what was claimed is taken up after its lease
                break
            if claim:
                self.inbox.taking.over()
        return received

    def receive(self, claim: Claim, sample: Sample | None = None) -> Received | None:
        """Read a claimed file and hold it as its document; `sample` is what was seen of it.

        Raises OSError if the disk fails.
        """
        try:
            return self._read_and_hold(claim, sample or Sample.of(claim.path.lstat()))
        except ChangedError:
            self.inbox.put_back(claim)
            log.info("file.still_growing", source=readable(claim.source))
        except FileNotFoundError:
            log.info("claim.lost", source=readable(claim.source))  # another worker took it over
        return None

    def _read_and_hold(self, claim: Claim, looked: Sample) -> Received | None:
        sha256 = None
        try:
            data = read_whole(claim.path, self.limit, looked)
            sha256 = hashlib.sha256(data).hexdigest()
            if self.ledger.knows(sha256):
                self._set_aside(claim, sha256, looked)
                return None
            read = self._describe(claim, data, sha256)
        except UnfitError as unfit:
            self._fail(claim, unfit, sha256, looked)
            return None
        held = self._hold(claim, sha256)
        if held is None:
            # No duplicate before the other is stored: it may be written on, and never be this one.
            self.inbox.let_wait(claim)
            return None
        if self.ledger.knows(sha256):  # stored between our look and our hold
            self._set_aside(held, sha256, looked)
            return None
        return read

    def _hold(self, claim: Claim, document_id: str) -> Claim | None:
        """Hold a claim as its document's; None if another file that is this document is held."""
        for _ in range(_TRIES):
            if held := self.inbox.adopt(claim, document_id):
                return held
            other = self.inbox.held(document_id)
            if other and self._is_still(other, document_id):
                return None
        raise ChangedError  # too much is going on with this document: later

    def _is_still(self, held: Claim, document_id: str) -> bool:
        """Tell whether a held file is the document that it was read as; make way if it is not."""
        with suppress(FileNotFoundError):  # just answered
            if digest(held.path) == document_id:
                return True
            # Written on since it was read, and perhaps never published as what it was.
            if secured := self.inbox.secure(held):
                self._read_anew(secured)
        return False

    def reread(self, held: Claim) -> Received | None:
        """Read a held document once more; None if its file has changed or gone since."""
        try:
            looked = Sample.of(held.path.lstat())
            data = read_whole(held.path, self.limit, looked)
            if hashlib.sha256(data).hexdigest() == held.document_id:
                return self._describe(held, data, held.document_id)
        except UnfitError as unfit:
            self._fail(held, unfit, None, looked)
            return None
        except FileNotFoundError:
            return None
        except ChangedError:
            return None  # being written just now
        if secured := self.inbox.secure(held):
            self._read_anew(secured)
        return None

    def settle(self, document_id: str, name: str) -> None:
        """File a document that store has under `name` as done; if its file grew, read it anew.

        Raises OSError if a disk fails; what is not remembered is not filed.
        """
        self.ledger.remember(document_id, name)
        held = self.inbox.held(document_id)
        if held and (secured := self.inbox.secure(held)):
            self._file(secured)

    def go_on(self, claim: Claim) -> Received | None:
        """Go on where a file was left; return it if it is to be published. Raises OSError."""
        document_id = claim.document_id
        if document_id and is_held(claim.folder):
            if not self.ledger.knows(document_id):
                return self.reread(claim)
            self.settle(document_id, claim.name)  # stored; we died before we filed it
            return None
        secured = self.inbox.secure(claim)
        return self.take_up(secured) if secured else None

    def take_up(self, secured: Claim) -> Received | None:
        """Go on where a worker that died left a file; return it if it is to be published."""
        document_id = secured.document_id
        if document_id is None:
            return self.receive(secured)
        if self.ledger.knows(document_id):
            self._file(secured)
            return None
        return self.receive(secured)  # its bytes tell what it is now

    def _file(self, claim: Claim) -> None:
        """File a secured claim of a document that store has."""
        try:
            looked = Sample.of(claim.path.lstat())
            if self._is_what_was_stored(claim):
                self.inbox.file_as_done(claim, datetime.now(UTC).date(), looked)
            else:
                self._read_anew(claim)
        except FileNotFoundError:
            log.info("claim.lost", source=readable(claim.source))  # we were stopped for long

    def _is_what_was_stored(self, claim: Claim) -> bool:
        try:
            return digest(claim.path) == claim.document_id
        except PermissionError:  # taken from us since it was read
            return True

    def refuse(self, strange: Mapping[str, str]) -> None:
        """Move what is no file, unopened, to `failed/`; links within the inbox to `duplicate/`.

        What such a link leads to is taken by itself. Raises OSError if the disk fails.
        """
        for source, kind in strange.items():
            within = kind == LINK and self._leads_within(source)
            claim = self.inbox.claim(source)
            if claim is None:
                continue
            looked = Sample.of(claim.path.lstat())
            if within:
                self._set_aside(claim, None, looked)
            else:
                self._fail(claim, not_a_file(kind), None, looked)

    def is_known(self, path: Path) -> bool:
        """Tell whether store has a file's bytes. Raises OSError."""
        return self.ledger.knows(digest(path))

    def _leads_within(self, source: str) -> bool:
        """Tell whether a link leads to something in the inbox."""
        root = self.inbox.root.resolve()
        try:
            return (self.inbox.root / source).resolve(strict=True).is_relative_to(root)
        except (OSError, RuntimeError):  # in circles
            return False

    def _describe(self, claim: Claim, data: bytes, sha256: str) -> Received:
        text = self.readers.read(data, claim.name)
        document = SourceFile(
            id=sha256,
            name=readable(claim.name),
            sha256=sha256,
            size=len(data),
            media_type=text.media_type,
            encoding=text.encoding,
            title=text.title,
            source=readable(claim.source),
        )
        taken = claim.path.lstat().st_ctime  # of the rename out of the inbox, its last change
        return Received(document, text.text, datetime.fromtimestamp(taken, UTC))

    def _set_aside(self, claim: Claim, sha256: str | None, looked: Sample) -> None:
        where = self.inbox.file_as_duplicate(claim, looked)
        log.info("document.duplicated", document_id=sha256, file=readable(where.name))

    def _read_anew(self, claim: Claim) -> None:
        self.inbox.put_back(claim)
        log.warning("file.changed", document_id=claim.document_id, source=readable(claim.source))

    def _fail(self, claim: Claim, unfit: UnfitError, sha256: str | None, looked: Sample) -> None:
        try:
            where = self.inbox.fail(claim, unfit, sha256, datetime.now(UTC), looked)
        except FileNotFoundError:
            return
        log.warning(
            "document.failed", document_id=sha256, file=readable(where.name), reason=str(unfit)
        )
