"""Stores stocked with synthetic press, written as store would have left it, but in bulk.

Taking 100,000 documents in one by one would take a quarter of an hour for each database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from rich.progress import track
from sqlalchemy import Connection, insert

from benchmarks.press import ARRIVAL, STORED, Brought, Occasion, occasions
from services.store.adapters import index
from services.store.marks import Stand, number_of, worn_marks
from services.store.meetings import Group, resolve
from services.store.merge import merge
from services.store.tables import documents, meetings, records
from services.store.tally import Member
from services.store.witness import Witness, witness_of
from shared.database import Database
from shared.meeting import MergedMeeting

_TOGETHER = 50  # meetings written in one transaction
_EARLY = 8  # meetings of a coalition after which its standing paragraph is worn out


@dataclass(frozen=True)
class Stock:
    """What the documents of some meetings come to: rows of three tables, and stands by meeting."""

    documents: list[dict[str, Any]]
    records: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    stands: dict[str, set[Stand]]


async def stock(databases: Sequence[Database], count: int) -> None:
    """Write `count` documents into each of the databases, which must have their tables."""
    everything = list(occasions(count))
    worn = _worn(everything)
    for database in databases:
        await database.write(partial(index.wear_out, marks=worn))
    batches = list(_batches(everything))
    for some in track(batches, f"stocking with {count:,} documents"):
        made = _stock(some, worn)
        for database in databases:
            await database.write(partial(_write, made=made), durable=False)


def _batches(everything: Sequence[Occasion]) -> Iterator[Sequence[Occasion]]:
    rest = iter(everything)
    while some := list(islice(rest, _TOGETHER)):
        yield some


def _worn(everything: Sequence[Occasion]) -> frozenset[int]:
    """Return the marks of what every report on a coalition ends with."""
    early = [o for o in everything if o.turn < _EARLY]
    witnesses = [_witness(o.press(shape)) for o in early for shape in STORED]
    return worn_marks(witnesses)


def _stock(some: Iterable[Occasion], worn: frozenset[int]) -> Stock:
    made = Stock([], [], [], {})
    for occasion in some:
        brought = {b.record.document.id: b for b in map(occasion.press, STORED)}
        witnesses = {name: _witness(b) for name, b in brought.items()}
        for group in resolve(witnesses.values(), worn):
            _add(made, group, brought, witnesses, worn)
    return made


def _add(
    made: Stock,
    group: Group,
    brought: dict[str, Brought],
    witnesses: dict[str, Witness],
    worn: frozenset[int],
) -> None:
    told = (Member(brought[d].record, ARRIVAL, why) for d, why in group.reasons.items())
    merged = merge(group.id, told)
    made.meetings.append(_meeting(merged))
    made.stands[group.id] = {
        stand for d in group.reasons for stand in witnesses[d].stands if stand.mark not in worn
    }
    for document_id in group.reasons:
        made.documents.append(_document(brought[document_id]))
        made.records.append(_record(brought[document_id], group.id))


def _witness(brought: Brought) -> Witness:
    witness = witness_of(brought.record, brought.text)
    if witness is None:
        raise ValueError("press that tells of no meeting")
    return witness


def _meeting(merged: MergedMeeting) -> dict[str, Any]:
    day = merged.start_date or ARRIVAL.date().isoformat()
    return {
        "id": merged.id,
        "number": number_of(merged.id),
        "coalition_id": merged.coalition_id,
        "status": merged.status,
        "day": day,
        "last_day": day,
        "merged": merged.model_dump_json(),
        "revision": 1,
        "published": True,
        "created_at": ARRIVAL,
        "updated_at": ARRIVAL,
    }


def _document(brought: Brought) -> dict[str, Any]:
    file = brought.received.document
    kept = {"id", "name", "title", "media_type", "encoding", "size", "source"}
    return {**file.model_dump(include=kept), "text": brought.text, "received_at": ARRIVAL}


def _record(brought: Brought, meeting_id: str) -> dict[str, Any]:
    record = brought.record
    return {
        "document_id": record.document.id,
        "version": 1,
        "extractor_version": record.extractor_version,
        "kind": record.kind,
        "coalition_id": record.coalition.id if record.coalition else None,
        "record": record.model_dump_json(),
        "meeting_id": meeting_id,
        "outcome": "source.added",
        "merged_ids": json.dumps([]),
        "alerted": False,
        "decided_at": ARRIVAL,
    }


def _write(db: Connection, made: Stock) -> None:
    db.execute(insert(documents), made.documents)
    db.execute(insert(records), made.records)
    db.execute(insert(meetings), made.meetings)
    for meeting_id, stands in made.stands.items():
        index.stand_under(db, meeting_id, stands)
