"""Which state an office-holder serves: told by the title, by the sentence, or by the dateline."""

from __future__ import annotations

from services.extract.grammars.people.home import home_country, serves_state
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, kingdom, origins, posted
from services.extract.grammars.people.surroundings import told_around
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_SEATED = ("country", "demonym", "seat")
_APPOSED = 60
_POST = 12  # characters before a state in which "in" or "to" stands
_COUNTERPART = 60  # characters from a counterpart to the name behind a comma
_APART = (",", ", le", ", la", ", l'", ", the", ", m.", ", mme")
_ARMED = frozenset(("chief_of_staff", "commander"))


def country_of(reading: Reading, naming: Naming) -> str | None:
    """Return the ISO code that the words around a name give its office, or None."""
    told = naming.country or _from_title(reading, naming) or _from_offices(naming)
    told = told or _from_counterpart(reading, naming)
    told = told or _from_kingdom(reading, naming)
    return told or told_around(reading, naming, home_country(reading))


def holder_state(reading: Reading, naming: Naming) -> str | None:
    """Return the state that a widely known holder of this name serves, or None."""
    for match in reading.matches("holder", *naming.name):
        if match.id == "none":
            return None
        whole = (match.start, match.end) == naming.name
        if whole or " " in reading.lower[match.start : match.end]:
            return match.id
    return None


def is_attributed(reading: Reading, naming: Naming) -> bool:
    """Tell whether words in apposition to a widely known person name the state ("X, qui …")."""
    if naming.holder is None or not reading.lower.startswith(", ", naming.end):
        return False
    near = reading.of_kinds(("country", "demonym", "city"), naming.end, naming.end + _APPOSED)
    return any(code(m) == naming.holder for m in near[:1])


def _from_offices(naming: Naming) -> str | None:
    codes = [o.payload["country"] for o in naming.offices if o.payload.get("country")]
    return str(codes[0]) if codes else None


def _from_title(reading: Reading, naming: Naming) -> str | None:
    """Look in the title itself, and for Latin script in the words that lead up to it."""
    start = naming.start
    begin = _lead(reading, naming) if naming.script == "latin" else start
    for left, right, floor in (
        (start, naming.name[0], start),
        (begin, start, max(0, begin - _POST)),
        (naming.name[1], naming.end, naming.name[1]),
    ):
        near = origins(reading, left, right, seats=True) if left < right else []
        # "au Mauritanien X" is no post in a state, "à Djibouti l'ambassadeur" is.
        found = [m for m in near if not posted(reading, m, floor if m.kind == "country" else left)]
        if not found and (naming.at_home or serves_state(reading, naming)):  # … بدولة قطر
            found = [m for m in near if m.clitics.endswith("ب") or naming.script == "ar"]
        adjectives = [m for m in found if m.kind == "demonym"]
        for match in (*adjectives[:1], *found[:1]):
            return code(match)
    return _malian(reading, naming)


def _malian(reading: Reading, naming: Naming) -> str | None:
    """Read المالي as Malian in the title of an officer; elsewhere it means "financial".

    المالية ("finances" of a ministry) is Malian of armies only.
    """
    if naming.script != "ar":
        return None
    official = naming.national or naming.counterpart
    ranked = any(h.payload.get("sort") == "rank" for h in naming.honorifics)
    armed = any(o.id in _ARMED for o in naming.offices)
    for left, right in ((naming.start, naming.name[0]), (naming.name[1], naming.end)):
        found = {w.text for w in words_of(reading, left, right)}
        if ("المالي" in found and (official or ranked)) or ("الماليه" in found and armed):
            return "ML"
    return None


def _from_counterpart(reading: Reading, naming: Naming) -> str | None:
    """Read "son homologue française, la secrétaire d'État X", "his British counterpart, Gen. X"."""
    if naming.script == "ar":
        return None
    floor = max(0, naming.start - _COUNTERPART)
    found = [
        o for o in reading.matches("office", floor, naming.start) if o.payload.get("counterpart")
    ]
    if not found:
        return None
    near = origins(reading, max(0, found[-1].start - 20), naming.start)
    end = max([found[-1].end, *(m.end for m in near)])
    plain = reading.lower[end : naming.start].strip() in _APART
    inside = [m for m in near if m.end > found[-1].start or m.start >= found[-1].start]
    before = [m for m in near if not reading.lower[m.end : found[-1].start].strip()]
    told = (*inside[-1:], *before[-1:])
    return code(told[0]) if told and plain else None


def _from_kingdom(reading: Reading, naming: Naming) -> str | None:
    """Read "سفير المملكة لدى …" by the Kingdom that writes the text."""
    return kingdom(reading, naming.start, naming.end, home_country(reading))


def _lead(reading: Reading, naming: Naming) -> int:
    """Return where a Latin title begins, its state before it taken in ("Germany's new …")."""
    sentence = reading.sentence_at(naming.start)
    floor = max(sentence.start if sentence else 0, naming.start - 45)
    for match in reversed(reading.of_kinds(_SEATED, floor, naming.start)):
        gap = reading.lower[match.end : naming.start]
        words = words_of(reading, match.end, naming.start)
        plain = not any(mark in gap for mark in ",;:()") and not _wraps(reading, match, naming)
        if plain and len(words) <= 4 and not any(w.text in names("lead_blocks") for w in words):
            return match.start
        break
    return naming.start


def _wraps(reading: Reading, match: Match, naming: Naming) -> bool:
    """Tell whether a line of a list ends with a state, and the next begins with a style."""
    gap = reading.lower[match.end : naming.start]
    led = naming.title is not None and naming.title[0] < naming.name[0]
    return "\n" in gap and gap.strip() in ("", "the") and not led
