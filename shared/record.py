"""The meeting record: what a careful analyst reads out of one document, each value with its words.

The vocabularies and their readings are explained in `docs/record.md`. Nothing here does I/O.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["ar", "fr", "en"]
Kind = Literal["statement", "preview", "mention", "unrelated"]
Basis = Literal["explicit", "inferred"]
Body = Literal[
    "heads_of_state",
    "foreign_ministers",
    "defence_ministers",
    "interior_ministers",
    "ministers",
    "chiefs_of_staff",
    "small_group",
    "working_group",
    "political_directors",
    "senior_officials",
    "other",
]
Role = Literal["chair", "host", "speaker", "participant", "mentioned"]
Unit = Literal[
    "member_states",
    "partner_states",
    "countries",
    "organizations",
    "countries_and_organizations",
    "delegations",
]
Bound = Literal["exactly", "at_least", "about"]
FocusAreaId = Literal[
    "ideology",
    "media",
    "military",
    "counter_financing",
    "foreign_fighters",
    "stabilization",
    "intelligence",
    "border_security",
    "maritime_security",
    "humanitarian",
    "detainees",
    "capacity_building",
    "cyber",
    "political_solution",
    "air_defence",
]
Act = Literal[
    "affirm",
    "resolve",
    "agree",
    "adopt",
    "launch",
    "call_on",
    "condemn",
    "welcome",
    "thank",
    "review",
    "support",
    "warn",
]


class Frozen(BaseModel):
    """A value: immutable, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Frozen):
    """Words of the document: `text == document[start:end]`, in Unicode code points, end exclusive.

    `document_id` is given where several documents speak, as in a merged meeting.
    """

    start: int
    end: int
    text: str
    document_id: str | None = Field(default=None, exclude_if=lambda value: value is None)


class Evidenced(Frozen):
    """A value with the words it was read from, and how sure the reading is.

    `basis` is `inferred` where the words give the value only with their context (a currency taken
    from the donor, a day taken from a tweet's time stamp); `confidence` lies in [0, 1]; `rule` is
    the name of the rule that read it.
    """

    evidence: tuple[Evidence, ...] = Field(min_length=1)
    basis: Basis = "explicit"
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    rule: str | None = Field(default=None, exclude_if=lambda value: value is None)


class SourceFile(Frozen):
    """A file as ingest read it. `id` is `sha256` of its bytes; `source` its path in the inbox."""

    id: str
    name: str
    sha256: str
    size: int
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    title: str | None = None
    source: str | None = None


class Document(Frozen):
    """The document a record was read from. `published` is `YYYY-MM-DD`, `YYYY-MM` or `YYYY`."""

    id: str
    name: str
    language: Language
    languages: tuple[Language, ...] = ()
    published: str | None = None
    title: str | None = None
    media_type: str = "text/plain"
    sha256: str
    source: str | None = None


class Coalition(Evidenced):
    """The coalition that the document tells of; `id` as in `docs/record.md`."""

    id: str
    name: str | None = None


class Meeting(Evidenced):
    """The meeting itself. Dates are `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; country is ISO 3166-1."""

    body: Body | None = None
    ordinal: int | None = None
    start_date: str | None = None
    end_date: str | None = None
    city: str | None = None
    country: str | None = None
    virtual: bool = False
    theme: str | None = None


class Person(Evidenced):
    """A named person, once per document: name and title as written, country of the office."""

    name: str
    name_en: str | None = None
    title: str | None = None
    country: str | None = None
    role: Role


class Attendance(Evidenced):
    """How many belong or took part."""

    unit: Unit
    value: int
    bound: Bound = "exactly"


class FocusArea(Evidenced):
    """A field of work that the meeting addressed; each id once per record."""

    id: FocusAreaId


class Commitment(Evidenced):
    """What the coalition collectively did or undertook: the act of the sentence's main verb."""

    act: Act


class Pledge(Evidenced):
    """Money promised: amount in units of `currency` (ISO 4217); donor is an ISO code or a name."""

    donor: str | None = None
    amount: float
    currency: str | None = None
    purpose: str | None = None


class Resolution(Evidenced):
    """A resolution cited, for example `UNSC` 2254."""

    body: str
    number: int


class Quote(Evidenced):
    """Direct speech: `text` is the exact substring between the quotation marks."""

    speaker: str | None = None
    text: str


class Record(Frozen):
    """Everything read out of one document. Absent is `None` or empty, never guessed."""

    document: Document
    kind: Kind
    coalition: Coalition | None = None
    meeting: Meeting | None = None
    people: tuple[Person, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    quotes: tuple[Quote, ...] = ()
    extractor_version: str
