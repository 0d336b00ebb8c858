"""Who sits, speaks or was sent for a state: "Pakistan was represented by …", "ومثل قطر …"."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.people.cut import Word
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code, origins
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_LONGEST_STATE = 40
_LONGEST_LEAD = 90
_LONGEST_SIDE = 160
_LONGEST_LIST = 500
_MOST_WORDS = 3
_MARKS = ",;:.()"


def has_word_of(reading: Reading, table: str) -> bool:
    """Tell whether a text may have a word of a table at all; few texts speak of delegations."""
    has: bool | None = reading.kept.get(table)
    if has is None:
        has = reading.kept[table] = any(map(reading.lower.__contains__, names(table)))
    return has


def words_in(words: Sequence[Word], table: str) -> list[Word]:
    """Return those words that are in a table, an Arabic "and" before them left off."""
    wanted = names(table)
    return [w for w in words if w.text in wanted or _bare(w) in wanted]


def _bare(word: Word) -> str:
    return word.text[1:] if word.text[0] in "وف" and len(word.text) > 4 else word.text


def state_represented(reading: Reading, naming: Naming) -> str | None:
    """Read "Pakistan was represented by its …", "le Mali par le Colonel …", "ومثل قطر …"."""
    sentence = reading.sentence_at(naming.start)
    if sentence is None:
        return None
    for table, told_by in (("sends", _sent), ("voices_of_states", _sided)):
        told = told_by(reading, naming, sentence.start) if has_word_of(reading, table) else None
        if told:
            return told
    if naming.script == "ar":
        spoken = has_word_of(reading, "represents")
        return _represented_ar(reading, naming, sentence.start) if spoken else None
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
    """Read "ومثل قطر في الاجتماع …", "المغرب، الذي مثله …", "أما كندا، ممثلة ب…"."""
    floor = max(start, naming.start - _LONGEST_LEAD)
    verbs = words_in(words_of(reading, floor, naming.start), "represents")
    if not verbs:
        return None
    verb = verbs[-1]
    states = _capitals(reading, verb.end, naming.start)
    if states:
        beside = not reading.lower[states[-1].end : naming.start].strip()
        lone = len(states) == 1 and _is_meeting(reading, states[0].end, naming.start)
        return code(states[-1]) if beside or lone else None
    if not (verb.text in names("represents_it") and _is_meeting(reading, verb.end, naming.start)):
        return None
    before = _capitals(reading, max(start, verb.start - _LONGEST_STATE), verb.start)
    return code(before[-1]) if before else None


def _is_meeting(reading: Reading, left: int, right: int) -> bool:
    """Tell whether nothing stands in a gap but where somebody sat ("في الاجتماع")."""
    words = words_of(reading, left, right)
    if not words:
        return not reading.lower[left:right].strip()
    plain = not any(mark in reading.lower[left:right] for mark in _MARKS)
    return plain and 1 < len(words) <= _MOST_WORDS and words[0].text in names("sits_in")


def _sent(reading: Reading, naming: Naming, start: int) -> str | None:
    """Read "La Tanzanie avait délégué son …", "Kenya sent Ambassador …", "أوفدت تونس السفير …"."""
    floor = max(start, naming.start - 2 * _LONGEST_LEAD)
    verbs = words_in(words_of(reading, floor, naming.start), "sends")
    if not verbs:
        return None
    verb = verbs[-1]
    if naming.script == "ar":  # each of a list: "أوفدت برلين …، وروما …"
        states = _capitals(reading, verb.end, naming.start)[-1:]
        beside = [m for m in states if not reading.lower[m.end : naming.start].strip()]
        return code(beside[0]) if beside else None
    gap = reading.lower[verb.end : naming.start]
    if any(mark in gap for mark in _MARKS) or len(words_of(reading, verb.end, naming.start)) > 1:
        return None
    before = _capitals(reading, max(start, verb.start - _LONGEST_STATE), verb.start)[-1:]
    lead = words_of(reading, before[0].end, verb.start) if before else []
    return code(before[0]) if before and all(w.text in names("auxiliaries") for w in lead) else None


def _sided(reading: Reading, naming: Naming, start: int) -> str | None:
    """Read "عن الجانب البولندي … و…", "قالت برلين على لسان …": all whom a side sends."""
    floor = max(start, naming.start - _LONGEST_SIDE)
    words = words_of(reading, floor, naming.start)
    sides = words_in(words, "sides")
    if sides:
        side = sides[-1]
        states = origins(reading, side.end, naming.start)
        told = len(states) == 1 and not reading.lower[side.end : states[0].start].strip()
        of = words_of(reading, max(start, side.start - 8), side.start)[-1:]
        told = told and any(_bare(w) in names("of_side") or w.text in names("of_side") for w in of)
        acts = reading.of_kinds(("act", "speech", "role"), side.end, naming.start)
        return code(states[0]) if told and not acts else None
    voices = [w for w in words[-3:] if w.text in names("mouths")]
    if not voices:
        return None
    near = _capitals(reading, floor, voices[-1].start)[-1:]
    gap = reading.lower[near[0].end : voices[-1].start] if near else "."
    return code(near[0]) if near and gap.strip(" ,") in names("by_mouth") else None


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
