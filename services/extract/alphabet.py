"""The alphabet of the lexicons: one byte a character, and another one where a word ends.

An automaton over bytes of its own needs half the states of one over UTF-8, and one that knows the
last letter of a word finds no word inside of another: it fits better into a processor's cache, and
half of what it would find is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shared.text import Codes

BORDER, INSIDE = 1, 2
_LETTER, _DIGIT, _ARABIC = 1, 2, 4
_FIRST_ARABIC = 0x600
_LAST = 0x80  # added to the byte of a letter or digit that ends a word
_MOST = 126  # characters that have a byte of their own; all others of the lexicons share one
_SHARED = 127
_FARTHEST = 0xFFFF  # it stands for all characters behind it too
_AT_ONCE = 1024  # patterns
_GAPS = "\n\t\r_"  # line ends, tabs and the underscores of hashtags stand for plain spaces


class Alphabet:
    """The bytes of the characters that patterns are written with; 0 is any other character.

    `rare` says that they have more characters than there are bytes: the rarest share one, so that
    what is found must be compared with its pattern.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Give a byte to each character, the most frequent first."""
        counts = np.zeros(_FARTHEST + 1, np.intp)
        for _, codes in _joined(patterns):
            seen = np.bincount(np.minimum(codes, _FARTHEST))
            counts[: len(seen)] += seen
        used = np.flatnonzero(counts)
        used = used[np.argsort(-counts[used], kind="stable")]
        self.rare = len(used) > _MOST or bool(counts[_FARTHEST])
        self._table = np.zeros(_FARTHEST + 1, np.uint8)
        self._table[used] = np.minimum(np.arange(1, len(used) + 1), _SHARED)
        self._table[list(map(ord, _GAPS))] = self._table[ord(" ")] or _SHARED

    def encoded(self, patterns: Sequence[str]) -> Iterator[bytes]:
        """Yield the bytes of each pattern."""
        for part, codes in _joined(patterns):
            data, _ = self.encode(codes)
            start = 0
            for pattern in part:
                yield data[start : start + len(pattern)]
                start += len(pattern) + 1

    def encode(self, codes: Codes) -> tuple[bytes, bytes]:
        """Return a byte for each folded code point, and for each place what stands there.

        That is a `BORDER` of words, `INSIDE` a word, or neither (0). Inside is told only before an
        Arabic letter, which clitics may explain; a digit by a letter is a border. Bytes are read
        faster than arrays.
        """
        classes = np.zeros(len(codes) + 2, dtype=np.uint8)
        _class_table().take(codes, out=classes[1:-1], mode="clip")
        pairs = ((classes[:-1] << 3) | classes[1:]).tobytes()
        data = self._table.take(codes, mode="clip")
        data |= np.frombuffer(pairs.translate(_LASTS), np.uint8)[1:]
        return data.tobytes(), pairs.translate(_BORDERS)


def _joined(patterns: Sequence[str]) -> Iterator[tuple[Sequence[str], Codes]]:
    """Yield some patterns and their code points in one row, a line end behind each.

    One by one would take longer, all at once more memory than the automaton.
    """
    for first in range(0, len(patterns), _AT_ONCE):
        part = patterns[first : first + _AT_ONCE]
        row = "".join(pattern + "\n" for pattern in part)
        yield part, np.frombuffer(row.encode("utf-32-le", "surrogatepass"), np.int32)


def spaced(folded: str) -> str:
    """Return the text with plain spaces for line ends, tabs and the underscores of hashtags."""
    for gap in _GAPS:
        folded = folded.replace(gap, " ")  # four times faster than translate
    return folded


@cache
def _class_table() -> NDArray[np.uint8]:
    """Return the class of each code point: letter, digit or other, and if it may be Arabic."""
    table = np.zeros(0x110000, dtype=np.uint8)
    table[:0xFFFF] = [
        _LETTER if char.isalpha() else _DIGIT if char.isdigit() else 0
        for char in map(chr, range(0xFFFF))
    ]
    table[_FIRST_ARABIC:] |= _ARABIC
    return table


def _border(pair: int) -> int:
    """Tell what stands between two classes, the left one times 8 and the right one."""
    left, right = pair >> 3 & ~_ARABIC, pair & 7 & ~_ARABIC
    if left != right or not left:
        return BORDER
    return INSIDE if pair & _ARABIC else 0


def _last(pair: int) -> int:
    """Return what the byte of the left one of two classes is marked with."""
    return _LAST if pair >> 3 & ~_ARABIC and _border(pair) == BORDER else 0


_BORDERS = bytes(map(_border, range(256)))
_LASTS = bytes(map(_last, range(256)))
