"""From a file in the inbox to a document with its text, or to where it belongs instead."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from services.ingest.claims import Claim
from services.ingest.inbox import Inbox
from services.ingest.ledger import Ledger
from services.ingest.names import readable
from services.ingest.readers import Readers
from services.ingest.scan import Sample
from services.ingest.unfit import UnfitError, not_a_file, oversized, unreadable
from shared.record import SourceFile

log = structlog.get_logger()

# What a file itself is to blame for; other errors (no more handles, say) are the machine's.
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EIO}
_NO_FILE = {errno.ELOOP: "link", errno.ENXIO: "socket or device"}


@dataclass(frozen=True, slots=True)
class Received:
    """A document that was read and is held for publication; its file was `taken_at` that time.

    That moment stays the same however often it is published: it tells versions apart.
    """

    document: SourceFile
    text: str
    taken_at: datetime


class ChangedError(Exception):
    """A file is no longer what was seen: somebody still writes it."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads claimed files. Methods block; nothing is raised for what is wrong with a file."""

    inbox: Inbox
    ledger: Ledger
    readers: Readers
    limit: int  # bytes

    def take(self, files: Mapping[str, Sample]) -> list[Received]:
        """Claim and read complete files; those that are not ours, new and fit are left out."""
        claims = ((self.inbox.claim(source), sample) for source, sample in files.items())
        received = (self.receive(claim, sample) for claim, sample in claims if claim)
        return [one for one in received if one]

    def receive(self, claim: Claim, sample: Sample | None = None) -> Received | None:
        """Read a claimed file and hold it as its document; `sample` is what was seen of it."""
        sha256 = None
        try:
            data = _read_whole(claim, self.limit, sample)
            sha256 = hashlib.sha256(data).hexdigest()
            if self.ledger.knows(sha256):
                self._set_aside(claim, sha256)
                return None
            read = self._describe(claim, data, sha256)
            held = self.inbox.adopt(claim, sha256)
            # It may have been stored between our look and our hold.
            if held is None or self.ledger.knows(sha256):
                self._set_aside(held or claim, sha256)
                return None
        except UnfitError as unfit:
            self._fail(claim, unfit, sha256)
        except ChangedError:
            self.inbox.put_back(claim)
            log.info("file.still_growing", source=readable(claim.source))
        except FileNotFoundError:
            log.info("claim.lost", source=readable(claim.source))  # another worker took it over
        else:
            return read
        return None

    def reread(self, held: Claim) -> Received | None:
        """Read a held document once more; None if its file has changed or gone since."""
        try:
            data = _read_whole(held, self.limit)
            if hashlib.sha256(data).hexdigest() == held.document_id:
                return self._describe(held, data, held.document_id)
        except UnfitError as unfit:
            self._fail(held, unfit, None)
            return None
        except FileNotFoundError:
            return None
        if secured := self.inbox.secure(held):
            self._read_anew(secured)
        return None

    def settle(self, document_id: str, name: str) -> None:
        """File a document that store has under `name` as done; if its file grew, read it anew."""
        self.ledger.remember(document_id, name)
        held = self.inbox.held(document_id)
        if held and (secured := self.inbox.secure(held)):
            self.settle_claim(secured)

    def settle_claim(self, claim: Claim) -> None:
        """File a secured claim of a document that store has."""
        with claim.path.open("rb") as file:
            now_there = hashlib.file_digest(file, "sha256").hexdigest()
        if now_there == claim.document_id:
            self.inbox.file_as_done(claim, datetime.now(UTC).date())
        else:
            self._read_anew(claim)

    def refuse(self, strange: Mapping[str, str]) -> None:
        """Move what is no file, unopened, to `failed/`."""
        for source, kind in strange.items():
            if claim := self.inbox.claim(source):
                self._fail(claim, not_a_file(kind), None)

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

    def _set_aside(self, claim: Claim, sha256: str) -> None:
        where = self.inbox.file_as_duplicate(claim)
        log.info("document.duplicated", document_id=sha256, file=readable(where.name))

    def _read_anew(self, claim: Claim) -> None:
        self.inbox.put_back(claim)
        log.warning("file.changed", document_id=claim.document_id, source=readable(claim.source))

    def _fail(self, claim: Claim, unfit: UnfitError, sha256: str | None) -> None:
        try:
            where = self.inbox.fail(claim, unfit, sha256, datetime.now(UTC))
        except FileNotFoundError:
            return
        log.warning(
            "document.failed", document_id=sha256, file=readable(where.name), reason=str(unfit)
        )


def _read_whole(claim: Claim, limit: int, sample: Sample | None = None) -> bytes:
    """Return a file's bytes. Raises UnfitError, and ChangedError if it differs from `sample`.

    Opened without following links and without waiting: it may have been swapped for a pipe.
    """
    try:
        handle = os.open(claim.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise not_a_file(_NO_FILE[error.errno]) from None
        if error.errno in _FORBIDDEN:
            raise unreadable(error.strerror or str(error)) from None
        raise
    with open(handle, "rb") as file:  # noqa: PTH123  a descriptor, not a path
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise not_a_file("pipe, device or folder")
        if sample is not None and Sample.of(status) != sample:
            raise ChangedError
        if status.st_size > limit:
            raise oversized(status.st_size, limit)
        return file.read(limit + 1)
