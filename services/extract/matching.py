"""One pass of an Aho-Corasick automaton over the folded text, and what a hit must be to count.

A hit counts at word boundaries only; before an Arabic one stand at most the clitics its lexicon
allows. So كبيرا holds no بيرا, and وبالرياض holds الرياض.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from operator import attrgetter
from typing import Any, TypeAlias

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from services.extract.lexicon import Surface
from shared.text import Codes

_LETTER, _DIGIT, _ARABIC = 1, 2, 4
_FIRST_ARABIC = 0x600
_BORDER, _INSIDE = 1, 2
_PLACE_BITS = 32  # no text is longer
_BORDER_MARK = bytes([_BORDER])
_MOST_CLITICS = 6  # letters, and one: no run of clitics is as long
ANYWHERE = frozenset(("xx", "ar"))  # languages of matches that fit a paragraph of any


class Match:
    """An entry found in the text: `[start, end)` in folded characters, behind its clitics.

    `outer` is where the word begins, clitics included; by `rank` matches are in order, of those at
    one place the longest first. Nothing changes a match once it is made; it
    is a class of the plainest kind because making any other takes longer, and texts have hundreds.
    """

    __slots__ = (
        *("kind", "id", "start", "end", "lang"),
        *("payload", "clitics", "capitalised", "outer", "rank"),
    )

    def __init__(
        self,
        kind: str,
        id: str,  # noqa: A002 - the name that grammars read it by
        start: int,
        end: int,
        lang: str,
        payload: Mapping[str, Any],
        clitics: str,
        capitalised: bool,
        outer: int,
    ) -> None:
        """Take what was found; see the class."""
        self.kind = kind
        self.id = id
        self.start = start
        self.end = end
        self.lang = lang
        self.payload = payload
        self.clitics = clitics
        self.capitalised = capitalised
        self.outer = outer
        self.rank = (start << _PLACE_BITS) - end


by_start, by_rank = attrgetter("start"), attrgetter("rank")


def rank_of(start: int, end: int) -> int:
    """Return a number that orders places: by their starts, of one start the longest first."""
    return (start << _PLACE_BITS) - end


# What a pattern stands for: its kind, id, language, payload, if it needs a capital, if it counts in
# any paragraph, and the runs of clitics that may be written before it. Plain tuples are unpacked
# faster than named ones.
_Meaning: TypeAlias = tuple[str, str, str, Mapping[str, Any], bool, bool, frozenset[str]]


class Matcher:
    """All lexicons as one automaton."""

    def __init__(self, surfaces: Iterable[Surface]) -> None:
        """Compile the surfaces; those of one spelling share a pattern."""
        by_text: dict[str, tuple[_Meaning, ...]] = {}
        alone: dict[tuple[object, ...], tuple[_Meaning]] = {}  # an entry's spellings mean the same
        for of in surfaces:
            key = (of.kind, of.id, of.lang, id(of.payload), of.capitalised, of.clitics)
            if key not in alone:
                alone[key] = (_meaning(of),)
            for text in _spelled(of):
                by_text[text] = by_text[text] + alone[key] if text in by_text else alone[key]
        self._meanings = list(by_text.values())
        prefixes = frozenset[str]().union(*(m[-1] for ms in self._meanings for m in ms))
        self._clitic_ends = frozenset(prefix[-1] for prefix in prefixes if prefix)
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_text), store_patterns=False)

    def find(self, folded: str) -> list[Match]:
        """Return all matches, by place, then longest first. Time is linear in the text."""
        codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.int32)
        found = [match for group in self.find_kinds(folded, codes)[0].values() for match in group]
        return sorted(found, key=by_rank)

    def find_kinds(self, folded: str, codes: Codes) -> tuple[dict[str, list[Match]], set[str]]:
        """Return the matches of each kind by place; no two of a kind overlap unless equal.

        With them the kinds of which not every match counts in any paragraph. `codes` are the code
        points of `folded`.
        """
        hits = self._automaton.find_matches_as_indexes(_spaced(folded), overlapping=True)
        kinds: dict[str, list[Match]] = {}
        unsure: set[str] = set()
        if not hits:
            return kinds, unsure
        borders, meanings = _borders(codes), self._meanings
        whole = [(s, -e, which) for which, s, e in hits if borders[e] == _BORDER and borders[s]]
        whole.sort()
        for start, minus_end, which in whole:
            before, outer = "", start
            if borders[start] == _INSIDE:
                before = self._before(folded, borders, start)
                if not before:
                    continue
                outer = start - len(before)
            end = -minus_end
            for kind, key, lang, payload, capitalised, sure, prefixes in meanings[which]:
                if before and before not in prefixes:
                    continue
                kept = kinds.get(kind)
                if kept is None:
                    kept = kinds[kind] = []
                elif start < kept[-1].end and not _outdoes(kept, start, end, key):
                    continue
                kept.append(Match(kind, key, start, end, lang, payload, before, capitalised, outer))
                if not sure:
                    unsure.add(kind)
        return kinds, unsure

    def _before(self, folded: str, borders: bytes, start: int) -> str:
        """Return the letters between `start` and the border before it, if they may be clitics."""
        if folded[start - 1] not in self._clitic_ends:
            return ""
        border = borders.rfind(_BORDER_MARK, max(0, start - _MOST_CLITICS), start)
        return folded[border:start] if border >= 0 else ""


def _meaning(of: Surface) -> _Meaning:
    sure = of.lang in ANYWHERE and not of.capitalised
    return of.kind, of.id, of.lang, of.payload, of.capitalised, sure, _prefixes(of.clitics)


def _spelled(of: Surface) -> Iterator[str]:
    """Yield how a surface is written: as it is, and with لل where it begins with ال."""
    yield of.text
    if "ل" in of.clitics and of.text.startswith("ال"):
        yield "لل" + of.text[2:].removeprefix("ل")


def _spaced(folded: str) -> str:
    """Return the text with plain spaces for line ends, tabs and the underscores of hashtags."""
    for gap in "\n\t\r_":
        folded = folded.replace(gap, " ")  # four times faster than translate
    return folded


@cache
def _prefixes(clitics: tuple[str, ...]) -> frozenset[str]:
    first = ["", *(c for c in clitics if c in "وف")]
    second = ["", *(c for c in clitics if c in "بلكس")]
    third = ["", *(c for c in clitics if c == "ال")]
    joined = {a + b + c for a, b, c in product(first, second, third)}
    return frozenset(joined | {p.replace("لال", "لل") for p in joined})


def _borders(codes: Codes) -> bytes:
    """Tell for each place if it is a border of words, `_INSIDE` a word, or neither (0).

    Inside is told only before an Arabic letter, which clitics may explain; a digit by a letter is
    a border. Bytes are read faster than arrays.
    """
    classes = np.zeros(len(codes) + 2, dtype=np.uint8)
    _class_table().take(codes, out=classes[1:-1], mode="clip")
    pairs = (classes[:-1] << 3) | classes[1:]
    return pairs.tobytes().translate(_PAIRS)


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


def _pair(pair: int) -> int:
    """Tell what stands between two classes, the left one times 8 and the right one."""
    left, right = pair >> 3 & ~_ARABIC, pair & 7 & ~_ARABIC
    if left != right or not left:
        return _BORDER
    return _INSIDE if pair & _ARABIC else 0


_PAIRS = bytes(map(_pair, range(256)))


def _outdoes(kept: list[Match], start: int, end: int, key: str) -> bool:
    """Tell whether a match is kept that overlaps the last of its kind; drop what it outdoes.

    Of overlapping matches the longest is kept; of equal spans all that differ in their ids.
    """
    last = kept[-1]
    if start == last.start and end == last.end:
        return key != last.id
    if end - start <= last.end - last.start:
        return False
    place = (last.start, last.end)
    while kept and (kept[-1].start, kept[-1].end) == place:
        kept.pop()
    return True
