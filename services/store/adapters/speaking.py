"""Announcing what became of meetings: by the document at hand, or by another one of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from services.store.adapters import archive
from services.store.adapters.bench import Bench, Case
from services.store.adapters.memory import Known
from services.store.meetings import Group
from services.store.outcomes import Situation, brings_news, outcome_of, outcome_without
from shared.events import Outcome, RecordStored
from shared.meeting import Cause, Change, MergedMeeting

_BY_A_DOCUMENT = {"document.added", "document.reread", "document.corrected"}


@dataclass(frozen=True, slots=True)
class Written:
    """A meeting as it was and as it is now; `origins` are those its new documents come from."""

    group: Group
    before: Known | None
    after: Known
    raw: str  # the merged meeting as JSON
    merged_ids: tuple[str, ...]
    origins: tuple[str, ...]
    changes: tuple[Change, ...]
    published: bool  # before

    @property
    def moved(self) -> bool:
        """Whether it has other documents than before."""
        before = self.before.witnesses.keys() if self.before else None
        return before != self.after.witnesses.keys()


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the meeting that the document at hand belongs to, or was the last of."""

    meeting_id: str | None
    raw: str
    outcome: Outcome
    merged_ids: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaking:
    """Says what became of meetings, but for the own one of the document at hand.

    `gone` are the documents that count no more.
    """

    bench: Bench
    cause: Cause
    case: Case | None = None
    gone: Collection[str] = field(default_factory=frozenset)

    def tell(self, written: Written) -> Settled | None:
        """Announce a meeting; return it if it is the own one of the document at hand."""
        case = self.case if self.case and self.case.id in written.group.reasons else None
        due = written.after.merged.status == "published" and not written.published
        by_another = due and not (case and case.record.kind == "statement")
        situation = self._situation(written, case, published=written.published or by_another)
        if by_another:
            self._say(written, "statement.published", _speaker_of(written.after.merged))
        elif case is None:
            outcome = outcome_without(situation, written.after.merged.status)
            if outcome is not None:
                self._say(written, outcome, self._bearer(written))
        if case is None:
            return None
        outcome = outcome_of(case.record.kind, situation)
        meeting_id = written.after.merged.id
        return Settled(meeting_id, written.raw, outcome, written.merged_ids, written.changes)

    def closed(self, raw: str, last: str) -> Settled | None:
        """Announce that a meeting lost its last document; return it if that is the one at hand."""
        if self.case is not None and last == self.case.id:
            return Settled(None, raw, "meeting.closed")
        self._announce("meeting.closed", last, raw)
        return None

    def _situation(self, written: Written, case: Case | None, *, published: bool) -> Situation:
        before, after = written.before, written.after
        if case is not None and self.cause.act == "document.added":
            news = brings_news(before.merged if before else None, after.merged, case.id)
        else:
            news = bool(written.changes)
            news |= self.cause.act not in _BY_A_DOCUMENT and written.moved
        return Situation(
            published=published,
            known=before is not None,
            merged=bool(written.merged_ids),
            news=news,
            again=self.cause.act == "document.reread",
        )

    def _bearer(self, written: Written) -> str:
        """Return who brings the news of a meeting: what was withdrawn from it, else its speaker."""
        if self.cause.act == "document.withdrawn" and written.before is not None:
            left = written.before.witnesses.keys() & set(self.gone)
            if left:
                return min(left)
        return _speaker_of(written.after.merged)

    def _say(self, written: Written, outcome: Outcome, speaker: str) -> None:
        self._announce(outcome, speaker, written.raw, written.merged_ids, written.changes)

    def _announce(
        self,
        outcome: Outcome,
        document_id: str,
        raw: str,
        merged_ids: tuple[str, ...] = (),
        changes: tuple[Change, ...] = (),
    ) -> None:
        """Announce a meeting by a document that was announced before.

        Its version is raised, for the old one is the key of what was announced then.
        """
        told = archive.told(self.bench.db, [document_id])[0]
        version = told.version + 1
        published = {"alerted": True} if outcome == "statement.published" else {}
        archive.amend_record(
            self.bench.db, document_id, version=version, outcome=outcome,
            decided_at=self.bench.now, merged_ids=archive.as_json(merged_ids), **published,
        )  # fmt: skip
        event = RecordStored.model_construct(
            document_id=document_id,
            occurred_at=self.bench.now,
            version=version,
            outcome=outcome,
            kind=told.record.kind,
            document=told.record.document,
            received_at=told.received_at,
            merged_meeting_ids=merged_ids,
            cause=worth_telling(self.cause),
            changes=changes if outcome == "meeting.updated" else (),
        )
        self.bench.announce(event, raw)


def worth_telling(cause: Cause) -> Cause | None:
    """Return the cause as an event gives it: that a document came goes without saying."""
    return None if cause.act == "document.added" else cause


def silence(bench: Bench, document_ids: Iterable[str]) -> None:
    """Let documents belong to no meeting; what was announced of them is announced no more."""
    for each in archive.told(bench.db, document_ids):
        archive.amend_record(
            bench.db, each.record.document.id, version=each.version + 1, meeting_id=None,
            outcome="none", merged_ids="[]",
        )  # fmt: skip


def _speaker_of(merged: MergedMeeting) -> str:
    """Return the document that speaks for a meeting: the first statement, else the first of all."""
    statements = [s for s in merged.sources if s.kind == "statement"] or list(merged.sources)
    return min(statements, key=lambda s: (str(s.received_at), s.document_id)).document_id
