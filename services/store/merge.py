"""One meeting from all of its documents: a pure merge, the same in whatever order they come.

Of each field the best-supported value is chosen (explicit before inferred, communique before
coverage, then the number of documents, then confidence, then a fixed tie-break); every differing
claim is kept beside it. List items that are one across documents and languages are joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from services.store.backing import Backing, Backings, Entry
from services.store.chosen import chosen, claims_of, first_given
from services.store.tally import FIELDS, Member, Tally
from shared.meeting import Claim, MergedMeeting
from shared.record import (
    Attendance,
    Commitment,
    Evidenced,
    FocusArea,
    Person,
    Pledge,
    Quote,
    Resolution,
    Role,
)

Item = TypeVar("Item", Attendance, Commitment, FocusArea, Person, Pledge, Quote, Resolution)
_ROLES: tuple[Role, ...] = ("chair", "host", "speaker", "participant", "mentioned")
_PAIRS = {"dates", "place"}  # fields that are chosen together and claimed one by one


def merge(meeting_id: str, members: Iterable[Member]) -> MergedMeeting:
    """Return what the documents together tell of one meeting.

    `members` are one document or more of one coalition; their order does not matter.
    """
    tally = Tally()
    for member in members:
        tally.add(member)
    return rendered(meeting_id, tally)


def rendered(meeting_id: str, tally: Tally) -> MergedMeeting:
    """Return the merged meeting that a tally of its documents comes to."""
    fields = tally.fields
    start, end = chosen("dates", fields["dates"]) or (None, None)
    city, country = chosen("place", fields["place"]) or (None, None)
    published = any(source.kind == "statement" for source in tally.sources.values())
    claims = _claims(tally)
    return MergedMeeting.model_construct(
        id=meeting_id,
        coalition_id=tally.coalition_id,
        coalition_name=chosen("coalition_name", fields["coalition_name"]),
        status="published" if published else "announced",
        body=chosen("body", fields["body"]),
        ordinal=chosen("ordinal", fields["ordinal"]),
        start_date=start,
        end_date=end,
        city=city,
        country=country,
        virtual=tally.virtual,
        theme=chosen("theme", fields["theme"]),
        people=tally.lists["people"].items(_person),
        attendance=tally.lists["attendance"].items(_ATTENDANCE),
        focus_areas=tally.lists["focus_areas"].items(_FOCUS_AREA),
        commitments=tally.lists["commitments"].items(_COMMITMENT),
        pledges=tally.lists["pledges"].items(_pledge),
        resolutions=tally.lists["resolutions"].items(_RESOLUTION),
        quotes=tally.lists["quotes"].items(_QUOTE),
        claims={name: claims[name] for name in sorted(claims) if len(claims[name]) > 1},
        support={name: len(claims[name][0].documents) for name in FIELDS if claims.get(name)},
        confidence={name: claims[name][0].confidence for name in FIELDS if claims.get(name)},
        sources=tuple(tally.sources[name] for name in sorted(tally.sources)),
    )


def _as_given(kind: type[Item]) -> Callable[[Backing, list[Entry]], Item]:
    """Return a maker that takes the best document's item as it stands."""

    def made(backing: Backing, _: list[Entry]) -> Item:
        return kind.model_construct(**_values(backing))

    return made


_ATTENDANCE = _as_given(Attendance)
_FOCUS_AREA = _as_given(FocusArea)
_COMMITMENT = _as_given(Commitment)
_RESOLUTION = _as_given(Resolution)
_QUOTE = _as_given(Quote)


def _person(backing: Backing, entries: list[Entry]) -> Person:
    people: list[Person] = [entry.value for entry in entries]
    told = {
        "name_en": first_given(p.name_en for p in people),
        "title": first_given(p.title for p in people),
        "country": first_given(p.country for p in people),
        "role": min((p.role for p in people), key=_ROLES.index),
    }
    return Person.model_construct(**{**_values(backing), **told})


def _pledge(backing: Backing, entries: list[Entry]) -> Pledge:
    pledges: list[Pledge] = [entry.value for entry in entries]
    told = {
        "donor": first_given(p.donor for p in pledges),
        "currency": first_given(p.currency for p in pledges),
        "purpose": first_given(p.purpose for p in pledges),
    }
    return Pledge.model_construct(**{**_values(backing), **told})


def _values(backing: Backing) -> dict[str, Any]:
    """Return the fields of the best document's item, with the evidence of all that are quoted."""
    item: Evidenced = backing.best.value
    common = {
        "evidence": backing.evidence,
        "basis": backing.basis,
        "confidence": backing.confidence,
    }
    return {**item.__dict__, **common}


def _claims(tally: Tally) -> dict[str, tuple[Claim, ...]]:
    found: dict[str, Backings] = {name: tally.fields[name] for name in FIELDS if name not in _PAIRS}
    units: dict[str, Backings] = {}
    for backing in tally.lists["attendance"].supports():
        count: Attendance = backing.best.value
        units.setdefault(f"attendance.{count.unit}", {})[count.value] = backing
    return {name: claims_of(name, backings) for name, backings in (found | units).items()}
