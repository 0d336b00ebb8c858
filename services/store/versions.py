"""Versions of one document: files of one name from one place, the later correcting the earlier.

That two files have the same path in the inbox is not enough, for some feeds write whatever comes
under one name. A version says much the same in the same words; what says something else is another
document, and both count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from shared.text import fold_words

_MOSTLY = 0.5  # of the shorter text's pairs of neighbouring words
_LONGEST = 20_000  # words that are looked at


@dataclass(frozen=True, slots=True)
class Edition:
    """A document as one of several from one place; the later one arrived later."""

    document_id: str
    text: str
    received_at: datetime

    @property
    def age(self) -> tuple[datetime, str]:
        """What tells the earlier from the later: the arrival, then the id."""
        return self.received_at, self.document_id


@dataclass(frozen=True, slots=True)
class Lineage:
    """Which of other editions a document supersedes, and which supersedes it (the next later)."""

    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None


def lineage(edition: Edition, others: Iterable[Edition]) -> Lineage:
    """Find a document's place among those of the same path in the inbox.

    It depends on pairs alone, so the order in which they are taken in does not matter.
    """
    versions = sorted((o for o in others if is_version(edition.text, o.text)), key=lambda o: o.age)
    later = [o.document_id for o in versions if o.age > edition.age]
    earlier = tuple(o.document_id for o in versions if o.age < edition.age)
    return Lineage(earlier, later[0] if later else None)


def is_version(one: str, other: str) -> bool:
    """Tell whether two texts are versions of one: most of the shorter stands in the longer."""
    a, b = fold_words(one)[:_LONGEST], fold_words(other)[:_LONGEST]
    if a == b:
        return True
    one_pairs, other_pairs = set(pairwise(a)), set(pairwise(b))
    fewer = min(len(one_pairs), len(other_pairs))
    return fewer > 0 and len(one_pairs & other_pairs) >= _MOSTLY * fewer
