"""Those who share an office with the person before them, in Arabic script."""

from __future__ import annotations

from collections.abc import Iterator

from services.extract.grammars.people.arabic_names import is_plausible, last_word
from services.extract.grammars.people.arabic_title_reader import TitleReader
from services.extract.grammars.people.arabic_titles import Title
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import is_given

_LIST_GAPS = ("", ",", ":")


class FellowReader(TitleReader):
    """Titles, and those of other states or of the same list whom one of them names too."""

    def fellows(self, title: Title, place: int) -> Iterator[Naming]:
        """Yield those who hold the same office of other states ("والمصري سامح شكري")."""
        if not title.offices:
            return
        place = self._past_origin(place)
        while (index := self.words.next_at(place)) is not None:
            origin = self.words.origin_at(index)
            if origin is None and (partner := self._partner(title, index, place)) is not None:
                yield partner
                place = self._past_origin(partner.end)
                continue
            if origin is None or self.words.gap(place, self.words[index].start) not in _LIST_GAPS:
                return
            own = Title(list(title.offices), origin.end, complete=True)
            while (rank := self.rank_at(own.end)) is not None:
                own.chain.append(rank)
                own.end = rank.end
            first = self.words.next_at(own.end)
            if first is None or self.words.gap(own.end, self.words[first].start):
                return
            last = last_word(self.words, first)
            due = self.may_begin(first, own) or is_plausible(self.words, first)
            if not due or last == first:
                return
            yield Naming(
                start=origin.start,
                end=self.words[last].end,
                name=(self.words[first].start, self.words[last].end),
                words=self.words.texts(first, last),
                script="ar",
                offices=title.offices,
                honorifics=own.honorifics,
                country=origin.id,
            )
            place = self.words[last].end

    def _partner(self, title: Title, index: int, place: int) -> Naming | None:
        """Return the next of those whom a plural office names ("وزيرا … سامح شكري وأيمن …")."""
        word = self.words[index]
        plural = any(o.kind == "offices" for o in title.offices)
        if not plural or word.text[0] != "و" or not is_given(word.text[1:]):
            return None
        if self.words.gap(place, word.start) not in _LIST_GAPS:
            return None
        last = last_word(self.words, index)
        if last == index:
            return None
        others = self.words.texts(index + 1, last)
        return Naming(
            start=word.start + 1,
            end=self.words[last].end,
            name=(word.start + 1, self.words[last].end),
            words=(word.text[1:], *others),
            script="ar",
            offices=title.offices,
            title=(title.offices[0].start, title.office_end),
            counterpart=any(m.payload.get("counterpart") for m in title.offices),
            shared=True,
        )

    def _past_origin(self, place: int) -> int:
        """Return where "of" a state ends behind a name ("من الهند"), or the place itself."""
        index = self.words.next_at(place)
        if index is None or self.words[index].text != "من" or index + 1 >= len(self.words):
            return place
        following = self.words[index + 1].start
        return self.words.wholes.get(following, place)
