"""The cast of a text: its individuals, and every later place that names them by a short form."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import ahocorasick_rs

from services.extract.grammars.people.arabic import find_arabic
from services.extract.grammars.people.cut import Word, cut_of
from services.extract.grammars.people.individual import Individual
from services.extract.grammars.people.joining import family_of, join
from services.extract.grammars.people.latin import find_latin
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import words_of
from services.extract.grammars.sentences import prose
from services.extract.matching import by_start, rank_of
from services.extract.reading import Reading
from services.extract.segments import Sentence

_APART = 3  # characters: a space and a bracket
_LONGEST_CLITIC = 10
_FEW_KEYS = 8


class Mention(NamedTuple):
    """One place of a person, titles included; `person` is the index in the cast.

    `name_start` and `name_end` bound the name between the titles before and behind it; `rank` is
    that of a match at its place.
    """

    start: int
    end: int
    person: int
    name_start: int
    name_end: int
    rank: int


_by_place = itemgetter(0, 1)


@dataclass(slots=True, eq=False)
class Cast:
    """Who appears in a text, and where; mentions by place, and where each begins.

    `table` holds the mentions by the index of the sentence in which they begin.
    """

    people: tuple[Individual, ...]
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    table: Mapping[int, Sequence[Mention]]

    def within(self, sentence: Sentence) -> Sequence[Mention]:
        """Return the mentions that begin in a sentence: a look-up, not a search."""
        return self.table.get(sentence.index, ())

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin in `[start, end)`."""
        low = bisect_left(self.starts, start)
        high = bisect_left(self.starts, end, low) if low < len(self.starts) else low
        return self.mentions[low:high]

    def before(self, place: int, most: int) -> Sequence[Mention]:
        """Return the last `most` mentions that end at or before a place."""
        high = bisect_left(self.starts, place)
        near = self.mentions[max(0, high - most - 1) : high]
        return [m for m in near if m.end <= place][-most:]


def cast_of(reading: Reading) -> Cast:
    """Find everybody a text names; kept with the reading, since several grammars ask."""
    cast: Cast | None = reading.kept.get("cast")
    if cast is None:
        cast = reading.kept["cast"] = _cast(reading)
    return cast


def _cast(reading: Reading) -> Cast:
    people = join(reading, _namings(reading))
    mentions = [
        Mention(n.start, n.end, index, *n.name, rank_of(n.start, n.end))
        for index, person in enumerate(people)
        for n in person.namings
    ]
    mentions.extend(_short_forms(reading, people, sorted((m.start, m.end) for m in mentions)))
    mentions.sort(key=_by_place)
    table = _by_sentence(reading, mentions)
    return Cast(tuple(people), tuple(mentions), tuple([m.start for m in mentions]), table)


def _by_sentence(reading: Reading, mentions: Sequence[Mention]) -> dict[int, list[Mention]]:
    """Return the mentions by the index of the sentence in which they begin."""
    table: dict[int, list[Mention]] = {}
    for mention in mentions:
        sentence = reading.sentence_at(mention.start)
        if sentence is not None:
            table.setdefault(sentence.index, []).append(mention)
    return table


def _namings(reading: Reading) -> Iterator[Naming]:
    for sentence in prose(reading):
        arabic = list(find_arabic(reading, sentence)) if reading.has_arabic else []
        capitals = _capitals(reading, sentence)
        found = [*arabic, *find_latin(reading, sentence, capitals)] if capitals else arabic
        if len(found) > 1:
            found.sort(key=by_start)
        for naming in found:
            if naming.script == "ar" or not _repeats(naming, arabic):
                yield naming


def _capitals(reading: Reading, sentence: Sentence) -> Sequence[int]:
    """Return the indices of the Latin words of a sentence that begin with a capital."""
    cut = cut_of(reading)
    capitals = cut.capitalised
    if not capitals:
        return ()
    low = bisect_left(cut.starts, sentence.start)
    high = bisect_left(cut.starts, sentence.end, low)
    first = bisect_left(capitals, low)
    return capitals[first : bisect_left(capitals, high, first)]


def _repeats(naming: Naming, arabic: Sequence[Naming]) -> bool:
    """Tell whether a Latin name only spells the Arabic one right before it."""
    return any(0 <= naming.start - n.name[1] <= _APART for n in arabic)


def _short_forms(
    reading: Reading, people: Sequence[Individual], taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Yield the places of family names outside of full namings, if one person only has it."""
    families: dict[str, set[int]] = defaultdict(set)
    for index, person in enumerate(people):
        for naming in person.namings:
            families[family_of(naming.words)].add(index)
    sole = [(key, owners.pop()) for key, owners in families.items() if key and len(owners) == 1]
    if not sole:
        return
    for which, start, end in _places(reading.lower, [key for key, _ in sole]):
        key, index = sole[which]
        at = bisect_right(taken, (start, len(reading.lower))) - 1
        inside = at >= 0 and start < taken[at][1]
        if not inside and reading.is_read(start):
            for word in _words_at(reading, key, start, end):
                span = word.start, word.end
                yield Mention(*span, index, *span, rank_of(*span))


def _places(text: str, keys: Sequence[str]) -> Iterable[tuple[int, int, int]]:
    """Return index, start and end of each place of a key: one pass for many, a search for few."""
    if len(keys) > _FEW_KEYS:
        many = ahocorasick_rs.AhoCorasick(keys, store_patterns=False)
        return many.find_matches_as_indexes(text, overlapping=True)
    places = []
    for which, key in enumerate(keys):
        at = text.find(key)
        while at >= 0:
            places.append((which, at, at + len(key)))
            at = text.find(key, at + 1)
    return places


def _words_at(reading: Reading, key: str, start: int, end: int) -> Iterator[Word]:
    """Yield the word at a place if it is a key: with a capital, or with the Arabic article."""
    text = reading.lower
    for word in words_of(reading, *_word_around(text, start, end)):
        if key[0] >= "\u0600":
            if word.text in (key, "ال" + key):
                yield word
        elif word.capital and word.text == key:
            yield word


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the word around a place, ten letters further at most on either side."""
    low, high = max(0, start - _LONGEST_CLITIC), min(len(text), end + _LONGEST_CLITIC)
    while start > low and text[start - 1].isalnum():
        start -= 1
    while end < high and text[end].isalnum():
        end += 1
    return start, end
