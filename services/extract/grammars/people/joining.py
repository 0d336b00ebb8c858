"""Joining: the namings of one person, long and short, become one individual."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from services.extract.grammars.people.countries import (
    country_of,
    holder_state,
    is_attributed,
    paired_states,
)
from services.extract.grammars.people.home import home_country
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import names
from services.extract.reading import Reading

_CANDIDATES = 8  # of people who share a word of their names; keeps joining linear
_FEWEST_LETTERS, _ALIKE = 3, 0.7
_AND = (" and ", " et ", ", and ", " و")


@dataclass(slots=True)
class Individual:
    """A person of the text: every place that names them with a title or in full.

    `filled` is the rule by which a country was filled in that no title tells, if any.
    """

    namings: list[Naming] = field(default_factory=list)
    country: str | None = None
    filled: str | None = None

    @property
    def fullest(self) -> Naming:
        """The naming with the most words; of equals the first."""
        return max(self.namings, key=lambda n: len(n.words))

    @property
    def holder(self) -> str | None:
        """The state that a widely known person of this name serves."""
        return next((n.holder for n in self.namings if n.holder), None)

    @property
    def titled(self) -> Naming | None:
        """The first naming with an office that is more than "counterpart"."""
        with_office = [n for n in self.namings if n.title]
        own = [n for n in with_office if not n.counterpart]
        return next(iter(own or with_office), None)


def family_of(words: Sequence[str]) -> str:
    """Return the last word of a name, the Arabic article off: what stands for it later."""
    drop = names("suffixes") | names("particles", "latin") | names("ordinals")
    left = [w for w in words if w not in drop] or [""]
    return left[-1][2:] if left[-1].startswith("ال") and len(left[-1]) > 4 else left[-1]


@lru_cache(maxsize=4096)
def keys_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name's words for comparison: the article off, particles and suffixes out."""
    drop = names("particles", "ar") | names("particles", "latin") | names("suffixes")
    parts = [p for w in words if w not in drop for p in w.split("-") if p not in drop]
    return tuple(key for key in map(_key, parts) if len(key) > 1)


def _key(word: str) -> str:
    if word[:1] >= "\u0600":
        if word.startswith("عبدال") and len(word) > 6:
            return word[5:]
        return word[2:] if word.startswith("ال") and len(word) > 4 else word
    return _skeleton(word)


def _skeleton(word: str) -> str:
    """Return a Latin word's consonants, which the ways of writing an Arabic name share."""
    kept = [c for i, c in enumerate(word) if c not in "aeiouy'-." or i == 0]
    once = "".join(c for i, c in enumerate(kept) if i == 0 or c != kept[i - 1])
    return once if len(once) > 2 else word


def join(reading: Reading, namings: Iterable[Naming]) -> list[Individual]:
    """Return the individuals of a text in the order of their first naming, with countries."""
    people: list[Individual] = []
    namings = list(namings)
    paired = paired_states(reading, namings)
    by_key: dict[str, list[Individual]] = defaultdict(list)
    for naming in namings:
        naming.country = paired.get(naming.start) or country_of(reading, naming)
        naming.holder = holder_state(reading, naming)
        keys = keys_of(naming.words)
        candidates = (p for key in keys for p in by_key[key][-_CANDIDATES:])
        known = next((p for p in candidates if _same(p, naming)), None)
        if known is None:
            known = Individual()
            people.append(known)
        known.namings.append(naming)
        for key in keys:
            if not by_key[key] or by_key[key][-1] is not known:
                by_key[key].append(known)
    _fill_countries(reading, people)
    return people


def _announced(reading: Reading, person: Individual) -> str | None:
    """Return the state of an office that the sentence before announced ("Chad's president …")."""
    naming = person.namings[0]
    sentence = reading.sentence_at(naming.start)
    if sentence is None or sentence.index == 0 or naming.start > sentence.start or naming.title:
        return None
    before = reading.sentences[sentence.index - 1]
    for office in reading.matches("office", before.start, before.end)[:1]:
        origins = reading.of_kinds(("country", "demonym"), before.start, office.start)
        if origins and office.start - origins[-1].end < 12:
            return origins[-1].id
    return None


def _same(person: Individual, naming: Naming) -> bool:
    """Tell whether a naming can be of a person already met."""
    if person.namings[0].script != naming.script:
        return False
    new = keys_of(naming.words)
    if not new:
        return False
    return any(_is_short_form(other, naming, new) for other in person.namings) or any(
        _is_misspelt(other, naming) and _are_alike(keys_of(other.words), new)
        for other in person.namings
    )


def _is_short_form(other: Naming, naming: Naming, new: tuple[str, ...]) -> bool:
    """Tell whether one of two names is the other without some of its words."""
    old = keys_of(other.words)
    short, long = sorted((new, old), key=len)
    if len(short) == 1:
        noble = naming.noble or other.noble
        return short[0] == long[-1] or (short[0] == long[0] and noble)
    return set(short) <= set(long) and (short[0] == long[0] or short[-1] == long[-1])


def _is_misspelt(other: Naming, naming: Naming) -> bool:
    """Tell whether two namings may be of one person although a letter differs: equal posts."""
    if other.country and naming.country and other.country != naming.country:
        return False
    posts = {o.id for o in other.offices} & {o.id for o in naming.offices}
    untitled = not other.offices or not naming.offices
    return bool(posts) or (
        untitled and other.country is not None and other.country == naming.country
    )


def _are_alike(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Tell whether two names of the same length differ by letters of one word only."""
    if len(old) != len(new) or len(old) < 2:
        return False
    pairs = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    return len(pairs) == 1 and all(
        min(len(a), len(b)) >= _FEWEST_LETTERS and SequenceMatcher(None, a, b).ratio() >= _ALIKE
        for a, b in pairs
    )


def _fill_countries(reading: Reading, people: Sequence[Individual]) -> None:
    """Give each the country its titles tell; for offices of a state, else the nearest one told."""
    ends = sorted((n.end, index) for index, person in enumerate(people) for n in person.namings)
    for person in people:
        told = [n.country for n in person.namings if n.country]
        if told:
            person.country = told[0]
            continue
        at = bisect_right(ends, (person.namings[0].start, len(people))) - 1
        before = (people[ends[at][1]], ends[at][0]) if at >= 0 else None
        for rule, country in _untold(reading, person, before):
            if country:
                person.country, person.filled = country, rule
                break


def _untold(
    reading: Reading, person: Individual, before: tuple[Individual, int] | None
) -> Iterator[tuple[str, str | None]]:
    """Yield the states that a person without one may serve, each with its rule, likeliest first."""
    if person.holder and _serves(reading, person):
        yield "people: state of a known holder", person.holder
    official = [n for n in person.namings if n.national and not _of_body(reading, n)]
    if official:
        yield "people: state of the neighbour", _of_neighbour(reading, person, before)
    if any(n.at_home for n in official):
        yield "people: state of the dateline", home_country(reading)
    if person.titled is None:
        yield "people: state announced", _announced(reading, person)


def _serves(reading: Reading, person: Individual) -> bool:
    """Tell whether the text itself presents a widely known person as a state's."""
    if any(_of_body(reading, n) for n in person.namings):
        return False
    if any(n.official for n in person.namings):
        return True
    return any(is_attributed(reading, n) for n in person.namings)


def _of_body(reading: Reading, naming: Naming) -> bool:
    """Tell whether all offices of a naming are of a coalition or union: their titles name one."""
    if not naming.title:
        return False
    starts = [*(o.start for o in naming.offices), naming.end]
    bodies = reading.of_kinds(("coalition", "organisation"), naming.title[0], naming.end)
    if not bodies:
        return False
    own = [
        office
        for office, end in zip(naming.offices, starts[1:], strict=True)
        if office.payload.get("national")
        and not any(office.start <= b.start < max(end, office.end) for b in bodies)
    ]
    return not own or bodies[0].start < naming.offices[0].start


def _of_neighbour(
    reading: Reading, person: Individual, before: tuple[Individual, int] | None
) -> str | None:
    """Return the country of the person named right before, joined by "and"; with where it ends."""
    if before is None or before[0].country is None:
        return None
    gap = reading.lower[before[1] : person.namings[0].start]
    near = 0 < len(gap) < 60 and any(joint in gap[-8:] for joint in _AND)
    return before[0].country if near and "." not in gap.strip() else None
