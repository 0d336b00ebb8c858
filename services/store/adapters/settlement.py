"""Carrying a decision out: meetings written with their history, old ids redirected or closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from services.store.adapters import archive, chronicle, gallery, index
from services.store.adapters.bench import Bench, Case
from services.store.adapters.memory import Known
from services.store.adapters.speaking import Settled, Speaking, Written
from services.store.allotment import Allotment
from services.store.changes import changes_between
from services.store.marks import Stand
from services.store.meetings import Group
from services.store.merge import rendered
from services.store.reasons import Reason
from services.store.rulings import UNRULED, Word
from services.store.tally import Member, Tally, reasons_of
from services.store.witness import Witness
from shared.meeting import Cause, Entry

Witnesses: TypeAlias = Mapping[str, Witness]  # by document
Heirs: TypeAlias = Mapping[str, str | None]  # documents that count no more, and what replaces them


@dataclass(frozen=True, slots=True)
class Finding:
    """Which documents are one meeting, and what else was found out by the way.

    `concerned` are the meetings that go up in `groups`; `rivals` pairs of documents that a
    contradiction keeps apart in spite of a tie; `wearing` marks that tell nothing from now on;
    `word` what persons ruled; `anew`: the reasons in `groups` are all there are, else those that
    the document brings.
    """

    groups: Sequence[Group]
    concerned: frozenset[str]
    rivals: Sequence[tuple[str, str]] = ()
    wearing: frozenset[int] = frozenset()
    word: Word = UNRULED
    anew: bool = False


@dataclass(slots=True)
class Settlement:
    """One decision on its way into the database.

    `case` is the document that brought it about, if one that came did; `gone` are those that count
    no more. `found` are the marks under which meetings stand already, `alerted` the documents that
    once published one of the meetings concerned.
    """

    bench: Bench
    cause: Cause
    case: Case | None = None
    witness: Witness | None = None
    gone: Heirs = field(default_factory=dict)
    found: index.Found = field(default_factory=index.Found)
    alerted: frozenset[str] = frozenset()

    def carry_out(self, finding: Finding, allotment: Allotment) -> Settled | None:
        """Write every meeting that changed; return what became of the document's own."""
        own, groups = None, finding.groups
        speaking = Speaking(self.bench, self.cause, self.case, self.gone.keys())
        changed = [
            (group, name)
            for group, name in zip(groups, allotment.ids, strict=True)
            if self._has_changed(group, name, anew=finding.anew)
        ]
        homes = {d: name for name, known in self.bench.known.items() for d in known.witnesses}
        # All are counted before any is written: one may take over what another remembers.
        counted = [(group, name, *self._count(group, anew=finding.anew)) for group, name in changed]
        for group, name, tally, witnesses in counted:
            known = Known(tally, witnesses, rendered(name, tally))
            origins = tuple(sorted({homes[d] for d in witnesses if d in homes} - {name}))
            written = self._write(group, known, allotment, finding.word, origins)
            own = speaking.tell(written) or own
        self._write_rivals(finding, allotment)
        own = self._retire(allotment, speaking) or own
        index.wear_out(self.bench.db, finding.wearing)
        return own

    @property
    def _own(self) -> set[str]:
        return {self.case.id} if self.case else set()

    def _has_changed(self, group: Group, name: str, *, anew: bool) -> bool:
        known = self.bench.known.get(name)
        if known is None or self._own & group.reasons.keys():
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
            if known.witnesses.keys() <= group.reasons.keys() - self._own
        ]
        base = max(whole, key=lambda known: len(known.witnesses), default=None)
        tally = base.tally if base else Tally()
        everyone = self.bench.witnesses(self.bench.known)
        if self.case is not None and self.witness is not None:
            everyone[self.case.id] = self.witness
        for member in self._members(group.reasons.keys() - tally.sources.keys()):
            tally.add(member)
        for document_id, reasons in group.reasons.items():
            tally.tie(document_id, reasons, anew=anew)
        return tally, {document_id: everyone[document_id] for document_id in group.reasons}

    def _members(self, wanted: set[str]) -> list[Member]:
        """Return documents to count: the one at hand, and others from the database."""
        found = []
        if self.case is not None and self.case.id in wanted:
            found.append(Member(self.case.record, self.case.received_at))
        others = wanted - self._own
        if others:
            known = self._reasons_before(others)
            for each in archive.told(self.bench.db, others):
                reasons = known.get(each.record.document.id, ())
                found.append(Member(each.record, each.received_at, reasons))
        return found

    def _reasons_before(self, document_ids: set[str]) -> dict[str, tuple[Reason, ...]]:
        """Return why documents belonged to the meetings that they come from."""
        return {
            document_id: reasons_of(known.tally.sources[document_id])
            for known in self.bench.known.values()
            for document_id in document_ids & known.tally.sources.keys()
        }

    def _write(
        self,
        group: Group,
        known: Known,
        allotment: Allotment,
        word: Word,
        origins: tuple[str, ...],
    ) -> Written:
        bench, name = self.bench, known.merged.id
        before = bench.known.get(name)
        merged_ids = tuple(sorted(old for old, new in allotment.redirects.items() if new == name))
        published = self._was_published(group, [name, *merged_ids])
        raw = known.merged.model_dump_json()
        revision = gallery.keep_meeting(
            bench.db, known.merged, raw, bench.kept.get(name),
            published=published or known.merged.status == "published",
            ruled=any(d in word.units or d in word.apart for d in group.reasons), now=bench.now,
        )  # fmt: skip
        self._move(name, before.witnesses if before else {}, known.witnesses)
        changes = changes_between(before.merged if before else None, known.merged, known.tally)
        written = Written(group, before, known, raw, merged_ids, origins, changes, published)
        self._note(written)
        bench.change(name, revision, known)
        return written

    def _was_published(self, group: Group, names: Sequence[str]) -> bool:
        kept = [self.bench.kept[name] for name in names if name in self.bench.kept]
        return any(k.published for k in kept) or bool(self.alerted & group.reasons.keys())

    def _note(self, written: Written) -> None:
        """Write the meeting's history, unless it is but the reasons that have changed."""
        if written.changes or written.moved or self.cause.ruling_id is not None:
            entry = Entry.model_construct(
                meeting_id=written.after.merged.id,
                happened_at=self.bench.now,
                cause=self.cause,
                origins=written.origins,
                changes=written.changes,
            )
            chronicle.note(self.bench.db, entry)

    def _move(self, name: str, before: Witnesses, after: Witnesses) -> None:
        """Let documents that are new in a meeting belong to it, and be found by it."""
        others = after.keys() - before.keys() - self._own
        if others:
            archive.move_records(self.bench.db, others, name)
        came = [w for d, w in after.items() if before.get(d) is not w]
        gone = [w for d, w in before.items() if after.get(d) is not w]
        there = self.found.meetings.get(name, set())
        wanted = {s for s in _stands(came) if s.mark not in self.found.worn} - there
        index.stand_under(self.bench.db, name, wanted)
        if gone:
            index.leave(self.bench.db, name, _stands(gone) - _stands(after.values()))

    def _retire(self, allotment: Allotment, speaking: Speaking) -> Settled | None:
        """Redirect old ids, and close meetings that have lost their last document."""
        own = None
        for old, new in allotment.redirects.items():
            gallery.redirect(self.bench.db, old, new)
        for name in allotment.left:
            last = min(self.bench.known[name].witnesses)
            raw = gallery.merged_json(self.bench.db, name)
            gallery.close(self.bench.db, name, last, self.bench.now)
            entry = Entry.model_construct(
                meeting_id=name, happened_at=self.bench.now, cause=self.cause, closed=True
            )
            chronicle.note(self.bench.db, entry)
            own = speaking.closed(raw, last) or own
        for name in (*allotment.redirects, *allotment.left):
            known = self.bench.known[name]
            index.leave(self.bench.db, name, _stands(known.witnesses.values()))
            self.bench.forget(name)
        return own

    def _write_rivals(self, finding: Finding, allotment: Allotment) -> None:
        """Note which meetings only a contradiction, or a person, keeps apart."""
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
