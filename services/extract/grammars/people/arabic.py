"""Names in Arabic script: no capitals, so a name is what follows a title and can be one.

A title is a chain of offices and honorifics with their complements (وزير + الخارجية + الأمريكي);
complements are definite words, institutions and what a preposition brings. The first word that
is none of these may begin a name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from services.extract.grammars.people.arabic_fellows import FellowReader
from services.extract.grammars.people.arabic_names import (
    last_word,
    name_before,
)
from services.extract.grammars.people.arabic_titles import Title
from services.extract.grammars.people.arabic_words import ArabicWords
from services.extract.grammars.people.cut import cut_of
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import names
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_GIVEN = names("given", "ar")
_TITLES = ("office", "offices", "honorific")


def find_arabic(reading: Reading, sentence: Sentence) -> Iterable[Naming]:
    """Return the namings of one sentence in their order."""
    titles = reading.inside(_TITLES, sentence)
    # Names in brackets behind their Latin form are known by that.
    holders = reading.inside("holder", sentence) if reading.language == "ar" else ()
    demonyms = reading.inside("demonym", sentence)
    if not (titles or holders or demonyms):
        return ()
    anchors = [m for m in titles if m.lang == "ar"]
    if anchors and (states := reading.inside("country", sentence)):
        anchors = [m for m in anchors if not any(s.start <= m.start < s.end for s in states)]
    known = [m for m in holders if m.lang == "ar"]
    origins = [m for m in demonyms if m.lang == "ar" and _leads_to_name(reading, m)]
    if not (anchors or known or origins):
        return ()
    return _Parse(ArabicWords(reading, sentence), anchors, known, origins).namings()


def _leads_to_name(reading: Reading, origin: Match) -> bool:
    """Tell whether a first name is the next word behind the adjective of a state."""
    cut = cut_of(reading)
    index = bisect_left(cut.begins, origin.end)
    return index < len(cut.begins) and cut.words[index].text in _GIVEN


class _Parse(FellowReader):
    """One sentence being read for titles and the names behind them."""

    def namings(self) -> Iterator[Naming]:
        """Yield those named beside titles, and the widely known who are named without."""
        taken: list[Naming] = []
        for naming in self._titled():
            taken.append(naming)
            yield naming
        for match in self.origins:
            bare = self._by_origin(match)
            if bare and not any(n.start < bare.end and bare.start < n.end for n in taken):
                taken.append(bare)
                yield bare
        for match in self.known.values():
            if not any(n.start <= match.start < n.end for n in taken):
                yield from self._untitled(match)

    def _by_origin(self, match: Match) -> Naming | None:
        """Return who is named by state and name alone ("البريطاني جون هيلي")."""
        index, first = self.words.next_at(match.outer), self.words.next_at(match.end)
        if index is None or first is None or self.words[first].text not in _GIVEN:
            return None
        if self.words.origin_at(index) is None or not self.words.follows(first):
            return None
        last = last_word(self.words, first)
        if last == first:
            return None
        naming = self._naming(Title([], match.start), first, last)
        naming.start, naming.country = match.start, match.id
        return naming

    def _untitled(self, match: Match) -> Iterator[Naming]:
        """Yield a widely known person named without a title before."""
        first = self.words.next_at(match.outer)
        if first is None or self.names_facility(match):
            return
        last = first
        while last + 1 < len(self.words) and self.words[last].end < match.end:
            last += 1
        if last > first:
            last = max(last, last_word(self.words, first))
        words = self.words.texts(first, last)
        yield self._named(Title([], match.start), (match.start, self.words[last].end), words)

    def _titled(self) -> Iterator[Naming]:
        done = -1
        for anchor in self.anchors:
            if anchor.outer < done or anchor.payload.get("sort") == "modifier":
                continue
            if self.names_facility(anchor):
                continue
            title = self.title(anchor)
            if title.apart and (named := self._before(self.title(anchor, alone=True), done)):
                yield named
                done = named.end
                continue
            naming = self._after(title) or self._after_second(title) or self._before(title, done)
            done = max(done, title.end)
            place = title.end
            if naming is not None:
                yield naming
                done = place = max(naming.end, title.end)
            for sibling in self.fellows(title, place):
                yield sibling
                done = max(done, sibling.end)

    def _after(self, title: Title) -> Naming | None:
        """Return the person named right behind a title."""
        first = self.words.next_at(title.end)
        if first is None or not self.may_begin(first, title):
            return None
        last = last_word(self.words, first)
        if last > first or title.noble or self.stands_alone(first, title):
            return self._naming(title, first, last)
        return None

    def _naming(self, title: Title, first: int, last: int) -> Naming:
        words = self.words.texts(first, last)
        return self._named(title, (self.words[first].start, self.words[last].end), words)

    def _after_second(self, title: Title) -> Naming | None:
        """Return the person of two offices with a comma between ("ولي العهد، وزير الدفاع …")."""
        index = self.words.next_at(title.end)
        if not title.offices or index is None:
            return None
        second = self.anchor_at.get(self.words[index].start)
        if second is None or second.kind != "office" or second.clitics:
            return None
        if self.words.gap(title.end, self.words[index].start) != ",":
            return None
        more = self.title(second)
        both = Title([*title.chain, *more.chain], more.end, title.complete or more.complete)
        return self._after(both)

    def _before(self, title: Title, floor: int) -> Naming | None:
        """Return the person named before an office in apposition ("توم باراك، مبعوث الرئيس")."""
        anchor = title.chain[0]
        index = self.words.next_at(anchor.outer)
        if anchor.kind != "office" or anchor.clitics or not index:
            return None
        first = name_before(self.words, index - 1, floor)
        gap = self.words.gap(self.words[index - 1].end, anchor.outer)
        if first is None or gap not in ("", ","):
            return None
        return Naming(
            start=self.words[first].start,
            end=title.end,
            name=(self.words[first].start, self.words[index - 1].end),
            words=self.words.texts(first, index - 1),
            script="ar",
            offices=title.offices,
            honorifics=title.honorifics,
            title=(anchor.start, title.end),
        )

    def _named(self, title: Title, name: tuple[int, int], words: tuple[str, ...]) -> Naming:
        """Return the naming of a title and a name, the office behind it taken in."""
        end = name[1]
        behind = self._title_behind(end)
        spans = [(m.start, title.office_end) for m in title.offices[:1]]
        if behind is not None:
            spans += [(m.start, behind.end) for m in behind.offices[:1]]
        return Naming(
            start=title.chain[0].start if title.chain else name[0],
            end=behind.end if behind else end,
            name=name,
            words=words,
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
        title = self.title(anchor, alone=True)
        follows = self.words.next_at(title.end)
        if follows is None or not title.complete or not self.may_begin(follows, title):
            return title
        apart = self.words.gap(title.end, self.words[follows].start)
        return None if self.surely_begins(follows) or not apart else title
