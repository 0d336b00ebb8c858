"""Joining: the namings of one person, long and short, become one individual."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from services.extract.grammars.people.countries import country_of, holder_state
from services.extract.grammars.people.filling import fill_countries
from services.extract.grammars.people.individual import Individual
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.pairing import paired_states
from services.extract.grammars.people.words import names
from services.extract.reading import Reading

_CANDIDATES = 8  # of people who share a word of their names; keeps joining linear
_NO_FAMILY = names("suffixes") | names("particles", "latin") | names("ordinals")
_NO_KEY = names("particles", "ar") | names("particles", "latin") | names("suffixes")
_FEWEST_LETTERS, _ALIKE = 3, 0.7
_GIVEN = names("given", "latin")
_FEWEST_PARTS = 3  # of a name that one word from its middle stands for


def family_of(words: Sequence[str]) -> str:
    """Return the last word of a name, the Arabic article off: what stands for it later."""
    last = next((word for word in reversed(words) if word not in _NO_FAMILY), "")
    return last[2:] if last.startswith("ال") and len(last) > 4 else last


@lru_cache(maxsize=4096)
def keys_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name's words for comparison: the article off, particles and suffixes out."""
    parts = [p for w in words if w not in _NO_KEY for p in w.split("-") if p not in _NO_KEY]
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
        candidates = [p for key in keys for p in by_key[key][-_CANDIDATES:]]
        known = next((p for p in candidates if _same(p, naming)), None)
        if known is None and len(keys) == 1:
            known = next((p for p in candidates if _is_called(p, naming, keys[0])), None)
        if known is None:
            known = Individual()
            people.append(known)
        known.namings.append(naming)
        for key in keys:
            if not by_key[key] or by_key[key][-1] is not known:
                by_key[key].append(known)
    fill_countries(reading, people)
    return people


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


def _is_called(person: Individual, naming: Naming, key: str) -> bool:
    """Tell whether one word is a family name that stands first or in the middle of a name.

    Dr Ng for Ng Eng Hen, M. Kabanda for Gilbert Kabanda Kurhenga; given names stand for nobody.
    """
    if naming.script != "latin" or not _GIVEN.isdisjoint(naming.words):
        return False
    longer = (keys_of(other.words) for other in person.namings if other.script == "latin")
    return any(len(keys) >= _FEWEST_PARTS and key in keys for keys in longer)


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
