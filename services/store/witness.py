"""A document as a witness of a meeting: what it says that helps to tell which meeting it means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from services.store.facts import Facts, facts_of
from services.store.marks import Stand, hash64, sought_by, stands_of
from services.store.prints import Prints, hashed_words, prints_of
from shared.record import Record


@dataclass(frozen=True, eq=False, slots=True)
class Witness:
    """One document. Two witnesses are compared by `meetings.same_meeting`.

    `number` tells its facts from others: reprints say the same and share one, so that what was
    found out about the facts of two documents need not be found out again.
    """

    document_id: str
    name: str
    facts: Facts
    number: int
    names: frozenset[int]  # hashed words of the coalition's name and the meeting's theme
    prints: Prints

    @property
    def coalition_id(self) -> str:
        """The coalition that the document tells of."""
        return self.facts.coalition_id

    @property
    def stands(self) -> frozenset[Stand]:
        """Under which marks the document stands in the index."""
        return stands_of(self.facts, self.prints.marks)

    @property
    def sought(self) -> frozenset[int]:
        """Under which marks its candidates stand."""
        return sought_by(self.facts, self.prints.marks)


def witness_of(record: Record, text: str) -> Witness | None:
    """Return the witness a record makes with its document's text, None if it tells of no meeting.

    Mentions and unrelated documents tell of none, and neither does a record without coalition.
    """
    told = facts_of(record)
    if told is None:
        return None
    facts, number = _numbered(told)
    prints = prints_of(text, hash64(f"{facts.coalition_id} text"))
    document = record.document
    return Witness(document.id, document.name, facts, number, _names(record), prints)


_numbers = count()


@lru_cache(maxsize=1024)
def _numbered(facts: Facts) -> tuple[Facts, int]:
    """Return equal facts as one object, with a number that no other facts in this process have."""
    return facts, next(_numbers)


def _names(record: Record) -> frozenset[int]:
    coalition = record.coalition
    said = [e.text for e in coalition.evidence] if coalition else []
    if record.meeting is not None and record.meeting.theme:
        said.append(record.meeting.theme)
    return hashed_words(" ".join(said))
