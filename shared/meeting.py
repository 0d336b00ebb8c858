"""A meeting as its documents together tell it: the merged record, its claims and its sources."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from shared.record import (
    Attendance,
    Basis,
    Body,
    Commitment,
    Evidence,
    FocusArea,
    Frozen,
    Kind,
    Language,
    Person,
    Pledge,
    Quote,
    Resolution,
)


class SourceTie(Frozen):
    """One reason why a document belongs: the rule, in words, and the document it is tied to.

    `strength` orders ties where a contradiction forces a choice; `document_id` is one of those
    with which the rule holds.
    """

    rule: str
    strength: int
    reason: str
    document_id: str | None = None


class Source(Frozen):
    """A document of the meeting, and why it belongs: `reasons` in words, `ties` with their rules.

    The strongest comes first. A document without ties is its meeting's only one.
    """

    document_id: str
    name: str
    language: Language
    kind: Kind
    published: str | None = None
    source: str | None = None
    received_at: datetime | None = None
    reasons: tuple[str, ...] = ()
    ties: tuple[SourceTie, ...] = ()


class Claim(Frozen):
    """One value that documents give for a field, with the documents and words that give it."""

    value: Any
    documents: tuple[str, ...]
    basis: Basis = "explicit"
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()


class MergedMeeting(Frozen):
    """What is known of one meeting (or stand-alone statement) from all of its documents.

    `claims` holds, for each field on which the documents differ, every claim with its sources,
    the chosen one first; `support` how many documents give the chosen value of each field, and
    `confidence` how sure the best reading of it is, in [0, 1]. Dates are `YYYY-MM-DD`, `YYYY-MM`
    or `YYYY`; countries ISO 3166-1. `status` is `published` once a statement is among the
    documents, else `announced`.
    """

    id: str
    coalition_id: str
    coalition_name: str | None = None
    status: Literal["announced", "published"]
    body: Body | None = None
    ordinal: int | None = None
    start_date: str | None = None
    end_date: str | None = None
    city: str | None = None
    country: str | None = None
    virtual: bool = False
    theme: str | None = None
    people: tuple[Person, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: dict[str, tuple[Claim, ...]] = Field(default_factory=dict)
    support: dict[str, int] = Field(default_factory=dict)
    confidence: dict[str, float] = Field(default_factory=dict)
    sources: tuple[Source, ...]


Act = Literal[
    "document.added",
    "document.corrected",  # a later version took the place of an earlier one
    "document.reread",  # the extractor read it anew
    "document.withdrawn",
    "documents.joined",  # a person's word, as are the next two
    "documents.split",
    "ruling.undone",
]


class Cause(Frozen):
    """Why a meeting changed: through a document, or by a person's word.

    `supersedes` are the versions whose place the document takes; `who` and `why` are as the person
    gave them, `ruling_id` is what they can undo.
    """

    act: Act
    document_id: str | None = None
    supersedes: tuple[str, ...] = ()
    ruling_id: int | None = None
    who: str | None = None
    why: str | None = None


class Change(Frozen):
    """One value of a meeting before and after; None where there is none.

    `field` is a field of the merged meeting; of a list each item is a change of its own, as a
    dictionary without evidence. `documents` are those whose words give the new value, or, of an
    item that is gone, gave the old one.
    """

    field: str
    old: Any = None
    new: Any = None
    documents: tuple[str, ...] = ()


class Entry(Frozen):
    """One line of a meeting's history: when, through what, and what changed.

    `meeting_id` is the meeting's id at that time; `origins` are the meetings that documents came
    from. `closed`: it lost its last document.
    """

    meeting_id: str
    happened_at: datetime
    cause: Cause
    origins: tuple[str, ...] = ()
    closed: bool = False
    changes: tuple[Change, ...] = ()
