"""Who gives: the state, organisation or speaker that a sum of money is promised by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Person
from shared.text import fold_words

_GIVERS = ("country", "city", "demonym", "organisation")
_FROM = re.compile(
    r"\s*(?:(?:in|of)\s+\w+\s+)?(?:\w+\s+){0,2}"
    r"(?:from|by|de la part (?:de|du|des)|من)\s+(?:the\s+|la\s+|le\s+|l')?$"
)
# "His country": whose that is was said before it, whatever else is named behind.
_OWN = re.compile(
    r"\b(?:بلاد(?:ه|ها|هم)|(?:his|her|their|our) (?:country|government)|"
    r"son (?:pays|gouvernement))\b"
)
_PRONOUN = 4  # characters: it, they, ils; whom they stand for gives
_LONG_NAME = 6  # shorter ones differ by one letter too often (سلمان, سليمان)
_REACH = 60


def giver_behind(reading: Reading, start: int, end: int) -> Match | None:
    """Return the giver named right behind a sum that ends at `start`: $5 million from Finland."""
    for match in reading.of_kinds(_GIVERS, start, min(end, start + _REACH)):
        between = reading.lower[start : match.outer]
        if not between.strip() and match.kind == "demonym":
            return match
        if _FROM.fullmatch(between):
            return match
    return None


def giver_before(reading: Reading, start: int, end: int) -> Match | None:
    """Return the nearest name in `[start, end)`, before a sum at `end`, that can be its giver."""
    own = _OWN.search(reading.lower, start, end)
    limit = own.start() if own else end
    names = reading.matches("coalition", start, limit)
    usable = [
        m
        for m in reading.of_kinds(_GIVERS, start, limit)
        if _can_give(reading, m) and not any(n.start <= m.start < n.end for n in names)
    ]
    giver = max(usable, key=lambda m: m.start, default=None)
    if _members_give(reading, giver.end if giver else start, end):
        return None
    return giver


def surnames_of(people: Sequence[Person]) -> Mapping[str, str]:
    """Return the country of each person of a known one, by folded surname."""
    surnames: dict[str, str] = {}
    for person in people:
        name = fold_words(person.name)
        if person.country and name:
            surnames.setdefault(name[-1], person.country)
    return surnames


def speaker_country(
    reading: Reading, start: int, end: int, surnames: Mapping[str, str]
) -> str | None:
    """Return the country of the last person whose surname stands in `[start, end)`."""
    for word in reversed(fold_words(reading.original(start, end))):
        if word in surnames:
            return surnames[word]
        if len(word) >= _LONG_NAME - 1:
            for name, country in surnames.items():
                if _is_slip(name, word):
                    return country
    return None


def _is_slip(name: str, word: str) -> bool:
    """Tell whether a word is a surname but for one slip of the pen (تريسلون for تريلسون)."""
    return len(name) >= _LONG_NAME and OSA.distance(name, word, score_cutoff=1) <= 1


def _members_give(reading: Reading, start: int, end: int) -> bool:
    """Tell whether all give together: "members had pledged", "les participants ont promis"."""
    for who in reading.matches("subject", start, end):
        named = who.lang != "ar" and who.end - who.start > _PRONOUN
        if named and reading.matches("pledge", who.end, min(end, who.end + 20)):
            return True
    return False


def _can_give(reading: Reading, match: Match) -> bool:
    """Tell whether a name before a sum can be its giver and is not what or where it is for."""
    if match.kind == "city" and not match.payload.get("capital"):
        return False
    if "ل" in match.clitics or "ب" in match.clitics:
        return False
    before = reading.lower[max(0, match.outer - 12) : match.outer]
    return not re.search(r"(?:^|\s)(?:in|to|for|en|au|aux|a|pour|في|الي)\s+(?:the\s)?$", before)
