"""A document as a witness of a meeting: what it says that helps to tell which meeting it means.

Its marks are how candidates find each other in an index: 64-bit hashes of single facts (an
ordinal, a day, a theme, a run of words), each with the coalition in it, so that a document is only
ever compared with the few of its coalition that share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from services.store.names import skeleton
from services.store.prints import Prints, hashed_words, prints_of
from services.store.windows import Window, window
from shared.record import Body, Kind, Meeting, Record
from shared.text import fold_words

NARROW = 14  # days: a longer window tells a month or a year, not a meeting
TELLING: frozenset[Kind] = frozenset({"statement", "preview"})  # kinds that tell of a meeting
_AFTERWARDS = 2  # days after a meeting on which reports of it still come


@dataclass(frozen=True, eq=False, slots=True)
class Witness:
    """What one document says. Two witnesses are compared by `meetings.same_meeting`.

    `held` is when the meeting was, `published` when the document came out; `particulars` are
    people, sums, resolutions and counts, spelt alike in every language.
    """

    document_id: str
    coalition_id: str
    kind: Kind
    body: Body | None
    ordinal: int | None
    held: Window | None
    published: Window | None
    city: frozenset[str]
    country: str | None
    virtual: bool
    theme: str
    particulars: frozenset[str]
    names: frozenset[int]  # hashed words of the coalition's and the meeting's own name
    prints: Prints

    @property
    def has_place(self) -> bool:
        """Whether the document tells where the meeting was."""
        return bool(self.city or self.country or self.virtual)

    @property
    def narrow(self) -> bool:
        """Whether the document dates the meeting closely enough to recognise it by the date."""
        return self.held is not None and self.held.last - self.held.first < NARROW

    @property
    def moment(self) -> Window | None:
        """When it was: the meeting's narrow date, else the day a statement came out."""
        if self.held is not None:
            return self.held if self.narrow else None
        if self.kind == "statement" and self.published is not None and self.published.exact:
            return self.published
        return None

    @property
    def marks(self) -> frozenset[int]:
        """Under which marks the document stands in the index."""
        facts = {self._hash(fact) for fact in self._facts()}
        salt = self._hash("text")
        return frozenset(facts | {mark ^ salt for mark in self.prints.marks})

    @property
    def sought(self) -> frozenset[int]:
        """Under which marks its candidates stand: its own, and the days around."""
        if self.moment is None:
            return self.marks
        before = 1 if self.held is not None else _AFTERWARDS
        after = _AFTERWARDS if self.held is not None else 1
        around = range(self.moment.first - before, self.moment.last + after + 1)
        return self.marks | {self._hash(f"day {day}") for day in around}

    def _facts(self) -> Iterator[str]:
        if self.ordinal is not None:
            yield f"ordinal {self.ordinal}"
        if self.theme:
            yield f"theme {self.theme}"
        if self.moment is not None:
            yield from (f"day {day}" for day in self.moment.days)
        when = self.held or self.published
        if when is not None and self.body is not None and self.has_place:
            yield from (f"month {month}" for month in when.months[:3])

    def _hash(self, fact: str) -> int:
        return hash64(f"{self.coalition_id} {fact}")


def witness_of(record: Record, text: str) -> Witness | None:
    """Return the witness a record makes with its document's text, None if it tells of no meeting.

    Mentions and unrelated documents tell of none, and neither does a record without coalition.
    """
    if record.kind not in TELLING or record.coalition is None:
        return None
    meeting = record.meeting or _UNTOLD
    return Witness(
        document_id=record.document.id,
        coalition_id=record.coalition.id,
        kind=record.kind,
        body=meeting.body,
        ordinal=meeting.ordinal,
        held=window(meeting.start_date, meeting.end_date),
        published=window(record.document.published),
        city=_place_words(meeting.city),
        country=meeting.country,
        virtual=meeting.virtual,
        theme=" ".join(fold_words(meeting.theme or "")),
        particulars=frozenset(_particulars(record)),
        names=_names(record),
        prints=prints_of(text),
    )


@lru_cache(maxsize=8192)
def hash64(text: str) -> int:
    """Return a signed 64-bit hash that is the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


# A statement without a meeting: every field absent.
_UNTOLD = Meeting.model_construct(evidence=())


def _place_words(city: str | None) -> frozenset[str]:
    """Return a city's words, and its letters in one, for N'Djamena is Ndjamena."""
    words = fold_words(city or "")
    return frozenset({*words, "".join(words)} - {""})


def _particulars(record: Record) -> Iterator[str]:
    for person in record.people:
        parts = skeleton(person.name)
        if len(parts) > 1:
            yield f"person {parts[0]} {parts[1]}"
    for pledge in record.pledges:
        yield f"pledge {pledge.amount:.0f} {pledge.currency}"
    for resolution in record.resolutions:
        yield f"resolution {resolution.body} {resolution.number}"
    for count in record.attendance:
        yield f"count {count.unit} {count.value}"


def _names(record: Record) -> frozenset[int]:
    coalition = record.coalition
    said = [e.text for e in coalition.evidence] if coalition else []
    if record.meeting is not None and record.meeting.theme:
        said.append(record.meeting.theme)
    return hashed_words(" ".join(said))
