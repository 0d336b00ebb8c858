"""The watched folder's life: every step of a file is one rename, so a crash leaves it in one place.

    inbox/NAME -> .processing/<claim>/NAME -> .processing/<document id>/NAME -> done/YYYY-MM-DD/NAME
                                          \\-> failed/NAME, duplicate/NAME

A file in `.processing/` lies under the path it had in the inbox, in a folder of its own: so names
of 255 bytes fit, and nothing beside the folder need be remembered. Nothing is fsynced: either end
of a rename can be taken up again, and the promise that a document is stored is store's database.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path, PurePosixPath

import structlog

from services.ingest.claims import Claim, claim_folders, claim_in, remove_folders
from services.ingest.names import readable
from services.ingest.overdue import NEVER
from services.ingest.shelves import put_away, put_away_with_report
from services.ingest.unfit import UnfitError
from shared.errors import SettingsError

log = structlog.get_logger()


class Inbox:
    """The folder and its four compartments. Methods block for a few system calls each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.processing = root / ".processing"
        self.done = root / "done"
        self.duplicate = root / "duplicate"
        self.failed = root / "failed"
        self._unclaimable: set[str] = set()

    def prepare(self) -> None:
        """Make the folder and its compartments. Raises SettingsError where that is impossible."""
        try:
            for folder in (self.processing, self.done, self.duplicate, self.failed):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"COMMUNIQUE_INBOX {self.root}: cannot make {error.filename} ({error.strerror}): "
                "name a folder that ingest may write to"
            ) from None

    def claim(self, source: str) -> Claim | None:
        """Take a file out of the inbox; None if somebody else was faster or it cannot be moved."""
        claim = Claim(self._new_folder(), source)
        try:
            self._make_room(claim)
            (self.root / source).rename(claim.path)
        except OSError as error:
            remove_folders(claim.folder)
            self._note_unclaimable(source, error)
            return None
        self._unclaimable.discard(source)
        return claim

    def adopt(self, claim: Claim, document_id: str) -> Claim | None:
        """Hold a claimed file as this document's; None if the document is held already.

        Raises FileNotFoundError if another worker has taken the claim over.
        """
        held = Claim(self.processing / document_id, claim.source)
        try:
            claim.folder.rename(held.folder)
        except FileNotFoundError:
            raise
        except OSError:  # there is one, and it is not empty
            return None
        self.mark_published(document_id, NEVER)
        return held

    def held(self, document_id: str) -> Claim | None:
        """Return the file held as this document's, None if there is none."""
        return claim_in(self.processing / document_id)

    def mark_published(self, document_id: str, at: float) -> None:
        """Note on the document's folder when it was last published, seconds since the epoch."""
        try:
            os.utime(self.processing / document_id, (at, at))
        except FileNotFoundError:
            return  # answered already

    def secure(self, claim: Claim) -> Claim | None:
        """Take over a claim, so that one worker alone goes on with it; None if another has it."""
        document_id = claim.document_id
        fresh = self._new_folder(f"{document_id}." if document_id else "")
        try:
            claim.folder.rename(fresh)
            os.utime(fresh)  # the lease starts anew
        except FileNotFoundError:
            return None
        return Claim(fresh, claim.source)

    def file_as_done(self, claim: Claim, day: date) -> Path:
        """Move a document that store has to `done/YYYY-MM-DD/`; return where it lies."""
        return self._put(claim, self.done / day.isoformat())

    def file_as_duplicate(self, claim: Claim) -> Path:
        """Move a file whose bytes are known to `duplicate/`; return where it lies."""
        return self._put(claim, self.duplicate)

    def put_back(self, claim: Claim) -> Path:
        """Return a file that changed after it was claimed to the inbox, to be read anew."""
        parent = PurePosixPath(claim.source).parent
        return self._put(claim, self.root / parent)

    def fail(self, claim: Claim, unfit: UnfitError, sha256: str | None, when: datetime) -> Path:
        """Move a file whole to `failed/`, with the reason beside it; return where it lies."""
        report = unfit.report(
            name=readable(claim.name),
            size=claim.path.lstat().st_size,
            sha256=sha256,
            when=when,
        )
        target = put_away_with_report(claim.path, self.failed, claim.name, report)
        remove_folders(claim.folder)
        return target

    def count_processing(self) -> int:
        """Return how many files are claimed or held."""
        return sum(1 for _ in claim_folders(self.processing, 0.0))

    def claimed_at(self) -> Iterator[float]:
        """Yield when each file in `.processing/` left the inbox, in seconds since the epoch."""
        for folder, _ in claim_folders(self.processing, 0.0):
            with suppress(FileNotFoundError):
                if claim := claim_in(folder):
                    yield claim.path.lstat().st_ctime

    def is_usable(self) -> bool:
        """Tell whether files can be moved about in the folder."""
        return self.processing.is_dir() and os.access(self.root, os.W_OK | os.X_OK)

    def _put(self, claim: Claim, folder: Path) -> Path:
        target = put_away(claim.path, folder, claim.name)
        remove_folders(claim.folder)
        return target

    def _new_folder(self, prefix: str = "") -> Path:
        return self.processing / f"{prefix}{uuid.uuid4().hex}"

    def _make_room(self, claim: Claim) -> None:
        try:
            claim.folder.mkdir()
        except FileNotFoundError:  # somebody has removed the inbox's compartments
            self.prepare()
            claim.folder.mkdir()
        if "/" in claim.source:
            claim.path.parent.mkdir(parents=True)

    def _note_unclaimable(self, source: str, error: OSError) -> None:
        """Say once what cannot be moved; that a file is gone is no error: another worker has it."""
        if isinstance(error, FileNotFoundError) or source in self._unclaimable:
            return
        self._unclaimable.add(source)
        log.warning("file.unmovable", source=readable(source), error=error.strerror)
