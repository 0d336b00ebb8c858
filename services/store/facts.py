"""What a document says of its meeting: facts that can be compared across languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.store.names import skeleton
from services.store.windows import Window, window
from shared.record import Body, Kind, Meeting, Record
from shared.text import fold_words

NARROW = 14  # days: a longer window tells a month or a year, not a meeting
TELLING: frozenset[Kind] = frozenset({"statement", "preview"})  # kinds that tell of a meeting


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
    def when(self) -> Window | None:
        """The meeting's date, else the document's: as near to it as the document leads."""
        return self.held or self.published

    @property
    def moment(self) -> Window | None:
        """When it was: the meeting's narrow date, else the day a statement came out."""
        if self.held is not None:
            return self.held if self.narrow else None
        if self.kind == "statement" and self.published is not None and self.published.exact:
            return self.published
        return None


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
