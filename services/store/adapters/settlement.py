"""Carrying a decision out: meetings written, old ids redirected, alerts that fell due announced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from services.store.adapters import archive, gallery, index
from services.store.adapters.bench import Bench, Case
from services.store.adapters.memory import Known
from services.store.allotment import Allotment
from services.store.marks import Stand
from services.store.meetings import Group
from services.store.merge import rendered
from services.store.outcomes import Situation, brings_news, outcome_of
from services.store.tally import Member, Tally, reasons_of
from services.store.witness import Witness
from shared.events import Outcome, RecordStored

Witnesses: TypeAlias = Mapping[str, Witness]  # by document


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the meeting that the document belongs to."""

    meeting_id: str
    raw: str  # the merged meeting as JSON
    outcome: Outcome
    merged_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Which documents are one meeting, and what else was found out by the way.

    `concerned` are the meetings that go up in `groups`; `rivals` pairs of documents that a
    contradiction keeps apart in spite of a tie; `wearing` marks that tell nothing from now on;
    `anew`: the reasons in `groups` are all there are, else those that the document brings.
    """

    groups: Sequence[Group]
    concerned: frozenset[str]
    rivals: Sequence[tuple[str, str]] = ()
    wearing: frozenset[int] = frozenset()
    anew: bool = False


@dataclass(slots=True)
class Settlement:
    """One decision on its way into the database.

    `found` are the marks under which meetings stand already, `alerted` the documents that once
    published one of the meetings concerned.
    """

    bench: Bench
    case: Case
    witness: Witness | None
    found: index.Found
    alerted: frozenset[str]

    def carry_out(self, finding: Finding, allotment: Allotment) -> Settled | None:
        """Write every meeting that changed; return the document's own."""
        own, groups = None, finding.groups
        changed = [
            (group, name)
            for group, name in zip(groups, allotment.ids, strict=True)
            if self._has_changed(group, name, anew=finding.anew)
        ]
        # All are counted before any is written: one may take over what another remembers.
        counted = [(group, name, *self._count(group, anew=finding.anew)) for group, name in changed]
        for group, name, tally, witnesses in counted:
            settled = self._write(
                group, name, Known(tally, witnesses, rendered(name, tally)), allotment
            )
            own = settled or own
        self._write_rivals(finding, allotment)
        self._retire(allotment)
        index.wear_out(self.bench.db, finding.wearing)
        return own

    def _has_changed(self, group: Group, name: str, *, anew: bool) -> bool:
        known = self.bench.known.get(name)
        if known is None or self.case.id in group.reasons:
            return True
        if known.witnesses.keys() != group.reasons.keys():
            return True
        told = {d: reasons_of(source) for d, source in known.tally.sources.items()}
        return anew and told != group.reasons

    def _count(self, group: Group, *, anew: bool) -> tuple[Tally, dict[str, Witness]]:
        """Count a group's documents, beginning with the largest meeting that goes up in it."""
        whole = [
            known
            for known in self.bench.known.values()
            if known.witnesses.keys() <= group.reasons.keys() - {self.case.id}
        ]
        base = max(whole, key=lambda known: len(known.witnesses), default=None)
        tally = base.tally if base else Tally()
        everyone = self.bench.witnesses(self.bench.known)
        if self.witness is not None:
            everyone[self.case.id] = self.witness
        for member in self._members(group.reasons.keys() - tally.sources.keys()):
            tally.add(member)
        for document_id, reasons in group.reasons.items():
            tally.tie(document_id, reasons, anew=anew)
        return tally, {document_id: everyone[document_id] for document_id in group.reasons}

    def _members(self, wanted: set[str]) -> list[Member]:
        """Return documents to count: the one at hand, and others from the database."""
        found = []
        if self.case.id in wanted:
            found.append(Member(self.case.record, self.case.received_at))
        others = wanted - {self.case.id}
        if others:
            told = archive.told(self.bench.db, others)
            found += [Member(each.record, each.received_at) for each in told]
        return found

    def _write(self, group: Group, name: str, known: Known, allotment: Allotment) -> Settled | None:
        bench, mine = self.bench, self.case.id in group.reasons
        was, before = bench.kept.get(name), bench.known.get(name)
        gone = tuple(sorted(old for old, new in allotment.redirects.items() if new == name))
        published = self._was_published(group, [name, *gone])
        situation = Situation(
            published=published,
            known=before is not None,
            merged=bool(gone),
            news=mine
            and brings_news(before.merged if before else None, known.merged, self.case.id),
        )
        alerts = known.merged.status == "published" and not published
        raw = known.merged.model_dump_json()
        revision = gallery.keep_meeting(
            bench.db, known.merged, raw, was, published=published or alerts, now=bench.now
        )
        self._move(name, before.witnesses if before else {}, known.witnesses)
        bench.change(name, revision, known)
        by_other = alerts and not (mine and self.case.record.kind == "statement")
        if by_other:
            self._alert_late(known, raw)
        if not mine:
            return None
        settled = situation if not by_other else _already_published(situation)
        return Settled(name, raw, outcome_of(self.case.record.kind, settled), gone)

    def _was_published(self, group: Group, names: Sequence[str]) -> bool:
        kept = [self.bench.kept[name] for name in names if name in self.bench.kept]
        own = self.case.before.alerted and self.case.id in group.reasons
        return own or any(k.published for k in kept) or bool(self.alerted & group.reasons.keys())

    def _move(self, name: str, before: Witnesses, after: Witnesses) -> None:
        """Let documents that are new in a meeting belong to it, and be found by it."""
        others = after.keys() - before.keys() - {self.case.id}
        if others:
            archive.move_records(self.bench.db, others, name)
        came = [w for d, w in after.items() if before.get(d) is not w]
        gone = [w for d, w in before.items() if after.get(d) is not w]
        there = self.found.meetings.get(name, set())
        wanted = {s for s in _stands(came) if s.mark not in self.found.worn} - there
        index.stand_under(self.bench.db, name, wanted)
        if gone:
            index.leave(self.bench.db, name, _stands(gone) - _stands(after.values()))

    def _alert_late(self, known: Known, raw: str) -> None:
        """Announce a meeting whose statements came before it was seen to be one of its own.

        The version of the document that speaks for it is raised, for the old one was announced.
        """
        bench = self.bench
        statements = [s for s in known.merged.sources if s.kind == "statement"]
        speaker = min(statements, key=lambda s: (str(s.received_at), s.document_id)).document_id
        told = archive.told(bench.db, [speaker])[0]
        version = told.version + 1
        outcome: Outcome = "statement.published"
        archive.amend_record(
            bench.db, speaker, version=version, outcome=outcome, alerted=True, merged_ids="[]",
            decided_at=bench.now,
        )  # fmt: skip
        event = RecordStored.model_construct(
            document_id=speaker,
            occurred_at=bench.now,
            version=version,
            outcome=outcome,
            kind=told.record.kind,
            document=told.record.document,
            received_at=told.received_at,
            merged_meeting_ids=(),
        )
        bench.announce(event, raw)

    def _retire(self, allotment: Allotment) -> None:
        for old, new in allotment.redirects.items():
            gallery.redirect(self.bench.db, old, new)
        for name in allotment.left:
            gallery.drop_meeting(self.bench.db, name)
        for name in (*allotment.redirects, *allotment.left):
            known = self.bench.known[name]
            index.leave(self.bench.db, name, _stands(known.witnesses.values()))
            self.bench.forget(name)

    def _write_rivals(self, finding: Finding, allotment: Allotment) -> None:
        """Note which meetings only a contradiction keeps apart."""
        home = {
            document_id: name
            for group, name in zip(finding.groups, allotment.ids, strict=True)
            for document_id in group.reasons
        }

        def now(document_id: str) -> str:
            return home.get(document_id) or self.bench.home_of(document_id)

        pairs = [(now(one), now(other)) for one, other in finding.rivals]
        gallery.set_rivals(self.bench.db, finding.concerned, pairs)


def _stands(witnesses: Iterable[Witness]) -> set[Stand]:
    return {stand for witness in witnesses for stand in witness.stands}


def _already_published(situation: Situation) -> Situation:
    return Situation(
        published=True, known=situation.known, merged=situation.merged, news=situation.news
    )
