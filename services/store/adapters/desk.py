"""The desk where documents and records come in: one transaction each, decided once both are there.

A decision is made under a lock on the coalition: which meeting the document belongs to, what is
now known of that meeting, and what that means for subscribers, written with the event to announce.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from services.store.adapters import archive, gallery, outbox
from services.store.adapters.archive import Filed
from services.store.adapters.bench import Bench, Case
from services.store.adapters.decision import decide
from services.store.adapters.memory import Memory
from shared.database import Database
from shared.events import DocumentReceived, RecordExtracted, RecordStored
from shared.record import Record

Clock = Callable[[], datetime]


class Desk:
    """Takes in documents and records, in whatever order and however often they come."""

    def __init__(self, database: Database, clock: Clock, committed: Callable[[], None]) -> None:
        """`committed` is called after each commit that left something to announce."""
        self._database = database
        self._clock = clock
        self._committed = committed
        self._memory = Memory()

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
        under the same version: whoever sent it again has missed the announcement.
        """
        await self._within(lambda bench: self._keep_record(bench, event.record))

    async def _within(self, work: Callable[[Bench], bool]) -> None:
        now = self._clock()
        bench, announced = await self._database.write(lambda db: self._work(db, work, now))
        bench.remember()
        if announced:
            self._committed()

    def _work(
        self, db: Connection, work: Callable[[Bench], bool], now: datetime
    ) -> tuple[Bench, bool]:
        bench = Bench(db, self._memory, now)
        return bench, work(bench)

    def _keep_document(self, bench: Bench, event: DocumentReceived, text: str) -> bool:
        db = bench.db
        archive.lock(db, [event.document_id])
        filed = archive.filed(db, event.document_id)
        if filed.text is not None:
            return False
        archive.file_document(db, event, text)
        if filed.record is None:
            return False
        record = Record.model_validate_json(filed.record)
        case = Case(record, filed.record, text, event.occurred_at, filed, filed.version)
        decide(bench, case)
        return True

    def _keep_record(self, bench: Bench, record: Record) -> bool:
        db = bench.db
        raw = record.model_dump_json()
        archive.lock(db, [record.document.id])
        filed = archive.filed(db, record.document.id)
        if filed.record == raw:
            return self._announce_again(db, record, filed)
        version = filed.version + 1
        if filed.text is None or filed.received_at is None:
            archive.file_record(db, record, raw, version=version, new=filed.record is None)
            return False
        decide(bench, Case(record, raw, filed.text, filed.received_at, filed, version))
        return True

    def _announce_again(self, db: Connection, record: Record, filed: Filed) -> bool:
        if filed.outcome is None or filed.decided_at is None or filed.received_at is None:
            return False  # still without its document
        if outbox.is_waiting(db, record.document.id):
            return True
        own = filed.meeting_id
        event = RecordStored.model_construct(
            document_id=record.document.id,
            occurred_at=filed.decided_at,
            version=filed.version,
            outcome=filed.outcome,
            kind=record.kind,
            document=record.document,
            received_at=filed.received_at,
            merged_meeting_ids=filed.merged_ids,
        )
        outbox.put(db, event, gallery.merged_json(db, own) if own else None)
        return True
