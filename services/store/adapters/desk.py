"""The desk where documents and records come in: one transaction each, decided once both are there.

A decision is made under a lock on the coalition: which meeting the document belongs to, what is
now known of that meeting, and what that means for subscribers, written with the event to announce.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import Transaction

from services.store.adapters import archive, gallery
from services.store.adapters.archive import Filed
from services.store.adapters.bench import Bench, Case
from services.store.adapters.decision import decide
from services.store.adapters.memory import Draft, Memory
from services.store.adapters.outbox import Announcement
from services.store.adapters.overruling import Ruled, Wish, join, split, undo, withdraw
from shared.database import Database
from shared.events import DocumentReceived, Outcome, RecordExtracted, RecordStored
from shared.record import Record

Result = TypeVar("Result")
Clock: TypeAlias = Callable[[], datetime]
Committed: TypeAlias = Callable[[list[Announcement]], None]


class Desk:
    """Takes in documents and records, in whatever order and however often they come."""

    def __init__(self, database: Database, clock: Clock, committed: Committed) -> None:
        """`committed` is given what is to be announced, after the commit."""
        self._database = database
        self._clock = clock
        self._committed = committed
        self._memory = Memory()
        self._draft: tuple[Transaction | None, Draft] | None = None

    async def has(self, document_id: str) -> bool:
        """Tell whether a document is kept already."""
        async with self._database.reading() as connection:
            filed = await connection.run_sync(archive.filed, document_id)
        return filed.text is not None

    async def keep_document(self, event: DocumentReceived, text: str) -> None:
        """Keep a document; if its record came before it, decide on it."""
        await self._within(lambda bench: self._keep_document(bench, event, text))

    async def keep_record(self, event: RecordExtracted) -> None:
        """Keep a record and decide on it, if its document is there.

        The same record again changes nothing, but what was announced of it is announced again,
        under the same version: whoever sent it again has missed the announcement. A text that was
        read anew missed none: that nothing has changed is announced as `none`.
        """
        await self._within(lambda bench: self._keep_record(bench, event))

    async def withdraw(self, document_id: str, who: str | None, why: str | None) -> None:
        """Let a document count no more. UnknownError if there is none."""
        await self._within(lambda bench: withdraw(bench, document_id, who, why))

    async def join(self, wish: Wish) -> Ruled:
        """Make a meeting and documents, or another meeting, one. Raises as `overruling` says."""
        return await self._within(lambda bench: join(bench, wish))

    async def split(self, wish: Wish) -> Ruled:
        """Part documents from a meeting. Raises as `overruling` says."""
        return await self._within(lambda bench: split(bench, wish))

    async def undo(self, ruling_id: int, who: str, why: str) -> Ruled:
        """Let a ruling hold no more. Raises as `overruling` says."""
        return await self._within(lambda bench: undo(bench, ruling_id, who, why))

    async def _within(self, work: Callable[[Bench], Result]) -> Result:
        now = self._clock()

        def worked_on(db: Connection) -> tuple[Bench, Result]:
            draft = self._draft_of(db)
            bench = Bench(db, draft, now)
            result = work(bench)
            bench.remember(draft)
            return bench, result

        bench, result = await self._database.write(
            worked_on, committed=lambda done: done[0].remember(self._memory)
        )
        if bench.announcements:
            self._committed(bench.announcements)
        return result

    def _draft_of(self, db: Connection) -> Draft:
        """Return the draft of a transaction, which several pieces of work may share."""
        transaction = db.get_transaction()
        if self._draft is None or self._draft[0] is not transaction:
            self._draft = (transaction, Draft(self._memory))
        return self._draft[1]

    def _keep_document(self, bench: Bench, event: DocumentReceived, text: str) -> None:
        db = bench.db
        archive.lock(db, archive.names_of(event.document_id, event.document.source))
        filed = archive.filed(db, event.document_id)
        if filed.text is not None:
            return
        archive.file_document(db, event, text, bench.now)
        if filed.record is None:
            return
        record = Record.model_validate_json(filed.record)
        source, arrival = event.document.source, event.occurred_at
        decide(bench, Case(record, filed.record, text, source, arrival, filed, filed.version))

    def _keep_record(self, bench: Bench, event: RecordExtracted) -> None:
        db, record = bench.db, event.record
        raw = record.model_dump_json()
        archive.lock(db, archive.names_of(record.document.id, record.document.source))
        filed = archive.filed(db, record.document.id)
        if filed.record == raw:
            self._announce_again(bench, record, filed, reread=event.reread)
            return
        version = filed.version + 1
        if filed.text is None or filed.received_at is None:
            new, at = filed.record is None, event.occurred_at
            archive.file_record(db, record, raw, version=version, new=new, extracted_at=at)
            return
        text, source, arrival = filed.text, filed.source, filed.received_at
        at = event.occurred_at
        decide(bench, Case(record, raw, text, source, arrival, filed, version, at))

    def _announce_again(self, bench: Bench, record: Record, filed: Filed, *, reread: bool) -> None:
        if filed.outcome is None or filed.decided_at is None or filed.received_at is None:
            return  # still without its document
        own = filed.meeting_id
        outcome: Outcome = "none" if reread else filed.outcome
        event = RecordStored.model_construct(
            document_id=record.document.id,
            occurred_at=filed.decided_at,
            version=filed.version,
            outcome=outcome,
            kind=record.kind,
            document=record.document,
            received_at=filed.received_at,
            # It may have been told under an id that redirects since.
            merged_meeting_ids=gallery.led_to(bench.db, own) if own else filed.merged_ids,
        )
        bench.announce(event, gallery.merged_json(bench.db, own) if own else None)
