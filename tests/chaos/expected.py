"""What must come of the dropped files: the oracle's knowledge, made without any server.

Records come from what `communique extract` does with a file, meetings from resolving all of them in
one go.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from communique.documents.reading import read_documents
from services.store.marks import worn_marks
from services.store.meetings import resolve, same_meeting
from services.store.merge import merge
from services.store.tally import Member
from services.store.witness import Witness, witness_of
from shared.record import Record
from tests.chaos.documents import Drop

_NOT_OF_THE_TEXT = ("name", "source")  # of a document: a second copy has others


@dataclass
class Document:
    """One document: the digest of its record, under which names it was dropped, and how often."""

    id: str
    digest: str
    kind: str
    coalition: str | None
    names: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    files: int = 0


@dataclass(frozen=True)
class Meeting:
    """One meeting: its documents, the digest of its merged record, and whether it is published."""

    documents: frozenset[str]
    digest: str
    coalition: str
    published: bool


@dataclass
class Expected:
    """Everything that must be there in the end."""

    documents: dict[str, Document]
    meetings: dict[frozenset[str], Meeting]
    failed: set[str]  # paths of files that must lie in failed/

    def published(self, coalitions: Iterable[str] = ()) -> set[frozenset[str]]:
        """Return the meetings of which a subscriber to these coalitions (none: all) is told."""
        wanted = set(coalitions)
        return {
            documents
            for documents, meeting in self.meetings.items()
            if meeting.published and (not wanted or meeting.coalition in wanted)
        }


def expect(drops: Sequence[Drop], folder: Path) -> Expected:
    """Read every document once, as a file in `folder`; ValueError if the texts do not fit.

    They fit when all documents of a meeting are tied to each other, and to no others.
    """
    first: dict[str, Drop] = {}
    for drop in drops:
        if drop.fate == "stored":
            first.setdefault(drop.id, drop)
    records = _records_of(first.values(), folder)
    documents = {each: _document(record) for each, record in records.items()}
    for drop in drops:
        if drop.fate == "stored":
            documents[drop.id].names.add(drop.name)
            documents[drop.id].sources.add(drop.path)
            documents[drop.id].files += 1
    failed = {drop.path for drop in drops if drop.fate == "failed"}
    return Expected(documents, _meetings(first, records), failed)


def digest_of_record(record: dict[str, Any]) -> str:
    """Return the same for records that say the same of the same bytes."""
    about = {k: v for k, v in record["document"].items() if k not in _NOT_OF_THE_TEXT}
    return _digest(record | {"document": about})


def digest_of_meeting(merged: dict[str, Any]) -> str:
    """Return the same for merged meetings that say the same, whatever their ids and sources."""
    return _digest({k: v for k, v in merged.items() if k not in ("id", "sources")})


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _records_of(drops: Iterable[Drop], folder: Path) -> dict[str, Record]:
    paths = []
    for drop in drops:
        path = folder / drop.id / drop.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drop.data)
        paths.append(path)
    spawned = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks
    with ProcessPoolExecutor(2, mp_context=spawned) as pool:
        lines = [line for part in pool.map(_read, _parts(paths)) for line in part]
    records = (Record.model_validate_json(line) for line in lines)
    return {record.document.id: record for record in records}


def _parts(paths: list[Path]) -> list[list[Path]]:
    return [paths[0::2], paths[1::2]] if len(paths) > 1 else [paths]


def _read(paths: list[Path]) -> list[str]:
    unread: list[Path] = []
    lines = [reading.record.model_dump_json() for reading in read_documents(paths, unread)]
    if unread:
        raise ValueError(f"cannot be read: {unread}")
    return lines


def _document(record: Record) -> Document:
    return Document(
        record.document.id,
        digest_of_record(record.model_dump(mode="json")),
        record.kind,
        record.coalition.id if record.coalition else None,
    )


def _meetings(drops: dict[str, Drop], records: dict[str, Record]) -> dict[frozenset[str], Meeting]:
    witnesses = {
        each: witness
        for each, record in records.items()
        if (witness := witness_of(record, drops[each].data.decode())) is not None
    }
    _check_ties(drops, witnesses)
    groups = resolve(witnesses.values(), worn_marks(witnesses.values()))
    torn = [group for group in groups if group.rivals]
    intended = {frozenset(ids) for ids in _intended(drops, witnesses)}
    if torn or {frozenset(group.document_ids) for group in groups} != intended:
        raise ValueError("documents of different meetings are tied to each other")
    return {ids: _meeting(ids, [records[each] for each in ids]) for ids in intended}


def _intended(drops: dict[str, Drop], witnesses: dict[str, Witness]) -> Iterable[list[str]]:
    members: dict[int | None, list[str]] = defaultdict(list)
    for each in witnesses:
        members[drops[each].meeting].append(each)
    return members.values()


def _check_ties(drops: dict[str, Drop], witnesses: dict[str, Witness]) -> None:
    for ids in _intended(drops, witnesses):
        for a, b in combinations(ids, 2):
            if not same_meeting(witnesses[a], witnesses[b]).same:
                raise ValueError(f"not tied: {drops[a].path} and {drops[b].path}")


def _meeting(ids: frozenset[str], records: list[Record]) -> Meeting:
    merged = merge("", [Member(record) for record in records]).model_dump(mode="json")
    published = merged["status"] == "published"
    return Meeting(ids, digest_of_meeting(merged), merged["coalition_id"], published)
