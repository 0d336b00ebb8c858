"""The watched folder's life: every step of a file is one rename, so a crash leaves it in one place.

    inbox/NAME -> .processing/<claim>/NAME -> .processing/<document id>/NAME -> done/YYYY-MM-DD/NAME
                                          \\-> failed/NAME, duplicate/NAME

A file in `.processing/` lies under the path it had in the inbox, in a folder of its own: so names
of 255 bytes fit, and nothing beside the folder need be remembered. Nothing is fsynced: either end
of a rename can be taken up again, and the promise that a document is stored is store's database.
"""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from services.ingest.claims import Claim, claim_folders, claim_in, remove_folders
from services.ingest.filed import LatelyFiled
from services.ingest.names import readable
from services.ingest.overdue import NEVER
from services.ingest.scan import Sample
from services.ingest.shelves import put_away, put_away_with_report
from services.ingest.stuck import Stuck
from services.ingest.trouble import Trouble, is_of_the_machine
from services.ingest.unfit import UnfitError
from shared.errors import SettingsError

_SOME = 4096  # bytes: less may find room where a folder does not
_THERE_IS_ONE = {errno.ENOTEMPTY, errno.EEXIST}


class Inbox:
    """The folder and its four compartments. Methods block for a few system calls each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.processing = root / ".processing"
        self.done = root / "done"
        self.duplicate = root / "duplicate"
        self.failed = root / "failed"
        self.lately = LatelyFiled()
        self.taking = Trouble(f"taking files from {root}")
        self.filing = Trouble(f"putting files away in {root}")
        self._stuck = Stuck()

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
        """Take a file out of the inbox; None if somebody else was faster or it cannot be moved.

        Raises OSError where no file could be taken: the disk is full, say.
        """
        if self._stuck.waits(source):
            return None
        claim = Claim(self._new_folder(), source)
        try:
            self._make_room(claim)
            (self.root / source).rename(claim.path)
        except OSError as error:
            remove_folders(claim.folder)
            if is_of_the_machine(error):
                raise
            if not isinstance(error, FileNotFoundError):
                self._stuck.note(source, error)
            return None
        return claim

    def adopt(self, claim: Claim, document_id: str) -> Claim | None:
        """Hold a claimed file as this document's; None if the document is held already.

        Raises FileNotFoundError if another worker has taken the claim over, OSError.
        """
        # First, for the rename must not look like a publication: a crash may follow it.
        os.utime(claim.folder, ns=(NEVER, NEVER))
        held = Claim(self.processing / document_id, claim.source)
        try:
            claim.folder.rename(held.folder)
        except OSError as error:
            if error.errno not in _THERE_IS_ONE:  # a full disk makes no duplicates
                raise
            return None
        self._stuck.free(claim.source)
        return held

    def held(self, document_id: str) -> Claim | None:
        """Return the file held as this document's, None if there is none."""
        folder = self.processing / document_id
        claim = claim_in(folder)
        if claim is None:
            remove_folders(folder)  # empty ones would be in the way of the next
        return claim

    def mark_published(self, document_id: str) -> None:
        """Note on the document's folder, by its time, that it was published just now."""
        with suppress(FileNotFoundError):  # answered already
            os.utime(self.processing / document_id)

    def secure(self, claim: Claim) -> Claim | None:
        """Take over a claim, so that one worker alone goes on with it; None if another has it."""
        document_id = claim.document_id
        fresh = self._new_folder(f"{document_id}." if document_id else "")
        try:
            claim.folder.rename(fresh)
        except FileNotFoundError:
            return None
        return Claim(fresh, claim.source)

    def file_as_done(self, claim: Claim, day: date, looked: Sample) -> Path:
        """Move a document that store has to `done/YYYY-MM-DD/`; return where it lies.

        `looked` is how the file looked when its content was checked.
        """
        return self._put(claim, self.done / day.isoformat(), looked)

    def file_as_duplicate(self, claim: Claim, looked: Sample) -> Path:
        """Move a file whose bytes are known to `duplicate/`; return where it lies."""
        return self._put(claim, self.duplicate, looked)

    def let_wait(self, claim: Claim) -> None:
        """Return a file to the inbox until it is known what becomes of its like."""
        self.put_back(claim)
        self._stuck.postpone(claim.source)

    def put_back(self, claim: Claim) -> Path:
        """Return a file that changed after it was claimed to the inbox, to be read anew."""
        target = self.return_to(claim.source, claim.path)
        remove_folders(claim.folder)
        return target

    def end_half_done(self) -> None:
        """Take the claim's name from files that a crash left under that of the inbox as well.

        Only where a move is two steps; for who is alone here, and has just begun.
        """
        for folder, _ in claim_folders(self.processing):
            claim = claim_in(folder)
            if claim and _is_one_file(claim.path, self.root / claim.source):
                claim.path.unlink()
                remove_folders(folder)

    def return_to(self, source: str, path: Path) -> Path:
        """Move a file to the path that it had in the inbox, or one beside it."""
        was = PurePosixPath(source)
        return put_away(path, self.root / was.parent, was.name)

    def fail(
        self, claim: Claim, unfit: UnfitError, sha256: str | None, when: datetime, looked: Sample
    ) -> Path:
        """Move a file whole to `failed/`, with the reason beside it; return where it lies."""
        report = unfit.report(name=readable(claim.name), size=looked.size, sha256=sha256, when=when)
        target = put_away_with_report(claim.path, self.failed, claim.name, report)
        remove_folders(claim.folder)
        self._stuck.free(claim.source)
        self.lately.note(target, claim.source, looked)
        return target

    def count_processing(self) -> int:
        """Return how many files are claimed or held."""
        return sum(1 for _ in claim_folders(self.processing))

    def claimed_at(self) -> Iterator[float]:
        """Yield when each file in `.processing/` left the inbox, in seconds since the epoch."""
        for folder, _ in claim_folders(self.processing):
            with suppress(FileNotFoundError):
                if claim := claim_in(folder):
                    yield claim.path.lstat().st_ctime

    def try_disk(self, trouble: Trouble) -> None:
        """See whether trouble is over: nothing else may tell, when what it befell has gone."""
        if trouble.is_on and not trouble.waits:
            try:
                self._try_to_write()
            except OSError as error:
                trouble.begin(error)
            else:
                trouble.over()

    def _try_to_write(self) -> None:
        path = self.processing / f".{uuid.uuid4().hex}"
        try:
            path.write_bytes(bytes(_SOME))
        finally:
            path.unlink(missing_ok=True)

    def is_usable(self) -> bool:
        """Tell whether files can be moved about in the folder."""
        return self.processing.is_dir() and os.access(self.root, os.W_OK | os.X_OK)

    def _put(self, claim: Claim, folder: Path, looked: Sample) -> Path:
        target = put_away(claim.path, folder, claim.name)
        remove_folders(claim.folder)
        self.lately.note(target, claim.source, looked)
        self._stuck.free(claim.source)
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


def _is_one_file(path: Path, other: Path) -> bool:
    try:
        return os.path.samestat(path.lstat(), other.lstat())
    except OSError:
        return False
