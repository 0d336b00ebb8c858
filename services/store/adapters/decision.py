"""The decision on one document: its meeting, the merged record, the outcome, the announcement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from typing import TypeAlias

from services.store.adapters import archive, gallery
from services.store.adapters.bench import Bench, Case
from services.store.adapters.settlement import Settled, Settlement
from services.store.allotment import Standing, allot
from services.store.meetings import Group, Verdict, at_peace, meeting_id, resolve, same_meeting
from services.store.witness import Witness, witness_of
from shared.events import Outcome, RecordStored

Verdicts: TypeAlias = dict[str, dict[str, Verdict]]  # by meeting, by document


def decide(bench: Bench, case: Case) -> None:
    """Decide on a document: write its record, its meeting and the event to announce."""
    witness = witness_of(case.record, case.text)
    concerned = {case.before.coalition_id, witness.coalition_id if witness else None}
    archive.lock(bench.db, [f"coalition {name}" for name in concerned if name])
    settled = None
    if witness is not None or case.before.meeting_id is not None:
        settled = _place(bench, case, witness)
    _conclude(bench, case, settled)


def _place(bench: Bench, case: Case, witness: Witness | None) -> Settled | None:
    """Find the document's meeting among those that stand under its marks, and write it."""
    found = gallery.found_under(bench.db, witness.sought) if witness else gallery.Found({}, {})
    before = {case.before.meeting_id} if case.before.meeting_id else set()
    bench.load((bench.open_to(witness, found.revisions) if witness else set()) | before)
    verdicts = _verdicts(bench, witness) if witness else {}
    tied = {name for name, each in verdicts.items() if any(v.same for v in each.values())}
    if witness is not None and not before and _joins_plainly(bench, tied, verdicts):
        concerned, groups = tied, [_joined(witness, [verdicts[name] for name in sorted(tied)])]
    else:
        concerned = gallery.rivals_of(bench.db, tied | before)
        bench.load(concerned)
        concerned &= bench.known.keys()
        others = bench.witnesses(concerned)
        others.pop(case.id, None)
        groups = resolve([*others.values(), *([witness] if witness else [])])
    plain = len(groups) == 1 and not before  # who was alerted matters where meetings fall apart
    alerted = {} if plain else archive.alerted_of(bench.db, concerned)
    standing = [_standing(bench, name, alerted) for name in sorted(concerned)]
    allotment = allot(groups, standing, lambda name: gallery.was_given(bench.db, name))
    settlement = Settlement(bench, case, witness, found, frozenset(alerted))
    return settlement.carry_out(groups, allotment)


def _verdicts(bench: Bench, witness: Witness) -> Verdicts:
    return {
        name: {d: same_meeting(witness, other) for d, other in known.witnesses.items()}
        for name, known in bench.known.items()
    }


def _joins_plainly(bench: Bench, tied: set[str], verdicts: Verdicts) -> bool:
    """Tell whether the document just joins the meetings it is tied to into one.

    If so, `resolve` over all of their documents would come to the same, at a greater cost.
    """
    if any(bench.kept[name].contested for name in tied):
        return False
    if any(v.contradiction for name in tied for v in verdicts[name].values()):
        return False
    return all(
        at_peace(list(bench.witnesses([a]).values()), list(bench.witnesses([b]).values()))
        for a, b in combinations(sorted(tied), 2)
    )


def _joined(witness: Witness, verdicts: Sequence[dict[str, Verdict]]) -> Group:
    reasons = {
        document_id: tuple(tie.reason for tie in verdict.ties)
        for each in verdicts
        for document_id, verdict in each.items()
    }
    own = {reason for told in reasons.values() for reason in told}
    reasons[witness.document_id] = tuple(sorted(own))
    return Group(meeting_id(reasons), reasons)


def _standing(bench: Bench, name: str, alerted: dict[str, str]) -> Standing:
    return Standing(
        name,
        bench.kept[name].created_at,
        frozenset(bench.known[name].witnesses),
        frozenset(document_id for document_id, meeting in alerted.items() if meeting == name),
    )


def _conclude(bench: Bench, case: Case, settled: Settled | None) -> None:
    """Write the record with its outcome, and the event that announces it."""
    outcome: Outcome = settled.outcome if settled else "none"
    merged_ids = settled.merged_ids if settled else ()
    archive.file_record(
        bench.db,
        case.record,
        case.raw,
        version=case.version,
        new=case.before.record is None,
        meeting_id=settled.meeting_id if settled else None,
        outcome=outcome,
        merged_ids=json.dumps(merged_ids),
        alerted=case.before.alerted or outcome == "statement.published",
        decided_at=bench.now,
    )
    event = RecordStored.model_construct(
        document_id=case.id,
        occurred_at=bench.now,
        version=case.version,
        outcome=outcome,
        kind=case.record.kind,
        document=case.record.document,
        received_at=case.received_at,
        merged_meeting_ids=merged_ids,
    )
    bench.announce(event, settled.raw if settled else None)
