"""Which id each meeting has after a decision: ids stay, the older one where meetings join."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.store.meetings import Group, meeting_id


@dataclass(frozen=True, slots=True)
class Standing:
    """A meeting before the decision; `alerted` are its documents that once published a meeting."""

    id: str
    created_at: datetime
    documents: frozenset[str]
    alerted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Allotment:
    """`ids` gives each group (by its place) its meeting's id, `redirects` old ids their new one.

    `left` are meetings of which no document is left anywhere.
    """

    ids: tuple[str, ...]
    redirects: dict[str, str]
    left: tuple[str, ...] = ()


def allot(
    groups: Sequence[Group], before: Iterable[Standing], taken: Callable[[str], bool]
) -> Allotment:
    """Give every group its id: that of the oldest meeting most of which it holds, or a new one.

    Of a meeting that falls apart, the part that was alerted about keeps the id. `taken` tells
    whether an id belongs to a meeting that has no part in this decision.
    """
    held = [frozenset(group.reasons) for group in groups]
    ids: dict[int, str] = {}
    heirs: dict[str, int] = {}
    left = []
    for old in sorted(before, key=lambda meeting: (meeting.created_at, meeting.id)):
        parts = [place for place, documents in enumerate(held) if documents & old.documents]
        if not parts:
            left.append(old.id)
            continue
        heir = max(parts, key=lambda place: _claim(held[place], old, place in ids, groups[place]))
        heirs[old.id] = heir
        ids.setdefault(heir, old.id)
    for place, group in enumerate(groups):
        if place not in ids:
            ids[place] = _new_id(group, lambda name: taken(name) or name in ids.values())
    redirects = {name: ids[heir] for name, heir in heirs.items() if ids[heir] != name}
    return Allotment(tuple(ids[place] for place in range(len(groups))), redirects, tuple(left))


def _claim(
    documents: frozenset[str], old: Standing, has_id: bool, group: Group
) -> tuple[bool, bool, int, str]:
    """Return how strongly a group claims an old meeting's id; the greatest has it."""
    return (
        not has_id,
        bool(documents & old.alerted),
        len(documents & old.documents),
        group.id,
    )


def _new_id(group: Group, taken: Callable[[str], bool]) -> str:
    for document_id in group.document_ids:
        if not taken(meeting_id([document_id])):
            return meeting_id([document_id])
    number = 2
    while taken(f"{group.id}-{number}"):
        number += 1
    return f"{group.id}-{number}"
