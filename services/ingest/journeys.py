"""What the folder and the ledger tell of a document's journey."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from services.ingest.claims import Claim
from services.ingest.inbox import Inbox
from services.ingest.ledger import Ledger
from services.ingest.names import candidates, readable
from shared.journeys import Journey, Stage

_ID = re.compile(r"[0-9a-f]{64}")
_NAMESAKES = 50  # files of one name and day that are looked through for one document
_NEVER = 1.0  # seconds since the epoch: folders that bear such a time are yet to be published


class FolderJourneys:
    """Reads the folder as it is; nothing is remembered of it."""

    def __init__(self, inbox: Inbox, ledger: Ledger) -> None:
        self._inbox = inbox
        self._ledger = ledger

    async def one(self, document_id: str) -> Journey | None:
        """Return a document's journey, with where its file lies."""
        return await asyncio.to_thread(self._journey, document_id, whole=True)

    async def page(self, after: str, limit: int) -> list[Journey]:
        """Return journeys of documents that are held or known to be stored, in order."""
        return await asyncio.to_thread(self._page, after, limit)

    def _page(self, after: str, limit: int) -> list[Journey]:
        in_hand = set(_ids_in(self._inbox.processing))  # asked once: most documents are not
        ids = (each for each in self._ids(after, in_hand) if each > after)
        journeys = (self._journey(each, whole=False, in_hand=each in in_hand) for each in ids)
        return list(islice((each for each in journeys if each), limit))

    def _ids(self, after: str, in_hand: Collection[str]) -> Iterator[str]:
        """Yield the ids of documents, in order, from the folder of the first two letters on."""
        held = sorted(in_hand)
        for number in range(int(after[:2].ljust(2, "0"), 16), 256):
            prefix = f"{number:02x}"
            known = _ids_in(self._ledger.folder(prefix))
            yield from sorted({*known, *(each for each in held if each.startswith(prefix))})

    def _journey(self, document_id: str, *, whole: bool, in_hand: bool = True) -> Journey | None:
        held = self._inbox.held(document_id) if in_hand else None
        known = self._ledger.known(document_id)
        stages = [*_of_claim(held)] if held else []
        if known is not None:
            where = self._where_done(document_id, known.name, known.at) if whole else ""
            stages.append(Stage(stage="done", done=True, at=_moment(known.at), detail=where))
        failed = list(self._failures(document_id)) if whole else []
        if not stages and not failed:
            return None
        named = known or held
        return Journey(
            document_id=document_id,
            name=readable(named.name) if named else None,
            finished=held is None and (known is not None or bool(failed)),
            stages=(*stages, *failed),
        )

    def _where_done(self, document_id: str, name: str, at: float) -> str:
        """Return the path of the file in `done/`, or that it is not there any more."""
        day = _moment(at).date()
        for near in (day, day - timedelta(days=1), day + timedelta(days=1)):
            folder = self._inbox.done / near.isoformat()
            for candidate in islice(candidates(name), _NAMESAKES):
                if not os.path.lexists(folder / candidate):
                    break
                if _is(folder / candidate, document_id):
                    return readable(str((folder / candidate).relative_to(self._inbox.root)))
        return "its file is not in done/ any more"

    def _failures(self, document_id: str) -> Iterator[Stage]:
        for path in self._inbox.failed.rglob("*.error.json"):
            with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                report = json.loads(path.read_text("utf-8"))
                if report.get("sha256") == document_id:
                    at = datetime.fromisoformat(report["when"])
                    why = f"{report['what']}: {report['why']} {report['what_to_do']}"
                    yield Stage(stage="failed", done=True, at=at, detail=why)


def _of_claim(held: Claim) -> Iterator[Stage]:
    with suppress(FileNotFoundError):  # put away this moment
        taken, published = held.path.lstat().st_ctime, held.folder.stat().st_mtime
        source = readable(held.source)
        yield Stage(stage="received", done=True, at=_moment(taken), detail=source)
        yield _published(published)


def _ids_in(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if _ID.fullmatch(name)]  # noqa: PTH208
    except FileNotFoundError:
        return []


def _published(at: float) -> Stage:
    if at <= _NEVER:
        return Stage(stage="published", done=False, detail="not yet")
    return Stage(stage="published", done=True, at=_moment(at), detail="the last time")


def _is(path: Path, document_id: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == document_id
    except OSError:
        return False


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
