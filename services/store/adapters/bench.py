"""The meetings at hand while a decision is made, to be remembered after the commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from services.store.adapters import archive, gallery, outbox
from services.store.adapters.archive import Filed
from services.store.adapters.memory import Draft, Known, Memory
from services.store.adapters.outbox import Announcement
from services.store.contradictions import contradiction
from services.store.facts import Facts
from services.store.tally import Member, Tally, reasons_of
from services.store.witness import Witness, witness_of
from shared.events import RecordStored
from shared.record import Record


@dataclass(frozen=True, slots=True)
class Case:
    """A document to be decided on; `before` is what was filed of it until now.

    `extracted_at` is when its record was read, None if that is filed already.
    """

    record: Record
    raw: str
    text: str
    source: str | None
    received_at: datetime
    before: Filed
    version: int
    extracted_at: datetime | None = None

    @property
    def id(self) -> str:
        """The document's id."""
        return self.record.document.id


@dataclass(slots=True)
class Bench:
    """Meetings by id: `kept` as the database had them, `known` as they are worked on."""

    db: Connection
    memory: Draft
    now: datetime
    kept: dict[str, gallery.Kept] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    outlines: dict[str, tuple[int, frozenset[Facts]]] = field(default_factory=dict)
    announcements: list[Announcement] = field(default_factory=list)
    coalitions: set[str] = field(default_factory=set)

    def lock(self, coalitions: Iterable[str]) -> None:
        """Wait until nobody else decides about these coalitions; from then on they are ours."""
        self.coalitions |= set(coalitions)
        archive.lock(self.db, [f"coalition {name}" for name in self.coalitions])

    def open_to(self, witness: Witness, found: Mapping[str, int]) -> set[str]:
        """Return which meetings, given with their revisions, a document may belong to.

        Most that share a mark with it are ruled out by what their documents say. Telling that
        from outlines, without their texts and tallies, is what makes a decision cheap.
        """
        outlines = {name: self.memory.outlines(name, each) for name, each in found.items()}
        missing = [name for name, known in outlines.items() if known is None]
        if missing:
            read = archive.outlines_of(self.db, missing)
            self.outlines |= {name: (found[name], read[name]) for name in missing}
            outlines |= read
        return {
            name
            for name, known in outlines.items()
            if any(contradiction(witness.facts, each) is None for each in known or ())
        }

    def load(self, names: Collection[str]) -> None:
        """Have meetings at hand: from memory where that is up to date, else from the database."""
        wanted = set(names) - self.known.keys()
        kept = gallery.kept(self.db, wanted)
        self.kept |= kept
        self.revisions |= {name: each.revision for name, each in kept.items()}
        remembered = {n: self.memory.take(n, each.revision) for n, each in kept.items()}
        self.known |= {name: known for name, known in remembered.items() if known is not None}
        missing = kept.keys() - self.known.keys()
        if missing:
            self.known |= self._from_database(missing)

    def home_of(self, document_id: str) -> str:
        """Return the meeting at hand that a document belongs to."""
        return next(n for n, known in self.known.items() if document_id in known.witnesses)

    def witnesses(self, names: Iterable[str]) -> dict[str, Witness]:
        """Return the documents of meetings at hand, as witnesses."""
        return {d: w for name in names for d, w in self.known[name].witnesses.items()}

    def change(self, name: str, revision: int, known: Known) -> None:
        """Put a meeting as it was written in the place of what it was."""
        self.revisions[name], self.known[name] = revision, known

    def forget(self, name: str) -> None:
        """Let go of a meeting that is no more."""
        self.known.pop(name, None)
        self.revisions.pop(name, None)

    def announce(self, event: RecordStored, meeting: str | None) -> None:
        """Have an event announced after the commit, with its merged meeting as JSON."""
        self.announcements.append(outbox.put(self.db, event, meeting, now=self.now))

    def remember(self, memory: Memory | Draft) -> None:
        """Keep everything in a memory; in that of the worker only once it is committed."""
        for name, (revision, outlines) in self.outlines.items():
            memory.keep_outlines(name, revision, outlines)
        for name, revision in self.revisions.items():
            known = self.known[name]
            memory.keep(name, revision, known)
            memory.keep_outlines(name, revision, known.outlines)

    def _from_database(self, names: Collection[str]) -> dict[str, Known]:
        merged = gallery.merged_of(self.db, names)
        told = archive.documents_of(self.db, names)
        found = {}
        for name in names:
            reasons = {s.document_id: reasons_of(s) for s in merged[name].sources}
            tally, witnesses = Tally(), {}
            for each in told[name]:
                document_id = each.record.document.id
                tally.add(Member(each.record, each.received_at, reasons.get(document_id, ())))
                if witness := witness_of(each.record, each.text):
                    witnesses[document_id] = witness
            found[name] = Known(tally, witnesses, merged[name])
        return found
