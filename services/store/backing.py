"""How well a value is backed by documents, kept so that the order of the documents cannot matter.

The best entry of many, the least rank, the set of documents: adding is commutative for all three.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from shared.record import Basis, Document, Evidence, Evidenced, Kind, Record

KEPT = 3  # documents whose words are quoted for one value; all others are named only
_KIND_ORDER: dict[Kind, int] = {"statement": 0, "preview": 1, "mention": 2, "unrelated": 3}


class Standing(NamedTuple):
    """How a document stands among those of its meeting: what collectively speaks, speaks first."""

    kind: int
    poverty: int  # the fewer items it has, the later it comes
    document_id: str


class Entry(NamedTuple):
    """One document's word for a value, ordered by how much it counts.

    Explicit before inferred, communique before coverage, then the surer, then a fixed tie-break.
    """

    inferred: bool
    kind: int
    doubt: float
    document_id: str
    start: int
    number: int  # in the record's list: two items may begin at one place
    value: Any
    evidence: tuple[Evidence, ...]

    @property
    def order(self) -> tuple[bool, int, float, str, int, int]:
        """What entries are sorted by; the value itself may not be comparable."""
        return self[:6]


@dataclass(slots=True)
class Backing:
    """All documents behind one value, and the words of the best of them."""

    documents: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    place: tuple[Standing, int] | None = None  # where it stands in the fullest document

    def add(self, entry: Entry, standing: Standing) -> bool:
        """Count one more document's word; return whether it is among the best."""
        self.documents.add(entry.document_id)
        place = (standing, entry.start)
        if self.place is None or place < self.place:
            self.place = place
        if len(self.entries) == KEPT and entry.order > self.entries[-1].order:
            return False
        insort(self.entries, entry, key=lambda e: e.order)
        del self.entries[KEPT:]
        return True

    @property
    def best(self) -> Entry:
        """The word that counts most."""
        return self.entries[0]

    @property
    def basis(self) -> Basis:
        """Explicit if any document gives the value so."""
        return "inferred" if self.best.inferred else "explicit"

    @property
    def confidence(self) -> float:
        """That of the word that counts most."""
        return 1.0 - self.best.doubt

    @property
    def order(self) -> tuple[bool, int, int, float, str, int, int]:
        """What values are chosen by: explicit, communique, support, confidence, tie-break."""
        inferred, kind, doubt, document_id, start, number = self.best.order
        return (inferred, kind, -len(self.documents), doubt, document_id, start, number)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words of the best documents, each once, naming its document."""
        return tuple(dict.fromkeys(piece for entry in self.entries for piece in entry.evidence))


Backings: TypeAlias = dict[Any, Backing]


def together(backings: list[Backing]) -> Backing:
    """Return the backing of values that are one after all."""
    if len(backings) == 1:
        return backings[0]
    joined = Backing(place=min(b.place for b in backings if b.place is not None))
    for backing in backings:
        joined.documents |= backing.documents
        joined.entries += backing.entries
    joined.entries.sort(key=lambda e: e.order)
    seen: dict[str, Entry] = {}
    for entry in joined.entries:  # one word a document: its best
        seen.setdefault(entry.document_id, entry)
    joined.entries = list(seen.values())[:KEPT]
    return joined


def standing_of(record: Record) -> Standing:
    """Return where a document comes when items are put in order."""
    lists = (record.people, record.commitments, record.pledges, record.focus_areas, record.quotes)
    return Standing(_KIND_ORDER[record.kind], -sum(map(len, lists)), record.document.id)


def entry_of(
    document: Document, kind: Kind, source: Evidenced, value: Any, number: int = 0
) -> Entry:
    """Return a document's word for a value, with `source`'s basis, confidence and evidence."""
    evidence = tuple(
        Evidence.model_construct(start=e.start, end=e.end, text=e.text, document_id=document.id)
        for e in source.evidence
    )
    return Entry(
        source.basis == "inferred",
        _KIND_ORDER[kind],
        round(1.0 - source.confidence, 6),
        document.id,
        source.evidence[0].start,
        number,
        value,
        evidence,
    )
