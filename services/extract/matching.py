"""One pass of an Aho-Corasick automaton over the folded text, and what a hit must be to count.

A hit counts at word boundaries only; before an Arabic one stand at most the clitics its lexicon
allows. So كبيرا holds no بيرا, and وبالرياض holds الرياض.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from services.extract.lexicon import Surface

_LETTER, _DIGIT = 1, 2
_ARABIC = 0x600
_INSIDE = 2


@dataclass(slots=True, eq=False)
class Match:
    """An entry found in the text: `[start, end)` in folded characters, behind its clitics.

    `outer` is where the word begins, clitics included. Nothing changes a match once it is made;
    it is not frozen because making one would take three times as long, and texts have hundreds.
    """

    kind: str
    id: str
    start: int
    end: int
    lang: str
    payload: Mapping[str, Any]
    clitics: str
    capitalised: bool
    outer: int


class _Meaning(NamedTuple):
    """What a pattern stands for, and the runs of clitics that may be written before it."""

    kind: str
    id: str
    lang: str
    payload: Mapping[str, Any]
    capitalised: bool
    prefixes: frozenset[str]


class Matcher:
    """All lexicons as one automaton."""

    def __init__(self, surfaces: Iterable[Surface]) -> None:
        """Compile the surfaces; those of one spelling share a pattern."""
        by_text: dict[str, list[_Meaning]] = defaultdict(list)
        for of in surfaces:
            prefixes = _prefixes(of.clitics)
            meaning = _Meaning(of.kind, of.id, of.lang, of.payload, of.capitalised, prefixes)
            by_text[of.text].append(meaning)
            if "ل" in of.clitics and of.text.startswith("ال"):
                by_text["لل" + of.text[2:].removeprefix("ل")].append(meaning)
        self._meanings = list(by_text.values())
        prefixes = frozenset[str]().union(*(m.prefixes for ms in self._meanings for m in ms))
        self._clitic_ends = frozenset(prefix[-1] for prefix in prefixes if prefix)
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_text), store_patterns=False)

    def find(self, folded: str) -> list[Match]:
        """Return all matches, by place, then longest first. Time is linear in the text."""
        found = [match for group in self.find_kinds(folded).values() for match in group]
        return sorted(found, key=lambda m: (m.start, -m.end))

    def find_kinds(self, folded: str) -> dict[str, list[Match]]:
        """Return the matches of each kind by place; no two of a kind overlap unless equal."""
        hits = self._automaton.find_matches_as_indexes(_spaced(folded), overlapping=True)
        kinds: dict[str, list[Match]] = defaultdict(list)
        if not hits:
            return kinds
        ends, begins = _borders(folded)
        whole = [(s, -e, which) for which, s, e in hits if ends[e] and begins[s]]
        for start, minus_end, which in sorted(whole):
            before = ""
            if begins[start] == _INSIDE:
                if folded[start - 1] not in self._clitic_ends:
                    continue
                before = _word_before(folded, start)
            for kind, key, lang, payload, capitalised, prefixes in self._meanings[which]:
                if before not in prefixes:
                    continue
                kept, end = kinds[kind], -minus_end
                if kept and start < kept[-1].end and not _outdoes(kept, start, end, key):
                    continue
                outer = start - len(before)
                kept.append(Match(kind, key, start, end, lang, payload, before, capitalised, outer))
        return kinds


def _spaced(folded: str) -> str:
    """Return the text with plain spaces for line ends, tabs and the underscores of hashtags."""
    for gap in "\n\t\r_":
        folded = folded.replace(gap, " ")  # four times faster than translate
    return folded


def _word_before(text: str, start: int) -> str:
    """Return the letters right before `start`; five at most, since no run of clitics is longer."""
    at = start
    while at > 0 and start - at < 6 and text[at - 1].isalpha():
        at -= 1
    return text[at:start]


@cache
def _prefixes(clitics: tuple[str, ...]) -> frozenset[str]:
    first = ["", *(c for c in clitics if c in "وف")]
    second = ["", *(c for c in clitics if c in "بلكس")]
    third = ["", *(c for c in clitics if c == "ال")]
    joined = {a + b + c for a, b, c in product(first, second, third)}
    return frozenset(joined | {p.replace("لال", "لل") for p in joined})


def _borders(folded: str) -> tuple[bytes, bytes]:
    """Tell for each place if a word can end there (0, 1), and if one can begin there.

    Beginning is 1 at the border of a word and `_INSIDE` before an Arabic letter inside one, which
    clitics may explain; a digit by a letter is a border. Bytes are read faster than arrays.
    """
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.int32)
    classes = np.zeros(len(codes) + 2, dtype=np.uint8)
    classes[1:-1] = _class_table()[np.minimum(codes, 0xFFFF)]
    left, right = classes[:-1], classes[1:]
    ends = (left != right) | (left == 0)
    begins = ends.astype(np.uint8)
    begins[:-1][~ends[:-1] & (codes >= _ARABIC)] = _INSIDE
    return ends.tobytes(), begins.tobytes()


@cache
def _class_table() -> NDArray[np.uint8]:
    table = np.zeros(0x10000, dtype=np.uint8)
    for code in range(0xFFFF):
        char = chr(code)
        table[code] = _LETTER if char.isalpha() else _DIGIT if char.isdigit() else 0
    return table


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
