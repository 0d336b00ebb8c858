"""Folding: one spelling for the many ways of writing a word, with the way back to the text.

Extraction, lexicons, meeting resolution and search all fold through this module, so that what one
of them finds the others find too. Folding drops tatweel, diacritics and bidi controls; makes one
letter of the alefs, of the yas, of waw and its hamza, of ha and ta marbuta; turns digits to ASCII,
Latin letters to lower case without accents, and Arabic punctuation and curly apostrophes to ASCII.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.int32]

WORD = re.compile(r"[^\W_]+")
_JOINTS = "'.-"  # between two letters or digits they part no words
_DROP = -1
_ZERO, _NINE = ord("0"), ord("9")
_LAST_CAPITALS = 0x20000  # behind it Unicode has none
_LAST_LETTERS = 0x40000  # behind it Unicode has none
_FIRST_EXPANSION = 0x110000  # table entries from here on are expansions: œ -> oe
# Where characters that fold differently live; all others stand for themselves. Folding all of
# Unicode would cost a second at every start.
_FOLDED_BLOCKS = (
    range(0x3000),
    range(0xA640, 0xABFF),
    range(0xFB00, 0x10000),
    range(0x1D400, 0x1D800),
)
_SINGLE = {
    "ک": "ك", "ی": "ي", "ى": "ي", "ة": "ه", "ہ": "ه", "ە": "ه", "ٱ": "ا",
    "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "۔": ".",
    "’": "'", "‘": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
}  # fmt: skip
_KEPT = {"…", "²", "³", "¹", "½", "¼", "¾", "№", "™"}  # their expansions would be words or numbers


class Folded:
    """A folded text and, for each of its characters, the place in the original it came from.

    `offsets[i]` is the code point of the original that gave folded character `i`; one more entry
    at the end holds the original's length. `codes` are the folded text's own code points.
    """

    __slots__ = ("_capitals", "_original", "codes", "offsets", "places", "text")

    def __init__(self, text: str, codes: Codes, offsets: Codes, original: Codes) -> None:
        """Keep what folding made; `places` are the offsets in a form that is read one by one."""
        self._original = original
        self._capitals: bytes | None = None
        self.text: str = text
        self.codes: Codes = codes
        self.offsets: Codes = offsets
        self.places: memoryview = offsets.data

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's `(start, end)` for the folded `[start, end)`, end exclusive.

        Marks that were dropped right behind the last character stay outside of the span.
        """
        if start >= end:
            at: int = self.places[start]
            return at, at
        return self.places[start], self.places[end - 1] + 1

    @property
    def capitals(self) -> bytes:
        """Return for each folded character 1 if the original writes a capital there, else 0."""
        if self._capitals is None:
            upper = _capital_table().take(self._original, mode="clip")
            self._capitals = upper.take(self.offsets[:-1]).tobytes()
        return self._capitals

    def at(self, original: int) -> int:
        """Return the folded position of the original's code point (or of the next one kept)."""
        return bisect_left(self.places, original)


def fold(text: str) -> Folded:
    """Fold a text and keep the way back. Linear in the text; any Unicode string is accepted."""
    table, expansions = _tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.int32)
    mapped: Codes = table.take(codes)
    # Read without sign, what is dropped is the largest: one look tells if lengths stay as they are.
    if not mapped.size or int(mapped.view(np.uint32).max()) < _FIRST_EXPANSION:
        offsets = np.arange(len(text) + 1, dtype=np.int32)
    else:
        kept = np.flatnonzero(mapped != _DROP)
        mapped, kept = _expand(mapped.take(kept), kept, expansions)
        offsets = np.empty(len(kept) + 1, dtype=np.int32)
        offsets[:-1] = kept
        offsets[-1] = len(text)
    return Folded(mapped.tobytes().decode("utf-32-le", "surrogatepass"), mapped, offsets, codes)


def fold_text(text: str) -> str:
    """Return only the folded text: for lexicon entries, search terms and comparisons."""
    return fold(text).text


def fold_words(text: str) -> list[str]:
    """Return the folded words of a text: runs of letters and digits, underscores as spaces."""
    return WORD.findall(fold_text(text))


def word_spans(codes: Codes) -> tuple[list[int], list[int]]:
    """Return the starts and the ends of the words in folded code points.

    They are runs of letters and digits, joined by single apostrophes, points and hyphens:
    what `[^\\W_]+(?:['.-][^\\W_]+)*` finds, in a fraction of the time.
    """
    classes = np.zeros(len(codes) + 2, dtype=np.uint8)
    _word_table().take(codes, out=classes[1:-1], mode="clip")
    inside = classes & 1
    inside[1:-1] |= (classes[1:-1] >> 1) & inside[:-2] & inside[2:]
    edges: list[int] = np.flatnonzero(inside[:-1] ^ inside[1:]).tolist()
    return edges[::2], edges[1::2]


def digit_places(codes: Codes) -> list[int]:
    """Return where runs of digits begin in folded code points; folding leaves ASCII digits only."""
    inside = (codes >= _ZERO) & (codes <= _NINE)
    places: list[int] = inside.nonzero()[0].tolist()
    return [at for at in places if not (at and inside.item(at - 1))]


@cache
def _capital_table() -> NDArray[np.uint8]:
    """Return 1 for each capital of a script that has them; the last entry stands for all behind."""
    codes = [code for code in range(_LAST_CAPITALS) if chr(code).isupper()]
    table = np.zeros(_LAST_CAPITALS + 1, dtype=np.uint8)
    table[codes] = 1
    return table


@cache
def _word_table() -> NDArray[np.uint8]:
    """Return for each code point 1 if it is a letter or digit, 2 if it joins two of them."""
    table = np.zeros(0x110000, dtype=np.uint8)
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, _LAST_LETTERS))))
    for run in WORD.finditer(everything):
        start, end = (at if at < 0xD800 else at + 0x800 for at in run.span())
        table[start:end] = 1
    for joint in _JOINTS:
        table[ord(joint)] = 2
    return table


def _expand(
    mapped: Codes, kept: NDArray[np.intp], expansions: Expansions
) -> tuple[Codes, NDArray[np.intp]]:
    """Replace each expansion marker by its letters, all at the offset of the one they came from."""
    marked = mapped >= _FIRST_EXPANSION
    if not marked.any():
        return mapped, kept
    lengths = np.ones(len(mapped), dtype=np.intp)
    lengths[marked] = expansions.lengths[mapped[marked] - _FIRST_EXPANSION]
    firsts = np.cumsum(lengths) - lengths
    spread = np.repeat(mapped, lengths)
    nth = np.arange(len(spread)) - np.repeat(firsts, lengths)
    marked = spread >= _FIRST_EXPANSION
    which = spread[marked] - _FIRST_EXPANSION
    spread[marked] = expansions.letters[expansions.starts[which] + nth[marked]]
    return spread, np.repeat(kept, lengths)


class Expansions(NamedTuple):
    """The letters of all expansions in one row; where each of them starts, and how long it is."""

    letters: Codes
    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]

    @classmethod
    def of(cls, pieces: list[str]) -> Expansions:
        """Lay the expansions out."""
        lengths = np.array([len(piece) for piece in pieces], dtype=np.intp)
        letters = np.array([ord(c) for piece in pieces for c in piece], dtype=np.int32)
        return cls(letters, np.cumsum(lengths) - lengths, lengths)


@cache
def _tables() -> tuple[Codes, Expansions]:
    table = np.arange(0x110000, dtype=np.int32)
    pieces: list[str] = []
    for block in _FOLDED_BLOCKS:
        for code in block:
            folded = _fold_character(chr(code))
            if len(folded) == 1:
                table[code] = ord(folded)
            elif not folded:
                table[code] = _DROP
            else:
                table[code] = _FIRST_EXPANSION + len(pieces)
                pieces.append(folded)
    return table, Expansions.of(pieces)


def _fold_character(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _SINGLE:
        return _SINGLE[char]
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me"} or char == "ـ":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    decomposed = unicodedata.normalize("NFKD", char).casefold()
    bare = "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    return "".join(_SINGLE.get(c, c) for c in bare) or (" " if category.startswith("Z") else "")
