"""A person's word carried out: documents withdrawn, meetings joined and split, rulings undone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from services.store.adapters import archive, docket, gallery, retirement
from services.store.adapters.bench import Bench
from services.store.adapters.regrouping import regroup
from services.store.rulings import Ruling, RulingAct
from shared.errors import CommuniqueError
from shared.meeting import Act, Cause


class UnknownError(LookupError):
    """There is no document, meeting or ruling of this id."""


class MovedError(Exception):
    """A meeting went up in another one, whose id this is."""


class RefusedError(CommuniqueError):
    """What a person asks for cannot be; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for, and why: of one meeting, with documents or all of another meeting."""

    meeting_id: str
    who: str
    why: str
    documents: frozenset[str] = frozenset()
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling carried out: `homes` gives each document that it names its meeting now."""

    ruling: Ruling
    homes: dict[str, str]


def withdraw(bench: Bench, document_id: str, who: str | None, why: str | None) -> None:
    """Let a document count no more; again changes nothing. UnknownError if there is none."""
    source = archive.filed(bench.db, document_id).source
    archive.lock(bench.db, archive.names_of(document_id, source))
    filed = archive.filed(bench.db, document_id)
    if filed.text is None:
        raise UnknownError(f"no document {document_id}")
    if filed.withdrawn_at is not None:
        return
    bench.lock({filed.coalition_id} if filed.coalition_id else set())
    new = filed.successor_id is None
    retirement.withdraw(bench.db, document_id, who=who, why=why, now=bench.now, new=new)
    home = archive.homes_of(bench.db, [document_id], bench.coalitions).get(document_id)
    if home is not None:
        cause = Cause(act="document.withdrawn", document_id=document_id, who=who, why=why)
        regroup(bench, {home}, cause, gone=(document_id,))


def join(bench: Bench, wish: Wish) -> Ruled:
    """Make a meeting and documents, or another meeting, one. Raises as `split` does."""
    coalition = _decide_about(bench, wish.meeting_id)
    if wish.other is not None:
        other = gallery.moved_to(bench.db, wish.other) or wish.other
        if gallery.coalition_of(bench.db, other) not in (None, coalition):
            raise RefusedError(f"meeting {other} is of another coalition")
        _decide_about(bench, other)
        given = frozenset(bench.known[other].witnesses)
    else:
        given = _placed(bench, wish.documents, coalition)
    together = given | bench.known[wish.meeting_id].witnesses.keys()
    return _rule(bench, wish, Ruling(0, "join", together, who=wish.who, why=wish.why))


def split(bench: Bench, wish: Wish) -> Ruled:
    """Part documents from a meeting: they become one of their own.

    Raises UnknownError, MovedError, and RefusedError where the documents are not such that some
    can go and some stay.
    """
    _decide_about(bench, wish.meeting_id)
    mine = bench.known[wish.meeting_id].witnesses.keys()
    if strangers := sorted(wish.documents - mine):
        raise RefusedError(f"document {strangers[0]} is not of meeting {wish.meeting_id}")
    if not mine - wish.documents:
        raise RefusedError("a meeting cannot be parted from all of its documents")
    others = frozenset(mine - wish.documents)
    return _rule(bench, wish, Ruling(0, "split", wish.documents, others, wish.who, wish.why))


def undo(bench: Bench, ruling_id: int, who: str, why: str) -> Ruled:
    """Let a ruling hold no more; its documents are decided on again.

    Raises UnknownError, and RefusedError where it was undone before.
    """
    found = docket.standing(bench.db, ruling_id)
    if found is None:
        raise UnknownError(f"no ruling {ruling_id}")
    ruling = found[0]
    named = ruling.documents | ruling.others
    bench.lock(archive.coalitions_of(bench.db, named))
    standing = docket.standing(bench.db, ruling_id)
    if standing is None or standing[1] is not None:
        raise RefusedError(f"ruling {ruling_id} was undone before")
    docket.undo(bench.db, ruling_id, who=who, why=why, now=bench.now)
    cause = Cause(act="ruling.undone", ruling_id=ruling_id, who=who, why=why)
    return Ruled(ruling, _carry_out(bench, cause, named))


_ACTS: dict[RulingAct, Act] = {"join": "documents.joined", "split": "documents.split"}


def _rule(bench: Bench, wish: Wish, ruling: Ruling) -> Ruled:
    kept = docket.keep(bench.db, ruling, wish.meeting_id, bench.now)
    cause = Cause(act=_ACTS[kept.act], ruling_id=kept.id, who=wish.who, why=wish.why)
    return Ruled(kept, _carry_out(bench, cause, kept.documents | kept.others))


def _carry_out(bench: Bench, cause: Cause, named: frozenset[str]) -> dict[str, str]:
    homes = archive.homes_of(bench.db, named, bench.coalitions)
    # Of a ruling that is undone nothing leads any more from one of its documents to the other.
    after = regroup(bench, set(homes.values()), cause, ruled=named) if homes else {}
    return {document_id: after[document_id] for document_id in sorted(named & after.keys())}


def _decide_about(bench: Bench, meeting_id: str) -> str:
    """Have a meeting at hand that nobody else decides about; return its coalition."""
    coalition = gallery.coalition_of(bench.db, meeting_id)
    if coalition is not None:
        bench.lock({coalition})
        bench.load({meeting_id})
    if meeting_id in bench.known and coalition is not None:
        return coalition
    moved = gallery.moved_to(bench.db, meeting_id)
    if moved is not None:
        raise MovedError(moved)
    raise UnknownError(f"no meeting {meeting_id}")


def _placed(bench: Bench, document_ids: Collection[str], coalition: str) -> frozenset[str]:
    homes = archive.homes_of(bench.db, document_ids, {coalition})
    for name in sorted(document_ids):
        if name not in homes:
            raise RefusedError(f"document {name} is of no meeting of {coalition}")
    return frozenset(document_ids)
