"""When items of two documents are one: people, pledges, commitments and quotes.

Each kind of item has a block (items of different blocks are never one) and a likeness. Items that
are joined by a chain of likenesses are one, so that the order of the documents cannot matter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from services.store.names import nearly_same_name, same_name
from shared.record import Attendance, Commitment, FocusArea, Person, Pledge, Quote, Resolution
from shared.text import fold_text, fold_words

_MOSTLY = 0.5  # of all words of two sentences: the same sentence, edited
_WITHIN = 0.85  # of the shorter one's words: the same sentence, cut
_FEWEST = 6  # words, below which being within another sentence is chance


@dataclass(frozen=True, slots=True)
class Likeness:
    """How one list of the record is joined across documents.

    `key` tells items apart that are equal to the letter, `block` those that can be alike.
    """

    key: Callable[[Any], Hashable]
    block: Callable[[Any], Hashable]
    alike: Callable[[Any, Any], bool]


def same_person(a: Person, b: Person) -> bool:
    """One name in any script; or nearly one name, and the same country."""
    if a.country and b.country and a.country != b.country:
        return False
    if same_name(a.name, b.name):
        return True
    return a.country is not None and a.country == b.country and nearly_same_name(a.name, b.name)


def same_pledge(a: Pledge, b: Pledge) -> bool:
    """One sum, where neither donor nor currency differ as far as they are told."""
    if a.currency and b.currency and a.currency != b.currency:
        return False
    return not a.donor or not b.donor or fold_text(a.donor) == fold_text(b.donor)


def same_sentence(a: str, b: str) -> bool:
    """Two wordings of one sentence: most words in common, or one cut out of the other."""
    one, other = _words(a), _words(b)
    common, fewer = len(one & other), min(len(one), len(other))
    if fewer == 0:
        return False
    return common >= _MOSTLY * len(one | other) or (fewer >= _FEWEST and common >= _WITHIN * fewer)


def _always(_a: object, _b: object) -> bool:
    return True


def _sentence(commitment: Commitment) -> str:
    return " ".join(piece.text for piece in commitment.evidence)


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return frozenset(_spelt(text))


@lru_cache(maxsize=256)
def _spelt(text: str) -> tuple[str, ...]:
    """Return a sentence's folded words: its key and its comparison need them in a row."""
    return tuple(fold_words(text))


def _person_key(p: Person) -> Hashable:
    return (p.name, p.title, p.country, p.role)


def _attendance_key(a: Attendance) -> Hashable:
    return (a.unit, a.value)


def _focus_key(f: FocusArea) -> Hashable:
    return f.id


def _commitment_key(c: Commitment) -> Hashable:
    return (c.act, " ".join(_spelt(_sentence(c))))


def _pledge_key(p: Pledge) -> Hashable:
    return (p.donor and fold_text(p.donor), p.amount, p.currency)


def _resolution_key(r: Resolution) -> Hashable:
    return (r.body, r.number)


def _quote_key(q: Quote) -> Hashable:
    return (q.speaker and fold_text(q.speaker), " ".join(_spelt(q.text)))


LIKENESSES: dict[str, Likeness] = {
    "people": Likeness(_person_key, lambda _: None, same_person),
    "attendance": Likeness(_attendance_key, _attendance_key, _always),
    "focus_areas": Likeness(_focus_key, _focus_key, _always),
    "commitments": Likeness(
        _commitment_key, lambda c: c.act, lambda a, b: same_sentence(_sentence(a), _sentence(b))
    ),
    "pledges": Likeness(_pledge_key, lambda p: p.amount, same_pledge),
    "resolutions": Likeness(_resolution_key, _resolution_key, _always),
    "quotes": Likeness(_quote_key, lambda _: None, lambda a, b: same_sentence(a.text, b.text)),
}
