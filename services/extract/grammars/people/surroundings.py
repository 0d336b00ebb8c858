"""States told beside a title: in lists, behind a name, by a delegation, by who is represented."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.people.apposed_states import state_apposed
from services.extract.grammars.people.cut import Word
from services.extract.grammars.people.entries import state_of_entry
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, kingdom, origins
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_LONGEST_STATE = 40
_LONGEST_LEAD = 90
_TURN = 12
_LONGEST_LIST = 500
_FARTHEST, _LONGEST_NAME = 32, 40  # "of the Democratic Republic of the Congo"
_BEHIND = (" of ", " من ", " (", " du ", " de ", " from ", ", of ", ", من ")
_WHOSE = (", dont l", ", whose ")  # "au Ghana, dont le chef d'état-major X"
_APART = (", le", ", la", ", l'", ",")


def told_around(reading: Reading, naming: Naming, home: str | None) -> str | None:
    """Return the ISO code told by the words around a title and a name, or None."""
    told = state_of_entry(reading, naming) or state_apposed(reading, naming)
    told = told or _from_behind(reading, naming) or _from_before(reading, naming)
    if told is None and _has_word_of(reading, "delegations"):
        told = _from_delegation(reading, naming, home)
    return told or _from_representation(reading, naming)


def _has_word_of(reading: Reading, table: str) -> bool:
    """Tell whether a text may have a word of a table at all; few texts speak of delegations."""
    has: bool | None = reading.kept.get(table)
    if has is None:
        has = reading.kept[table] = any(word in reading.lower for word in names(table))
    return has


def _from_behind(reading: Reading, naming: Naming) -> str | None:
    """Read "of the U.S. Navy", "من البحرية الأمريكية", "(Mali)", "who represented France"."""
    end = naming.end
    tail = reading.lower[end : end + _LONGEST_STATE]
    if tail.startswith(_BEHIND):
        for match in origins(reading, end, end + _FARTHEST + _LONGEST_NAME, seats=True)[:1]:
            gap = reading.lower[end + 2 : match.start]
            near = match.start <= end + _FARTHEST and not any(c in gap for c in ",;.()")
            return code(match) if near else None
        return None
    if tail.startswith((", who ", ", qui ", " who ", " qui ")) and "represent" in tail:
        states = reading.matches("country", end, end + 60)
        return code(states[0]) if states else None
    return None


def _from_before(reading: Reading, naming: Naming) -> str | None:
    """Read "والنيجري الجنرال …", "du Burkina Faso, le général …", "ministers of Mali (X)"."""
    near = origins(reading, max(0, naming.start - _LONGEST_STATE), naming.start)
    if not near:
        return None
    origin = near[-1]
    gap = reading.lower[origin.end : naming.start].strip()
    if gap.startswith(_WHOSE) and origin.kind == "country":
        return code(origin)
    led = naming.title is not None and naming.title[0] < naming.name[0]
    if naming.offices and not naming.shared and (led or naming.script == "latin"):
        return None
    if naming.script == "ar":
        definite = reading.lower.startswith("ال", origin.start) or "ال" in origin.clitics
        beside = not gap and definite and origin.kind == "demonym"
        return code(origin) if beside else None
    if origin.kind != "country":
        return None
    if gap == "(":
        return code(origin)
    before = [w.text for w in words_of(reading, max(0, origin.start - 12), origin.start)[-2:]]
    genitive = any(word in names("genitives") for word in before)
    if gap in ("de", "d'") and not genitive:  # "la France d'Emmanuel Macron"
        return code(origin)
    return code(origin) if genitive and gap in _APART else None


def _bare(word: Word) -> str:
    return word.text[1:] if word.text[0] in "وف" and len(word.text) > 4 else word.text


def _are(words: Sequence[Word], table: str) -> list[Word]:
    wanted = names(table)
    return [w for w in words if w.text in wanted or _bare(w) in wanted]


def _from_delegation(reading: Reading, naming: Naming, home: str | None) -> str | None:
    """Read "la délégation malienne, conduite par …", "وفد المملكة برئاسة …", "… ترأس وفد قطر"."""
    sentence = reading.sentence_at(naming.start)
    if sentence is None:
        return None
    start = max(sentence.start, naming.start - _LONGEST_LEAD)
    words = words_of(reading, start, naming.start)
    parties = _are(words, "delegations")
    if parties and _are([w for w in words if w.start > parties[-1].start - 20], "leaders"):
        return _of_party(reading, parties[-1], start, naming.start, home)
    stop = min(sentence.end, naming.end + _LONGEST_LEAD)
    behind = words_of(reading, naming.end, stop)[:8]
    parties = _are(behind, "delegations")[:1]
    if any(turn in reading.lower[naming.end : naming.end + _TURN] for turn in names("turns")):
        return None  # "…, while Y led the delegation of Niger"
    if not parties or not _are([w for w in behind[:4] if w.start < parties[0].start], "leaders"):
        return None
    begin = max(naming.end, parties[0].start - 15)
    return _of_party(reading, parties[0], begin, stop, home)


def _of_party(reading: Reading, party: Word, left: int, right: int, home: str | None) -> str | None:
    """Return the state of a delegation: beside its noun, else the one that sent it."""
    found = origins(reading, max(left, party.start - 60), right)
    near = [m for m in found if -20 < m.start - party.start < _LONGEST_STATE]
    before = [m for m in found if m.start < party.start and m.kind == "country"]
    for match in (*sorted(near, key=lambda m: abs(m.start - party.start))[:1], *before[-1:]):
        return code(match)
    return kingdom(reading, party.start, min(right, party.end + _LONGEST_STATE), home)


def _from_representation(reading: Reading, naming: Naming) -> str | None:
    """Read "Pakistan was represented by its …", "le Mali par le Colonel …", "ومثل قطر …"."""
    if naming.script == "ar" and not _has_word_of(reading, "represents"):
        return None
    sentence = reading.sentence_at(naming.start)
    if sentence is None:
        return None
    if naming.script == "ar":
        return _represented_ar(reading, naming, sentence.start)
    if "represent" not in reading.lower[sentence.start : naming.start]:
        return None
    before = words_of(reading, max(sentence.start, naming.start - 45), naming.start)
    by = [w for w in before[-5:] if w.text in ("by", "par")]
    if not by:
        return _represented_in_list(reading, naming, sentence.start)
    states = _capitals(reading, sentence.start, by[-1].start)
    if not states:
        return None
    beside = by[-1].start - states[-1].end < _LONGEST_STATE
    return code(states[-1]) if beside or naming.national or not naming.offices else None


def _represented_in_list(reading: Reading, naming: Naming, start: int) -> str | None:
    """Return the state represented by a list of persons ("Mali was represented by A, B and C")."""
    words = words_of(reading, max(start, naming.start - _LONGEST_LIST), naming.start)
    by = next((w for w in reversed(words) if w.text in ("by", "par")), None)
    if by is None or "represent" not in reading.lower[max(start, by.start - 60) : by.start]:
        return None
    if reading.of_kinds(("act", "speech"), by.end, naming.start):
        return None
    states = _capitals(reading, start, by.start)
    return code(states[-1]) if states and not origins(reading, by.end, naming.start) else None


def _represented_ar(reading: Reading, naming: Naming, start: int) -> str | None:
    """Return the state or capital right before a title, in a sentence of who represents whom."""
    near = _capitals(reading, max(start, naming.start - _LONGEST_STATE), naming.start)
    if not near or reading.lower[near[-1].end : naming.start].strip():
        return None
    words = words_of(reading, max(start, naming.start - 2 * _LONGEST_LEAD), near[-1].outer)
    return code(near[-1]) if _are(words, "represents") else None


def _capitals(reading: Reading, left: int, right: int) -> list[Match]:
    """Return states and the capitals that stand for them, by place."""
    found = reading.of_kinds(("country", "city"), left, right)
    states = {id(m) for m in origins(reading, left, right)}
    return [m for m in found if (_acts(reading, m) if m.kind == "city" else id(m) in states)]


def _acts(reading: Reading, city: Match) -> bool:
    """Tell whether a capital stands for its state, and is not where something happens."""
    if not city.payload.get("capital"):
        return False
    before = words_of(reading, max(0, city.start - 12), city.start)[-1:]
    return not any(w.text in names("posted") for w in before)
