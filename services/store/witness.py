"""A document as a witness of a meeting: what it says that helps to tell which meeting it means.

Its marks are how candidates find each other in an index: 64-bit hashes of single facts (an
ordinal, a day, a theme, a run of words), each with the coalition in it, so that a document is only
ever compared with the few of its coalition that share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import count

from services.store.names import skeleton
from services.store.prints import Prints, hashed_words, prints_of
from services.store.windows import Window, window
from shared.record import Body, Kind, Meeting, Record
from shared.text import fold_words

NARROW = 14  # days: a longer window tells a month or a year, not a meeting
TELLING: frozenset[Kind] = frozenset({"statement", "preview"})  # kinds that tell of a meeting
AFTERWARDS = 2  # days after a meeting on which reports of it still come


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of its meeting, spelt alike in every language.

    `held` is when the meeting was, `published` when the document came out; `particulars` are
    people, sums, resolutions and counts.
    """

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

    @property
    def outline(self) -> Facts:
        """The same without what is long and contradicts nothing: theme and particulars."""
        return replace(self, theme="", particulars=frozenset())

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


@dataclass(frozen=True, eq=False, slots=True)
class Witness:
    """One document. Two witnesses are compared by `meetings.same_meeting`.

    `number` tells its facts from others: reprints say the same and share one, so that what was
    found out about the facts of two documents need not be found out again.
    """

    document_id: str
    facts: Facts
    number: int
    names: frozenset[int]  # hashed words of the coalition's name and the meeting's theme
    prints: Prints

    @property
    def coalition_id(self) -> str:
        """The coalition that the document tells of."""
        return self.facts.coalition_id

    @property
    def marks(self) -> frozenset[int]:
        """Under which marks the document stands in the index."""
        salt = self._hash("text")
        told = {self._hash(fact) for fact in _marked(self.facts)}
        return frozenset(told | {mark ^ salt for mark in self.prints.marks})

    @property
    def sought(self) -> frozenset[int]:
        """Under which marks its candidates stand: its own, and the days around."""
        moment = self.facts.moment
        if moment is None:
            return self.marks
        before = 1 if self.facts.held is not None else AFTERWARDS
        after = AFTERWARDS if self.facts.held is not None else 1
        around = range(moment.first - before, moment.last + after + 1)
        return self.marks | {self._hash(f"day {day}") for day in around}

    def _hash(self, fact: str) -> int:
        return hash64(f"{self.facts.coalition_id} {fact}")


def witness_of(record: Record, text: str) -> Witness | None:
    """Return the witness a record makes with its document's text, None if it tells of no meeting.

    Mentions and unrelated documents tell of none, and neither does a record without coalition.
    """
    told = facts_of(record)
    if told is None:
        return None
    facts, number = _numbered(told)
    return Witness(record.document.id, facts, number, _names(record), prints_of(text))


def facts_of(record: Record) -> Facts | None:
    """Return what a record says of its meeting, None if it tells of no meeting."""
    if record.kind not in TELLING or record.coalition is None:
        return None
    meeting = record.meeting or _UNTOLD
    return Facts(
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
    )


_numbers = count()


@lru_cache(maxsize=1024)
def _numbered(facts: Facts) -> tuple[Facts, int]:
    """Return equal facts as one object, with a number that no other facts in this process have."""
    return facts, next(_numbers)


def _marked(facts: Facts) -> Iterator[str]:
    if facts.ordinal is not None:
        yield f"ordinal {facts.ordinal}"
    if facts.theme:
        yield f"theme {facts.theme}"
    if facts.moment is not None:
        yield from (f"day {day}" for day in facts.moment.days)
    when = facts.held or facts.published
    if when is not None and facts.body is not None and facts.has_place:
        yield from (f"month {month}" for month in when.months[:3])


@lru_cache(maxsize=1024)
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
    for counted in record.attendance:
        yield f"count {counted.unit} {counted.value}"


def _names(record: Record) -> frozenset[int]:
    coalition = record.coalition
    said = [e.text for e in coalition.evidence] if coalition else []
    if record.meeting is not None and record.meeting.theme:
        said.append(record.meeting.theme)
    return hashed_words(" ".join(said))
