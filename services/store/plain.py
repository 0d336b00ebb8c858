"""The plain case of one more document: it joins meetings, and nothing else changes.

`resolve` over all documents takes ties in the order of their strength and leaves out what would
bring a contradiction in. One more document cannot change what was decided on others if it is at
peace with all of the meetings that it joins: what was refused to them is refused now, since what
spoke against it still does. So its own ties are all that must be looked at, not those of meetings
that a contradiction keeps apart from its own, however many they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from services.store.meetings import Verdict, at_peace, on_facts
from services.store.witness import Witness

Meetings: TypeAlias = Mapping[str, Mapping[str, Witness]]  # by meeting, by document
Verdicts: TypeAlias = Mapping[str, Mapping[str, Verdict]]  # the same
Place: TypeAlias = tuple[int, str, str]  # of a tie among all ties


@dataclass(frozen=True, slots=True)
class Joining:
    """The meetings that a document joins into one, and other documents that it is tied to in vain.

    Both are empty for a document that stays alone.
    """

    meetings: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def joining(witness: Witness, meetings: Meetings, verdicts: Verdicts) -> Joining | None:
    """Return what a document joins, None if that takes looking at other documents' ties too."""
    joined: list[str] = []
    refused: list[str] = []
    with_it = [witness]  # documents that are surely in its group when the next tie is looked at
    for place, name, document_id in _ties(witness, verdicts):
        other = meetings[name][document_id]
        if name in joined or _may_join(name, joined, meetings, verdicts):
            joined += [name] if name not in joined else []
            with_it.append(other)
        elif not at_peace(with_it, _joined_before(place, other, meetings[name])):
            refused.append(document_id)
        else:
            return None
    return Joining(tuple(joined), tuple(refused))


def _ties(witness: Witness, verdicts: Verdicts) -> list[tuple[Place, str, str]]:
    """Return the documents it is tied to, with their meetings, in the order of `resolve`."""
    return sorted(
        (_place(verdict, witness.document_id, other), name, other)
        for name, each in verdicts.items()
        for other, verdict in each.items()
        if verdict.same
    )


def _joined_before(place: Place, one: Witness, meeting: Mapping[str, Witness]) -> list[Witness]:
    """Return the documents of a meeting that were with one of them before a tie was looked at.

    Ties of facts are enough to tell most, and those of text can only make them stronger.
    """
    found, fresh = [one], [one]
    left = {name: each for name, each in meeting.items() if name != one.document_id}
    while fresh and left:
        here = fresh.pop()
        tied = [
            each
            for name, each in left.items()
            if (verdict := on_facts(here, each)).same
            and _place(verdict, here.document_id, name) < place
        ]
        for each in tied:
            del left[each.document_id]
        found += tied
        fresh += tied
    return found


def _place(verdict: Verdict, one: str, other: str) -> Place:
    """Return when `resolve` looks at a tie."""
    return -verdict.strength, min(one, other), max(one, other)


def _may_join(name: str, joined: list[str], meetings: Meetings, verdicts: Verdicts) -> bool:
    if any(verdict.contradiction for verdict in verdicts[name].values()):
        return False
    others = list(chain.from_iterable(meetings[each].values() for each in joined))
    return at_peace(meetings[name].values(), others)
