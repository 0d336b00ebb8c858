"""States told beside a title: in lists, behind a name, by a delegation, by who is represented."""

from __future__ import annotations

from services.extract.grammars.people.apposed_states import state_apposed
from services.extract.grammars.people.cut import Word
from services.extract.grammars.people.entries import state_of_entry
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, kingdom, origins
from services.extract.grammars.people.representation import (
    has_word_of,
    state_represented,
    words_in,
)
from services.extract.grammars.people.words import names, words_of
from services.extract.reading import Reading

_LONGEST_STATE = 40
_LONGEST_LEAD = 90
_TURN = 12
_FARTHEST, _LONGEST_NAME = 32, 40  # "of the Democratic Republic of the Congo"
_BEHIND = (" of ", " من ", " (", " du ", " de ", " from ", ", of ", ", من ")
_WHOSE = (", dont l", ", whose ")  # "au Ghana, dont le chef d'état-major X"
_APART = (", le", ", la", ", l'", ",")


def told_around(reading: Reading, naming: Naming, home: str | None) -> str | None:
    """Return the ISO code told by the words around a title and a name, or None."""
    told = state_of_entry(reading, naming) or state_apposed(reading, naming)
    told = told or _from_behind(reading, naming) or _from_before(reading, naming)
    if told is None and has_word_of(reading, "delegations"):
        told = _from_delegation(reading, naming, home)
    return told or state_represented(reading, naming)


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


def _from_delegation(reading: Reading, naming: Naming, home: str | None) -> str | None:
    """Read "la délégation malienne, conduite par …", "وفد المملكة برئاسة …", "… ترأس وفد قطر"."""
    sentence = reading.sentence_at(naming.start)
    if sentence is None:
        return None
    start = max(sentence.start, naming.start - _LONGEST_LEAD)
    words = words_of(reading, start, naming.start)
    parties = words_in(words, "delegations")
    if parties and words_in([w for w in words if w.start > parties[-1].start - 20], "leaders"):
        return _of_party(reading, parties[-1], start, naming.start, home)
    stop = min(sentence.end, naming.end + _LONGEST_LEAD)
    behind = words_of(reading, naming.end, stop)[:8]
    parties = words_in(behind, "delegations")[:1]
    if any(turn in reading.lower[naming.end : naming.end + _TURN] for turn in names("turns")):
        return None  # "…, while Y led the delegation of Niger"
    if not parties or not words_in(
        [w for w in behind[:4] if w.start < parties[0].start], "leaders"
    ):
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
