"""What every grammar reads: the text, its folded form, paragraphs, sentences and matches.

All places are folded characters; only `Reading.evidence` and `Reading.original` go
back to the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from services.extract.matching import Match, Matcher
from services.extract.paragraphs import split_paragraphs
from services.extract.segments import (
    Segment,
    Sentence,
    build_segments,
    languages_of,
    split_sentences,
)
from shared.record import Evidence, Language
from shared.text import Folded, fold

_ANYWHERE = ("xx", "ar")  # languages of matches that fit a paragraph of any
_TRIM = " \t\n\r,;:.،؛-/|"


class Reading:
    """A document opened for reading: one fold, one search, then everything by place and kind."""

    def __init__(self, text: str, matcher: Matcher) -> None:
        """Fold, search and cut a text. Any Unicode string will do; time is linear in it."""
        self.text = text
        self.folded: Folded = fold(text)
        self.lower: str = self.folded.text
        lines = split_paragraphs(self.lower)
        self.language, langs = languages_of(self.folded, lines)
        found = matcher.find_kinds(self.lower, self.folded.codes)
        marks = found.get("boilerplate", ())
        self.segments: tuple[Segment, ...] = build_segments(self.lower, lines, langs, marks)
        self.sentences: tuple[Sentence, ...] = split_sentences(self.lower, self.segments)
        self._segment_starts = [s.start for s in self.segments]
        self._sentence_starts = [s.start for s in self.sentences]
        self._by_kind = {
            kind: [m for m in group if (m.lang in _ANYWHERE and not m.capitalised) or self._fits(m)]
            for kind, group in found.items()
        }
        self._starts = {kind: [m.start for m in group] for kind, group in self._by_kind.items()}
        self._merged: dict[tuple[str, ...], tuple[list[Match], list[int]]] = {}
        # What grammars find once and share. Nothing in it may keep this reading: a circle would be
        # left to the garbage collector, which takes a tenth of the time.
        self.kept: dict[str, Any] = {}

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of its paragraphs, the main one first."""
        seen = dict.fromkeys((self.language, *(s.lang for s in self.segments)))
        return tuple(seen)

    def matches(self, kind: str, start: int = 0, end: int | None = None) -> Sequence[Match]:
        """Return the matches of one kind that lie in `[start, end)`, by place."""
        group = self._by_kind.get(kind)
        if not group:
            return ()
        starts = self._starts[kind]
        low = bisect_left(starts, start)
        if end is None:
            return group[low:]
        high = bisect_left(starts, end, low)
        # Matches of one kind do not overlap, so that only the last of them can end too late.
        while high > low and group[high - 1].end > end:
            high -= 1
        return group[low:high]

    def of_kinds(
        self, kinds: tuple[str, ...], start: int = 0, end: int | None = None
    ) -> list[Match]:
        """Return the matches of several kinds in `[start, end)`, by place, longest first."""
        merged = self._merged.get(kinds)
        if merged is None:
            merged = self._merged[kinds] = self._merge(kinds)
        group, starts = merged
        low = bisect_left(starts, start)
        if end is None:
            return group[low:]
        high = bisect_left(starts, end, low)
        return [m for m in group[low:high] if m.end <= end]

    def _merge(self, kinds: tuple[str, ...]) -> tuple[list[Match], list[int]]:
        """Return the matches of several kinds in order, with their starts; grammars ask often."""
        group = [m for kind in kinds for m in self._by_kind.get(kind, ())]
        group.sort(key=lambda m: (m.start, -m.end))
        return group, [m.start for m in group]

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
        while start < end and self.lower[start] in _TRIM:
            start += 1
        while end > start and self.lower[end - 1] in _TRIM:
            end -= 1
        low, high = self.folded.span(start, end)
        return Evidence(start=low, end=high, text=self.text[low:high])

    def _fits(self, match: Match) -> bool:
        """Tell whether a match's language is that of its paragraph (Arabic fits anywhere)."""
        if match.capitalised and not self._is_capitalised(match):
            return False
        if match.lang in _ANYWHERE:
            return True
        segment = self.segment_at(match.start)
        return segment is None or segment.lang == match.lang or segment.lang == "ar"

    def _is_capitalised(self, match: Match) -> bool:
        """Tell whether Latin letters begin with a capital; three or fewer must all be capitals."""
        words = self.original(match.start, match.end)
        first = words[0]
        return not first.islower() and (len(words) > 3 or words == words.upper())
