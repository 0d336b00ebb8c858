"""Folding: one spelling for the many ways of writing a word, with the way back to the text.

Extraction, lexicons, meeting resolution and search all fold through this module, so that what one
of them finds the others find too. Folding drops tatweel, diacritics and bidi controls; makes one
letter of the alefs, of the yas, of waw and its hamza, of ha and ta marbuta; turns digits to ASCII,
Latin letters to lower case without accents, and Arabic punctuation and curly apostrophes to ASCII.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.int32]

_WORD = re.compile(r"[^\W_]+")
_DROP = -1
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


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the place in the original it came from.

    `offsets[i]` is the code point of the original that gave folded character `i`; one more entry
    at the end holds the original's length.
    """

    text: str
    offsets: Codes

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's `(start, end)` for the folded `[start, end)`, end exclusive.

        Marks that were dropped right behind the last character stay outside of the span.
        """
        if start >= end:
            at = int(self.offsets[start])
            return at, at
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1

    def at(self, original: int) -> int:
        """Return the folded position of the original's code point (or of the next one kept)."""
        return int(np.searchsorted(self.offsets, original))


def fold(text: str) -> Folded:
    """Fold a text and keep the way back. Linear in the text; any Unicode string is accepted."""
    table, expansions = _tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.int32)
    mapped = table[codes]
    kept = np.flatnonzero(mapped != _DROP)
    mapped = mapped[kept]
    if mapped.size and int(mapped.max()) >= _FIRST_EXPANSION:
        mapped, kept = _expand(mapped, kept, expansions)
    offsets = np.append(kept, len(text)).astype(np.int32)
    return Folded(mapped.tobytes().decode("utf-32-le", "surrogatepass"), offsets)


def fold_text(text: str) -> str:
    """Return only the folded text: for lexicon entries, search terms and comparisons."""
    return fold(text).text


def fold_words(text: str) -> list[str]:
    """Return the folded words of a text: runs of letters and digits, underscores as spaces."""
    return _WORD.findall(fold_text(text))


def _expand(
    mapped: Codes, kept: NDArray[np.intp], expansions: list[str]
) -> tuple[Codes, NDArray[np.intp]]:
    """Replace each expansion marker by its letters, all at the offset of the one they came from."""
    letters: list[int] = []
    origins: list[int] = []
    for code, origin in zip(mapped.tolist(), kept.tolist(), strict=True):
        piece = expansions[code - _FIRST_EXPANSION] if code >= _FIRST_EXPANSION else chr(code)
        letters.extend(map(ord, piece))
        origins.extend([origin] * len(piece))
    return np.array(letters, dtype=np.int32), np.array(origins, dtype=np.intp)


@cache
def _tables() -> tuple[Codes, list[str]]:
    table = np.arange(0x110000, dtype=np.int32)
    expansions: list[str] = []
    for block in _FOLDED_BLOCKS:
        for code in block:
            folded = _fold_character(chr(code))
            if len(folded) == 1:
                table[code] = ord(folded)
            elif not folded:
                table[code] = _DROP
            else:
                table[code] = _FIRST_EXPANSION + len(expansions)
                expansions.append(folded)
    return table, expansions


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
