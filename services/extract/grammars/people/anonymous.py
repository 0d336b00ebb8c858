"""Offices without a name: whom a text means by "the minister", or how it calls somebody."""

from __future__ import annotations

from services.extract.grammars.people.cast import Cast
from services.extract.grammars.people.words import words_of
from services.extract.reading import Reading

Span = tuple[int, int]

_ORIGINS = ("country", "demonym")
_BEFORE, _BEHIND = 25, 40
_LOOK_BACK = 400
_LATEST_MENTIONS = 12


def holder_of(reading: Reading, cast: Cast, title: Span, last: int | None) -> int | None:
    """Return the index of the person meant by a title that names no state, or None.

    It is who last appeared with such an office, or `last`, the one who spoke last, if nothing
    told an office of theirs.
    """
    if _tells_state(reading, whole_title(reading, title)):
        return None
    ids = {m.id for m in reading.matches("office", *title)}
    for mention in reversed(cast.before(title[0], _LATEST_MENTIONS)):
        offices = {o.id for n in cast.people[mention.person].namings for o in n.offices}
        if ids & offices:
            return mention.person
    return last if last is not None and cast.people[last].titled is None else None


def full_title(reading: Reading, title: Span) -> Span:
    """Return a title with its state; that of its last full form where the text shortens it."""
    whole = whole_title(reading, title)
    if _tells_state(reading, whole):
        return whole
    ids = {m.id for m in reading.matches("office", *title)}
    for office in reversed(reading.matches("office", max(0, title[0] - _LOOK_BACK), title[0])):
        full = whole_title(reading, (office.start, office.end))
        if office.id in ids and _tells_state(reading, full):
            return full
    return whole


def whole_title(reading: Reading, title: Span) -> Span:
    """Widen an office to the state before it, and to the portfolio and the state behind it."""
    start, end = title
    sentence = reading.sentence_at(start)
    floor, ceiling = (sentence.start, sentence.end) if sentence else title
    for match in reading.of_kinds(_ORIGINS, max(floor, start - _BEFORE), start):
        if len(words_of(reading, match.end, start)) <= 2:
            start = min(start, match.start)
    for match in reading.of_kinds(_ORIGINS, end, min(end + _BEHIND, ceiling)):
        if len(words_of(reading, end, match.start)) <= 3:
            return start, match.end
    return start, end


def _tells_state(reading: Reading, span: Span) -> bool:
    return bool(reading.of_kinds(_ORIGINS, *span))
