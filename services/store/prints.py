"""Fingerprints of text: how two documents that share a run of words find and recognise each other.

A text is a sequence of folded words. The fingerprints are hashes of runs of six words, thinned
out by winnowing (the least of each seven neighbours), which guarantees: texts that share a run of
twelve words share a fingerprint. They are stable across processes and versions of Python, and
each coalition has its own: only documents of one are compared.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from shared.text import fold_words

RUN = 12  # equal words in a row that are no accident
_GRAM = 6
_WINDOW = RUN - _GRAM + 1
_LONGEST = 20_000  # words of a document that are looked at; a report of 60 pages
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_DROPPED = np.int64(16)  # bits: 48 tell marks apart, and take less room in the index than 64


@dataclass(frozen=True, eq=False, slots=True)
class Prints:
    """A text's words as hashes, its fingerprints, and the word at which each first stands.

    Kept small, for a worker remembers thousands: about 8 KB for a thousand words.
    """

    words: NDArray[np.uint32]
    marks: array[int]
    places: array[int]

    def common(self, other: Prints) -> set[int]:
        """Return the fingerprints that both texts have."""
        return _lookup(self).keys() & set(other.marks)


def prints_of(text: str, salt: int = 0) -> Prints:
    """Return the fingerprints of a text, other ones for each salt. Linear in its length."""
    hashed = [crc32(word.encode("utf-8", "surrogatepass")) for word in fold_words(text)[:_LONGEST]]
    words = np.array(hashed, dtype=np.uint32)
    first: dict[int, int] = {}
    grams = (_grams(words) ^ np.int64(salt)) >> _DROPPED
    for place, value in zip(*_winnowed(grams), strict=True):
        first.setdefault(value, place)
    return Prints(words, array("q", first), array("I", first.values()))


class Run(NamedTuple):
    """A run of equal words: how many they are, and how many of them tell something."""

    telling: int
    length: int


def shared_run(
    a: Prints, b: Prints, common: Iterable[int], *, without: frozenset[int] = frozenset()
) -> Run:
    """Return the most telling run of `RUN` words or more that both texts share.

    `common` are the fingerprints that both have. Words in `without` (hashed) do not tell: the
    long name of a coalition proves nothing.
    """
    best = Run(0, 0)
    for mark in common:
        first, length = _extend(a.words, b.words, _lookup(a)[mark], b.places[b.marks.index(mark)])
        if length >= RUN and length > best.telling:
            run = a.words[first : first + length].tolist()
            best = max(best, Run(sum(word not in without for word in run), length))
    return best


@lru_cache(maxsize=128)
def _lookup(prints: Prints) -> dict[int, int]:
    """Return places by fingerprint: one document is compared with many others in a row."""
    return dict(zip(prints.marks, prints.places, strict=True))


def hashed_words(text: str) -> frozenset[int]:
    """Return the hashes of a text's words, as `Prints.words` holds them."""
    return frozenset(crc32(word.encode("utf-8", "surrogatepass")) for word in fold_words(text))


def _grams(words: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return a hash for each run of `_GRAM` words: a polynomial modulo 2**64, mixed."""
    count = len(words) - _GRAM + 1
    if count < 1:
        return np.empty(0, dtype=np.int64)
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(_GRAM):
        total = total * _MULTIPLIER + words[offset : offset + count]
    total ^= total >> np.uint64(31)
    return (total * _MULTIPLIER).view(np.int64)


def _winnowed(grams: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Return places and values of the grams that are the least of some window."""
    if not len(grams):
        return [], []
    width = min(_WINDOW, len(grams))
    windows = np.lib.stride_tricks.sliding_window_view(grams, width)
    places = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
    return places.tolist(), grams[places].tolist()


def _extend(a: NDArray[np.uint32], b: NDArray[np.uint32], at: int, bt: int) -> tuple[int, int]:
    """Return start (in `a`) and length of the equal run around a gram that both hold."""
    back = min(at, bt)
    before = a[at - back : at][::-1] != b[bt - back : bt][::-1]
    left = int(before.argmax()) if before.any() else back
    ahead = min(len(a) - at, len(b) - bt)
    after = a[at : at + ahead] != b[bt : bt + ahead]
    right = int(after.argmax()) if after.any() else ahead
    return at - left, left + right
