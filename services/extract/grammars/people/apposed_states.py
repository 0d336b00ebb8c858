"""States in apposition to a name: "X, a Royal Navy officer", "X, Chief of Staff, French Navy"."""

from __future__ import annotations

from collections.abc import Mapping

from services.extract.grammars.people.lists import is_lettered
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, origins
from services.extract.grammars.people.words import names, words_of
from services.extract.lexicon import read_lexicon
from services.extract.matching import Match
from services.extract.reading import Reading

_NEAR = 45
_LETTERS = 16
_FAR = 90
_ARTICLES = (", a ", ", an ", ", un ", ", une ", " a ", " an ")
_OF = (" of the ", " of ", " from the ")
_STATE_STOPS = ",;.)\n"


def state_apposed(reading: Reading, naming: Naming) -> str | None:
    """Return the state that an apposition right behind a name or its title tells, or None."""
    if naming.script == "ar":
        return None
    tail = reading.lower[naming.end : naming.end + 10]
    if tail.startswith(_ARTICLES):
        return state_of_nature(reading, naming.end)
    if tail.startswith(_OF):
        return _of_institution(reading, naming.end)
    return _of_service(reading, naming)


def state_of_nature(reading: Reading, place: int) -> str | None:
    """Read ", a Kyrgyz diplomat", ", un officier tchadien": a state beside a noun of persons."""
    if not reading.lower.startswith(_ARTICLES, place):
        return None
    stop = min(
        (e for m in ",;.:(\n" if (e := reading.lower.find(m, place + 2, place + _NEAR)) >= 0),
        default=place + _NEAR,
    )
    found = origins(reading, place, stop, seats=True)
    nouns = [w for w in words_of(reading, place, stop) if w.text in names("persons")]
    beside = bool(found and nouns) and abs(nouns[0].start - found[0].end) < _NEAR // 2
    return code(found[0]) if beside else None


def _of_institution(reading: Reading, place: int) -> str | None:
    """Read "of the Presidency of State Security of Saudi Arabia": capitals up to a state."""
    for match in origins(reading, place, place + _FAR, seats=True)[:1]:
        gap = reading.lower[place : match.start]
        words = words_of(reading, place, match.start)
        plain = all(w.capital or w.text in names("connectors") for w in words)
        return code(match) if plain and not any(c in gap for c in ",;:()\n") else None
    return None


def _of_service(reading: Reading, naming: Naming) -> str | None:
    """Read ", New Zealand" and ", U.S. Fifth Fleet" behind a title, "Royal Navy" behind a rank."""
    lower, end = reading.lower, naming.end
    comma = lower.startswith(", ", end)
    if not (naming.title and naming.title[0] >= naming.name[1] and comma) and not _is_officer(
        naming
    ):
        return None
    place = end + 2 if comma or lower.startswith(" (", end) else end + 1
    skipped = next((a for a in ("the ", "royal ") if lower.startswith(a, place)), "")
    match = next(iter(origins(reading, place, place + _NEAR, seats=True)), None)
    if match is None or match.start not in (place, place + len(skipped)):
        return _of_letters(reading, place)
    return code(match) if _is_whole(reading, match, comma) else None


def _is_officer(naming: Naming) -> bool:
    return any(h.payload.get("sort") == "rank" for h in naming.honorifics)


def _of_letters(reading: Reading, place: int) -> str | None:
    """Read the letters of an armed service behind a name: "Moorhouse OBE RN"."""
    services: Mapping[str, str] = read_lexicon("names")["services"]
    for word in words_of(reading, place, place + _LETTERS):
        if not is_lettered(reading, word):
            break
        if word.text in services:
            return services[word.text]
    return None


def _is_whole(reading: Reading, match: Match, comma: bool) -> bool:
    """Tell whether a state is all of an apposition, or an armed service's or a ministry's."""
    behind = next(iter(words_of(reading, match.end, match.end + 20)), None)
    if behind is not None and behind.text in names("armed") and not behind.possessive:
        return reading.lower[match.end : behind.start] == " "
    if match.kind == "seat":
        return True
    closes = reading.lower[match.end : match.end + 1] in _STATE_STOPS or behind is None
    return comma and match.kind == "country" and closes
