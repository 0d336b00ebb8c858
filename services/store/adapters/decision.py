"""The decision on one document: its meeting, the merged record, the outcome, the announcement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.store.adapters import archive, docket, index, retirement
from services.store.adapters.archive import Filed
from services.store.adapters.bench import Bench, Case
from services.store.adapters.regrouping import allotted, concerned_by, resolved
from services.store.adapters.settlement import Finding, Heirs, Settlement
from services.store.adapters.speaking import Settled, silence, worth_telling
from services.store.meetings import Group, Verdict, meeting_id, same_meeting
from services.store.plain import joining
from services.store.reasons import Reason, reason, telling
from services.store.versions import Edition
from services.store.witness import Witness, witness_of
from shared.events import Outcome, RecordStored
from shared.meeting import Cause


@dataclass(frozen=True, slots=True)
class Line:
    """A document among its versions: `counts` if it is the last, `earlier` are those it follows."""

    counts: bool
    earlier: Mapping[str, Filed]


def decide(bench: Bench, case: Case) -> None:
    """Decide on a document: write its record, its meeting and the event to announce."""
    counts, superseded = _versions(bench, case)
    witness = witness_of(case.record, case.text) if counts else None
    told = {case.before.coalition_id, witness.coalition_id if witness else None}
    told |= archive.coalitions_of(bench.db, superseded) if superseded else set()
    bench.lock(name for name in told if name)
    if case.before.outcome is not None:  # others may have decided on it while we waited
        before = archive.filed(bench.db, case.id)
        case = replace(case, before=before, version=before.version + 1)
    line = Line(counts, {name: archive.filed(bench.db, name) for name in superseded})
    settled = _settle(bench, case, witness, line)
    _conclude(bench, case, line, settled)


def _versions(bench: Bench, case: Case) -> tuple[bool, tuple[str, ...]]:
    """Tell whether a document counts, and if so which earlier versions do no longer."""
    if case.before.withdrawn_at or case.before.successor_id:
        return False, ()
    edition = Edition(case.id, case.text, case.received_at)
    line = retirement.lineage_of(bench.db, edition, case.source)
    if line.superseded_by is not None:
        retirement.supersede(bench.db, [case.id], line.superseded_by, bench.now)
        return False, ()
    return True, retirement.still_counting(bench.db, line.supersedes)


def _settle(bench: Bench, case: Case, witness: Witness | None, line: Line) -> Settled | None:
    """Write the document's meeting, and retire the versions whose place it takes."""
    filed = (case.before, *line.earlier.values())
    before = {each.meeting_id for each in filed if each.meeting_id is not None}
    docket.inherit(bench.db, case.id, line.earlier)
    retirement.supersede(bench.db, line.earlier, case.id, bench.now)
    if witness is None and not before:
        return None
    return _place(bench, case, witness, line, before)


def _place(
    bench: Bench, case: Case, witness: Witness | None, line: Line, before: set[str]
) -> Settled | None:
    """Find the document's meeting among those that stand under its marks, and write it."""
    found = index.found_under(bench.db, witness.sought) if witness else index.Found()
    bench.load((bench.open_to(witness, found.revisions) if witness else set()) | before)
    gone: Heirs = dict.fromkeys(line.earlier, case.id if witness else None)
    fresh = case.before.outcome is None and not line.earlier
    finding = _found_plainly(bench, witness, found) if witness and fresh else None
    if finding is None:
        finding = _found_anew(bench, case, witness, found, before, gone)
    plain = len(finding.groups) == 1 and not before  # who was alerted matters where some fall apart
    alerted = {} if plain else archive.alerted_of(bench.db, finding.concerned)
    allotment = allotted(bench, finding, alerted, gone)
    told = _alerted(case, alerted, line)
    settlement = Settlement(bench, cause_of(case, line), case, witness, gone, found, told)
    silence(bench, [name for name, filed in line.earlier.items() if filed.outcome is not None])
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
    tied = (name for name, each in verdicts.items() if any(v.same for v in each.values()))
    if any(bench.kept[name].ruled for name in tied):
        return None
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
            own += (reason(tie, witness, witnesses[document_id]) for tie in verdict.ties)
            reasons[document_id] = telling(
                reason(tie, witnesses[document_id], witness) for tie in verdict.ties
            )
    reasons[witness.document_id] = telling(own)
    return Group(meeting_id(reasons), reasons)


def _found_anew(
    bench: Bench,
    case: Case,
    witness: Witness | None,
    found: index.Found,
    before: set[str],
    gone: Heirs,
) -> Finding:
    """Resolve all documents of the meetings that may change, and of those apart from them."""
    wearing = found.wearing(witness.stands) if witness else frozenset()
    tied = _tied(bench, witness, found.worn | wearing) if witness else set()
    new = case.before.outcome is None and not gone  # nobody can have ruled of it yet
    concerned, word = concerned_by(
        bench, tied | before | found.under(wearing), () if new else (case.id,)
    )
    others = bench.witnesses(concerned)
    for name in (case.id, *gone):
        others.pop(name, None)
    everyone = [*others.values(), *([witness] if witness else [])]
    return resolved(bench, everyone, concerned, word, wearing)


def _tied(bench: Bench, witness: Witness, worn: frozenset[int]) -> set[str]:
    return {
        name
        for name, known in bench.known.items()
        if any(same_meeting(witness, other, worn).same for other in known.witnesses.values())
    }


def cause_of(case: Case, line: Line) -> Cause:
    """Return why the document changes its meeting."""
    if line.earlier:
        return Cause(act="document.corrected", document_id=case.id, supersedes=tuple(line.earlier))
    again = case.before.outcome is not None
    return Cause.model_construct(
        act="document.reread" if again else "document.added", document_id=case.id
    )


def _alerted(case: Case, alerted: Mapping[str, str], line: Line) -> frozenset[str]:
    """Return the documents that once published a meeting, this one if it or an earlier one did."""
    mine = case.before.alerted or any(filed.alerted for filed in line.earlier.values())
    return frozenset({*alerted, case.id} if mine else alerted)


def _conclude(bench: Bench, case: Case, line: Line, settled: Settled | None) -> None:
    """Write the record with its outcome, and the event that announces it."""
    outcome: Outcome = settled.outcome if settled else "none"
    merged_ids = settled.merged_ids if settled else ()
    inherited = any(filed.alerted for filed in line.earlier.values())
    archive.file_record(
        bench.db,
        case.record,
        case.raw,
        version=case.version,
        new=case.before.record is None,
        meeting_id=settled.meeting_id if settled else None,
        outcome=outcome,
        merged_ids=archive.as_json(merged_ids),
        alerted=case.before.alerted or inherited or outcome == "statement.published",
        decided_at=bench.now,
        **({"extracted_at": case.extracted_at} if case.extracted_at else {}),
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
        cause=worth_telling(cause_of(case, line)) if settled else None,
        changes=settled.changes if settled and outcome == "meeting.updated" else (),
    )
    bench.announce(event, settled.raw if settled else None)
