"""Which documents are one meeting: a pure function of the documents, whatever order they came in.

`same_meeting(a, b)` compares two witnesses by small named rules: ties, which speak for one meeting,
each with its strength and a reason in words, and contradictions, which rule it out. `resolve(...)`
makes meetings of many witnesses: the connected components of the ties, but no two witnesses that
contradict each other ever come into one, because the strongest ties join first and a tie that would
bring a contradiction in is left out. What a person ruled comes before all that (`rulings`).
`cluster(...)` is the same for whoever has records and texts.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from services.store.contradictions import contradiction
from services.store.marks import worn_marks
from services.store.reasons import Reason, reason, ruled, telling
from services.store.rulings import UNRULED, Word
from services.store.ties import Tie, tie_of_text, ties_of_facts
from services.store.witness import Witness, witness_of
from shared.record import Record


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two documents say about each other: `ties` is empty where something contradicts."""

    ties: tuple[Tie, ...] = ()
    contradiction: str | None = None

    @property
    def same(self) -> bool:
        """Whether the two, taken alone, tell of one meeting."""
        return bool(self.ties)

    @property
    def strength(self) -> int:
        """How much speaks for it: the sum of the ties."""
        return sum(tie.strength for tie in self.ties)


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one meeting, each with the reasons why it belongs (none if it is alone).

    `rivals` are documents of other groups that ties would join to this one, were it not for a
    contradiction: whoever decides again must look at both groups.
    """

    id: str
    reasons: dict[str, tuple[Reason, ...]]
    rivals: frozenset[str] = frozenset()

    @property
    def document_ids(self) -> tuple[str, ...]:
        """The documents, in the order of their ids."""
        return tuple(sorted(self.reasons))


def same_meeting(a: Witness, b: Witness, worn: frozenset[int] = frozenset()) -> Verdict:
    """Compare two witnesses of one coalition; the order of the two does not matter.

    `worn` are the marks of text that tell nothing, for reports of any meeting have them.
    """
    facts = on_facts(a, b)
    if facts.contradiction is not None:
        return facts
    tie = tie_of_text(a, b, worn)
    return facts if tie is None else Verdict((*facts.ties, tie))


_verdicts: OrderedDict[int, Verdict] = OrderedDict()  # by the numbers of both facts in one
_MOST_VERDICTS = 20_000
_NUMBER_BITS = 48


def on_facts(a: Witness, b: Witness) -> Verdict:
    """Compare the facts of two alone, once for all documents that say the same."""
    pair = min(a.number, b.number) << _NUMBER_BITS | max(a.number, b.number)
    verdict = _verdicts.get(pair)
    if verdict is None:
        against = contradiction(a.facts, b.facts)
        ties = () if against else tuple(ties_of_facts(a.facts, b.facts))
        verdict = _verdicts[pair] = Verdict(ties, against) if ties else _without_ties(against)
        if len(_verdicts) > _MOST_VERDICTS:
            _verdicts.popitem(last=False)
    return verdict


@cache  # a dozen contradictions stand in nearly all verdicts: eight a document in a backfill
def _without_ties(against: str | None) -> Verdict:
    return Verdict(contradiction=against)


def resolve(
    witnesses: Iterable[Witness], worn: frozenset[int] = frozenset(), word: Word = UNRULED
) -> list[Group]:
    """Make meetings of witnesses of any coalitions; groups come in the order of their ids.

    Every tie implies a shared mark, so only pairs that share one are compared: for n documents
    that share nothing the cost is linear. `word` are the constraints that persons have set.
    """
    known = {w.document_id: w for w in witnesses}
    ties = {
        (a, b): verdict
        for a, b in _candidates(known.values())
        if (verdict := same_meeting(known[a], known[b], worn)).same
    }
    groups = _units(known, word)
    for a, b in sorted(ties, key=lambda pair: (-ties[pair].strength, pair)):
        if groups[a] is not groups[b] and _at_peace(groups[a], groups[b], known, word):
            joined = groups[a] | groups[b]
            groups.update(dict.fromkeys(joined, joined))
    return _as_groups(groups, ties, known, word)


def cluster(records: Iterable[tuple[Record, str]]) -> list[Group]:
    """Return the meetings of records, each given with its document's text.

    A group's id is made of its documents' ids alone, so the same documents have the same ids
    everywhere. Records that tell of no meeting (mentions, unrelated documents) are in no group.
    """
    witnesses = [w for record, text in records if (w := witness_of(record, text)) is not None]
    return resolve(witnesses, worn_marks(witnesses))


def meeting_id(document_ids: Iterable[str]) -> str:
    """Return the id of a meeting that these documents found: made of the first of their ids."""
    return f"m-{min(document_ids)[:16]}"


def at_peace(one: Iterable[Witness], other: Sequence[Witness]) -> bool:
    """Tell whether no witness of one group contradicts any of the other."""
    facts = {w.number: w for w in one}.values(), {w.number: w for w in other}.values()
    return all(on_facts(a, b).contradiction is None for a in facts[0] for b in facts[1])


def _candidates(witnesses: Iterable[Witness]) -> set[tuple[str, str]]:
    """Return the pairs, the lesser id first, of which one stands under a mark the other seeks."""
    standing: dict[int, list[str]] = defaultdict(list)
    witnesses = list(witnesses)
    for witness in witnesses:
        for stand in witness.stands:
            standing[stand.mark].append(witness.document_id)
    return {
        (min(w.document_id, found), max(w.document_id, found))
        for w in witnesses
        for mark in w.sought
        for found in standing.get(mark, ())
        if found != w.document_id
    }


def _units(known: dict[str, Witness], word: Word) -> dict[str, set[str]]:
    """Return each document's group before any tie counts: those that a person joined it with."""
    groups: dict[str, set[str]] = {}
    for name, witness in known.items():
        if name not in groups:
            mates = (known[m] for m in word.unit(name) if m in known)
            unit = {m.document_id for m in mates if m.coalition_id == witness.coalition_id}
            groups |= dict.fromkeys(unit, unit)
    return groups


def _at_peace(one: set[str], other: set[str], known: dict[str, Witness], word: Word) -> bool:
    if word.parts(one, other):
        return False
    if at_peace([known[name] for name in one], [known[name] for name in other]):
        return True
    return bool(word.units) and all(
        on_facts(known[a], known[b]).contradiction is None
        or _overruled(a, b, known, word)
        or _overruled(b, a, known, word)
        for a in one
        for b in other
    )


def _overruled(a: str, b: str, known: dict[str, Witness], word: Word) -> bool:
    """Tell whether a person set aside what speaks against two documents.

    So it is where `b` agrees with one that was joined with `a` in spite of the same contradiction.
    """
    return any(
        on_facts(known[mate], known[a]).contradiction is not None
        and on_facts(known[mate], known[b]).contradiction is None
        for mate in word.unit(a)
        if mate in known
    )


def _as_groups(
    groups: dict[str, set[str]],
    ties: dict[tuple[str, str], Verdict],
    known: dict[str, Witness],
    word: Word,
) -> list[Group]:
    reasons: dict[str, list[Reason]] = {
        name: [ruled(told) for told in word.reasons.get(name, ()) if len(group) > 1]
        for name, group in groups.items()
    }
    rivals: dict[str, set[str]] = defaultdict(set)
    for (a, b), verdict in ties.items():
        if groups[a] is groups[b]:
            for name, other in ((a, b), (b, a)):
                reasons[name] += (reason(tie, known[name], known[other]) for tie in verdict.ties)
        else:
            rivals[min(groups[a])].add(b)
            rivals[min(groups[b])].add(a)
    return [
        Group(
            meeting_id(members),
            {name: telling(reasons[name]) for name in sorted(members)},
            frozenset(rivals[min(members)]),
        )
        for members in (groups[name] for name in sorted(groups) if name == min(groups[name]))
    ]
