"""Carrying a decision out: meetings written, old ids redirected, alerts that fell due announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.store.adapters import archive, gallery
from services.store.adapters.bench import Bench, Case
from services.store.adapters.memory import Known
from services.store.allotment import Allotment
from services.store.meetings import Group
from services.store.merge import rendered
from services.store.outcomes import Situation, brings_news, outcome_of
from services.store.tally import Member, Tally
from services.store.witness import Witness
from shared.events import Outcome, RecordStored


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the meeting that the document belongs to."""

    meeting_id: str
    raw: str  # the merged meeting as JSON
    outcome: Outcome
    merged_ids: tuple[str, ...]


@dataclass(slots=True)
class Settlement:
    """One decision on its way into the database.

    `found` are the marks under which meetings stand already, `alerted` the documents that once
    published one of the meetings concerned.
    """

    bench: Bench
    case: Case
    witness: Witness | None
    found: gallery.Found
    alerted: frozenset[str]

    def carry_out(self, groups: Sequence[Group], allotment: Allotment) -> Settled | None:
        """Write every meeting that changed; return the document's own."""
        own = None
        changed = [
            (group, name)
            for group, name in zip(groups, allotment.ids, strict=True)
            if self._has_changed(group, name)
        ]
        # All are counted before any is written: one may take over what another remembers.
        counted = [(group, name, *self._count(group)) for group, name in changed]
        for group, name, tally, witnesses in counted:
            settled = self._write(
                group, name, Known(tally, witnesses, rendered(name, tally)), allotment
            )
            own = settled or own
        self._retire(allotment)
        self._write_rivals(groups, allotment)
        return own

    def _has_changed(self, group: Group, name: str) -> bool:
        known = self.bench.known.get(name)
        return (
            known is None
            or self.case.id in group.reasons
            or known.witnesses.keys() != group.reasons.keys()
        )

    def _count(self, group: Group) -> tuple[Tally, dict[str, Witness]]:
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
            tally.tie(document_id, reasons)
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
        arrived = known.witnesses.keys() - (before.witnesses.keys() if before else set())
        self._move(arrived, name, known)
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

    def _move(self, arrived: set[str], name: str, known: Known) -> None:
        """Let documents that are new in a meeting belong to it, and be found by it."""
        others = arrived - {self.case.id}
        if others:
            archive.move_records(self.bench.db, others, name)
        wanted = {mark for d in arrived | {self.case.id} & known.witnesses.keys()
                  for mark in known.witnesses[d].marks}  # fmt: skip
        there = self.found.meetings.get(name, set()) | self.found.boilerplate
        gallery.stand_under(self.bench.db, name, wanted - there)

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
            self.bench.forget(name)

    def _write_rivals(self, groups: Sequence[Group], allotment: Allotment) -> None:
        """Note which meetings only a contradiction keeps apart."""
        home = {d: name for g, name in zip(groups, allotment.ids, strict=True) for d in g.reasons}
        pairs = {
            (name, home[rival])
            for group, name in zip(groups, allotment.ids, strict=True)
            for rival in group.rivals
        }
        if pairs or any(kept.contested for kept in self.bench.kept.values()):
            gallery.set_rivals(self.bench.db, set(allotment.ids), pairs)


def _already_published(situation: Situation) -> Situation:
    return Situation(
        published=True, known=situation.known, merged=situation.merged, news=situation.news
    )
