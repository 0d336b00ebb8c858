"""The cast of a text: its individuals, and every later place that names them by a short form."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.extract.grammars.people.arabic import find_arabic
from services.extract.grammars.people.joining import Individual, family_of, join
from services.extract.grammars.people.latin import find_latin
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import Word, words_of
from services.extract.reading import Reading


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a person, titles included; `person` is the index in the cast.

    `name_start` and `name_end` bound the name between the titles before and behind it.
    """

    start: int
    end: int
    person: int
    name_start: int
    name_end: int


@dataclass(frozen=True, slots=True)
class Cast:
    """Who appears in a text, and where; mentions by place."""

    people: tuple[Individual, ...]
    mentions: tuple[Mention, ...]

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin in `[start, end)`."""
        low = bisect_left(self.mentions, start, key=lambda m: m.start)
        high = bisect_left(self.mentions, end, key=lambda m: m.start)
        return self.mentions[low:high]


@lru_cache(maxsize=1)
def cast_of(reading: Reading) -> Cast:
    """Find everybody a text names. The last text's cast is kept, since several grammars ask."""
    people = join(reading, _namings(reading))
    mentions = [
        Mention(n.start, n.end, index, *n.name)
        for index, person in enumerate(people)
        for n in person.namings
    ]
    mentions.extend(_short_forms(reading, people, sorted((m.start, m.end) for m in mentions)))
    return Cast(tuple(people), tuple(sorted(mentions, key=lambda m: (m.start, m.end))))


def _namings(reading: Reading) -> Iterator[Naming]:
    for sentence in reading.sentences:
        if sentence.segment.kind == "boilerplate":
            continue
        found = [*find_arabic(reading, sentence), *find_latin(reading, sentence)]
        yield from sorted(found, key=lambda n: n.start)


def _short_forms(
    reading: Reading, people: Sequence[Individual], taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Yield the places of family names (or of two words of a name) outside of full namings."""
    families: dict[str, set[int]] = defaultdict(set)
    for index, person in enumerate(people):
        for naming in person.namings:
            families[family_of(naming.words)].add(index)
    sole = {key: indexes.pop() for key, indexes in families.items() if key and len(indexes) == 1}
    for key, index in sole.items():
        for word in _places(reading, key):
            if not any(start <= word.start < end for start, end in taken):
                yield Mention(word.start, word.end, index, word.start, word.end)


def _places(reading: Reading, key: str) -> Iterator[Word]:
    """Yield the words of the text that are a key, with or without the Arabic article."""
    at = reading.lower.find(key)
    while at >= 0:
        begin, end = _word_around(reading.lower, at, at + len(key))
        if reading.is_read(begin):
            for word in words_of(reading, begin, end):
                arabic = key[0] >= "\u0600"
                if word.text in (key, "ال" + key) if arabic else word.capital and key in word.text:
                    yield word
        at = reading.lower.find(key, max(end, at + 1))


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
