"""States near a person: what names one, and what only looks so."""

from __future__ import annotations

from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_STATES = ("country", "demonym")
_BODIES = ("coalition", "organisation")
_SEATED = ("country", "demonym", "seat")


def code(match: Match) -> str:
    """Return the ISO code of the state that a match names: a state, an adjective, a town."""
    return str(match.payload.get("country") or match.id)


def origins(reading: Reading, left: int, right: int, seats: bool = False) -> list[Match]:
    """Return names and adjectives of states in a span, those inside an alliance's name left out.

    `seats` takes in palaces and ministries known by name ("the Kremlin").
    """
    found = reading.of_kinds(_SEATED if seats else _STATES, left, right)
    if not found:
        return []
    bodies = reading.of_kinds(_BODIES, left, right)
    return [
        m
        for m in found
        if not any(b.start <= m.start < b.end for b in bodies) and not m.payload.get("vague")
    ]


def kingdom(reading: Reading, left: int, right: int, home: str | None) -> str | None:
    """Return the state that a span calls only "the Kingdom": the text's own, if it is one."""
    vague = [m for m in reading.matches("country", left, right) if m.payload.get("vague")]
    if not vague:
        return None
    return home if home in names("kingdoms") or home is None else vague[0].id


def posted(reading: Reading, match: Match, left: int) -> bool:
    """Tell whether a state is where somebody is posted ("ambassador to Chad")."""
    if match.clitics.endswith("ب"):
        return True
    words = words_of(reading, left, match.start)
    while words and words[-1].text in names("state_articles"):
        words.pop()
    return bool(words) and words[-1].text in names("posted")
