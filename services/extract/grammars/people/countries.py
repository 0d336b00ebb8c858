"""Which state an office-holder serves: told by the title, by the sentence, or by the dateline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_HEAD = 400
_LONGEST_STATE = 40
_LONGEST_LEAD = 90
_APPOSED = 60
_RESPECTIVE = ("respectivement", "respectively", "علي التوالي")
_OF = ("du ", "de ", "des ", "d'", "of ")


def country_of(reading: Reading, naming: Naming) -> str | None:
    """Return the ISO code that the words around a name give its office, or None."""
    told = naming.country or _from_title(reading, naming) or _from_offices(naming)
    told = told or _from_behind(reading, naming) or _from_before(reading, naming)
    return told or _from_delegation(reading, naming) or _from_representation(reading, naming)


def holder_state(reading: Reading, naming: Naming) -> str | None:
    """Return the state that a widely known holder of this name serves, or None."""
    for match in reading.matches("holder", *naming.name):
        if match.id == "none":
            return None
        whole = (match.start, match.end) == naming.name
        if whole or " " in reading.lower[match.start : match.end]:
            return match.id
    return None


def paired_states(reading: Reading, namings: Sequence[Naming]) -> dict[int, str]:
    """Return the states of persons listed in the order of states, by where their namings begin.

    ("the ministers of Mali and Niger, respectively A and B")
    """
    paired: dict[int, str] = {}
    for mark in _RESPECTIVE:
        place = reading.lower.find(mark)
        sentence = reading.sentence_at(place) if place >= 0 else None
        if sentence is None:
            continue
        named = [n for n in namings if sentence.start <= n.start < sentence.end]
        if not named:
            continue
        states = _origins(reading, sentence.start, named[0].name[0])
        behind = [n for n in named if n.name[0] > states[-1].end] if states else []
        if 1 < len(states) <= len(behind):
            paired.update(zip((n.start for n in behind), map(_code, states), strict=False))
    return paired


def is_attributed(reading: Reading, naming: Naming) -> bool:
    """Tell whether words in apposition to a widely known person name the state ("X, qui …")."""
    if naming.holder is None or not reading.lower.startswith(", ", naming.end):
        return False
    near = reading.of_kinds(("country", "demonym", "city"), naming.end, naming.end + _APPOSED)
    return any(_code(m) == naming.holder for m in near[:1])


def home_country(reading: Reading) -> str | None:
    """Return the state a text is written in: its dateline's, or what it calls the Kingdom."""
    places = reading.of_kinds(
        ("city", "city_state", "country"), 0, _HEAD
    )  # of equals the city: Amman, not Oman
    for match in places:
        if not reading.is_read(match.start) or match.payload.get("vague"):
            continue
        before = words_of(reading, max(0, match.outer - 12), match.outer)[-1:]
        if not before or before[0].text not in names("destinations"):
            return _code(match)
    vague = Counter(m.id for m in reading.matches("country") if m.payload.get("vague"))
    return vague.most_common(1)[0][0] if vague else None


def _code(match: Match) -> str:
    return str(match.payload.get("country") or match.id)


def _from_offices(naming: Naming) -> str | None:
    codes = [o.payload["country"] for o in naming.offices if o.payload.get("country")]
    return str(codes[0]) if codes else None


def _from_title(reading: Reading, naming: Naming) -> str | None:
    """Look in the title itself, and for Latin script in the words that lead up to it."""
    begin = _lead(reading, naming) if naming.script == "latin" else naming.start
    for left, right in ((begin, naming.name[0]), (naming.name[1], naming.end)):
        found = [m for m in _origins(reading, left, right) if not _posted(reading, m, left)]
        adjectives = [m for m in found if m.kind == "demonym"]
        for match in (*adjectives[:1], *found[:1]):
            return _code(match)
    return _malian(reading, naming)


def _malian(reading: Reading, naming: Naming) -> str | None:
    """Read المالي as Malian in the title of a state's officer; elsewhere it means "financial"."""
    words = words_of(reading, naming.start, naming.name[0])
    official = naming.national or naming.counterpart
    return "ML" if official and any(w.text == "المالي" for w in words) else None


def _lead(reading: Reading, naming: Naming) -> int:
    """Return where a Latin title begins, its state before it taken in ("Germany's new …")."""
    sentence = reading.sentence_at(naming.start)
    floor = max(sentence.start if sentence else 0, naming.start - 45)
    for match in reversed(reading.of_kinds(("country", "demonym"), floor, naming.start)):
        gap = reading.lower[match.end : naming.start]
        words = words_of(reading, match.end, naming.start)
        plain = not any(mark in gap for mark in ",;:()")
        if plain and len(words) <= 4 and not any(w.text in names("lead_blocks") for w in words):
            return match.start
        break
    return naming.start


def _origins(reading: Reading, left: int, right: int) -> list[Match]:
    """Return names and adjectives of states in a span, those inside a coalition's name left out."""
    bodies = reading.matches("coalition", left, right)
    return [
        m
        for m in reading.of_kinds(("country", "demonym"), left, right)
        if not any(b.start <= m.start < b.end for b in bodies) and not m.payload.get("vague")
    ]


def _posted(reading: Reading, match: Match, left: int) -> bool:
    """Tell whether a state is where somebody is posted ("ambassador to Chad")."""
    if match.clitics.endswith("ب"):
        return True
    words = words_of(reading, left, match.start)
    return bool(words) and words[-1].text in names("posted")


def _from_behind(reading: Reading, naming: Naming) -> str | None:
    """Read "of the U.S. Navy", "من البحرية الأمريكية", "(Mali)", "who represented France"."""
    tail = reading.lower[naming.end : naming.end + 40]
    if tail.startswith((" of ", " من ", " (", " du ", " de ")):
        near: Sequence[Match] = _origins(reading, naming.end, naming.end + 32)
        return _code(near[0]) if near else None
    if tail.startswith((", who ", ", qui ")) and "represent" in tail:
        states = reading.matches("country", naming.end, naming.end + 60)
        return _code(states[0]) if states else None
    return None


def _from_before(reading: Reading, naming: Naming) -> str | None:
    """Read "والنيجري الجنرال …", "du Burkina Faso, le général …", "ministers of Mali (X)"."""
    start = max(0, naming.start - _LONGEST_STATE)
    near = _origins(reading, start, naming.start)
    if not near or naming.offices:
        return None
    origin = near[-1]
    gap = reading.lower[origin.end : naming.start].strip()
    if naming.script == "ar":
        definite = reading.lower.startswith("ال", origin.start) or "ال" in origin.clitics
        return _code(origin) if not gap and definite and origin.kind == "demonym" else None
    if origin.kind != "country":
        return None
    if gap == "(":
        return _code(origin)
    listed = reading.lower[max(0, origin.start - 4) : origin.start].endswith(_OF)
    return _code(origin) if listed and gap in (", le", ", la", ", l'", ",") else None


def _from_delegation(reading: Reading, naming: Naming) -> str | None:
    """Read "la délégation malienne, conduite par …", "وفد المملكة برئاسة …"."""
    sentence = reading.sentence_at(naming.start)
    if sentence is None or (naming.offices and not naming.national):
        return None
    start = max(sentence.start, naming.start - _LONGEST_LEAD)
    words = words_of(reading, start, naming.start)
    heads = [w for w in words if w.text in names("delegations")]
    if not heads or not any(w.text in names("leaders") for w in words if w.start > heads[-1].start):
        return None
    found = _origins(reading, max(start, heads[-1].start - 20), naming.start)
    near = [m for m in found if abs(m.start - heads[-1].start) < _LONGEST_STATE]
    return _code(near[0]) if near else None


def _from_representation(reading: Reading, naming: Naming) -> str | None:
    """Read "Pakistan was represented by its …", "le Mali par le Colonel …"."""
    sentence = reading.sentence_at(naming.start)
    if naming.offices and not naming.national:
        return None
    if sentence is None or "represent" not in reading.lower[sentence.start : naming.start]:
        return None
    before = words_of(reading, max(sentence.start, naming.start - 45), naming.start)
    by = [w for w in before[-5:] if w.text in ("by", "par")]
    if not by:
        return None
    states = [m for m in _origins(reading, sentence.start, by[-1].start) if m.kind == "country"]
    return _code(states[-1]) if states else None
