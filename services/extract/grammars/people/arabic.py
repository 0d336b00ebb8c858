"""Names in Arabic script: no capitals, so a name is what follows a title and can be one.

A title is a chain of offices and honorifics with their complements (وزير + الخارجية + الأمريكي);
complements are definite words, institutions and what a preposition brings. The first word that
is none of these may begin a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.arabic_names import (
    begins_definite,
    closes,
    is_plausible,
    last_word,
)
from services.extract.grammars.people.arabic_titles import Title
from services.extract.grammars.people.arabic_words import ArabicWords, is_definite
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import is_given, names
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_DEFINITE_STYLES = frozenset(("معالي", "سمو", "جلاله", "فخامه", "صاحب السمو", "صاحب السمو الملكي"))


def find_arabic(reading: Reading, sentence: Sentence) -> Iterator[Naming]:
    """Yield the namings of one sentence in their order."""
    start, end = sentence.start, sentence.end
    states = reading.matches("country", start, end)
    anchors = [
        m
        for m in reading.of_kinds(("office", "honorific"), start, end)
        if m.lang == "ar" and not any(s.start <= m.start < s.end for s in states)
    ]
    if anchors:
        yield from _Parse(ArabicWords(reading, sentence), anchors).namings()


class _Parse:
    """One sentence being read for titles and the names behind them."""

    def __init__(self, words: ArabicWords, anchors: Sequence[Match]) -> None:
        self.words = words
        self.anchors = _outermost(anchors)
        self.anchor_at = {m.outer: m for m in self.anchors}

    def namings(self) -> Iterator[Naming]:
        done = -1
        for anchor in self.anchors:
            if anchor.outer < done or anchor.payload.get("sort") == "modifier":
                continue
            if self._names_facility(anchor):
                continue
            title = self._title(anchor)
            done = max(done, title.end)
            first = self.words.next_at(title.end)
            if first is None or not self._may_begin(first, title):
                continue
            last = last_word(self.words, first)
            if last > first or title.noble or self._stands_alone(first, title):
                naming = self._naming(title, first, last)
                done = naming.end
                yield naming

    def _names_facility(self, anchor: Match) -> bool:
        """Tell whether an airport, a street or the like is named after somebody."""
        index = self.words.next_at(anchor.outer)
        if not index or not self.words.follows(index):
            return False
        before = self.words[index - 1].text
        bare = before[1:] if before[0] in "وبلف" else before
        return not {before, bare}.isdisjoint(names("facilities", "ar"))

    def _title(self, anchor: Match) -> Title:
        title = Title([anchor], anchor.end, self._is_complete(anchor))
        while (index := self.words.next_at(title.end)) is not None:
            word = self.words[index]
            comma = bool(self.words.gap(title.end, word.start))
            following = self.anchor_at.get(word.start)
            if following is not None and (not comma or self._honours(title, following)):
                title.chain.append(following)
                title.end = following.end
                title.complete = title.complete or self._is_complete(following)
            elif not comma and title.chain[-1].kind == "office" and self._complements(index):
                title.end = self.words.wholes.get(word.start, word.end)
                definite = is_definite(word.text) or word.start in self.words.met
                title.complete = title.complete or definite
            else:
                break
        return title

    def _honours(self, title: Title, following: Match) -> bool:
        """Tell whether a comma may stand between an office and what honours its holder."""
        return bool(title.offices) and following.kind == "honorific" and not following.clitics

    def _is_complete(self, match: Match) -> bool:
        """Tell whether an honorific is definite, so that even a foreign name may follow it."""
        text = self.words.reading.lower[match.start : match.end]
        return match.kind == "honorific" and (is_definite(text) or text in _DEFINITE_STYLES)

    def _complements(self, index: int) -> bool:
        """Tell whether a word carries the title on."""
        word = self.words[index]
        if word.text in function_words("no_title_ar"):
            return True
        if is_given(word.text):
            return False
        if word.start in self.words.wholes or is_definite(word.text):
            return True
        if _is_institution(word.text) or self.words.is_met(index, ("country", "city")):
            return True
        before = self.words[index - 1].text if index else ""
        return before in function_words("no_title_ar") or self.words.is_demonym(index)

    def _may_begin(self, index: int, title: Title) -> bool:
        """Tell whether a name begins at a word behind a title."""
        text = self.words[index].text
        gap = self.words.gap(title.end, self.words[index].start)
        if gap and (not title.offices or gap != ","):
            return False
        if is_given(text) or text in names("particles", "ar"):
            return True
        if not gap and title.ends_in_honorific and begins_definite(self.words, index):
            return True
        if gap and not closes(self.words, index + 2):
            return False
        feminine = self.words.is_feminine(index)
        return title.complete and not feminine and is_plausible(self.words, index)

    def _stands_alone(self, index: int, title: Title) -> bool:
        """Tell whether one word after a courtesy title is a name ("السيد خالد")."""
        return title.chain[-1].kind == "honorific" and is_given(self.words[index].text)

    def _naming(self, title: Title, first: int, last: int) -> Naming:
        begin, end = self.words[first].start, self.words[last].end
        behind = self._title_behind(end)
        spans = [(m.start, title.office_end) for m in title.offices[:1]]
        if behind is not None:
            spans += [(m.start, behind.end) for m in behind.offices[:1]]
        return Naming(
            start=title.chain[0].start,
            end=behind.end if behind else end,
            name=(begin, end),
            words=tuple(self.words[i].text for i in range(first, last + 1)),
            script="ar",
            offices=title.offices + (behind.offices if behind else ()),
            honorifics=title.honorifics,
            title=spans[0] if spans else None,
            counterpart=any(m.payload.get("counterpart") for m in title.offices),
        )

    def _title_behind(self, end: int) -> Title | None:
        """Return the office that stands behind a name, unless it is the next person's."""
        index = self.words.next_at(end)
        if index is None or self.words.gap(end, self.words[index].start) not in ("", ","):
            return None
        anchor = self.anchor_at.get(self.words[index].start)
        if anchor is None or anchor.kind != "office" or anchor.clitics:
            return None
        title = self._title(anchor)
        follows = self.words.next_at(title.end)
        if follows is not None and title.complete and self._may_begin(follows, title):
            return None
        return title


def _outermost(anchors: Sequence[Match]) -> list[Match]:
    """Keep of anchors at one place the longest, and none that lies inside another."""
    kept: list[Match] = []
    for match in anchors:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _is_institution(text: str) -> bool:
    """Tell whether a word, clitics off, is a noun that goes on a title without article (هيئة)."""
    for clitic in ("", "و", "ل", "ب"):
        text = text.removeprefix(clitic) if len(text) > 3 else text
        if text in names("complements"):
            return True
    return False
