"""One pass of an Aho-Corasick automaton over the folded text, and what a hit must be to count.

A hit counts at word boundaries only; before an Arabic one stand at most the clitics its lexicon
allows. So كبيرا holds no بيرا, and وبالرياض holds الرياض.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from operator import attrgetter
from typing import Any, TypeAlias

import ahocorasick_rs
import numpy as np

from services.extract.alphabet import BORDER, INSIDE, Alphabet, spaced
from services.extract.lexicon import Surface
from shared.text import Codes

_PLACE_BITS = 32  # no text is longer
_BORDER_MARK = bytes([BORDER])
_MOST_CLITICS = 6  # letters, and one: no run of clitics is as long
ANYWHERE = frozenset(("xx", "ar"))  # languages of matches that fit a paragraph of any


class Match:
    """An entry found in the text: `[start, end)` in folded characters, behind its clitics.

    `outer` is where the word begins, clitics included; by `rank` matches are in order, of those at
    one place the longest first. `sentence` is the index of the sentence it lies in, -1 for one that
    lies in none. Nothing changes a match once it is made; it is a class of the plainest kind
    because making any other takes longer, and texts have hundreds.
    """

    __slots__ = (
        *("kind", "id", "start", "end", "lang"),
        *("payload", "clitics", "capitalised", "outer", "rank", "sentence"),
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
        sentence: int = -1,
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
        self.sentence = sentence


by_start, by_rank = attrgetter("start"), attrgetter("rank")


def rank_of(start: int, end: int) -> int:
    """Return a number that orders places: by their starts, of one start the longest first."""
    return (start << _PLACE_BITS) - end


# What a pattern stands for: its kind, id, language, payload, if it needs a capital, and the runs of
# clitics that may be written before it. Plain tuples are unpacked faster than named ones.
_Meaning: TypeAlias = tuple[str, str, str, Mapping[str, Any], bool, frozenset[str]]


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
        patterns = list(by_text)
        alphabet = Alphabet(patterns)
        self._encode = alphabet.encode
        self._spellings = patterns if alphabet.rare else []
        self._automaton = ahocorasick_rs.BytesAhoCorasick(alphabet.encoded(patterns))

    def find(self, folded: str) -> list[Match]:
        """Return all matches, by place, then longest first. Time is linear in the text."""
        codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.int32)
        found = [match for group in self.find_kinds(folded, codes)[0].values() for match in group]
        return sorted(found, key=by_rank)

    def find_kinds(
        self,
        folded: str,
        codes: Codes,
        sentences: Sequence[tuple[int, int]] = (),
        fitting: Collection[str] = ANYWHERE,
    ) -> tuple[dict[str, list[Match]], list[Match]]:
        """Return the matches of each kind by place; no two of a kind overlap unless equal.

        With them those that may not count where they are: their language is not in `fitting`, or
        they need a capital. `codes` are the code points of `folded`, `sentences` the bounds of its
        sentences.
        """
        hits, borders = self._hits(folded, codes)
        kinds: dict[str, list[Match]] = {}
        unsure: list[Match] = []
        meanings, at, last = self._meanings, 0, len(sentences) - 1
        low, high = sentences[0] if sentences else (0, 0)
        for start, minus_end, which in hits:
            before, outer, end = "", start, -minus_end
            if borders[start] == INSIDE:
                before = self._before(folded, borders, start)
                if not before:
                    continue
                outer = start - len(before)
            while start >= high and at < last:
                at += 1
                low, high = sentences[at]
            sentence = at if low <= start and end <= high else -1
            for kind, key, lang, payload, capitalised, prefixes in meanings[which]:
                if before and before not in prefixes:
                    continue
                kept = kinds.get(kind)
                if kept is None:
                    kept = kinds[kind] = []
                elif start < kept[-1].end and not _outdoes(kept, start, end, key):
                    continue
                match = Match(
                    kind, key, start, end, lang, payload, before, capitalised, outer, sentence
                )
                kept.append(match)
                if capitalised or lang not in fitting:
                    unsure.append(match)
        return kinds, unsure

    def _hits(self, folded: str, codes: Codes) -> tuple[list[tuple[int, int, int]], bytes]:
        """Return start, negative end and pattern of each hit, and what stands at each place."""
        data, borders = self._encode(codes)
        found = self._automaton.find_matches_as_indexes(data, overlapping=True)
        hits = [(start, -end, which) for which, start, end in found if borders[start]]
        if self._spellings:  # rare characters share a byte
            hits = [
                (start, minus_end, which)
                for start, minus_end, which in hits
                if spaced(folded[start:-minus_end]) == self._spellings[which]
            ]
        hits.sort()
        return hits, borders

    def _before(self, folded: str, borders: bytes, start: int) -> str:
        """Return the letters between `start` and the border before it, if they may be clitics."""
        if folded[start - 1] not in self._clitic_ends:
            return ""
        floor = start - _MOST_CLITICS if start > _MOST_CLITICS else 0
        border = borders.rfind(_BORDER_MARK, floor, start)
        return folded[border:start] if border >= 0 else ""


def _meaning(of: Surface) -> _Meaning:
    return of.kind, of.id, of.lang, of.payload, of.capitalised, _prefixes(of.clitics)


def _spelled(of: Surface) -> Iterator[str]:
    """Yield how a surface is written: as it is, and with لل where it begins with ال."""
    yield of.text
    if "ل" in of.clitics and of.text.startswith("ال"):
        yield "لل" + of.text[2:].removeprefix("ل")


@cache
def _prefixes(clitics: tuple[str, ...]) -> frozenset[str]:
    first = ["", *(c for c in clitics if c in "وف")]
    second = ["", *(c for c in clitics if c in "بلكس")]
    third = ["", *(c for c in clitics if c == "ال")]
    joined = {a + b + c for a, b, c in product(first, second, third)}
    return frozenset(joined | {p.replace("لال", "لل") for p in joined})


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
