"""The decision on one document: its meeting, the merged record, the outcome, the announcement."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from services.store.adapters import archive, gallery, index
from services.store.adapters.bench import Bench, Case
from services.store.adapters.settlement import Finding, Settled, Settlement
from services.store.allotment import Standing, allot
from services.store.meetings import Group, Verdict, meeting_id, resolve, same_meeting
from services.store.plain import joining
from services.store.reasons import Reason, reason, telling
from services.store.witness import Witness, witness_of
from shared.events import Outcome, RecordStored


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
    found = index.found_under(bench.db, witness.sought) if witness else index.Found()
    before = {case.before.meeting_id} if case.before.meeting_id else set()
    bench.load((bench.open_to(witness, found.revisions) if witness else set()) | before)
    finding = _found_plainly(bench, witness, found) if witness and not before else None
    if finding is None:
        finding = _found_anew(bench, case, witness, found, before)
    plain = len(finding.groups) == 1 and not before  # who was alerted matters where some fall apart
    alerted = {} if plain else archive.alerted_of(bench.db, finding.concerned)
    standing = [_standing(bench, name, alerted) for name in sorted(finding.concerned)]
    allotment = allot(finding.groups, standing, lambda name: gallery.was_given(bench.db, name))
    settlement = Settlement(bench, case, witness, found, frozenset(alerted))
    return settlement.carry_out(finding, allotment)


def _found_plainly(bench: Bench, witness: Witness, found: index.Found) -> Finding | None:
    """Return the meeting of a document that changes nothing else, None if it may."""
    if found.wearing(witness.stands):
        return None
    meetings = {name: known.witnesses for name, known in bench.known.items()}
    verdicts = {
        name: {d: same_meeting(witness, other, found.worn) for d, other in each.items()}
        for name, each in meetings.items()
    }
    joins = joining(witness, meetings, verdicts)
    if joins is None:
        return None
    group = _joined(witness, [(meetings[name], verdicts[name]) for name in joins.meetings])
    refused = tuple((witness.document_id, other) for other in joins.refused)
    return Finding([group], frozenset(joins.meetings), refused)


def _joined(
    witness: Witness, joined: Sequence[tuple[Mapping[str, Witness], Mapping[str, Verdict]]]
) -> Group:
    own: list[Reason] = []
    reasons: dict[str, tuple[Reason, ...]] = {}
    for witnesses, verdicts in joined:
        for document_id, verdict in verdicts.items():
            own += (reason(tie, witnesses[document_id]) for tie in verdict.ties)
            reasons[document_id] = telling(reason(tie, witness) for tie in verdict.ties)
    reasons[witness.document_id] = telling(own)
    return Group(meeting_id(reasons), reasons)


def _found_anew(
    bench: Bench, case: Case, witness: Witness | None, found: index.Found, before: set[str]
) -> Finding:
    """Resolve all documents of the meetings that may change, and of those apart from them."""
    wearing = found.wearing(witness.stands) if witness else frozenset()
    tied = _tied(bench, witness, found.worn | wearing) if witness else set()
    concerned = gallery.rivals_of(bench.db, tied | before | found.under(wearing))
    bench.load(concerned)
    concerned &= bench.known.keys()
    others = bench.witnesses(concerned)
    others.pop(case.id, None)
    everyone = [*others.values(), *([witness] if witness else [])]
    texts = {mark for each in everyone for mark in each.prints.marks}
    groups = resolve(everyone, index.worn_among(bench.db, texts) | wearing)
    rivals = tuple((min(group.reasons), rival) for group in groups for rival in group.rivals)
    return Finding(groups, frozenset(concerned), rivals, wearing, anew=True)


def _tied(bench: Bench, witness: Witness, worn: frozenset[int]) -> set[str]:
    return {
        name
        for name, known in bench.known.items()
        if any(same_meeting(witness, other, worn).same for other in known.witnesses.values())
    }


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
