"""What a change of a meeting means for whoever subscribed: a pure decision, made once a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.store.reasons import REPRINT
from shared.events import Outcome
from shared.meeting import MergedMeeting
from shared.record import Kind

_FIELDS = (
    *("coalition_name", "body", "ordinal", "start_date", "end_date"),
    *("city", "country", "virtual", "theme"),
)
_FACTS = ("people", "attendance", "focus_areas", "pledges", "resolutions")
_WORDINGS = ("commitments", "quotes")  # every language words them anew


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stood with a meeting when a document was added to it.

    `published`: its statement was announced before; `known`: it had documents before; `merged`:
    other meetings went up in it; `news`: the document added or changed a value; `again`: the
    document was read anew, having been in a meeting before.
    """

    published: bool
    known: bool
    merged: bool
    news: bool
    again: bool = False


def outcome_of(kind: Kind, situation: Situation) -> Outcome:
    """Return what is announced; `statement.published` comes once a meeting, ever."""
    if kind == "statement" and not situation.published:
        return "statement.published"
    if situation.merged:
        return "meetings.merged"
    if not situation.known:
        return "meeting.updated" if situation.published else "meeting.announced"
    if situation.news:
        return "meeting.updated"
    return "none" if situation.again else "source.added"


def outcome_without(
    situation: Situation, status: Literal["announced", "published"]
) -> Outcome | None:
    """Return what is announced of a meeting that changed by no document of its own, if anything.

    That is one which lost a document to another, or about which a person ruled. A statement that
    is due is announced before all this.
    """
    if situation.merged:
        return "meetings.merged"
    if not situation.known:
        return "meeting.announced" if status == "announced" else "meeting.updated"
    return "meeting.updated" if situation.news else None


def brings_news(before: MergedMeeting | None, after: MergedMeeting, document_id: str) -> bool:
    """Tell whether a document added or changed a value.

    A translation says in other words what is known, and a reprint under another headline in nearly
    the same: wordings of theirs are no news.
    """
    if before is None:
        return True
    if any(getattr(before, name) != getattr(after, name) for name in _FIELDS):
        return True
    spoken = {source.language for source in before.sources if source.document_id != document_id}
    own = next(source for source in after.sources if source.document_id == document_id)
    reprint = any(tie.rule == REPRINT for tie in own.ties)
    lists = (*_FACTS, *_WORDINGS) if own.language in spoken and not reprint else _FACTS
    return any(
        {piece.document_id for piece in item.evidence} == {document_id}
        for name in lists
        for item in getattr(after, name)
    )
