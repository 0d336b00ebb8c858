"""The watched folder's life: every step of a file is one rename, so a crash leaves it in one place.

    inbox/NAME -> .processing/<claim>/NAME -> .processing/<document id>/NAME -> done/YYYY-MM-DD/NAME
                                          \\-> failed/NAME, duplicate/NAME

A file in `.processing/` lies under the path it had in the inbox, in a folder of its own: so names
of 255 bytes fit, and nothing beside the folder need be remembered. Nothing is fsynced: either end
of a rename can be taken up again, and the promise that a document is stored is store's database.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath

import structlog

from services.ingest.names import readable
from services.ingest.shelves import put_away, put_away_with_report
from services.ingest.unfit import UnfitError
from shared.errors import SettingsError

log = structlog.get_logger()

# A claim lasts milliseconds; one of this age (seconds) was left by a worker that died.
LEASE = 10.0
_LONGEST_REPUBLISH = 3600.0  # seconds
_NEVER = 0.0  # the time of publication of what is yet to be published
_CLAIM = re.compile(r"(?P<document>[0-9a-f]{64})?(?:(?:^|\.)[0-9a-f]{32})?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is ours alone: `folder` is a child of `.processing/`, `source` its old path."""

    folder: Path
    source: str

    @property
    def path(self) -> Path:
        """Where the file lies now."""
        return self.folder / self.source

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.source).name

    @property
    def document_id(self) -> str | None:
        """The document that the file was read as, None before."""
        found = _CLAIM.fullmatch(self.folder.name)
        return found["document"] if found else None


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
            _remove_folders(claim.folder)
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
        self.mark_published(document_id, _NEVER)
        return held

    def held(self, document_id: str) -> Claim | None:
        """Return the file held as this document's, None if there is none."""
        return _claim_in(self.processing / document_id)

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
        _remove_folders(claim.folder)
        return target

    def left_behind(self, now: float) -> Iterator[Claim]:
        """Yield what workers that died had claimed but neither held nor put away."""
        for folder, age in self._folders(now):
            if len(folder.name) != 64 and age > LEASE and (claim := self._claim_or_clear(folder)):
                yield claim

    def unanswered(self, now: float, republish_after: float) -> Iterator[Claim]:
        """Yield documents whose publication has not been answered, each less often with its age.

        The wait doubles, up to an hour: a document that is merely waiting its turn in the stream,
        or lies among the dead letters, is not published over and over.
        """
        for folder, age in self._folders(now):
            if len(folder.name) == 64 and age > min(LEASE, republish_after):
                claim = self._claim_or_clear(folder)
                if claim and _is_due(claim, now, now - age, republish_after):
                    yield claim

    def published_before(self, moment: float) -> Iterator[Claim]:
        """Yield the documents whose publication, the last if several, lies before a moment."""
        for folder, before in self._folders(moment):
            if len(folder.name) == 64 and 0 < before < moment and (claim := _claim_in(folder)):
                yield claim

    def count_processing(self) -> int:
        """Return how many files are claimed or held."""
        return sum(1 for _ in self._folders(0.0))

    def claimed_at(self) -> Iterator[float]:
        """Yield when each file in `.processing/` left the inbox, in seconds since the epoch."""
        for folder, _ in self._folders(0.0):
            with suppress(FileNotFoundError):
                if claim := _claim_in(folder):
                    yield claim.path.lstat().st_ctime

    def is_usable(self) -> bool:
        """Tell whether files can be moved about in the folder."""
        return self.processing.is_dir() and os.access(self.root, os.W_OK | os.X_OK)

    def _put(self, claim: Claim, folder: Path) -> Path:
        target = put_away(claim.path, folder, claim.name)
        _remove_folders(claim.folder)
        return target

    def _folders(self, now: float) -> Iterator[tuple[Path, float]]:
        """Yield our folders in `.processing/` and the seconds since each was last touched."""
        for name in os.listdir(self.processing):  # noqa: PTH208  no Path for each of a thousand
            if name and _CLAIM.fullmatch(name):
                folder = self.processing / name
                try:
                    yield folder, now - folder.stat().st_mtime
                except FileNotFoundError:
                    continue

    def _claim_or_clear(self, folder: Path) -> Claim | None:
        claim = _claim_in(folder)
        if claim is None:  # a crash between the move out of it and its removal
            _remove_folders(folder)
        return claim

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


def _is_due(claim: Claim, now: float, published: float, republish_after: float) -> bool:
    try:  # the time of the rename out of the inbox; nothing has changed it since
        claimed = claim.path.lstat().st_ctime
    except FileNotFoundError:  # answered this moment
        return False
    if published < 1.0:  # the worker died before it published, or Redis was away
        return now - claimed > LEASE
    return now - published > min(max(republish_after, published - claimed), _LONGEST_REPUBLISH)


def _claim_in(folder: Path) -> Claim | None:
    """Return the one thing that lies in a claim's folder, at whatever depth."""
    within = [""]
    for inner in within:  # grows while it is walked
        try:
            with os.scandir(folder / inner) as entries:
                for entry in entries:
                    path = f"{inner}/{entry.name}" if inner else entry.name
                    if not entry.is_dir(follow_symlinks=False):
                        return Claim(folder, path)
                    within.append(path)
        except FileNotFoundError:
            return None
    return None


def _remove_folders(folder: Path) -> None:
    """Remove a claim's folder and the empty folders in it; what is left is swept up later."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return
    except OSError:  # the file came from a subfolder
        with suppress(OSError):
            for parent, _, _ in os.walk(folder, topdown=False):
                Path(parent).rmdir()
