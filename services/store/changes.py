"""What changed in a meeting, field by field: a pure comparison of two merged records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from services.store.likeness import same_person, same_sentence
from services.store.tally import Tally
from shared.meeting import Change, MergedMeeting
from shared.record import Attendance, Commitment, Evidenced, Pledge, Quote

_FIELDS = (
    *("coalition_name", "status", "body", "ordinal", "start_date", "end_date"),
    *("city", "country", "virtual", "theme"),
)
_UNSAID = {"evidence", "basis", "confidence", "rule"}  # of an item: how it is known, not what
Said: TypeAlias = dict[str, Any]


def changes_between(
    before: MergedMeeting | None, after: MergedMeeting, tally: Tally
) -> tuple[Change, ...]:
    """Return what differs, in the order of the record; `tally` is that of `after`."""
    return (*_in_fields(before, after, tally), *_in_lists(before, after))


def _in_fields(
    before: MergedMeeting | None, after: MergedMeeting, tally: Tally
) -> Iterator[Change]:
    for name in _FIELDS:
        old, new = getattr(before, name, None), getattr(after, name)
        if old != new and (before is not None or new):
            yield Change.model_construct(
                field=name, old=old, new=new, documents=_behind(name, new, tally)
            )


def _behind(name: str, value: Any, tally: Tally) -> tuple[str, ...]:
    """Return the documents that give a field this very value."""
    if name == "status":
        told = [s.document_id for s in tally.sources.values() if s.kind == "statement"]
        return tuple(sorted(told)) if value == "published" else ()
    backing = tally.fields[name].get(value) if name in tally.fields else None
    return tuple(sorted(backing.documents)) if backing else ()


def _in_lists(before: MergedMeeting | None, after: MergedMeeting) -> Iterator[Change]:
    for name, same in _SAME.items():
        olds: tuple[Any, ...] = getattr(before, name) if before else ()
        news: tuple[Any, ...] = getattr(after, name)
        if olds is not news:
            yield from _in_list(name, same, olds, news)


def _in_list(
    name: str, same: Callable[[Any, Any], bool], olds: tuple[Any, ...], news: tuple[Any, ...]
) -> Iterator[Change]:
    gone, come = _without_the_equal(olds, news)
    for new, said in come:
        old = next((pair for pair in gone if same(pair[0], new)), None)
        if old is not None:
            gone.remove(old)
        yield _change(name, old[1] if old else None, said, new)
    for item, said in gone:
        yield _change(name, said, None, item)


def _without_the_equal(
    olds: tuple[Any, ...], news: tuple[Any, ...]
) -> tuple[list[tuple[Any, Said]], list[tuple[Any, Said]]]:
    """Return the items of each side that the other has not, with what they say."""
    # A tally makes an item anew only when a word for it has come: most are the same objects.
    kept = {id(item) for item in olds} & {id(item) for item in news}
    gone = [(item, _said(item)) for item in olds if id(item) not in kept]
    come = []
    for item in news:
        if id(item) in kept:
            continue
        said = _said(item)
        equal = next((pair for pair in gone if pair[1] == said), None)
        if equal is not None:
            gone.remove(equal)
        else:
            come.append((item, said))
    return gone, come


def _change(name: str, old: Said | None, new: Said | None, item: Evidenced) -> Change:
    documents = {piece.document_id for piece in item.evidence if piece.document_id}
    return Change.model_construct(field=name, old=old, new=new, documents=tuple(sorted(documents)))


def _said(item: Evidenced) -> Said:
    said = {k: v for k, v in item.__dict__.items() if k not in _UNSAID and v is not None}
    if isinstance(item, Commitment):
        said["text"] = _words(item)
    return said


def _words(commitment: Commitment) -> str:
    """Return the sentence as the first of its documents has it."""
    first = commitment.evidence[0].document_id
    return " ".join(e.text for e in commitment.evidence if e.document_id == first)


def _same_unit(a: Attendance, b: Attendance) -> bool:
    return a.unit == b.unit


def _same_commitment(a: Commitment, b: Commitment) -> bool:
    return same_sentence(_words(a), _words(b))


def _same_pledge(a: Pledge, b: Pledge) -> bool:
    """One donor's, of another sum."""
    return a.donor is not None and a.donor == b.donor


def _same_quote(a: Quote, b: Quote) -> bool:
    return same_sentence(a.text, b.text)


def _never(_a: object, _b: object) -> bool:
    return False


# When an item that is gone and one that came are one whose value changed.
_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "people": same_person,
    "attendance": _same_unit,
    "focus_areas": _never,
    "commitments": _same_commitment,
    "pledges": _same_pledge,
    "resolutions": _never,
    "quotes": _same_quote,
}
