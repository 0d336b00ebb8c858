"""What every grammar reads: the text, its folded form, paragraphs, sentences and matches.

All places are folded characters; only `Reading.evidence` and `Reading.original` go
back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from services.extract.matching import ANYWHERE, Match, Matcher, by_rank, by_start
from services.extract.paragraphs import split_paragraphs
from services.extract.segments import (
    Segment,
    Sentence,
    build_segments,
    build_sentences,
    languages_of,
    split_sentences,
)
from shared.record import Evidence, Language
from shared.text import Folded, digit_places, fold

_ARABIC = re.compile("[\u0600-\u06ff]")
_TRIM = " \t\n\r,;:.،؛-/|"


# What `Evidence(...)` does, without a call of its own around it.
_validated: Callable[[object], Evidence] = Evidence.__pydantic_validator__.validate_python

_Asked: TypeAlias = str | tuple[str, ...]  # a kind of matches, or several


class Reading:
    """A document opened for reading: one fold, one search, then everything by place and kind."""

    def __init__(self, text: str, matcher: Matcher) -> None:
        """Fold, search and cut a text. Any Unicode string will do; time is linear in it."""
        self.text = text
        self.folded: Folded = fold(text)
        self.lower: str = self.folded.text
        lines = split_paragraphs(self.lower)
        self.language, langs = languages_of(self.folded, lines)
        bounds, line_of = split_sentences(self.lower, lines)
        fitting = _fitting(set(langs))
        self._by_kind, unsure = matcher.find_kinds(self.lower, self.folded.codes, bounds, fitting)
        marks = self._by_kind.get("boilerplate", ())
        self.segments: tuple[Segment, ...] = build_segments(self.lower, lines, langs, marks)
        self.sentences: tuple[Sentence, ...] = build_sentences(bounds, line_of, self.segments)
        self._segment_starts = [start for start, _ in lines]
        self._sentence_starts = [start for start, _ in bounds]
        self._drop([match for match in unsure if not self._fits(match, fitting)])
        # What was asked for once: several kinds in one row, the matches of each sentence.
        self._merged: dict[tuple[str, ...], list[Match]] = {}
        self._inside: dict[_Asked, dict[int, list[Match]]] = {}
        # What grammars find once and share. Nothing in it may keep this reading: a circle would be
        # left to the garbage collector, which takes a tenth of the time.
        self.kept: dict[str, Any] = {}

    @property
    def digits(self) -> list[int]:
        """The places where digits begin: what reads numbers and dates looks nowhere else."""
        if "digits" not in self.kept:
            self.kept["digits"] = digit_places(self.folded.codes)
        kept: list[int] = self.kept["digits"]
        return kept

    @property
    def has_arabic(self) -> bool:
        """Tell whether the text has a letter of Arabic script."""
        if "arabic" not in self.kept:
            self.kept["arabic"] = self.language == "ar" or _ARABIC.search(self.lower) is not None
        found: bool = self.kept["arabic"]
        return found

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of its paragraphs, the main one first."""
        seen = dict.fromkeys((self.language, *(s.lang for s in self.segments)))
        return tuple(seen)

    def has(self, kinds: Iterable[str]) -> bool:
        """Tell whether the text has a match of any of these kinds."""
        return any(self._by_kind.get(kind) for kind in kinds)

    def matches(self, kind: str, start: int = 0, end: int | None = None) -> Sequence[Match]:
        """Return the matches of one kind that lie in `[start, end)`, by place."""
        group = self._by_kind.get(kind)
        if not group or start > group[-1].start:
            return ()
        low = bisect_left(group, start, key=by_start) if start > group[0].start else 0
        if end is None:
            return group[low:]
        # Matches of one kind do not overlap, so that the first that ends too late is the end. Most
        # questions find nothing, and no more than a few.
        high, most = low, len(group)
        while high < most and group[high].end <= end:
            high += 1
        return group[low:high] if high > low else ()

    def of_kinds(
        self, kinds: tuple[str, ...], start: int = 0, end: int | None = None
    ) -> list[Match]:
        """Return the matches of several kinds in `[start, end)`, by place, longest first."""
        group = self._merged.get(kinds)
        if group is None:
            group = self._merge(kinds)
        if not group or start > group[-1].start or (end is not None and group[0].start >= end):
            return []
        low = bisect_left(group, start, key=by_start) if start > group[0].start else 0
        if end is None:
            return group[low:]
        found = []
        most = len(group)
        while low < most and (match := group[low]).start < end:
            if match.end <= end:
                found.append(match)
            low += 1
        return found

    def inside(self, kind: _Asked, sentence: Sentence) -> Sequence[Match]:
        """Return the matches of a kind, or of several, in a sentence: a look-up, not a search."""
        try:  # nearly always it is there
            return self._inside[kind].get(sentence.index, ())
        except KeyError:
            table = self._inside[kind] = self._share_out(kind)
            return table.get(sentence.index, ())

    def by_sentence(self, kind: _Asked) -> Mapping[int, list[Match]]:
        """Return the matches of a kind, or of several, by the index of the sentence they lie in."""
        table = self._inside.get(kind)
        if table is None:
            table = self._inside[kind] = self._share_out(kind)
        return table

    def _share_out(self, kind: _Asked) -> dict[int, list[Match]]:
        """Return the matches of a kind, or of several, that lie in a sentence by its index."""
        if isinstance(kind, str):
            group = self._by_kind.get(kind, [])
        else:
            group = self._merged.get(kind) or self._merge(kind)
        table: dict[int, list[Match]] = {}
        for match in group:
            index = match.sentence
            if index in table:
                table[index].append(match)
            elif index >= 0:
                table[index] = [match]
        return table

    def _merge(self, kinds: tuple[str, ...]) -> list[Match]:
        """Return the matches of several kinds in order, and keep them: grammars ask often."""
        rows = [row for kind in kinds if (row := self._by_kind.get(kind))]
        if len(rows) == 1:
            group = rows[0]
        else:
            group = list(chain.from_iterable(rows))
            group.sort(key=by_rank)
        self._merged[kinds] = group
        return group

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence that holds a place."""
        index = bisect_right(self._sentence_starts, place) - 1
        if index < 0 or place >= self.sentences[index].end:
            return None
        return self.sentences[index]

    def segment_at(self, place: int) -> Segment | None:
        """Return the paragraph that holds a place."""
        index = bisect_right(self._segment_starts, place) - 1
        if index < 0 or place >= self.segments[index].end:
            return None
        return self.segments[index]

    def is_read(self, place: int) -> bool:
        """Tell whether a place lies in a paragraph that feeds the record (no boilerplate)."""
        segment = self.segment_at(place)
        return segment is not None and segment.kind != "boilerplate"

    def original(self, start: int, end: int) -> str:
        """Return the text's own words for folded `[start, end)`."""
        low, high = self.folded.span(start, end)
        return self.text[low:high]

    def evidence(self, start: int, end: int) -> Evidence:
        """Return the exact words of folded `[start, end)`, without spaces and commas around."""
        low, high = self._trimmed(start, end)
        words = {"start": low, "end": high, "text": self.text[low:high]}
        return _validated(words)

    def trimmed(self, start: int, end: int) -> str:
        """Return the text of what `evidence` would return."""
        low, high = self._trimmed(start, end)
        return self.text[low:high]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return where folded `[start, end)` lies in the text, without spaces and commas around."""
        while start < end and self.lower[start] in _TRIM:
            start += 1
        while end > start and self.lower[end - 1] in _TRIM:
            end -= 1
        return self.folded.span(start, end)

    def _drop(self, matches: Sequence[Match]) -> None:
        """Leave out matches that do not count where they are."""
        dropped = set(matches)
        for kind in {match.kind for match in matches}:
            self._by_kind[kind] = [m for m in self._by_kind[kind] if m not in dropped]

    def _fits(self, match: Match, fitting: frozenset[str]) -> bool:
        """Tell whether a match's language is that of its paragraph (Arabic fits anywhere)."""
        if match.capitalised and not self._is_capitalised(match):
            return False
        if match.lang in fitting:
            return True
        segment = self.segment_at(match.start)
        return segment is None or segment.lang == match.lang or segment.lang == "ar"

    def _is_capitalised(self, match: Match) -> bool:
        """Tell whether Latin letters begin with a capital; three or fewer must all be capitals.

        The towns of three letters (Pau, Ufa) need only one.
        """
        words = self.original(match.start, match.end)
        first = words[0]
        short = len(words) <= 3 and match.kind != "city"
        return not first.islower() and (not short or words == words.upper())


def _fitting(langs: set[Language]) -> frozenset[str]:
    """Return the languages of matches that fit every paragraph of a text in these languages."""
    if langs == {"ar"}:
        return frozenset(("xx", "ar", "fr", "en"))
    return frozenset(("xx", "ar", *langs)) if len(langs) == 1 else ANYWHERE
