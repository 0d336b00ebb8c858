"""The tally of a meeting: what its documents say, counted as they come, in any order.

Adding the same documents in another order gives the same tally, so a meeting that gains a document
need not be counted afresh.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.store.backing import (
    Backing,
    Backings,
    Entry,
    Standing,
    entry_of,
    standing_of,
)
from services.store.joined import Joined
from services.store.likeness import LIKENESSES
from services.store.reasons import Reason, telling
from shared.meeting import Source, SourceTie
from shared.record import Coalition, Meeting, Record

FIELDS = ("body", "ordinal", "dates", "place", "start_date", "end_date", "city", "country", "theme")


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a meeting: its record, when it came, and why it belongs."""

    record: Record
    received_at: datetime | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class Tally:
    """All that the documents of one meeting say."""

    coalition_id: str = ""
    sources: dict[str, Source] = field(default_factory=dict)
    fields: dict[str, Backings] = field(default_factory=lambda: defaultdict(dict))
    virtual: bool = False
    lists: dict[str, Joined] = field(
        default_factory=lambda: {name: Joined(likeness) for name, likeness in LIKENESSES.items()}
    )

    def add(self, member: Member) -> None:
        """Count one more document; one that is counted already is left as it is."""
        record = member.record
        if record.document.id in self.sources or record.coalition is None:
            return
        self.sources[record.document.id] = _source(member)
        self.coalition_id = record.coalition.id
        standing = standing_of(record)
        self._add_coalition(record, record.coalition, standing)
        if record.meeting is not None:
            self._add_meeting(record, record.meeting, standing)
        for name, joined in self.lists.items():
            for number, item in enumerate(getattr(record, name)):
                joined.add(entry_of(record.document, record.kind, item, item, number), standing)

    def tie(self, document_id: str, reasons: Iterable[Reason], *, anew: bool) -> None:
        """Add reasons why a counted document belongs; `anew`: they are all there are."""
        source = self.sources[document_id]
        before = reasons_of(source)
        told = telling(reasons if anew else (*before, *reasons))
        if told != before:
            self.sources[document_id] = source.model_copy(update=_told(told))

    def _add_coalition(self, record: Record, coalition: Coalition, standing: Standing) -> None:
        if coalition.name:
            entry = entry_of(record.document, record.kind, coalition, coalition.name)
            _back(self.fields["coalition_name"], coalition.name, entry, standing)

    def _add_meeting(self, record: Record, meeting: Meeting, standing: Standing) -> None:
        self.virtual = self.virtual or meeting.virtual
        word = entry_of(record.document, record.kind, meeting, None)
        for name, value in _values(meeting):
            _back(self.fields[name], value, word._replace(value=value), standing)


def reasons_of(source: Source) -> tuple[Reason, ...]:
    """Return why a source belongs."""
    return tuple(Reason(t.rule, t.strength, t.reason, t.document_id) for t in source.ties)


def _told(reasons: Iterable[Reason]) -> dict[str, Any]:
    ties = tuple(
        SourceTie.model_construct(rule=r.rule, strength=r.strength, reason=r.text,
                                  document_id=r.document_id)
        for r in reasons
    )  # fmt: skip
    return {"reasons": tuple(tie.reason for tie in ties), "ties": ties}


def _source(member: Member) -> Source:
    record = member.record
    document = record.document
    return Source.model_construct(
        document_id=document.id,
        name=document.name,
        language=document.language,
        kind=record.kind,
        published=document.published,
        source=document.source,
        received_at=member.received_at,
        **_told(member.reasons),
    )


def _values(meeting: Meeting) -> Iterable[tuple[str, Any]]:
    dates = (meeting.start_date or meeting.end_date, meeting.end_date or meeting.start_date)
    place = (meeting.city, meeting.country)
    given = {
        "body": meeting.body,
        "ordinal": meeting.ordinal,
        "dates": dates if dates[0] else None,
        "place": place if any(place) else None,
        "start_date": dates[0],
        "end_date": dates[1],
        "city": meeting.city,
        "country": meeting.country,
        "theme": meeting.theme,
    }
    return [(name, value) for name, value in given.items() if value is not None]


def _back(backings: Backings, value: Hashable, entry: Entry, standing: Standing) -> None:
    backings.setdefault(value, Backing()).add(entry, standing)
