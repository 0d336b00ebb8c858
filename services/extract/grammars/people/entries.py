"""States that a list tells: at the head of an entry or at its end ("- Mali: X", "X, Mali").

An entry is a line, a bullet, or what stands between two semicolons.
"""

from __future__ import annotations

from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, origins, posted
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_HEADS = (":", "-", "–", "—", ": -", "(", ": –")
_LONGEST_ENTRY = 200
_LONGEST_HEAD = 60
_ENDS = (";", "\n")
_BREAKS = (":", "«", '"', "“", "(")
_MARKS = str.maketrans(dict.fromkeys("-–—•*·().", " "))
_LEADS = frozenset(("and", "the", "for", "pour", "ainsi", "que", "et", "le", "la"))
_ROMAN = frozenset("ivx")
_STATE_ENDS = " .,)"


def state_of_entry(reading: Reading, naming: Naming) -> str | None:
    """Return the state told at the head or at the end of the entry that a naming opens, or None."""
    near = origins(reading, max(0, naming.start - _LONGEST_HEAD), naming.start)
    if near and heads_entry(reading, near[-1], naming.start):
        return code(near[-1])
    segment = reading.segment_at(naming.start)
    if segment is None or not naming.offices:
        return None
    start = _start(reading, naming.start, segment.start, (*_ENDS, ":"))
    opens = start is not None and _is_bullet(reading.lower[start : naming.start])
    return _at_end(reading, naming, segment.end) if opens else None


def heads_entry(reading: Reading, origin: Match, place: int) -> bool:
    """Tell whether a state opens a list's entry whose person begins at `place` ("- Mali: X")."""
    if reading.lower[origin.end : place].strip() not in _HEADS:
        return False
    segment = reading.segment_at(origin.start)
    if segment is None:
        return False
    start = _start(reading, origin.outer, segment.start, _ENDS)
    return start is not None and _is_bullet(reading.lower[start : origin.outer])


def _start(reading: Reading, place: int, floor: int, marks: tuple[str, ...]) -> int | None:
    """Return where the entry begins in which a place stands, or None if that is far."""
    near = max(floor, place - _LONGEST_HEAD)
    begin = max(reading.lower.rfind(mark, near, place) for mark in marks) + 1
    return begin or (floor if near == floor else None)


def _is_bullet(lead: str) -> bool:
    """Tell whether what leads up to an entry is a bullet, a number, an article or "and"."""
    words = lead.translate(_MARKS).split()
    return all(
        len(word) == 1 or word.isdigit() or word in _LEADS or _ROMAN.issuperset(word)
        for word in words
    )


def _at_end(reading: Reading, naming: Naming, stop: int) -> str | None:
    """Return the state that closes an entry, behind an office and a comma or "of"."""
    lower = reading.lower
    stop = min(stop, naming.name[1] + _LONGEST_ENTRY)
    end = min((e for m in _ENDS if (e := lower.find(m, naming.name[1], stop)) >= 0), default=stop)
    found = origins(reading, naming.name[1], end, seats=True)
    if not found or lower[found[-1].end : end].strip(_STATE_ENDS) not in ("", "and", "et"):
        return None
    last = found[-1]
    between = lower[naming.end : last.start]
    if any(mark in between for mark in _BREAKS) or posted(reading, last, naming.name[1]):
        return None
    if reading.of_kinds(("speech", "honorific"), naming.end, last.start):
        return None
    words = words_of(reading, naming.end, last.start)
    return None if any(w.text in names("relatives_of_people") for w in words) else code(last)
