"""Which coalition a text is about: the one named most, earliest, and beside words of meeting."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from services.extract.certainty import confidence_of
from services.extract.grammars.coalition_names import namings
from services.extract.grammars.unlisted import read_unlisted
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Coalition

_ENOUGH = 0.55  # one full name anywhere in the text is worth 1, a short one a little more than half
_HEAD_CHARACTERS = 700
_OFTEN = 4  # namings behind the head that count; a background paragraph may have many
_COMMON = 0.15  # organisations that are named in many texts without being their subject
_SPOKEN_OF = 3  # times that it is called the alliance, the bloc
_OFFICE = 0.2  # what the names of an organisation's places and officers weigh
_BESIDE = 60
_TOUCHING = 60
_LOOSE = 5  # words between a summit and its organisation (le sommet du 75e anniversaire de l'OTAN)
_BY_NAME = "coalition: name"
_BY_MEMBERS = "coalition: its members"
_BY_FOE = "coalition: league against a foe"
_OTHERWISE = (("composed", _BY_FOE), ("by_members", _BY_MEMBERS))
_MARKS = re.compile("['«»\"“”]")  # وزراء دفاع «الناتو»
_LINKS = frozenset({"of", "the", "de", "des", "du", "l", "la", "s", "دول", "في", "الدول", "ل"})


def read_coalition(reading: Reading) -> Coalition | None:
    """Return the coalition the text is about, with its first full naming as evidence.

    One that no lexicon lists is read from its name or its members where the text names no other.
    """
    scores: dict[str, float] = defaultdict(float)
    first: dict[str, Match] = {}
    named: dict[str, Match] = {}
    later: Counter[str] = Counter()
    found, lead = namings(reading)
    for match in found:
        later[match.id] += match.start >= _HEAD_CHARACTERS
        if later[match.id] <= _OFTEN:
            scores[match.id] += _weight(reading, match, lead)
        first.setdefault(match.id, match)
        if match.id not in named or _full(match) > _full(named[match.id]):
            named[match.id] = match
    _settle_parts(scores, first)
    _settle_wide(scores, first)
    winner = max(scores, key=lambda key: (scores[key], -first[key].start), default=None)
    if winner is None or scores[winner] < _ENOUGH:
        return read_unlisted(reading)
    match = named[winner]
    if _full(match) <= _OFFICE and (other := read_unlisted(reading)) is not None:
        return other
    rule = next((rule for key, rule in _OTHERWISE if key in match.payload), _BY_NAME)
    return Coalition(
        id=winner,
        name=match.payload.get("name"),
        evidence=(reading.evidence(match.start, match.end),),
        confidence=confidence_of(rule),
        rule=rule,
    )


def _full(match: Match) -> float:
    return float(match.payload.get("weight", 1.0))


def _weight(reading: Reading, match: Match, lead: int) -> float:
    weight = _full(match)
    if match.payload.get("common") and not _is_subject(reading, match):
        weight *= _COMMON
    if match.start < lead:
        weight *= 3
    elif match.start < _HEAD_CHARACTERS:
        weight *= 2
    near = (max(0, match.start - _BESIDE), match.end + _BESIDE)
    if reading.matches("meeting", *near) or reading.matches("body", *near):
        weight *= 1.5
    return weight


def _is_subject(reading: Reading, match: Match) -> bool:
    """Tell whether a much-named organisation is the subject: it meets, or is "the alliance"."""
    words = sum(m.id != "coalition" for m in reading.matches("the_coalition"))
    return words >= _SPOKEN_OF or _meets_itself(reading, match)


def _meets_itself(reading: Reading, match: Match) -> bool:
    """Tell whether a much-named organisation is the subject: NATO defence ministers, قمة الناتو."""
    near = (max(0, match.start - _TOUCHING), match.end + _TOUCHING)
    for word in reading.of_kinds(("body", "meeting"), *near):
        first, second = sorted((word, match), key=lambda m: m.start)
        between = _MARKS.sub(" ", reading.lower[first.end : second.outer]).split()
        if first.end > second.start:
            continue
        loose = (
            word.payload.get("strong") and len(between) <= _LOOSE and "," not in "".join(between)
        )
        if loose or all(w in _LINKS for w in between):
            return True
    return False


def _settle_parts(scores: dict[str, float], first: Mapping[str, Match]) -> None:
    """Where a group and the coalition it is part of are both named, it is the one named first."""
    for part, match in first.items():
        whole = match.payload.get("part_of")
        if whole not in scores:
            continue
        if match.start < first[whole].start:
            scores[part], scores[whole] = scores[part] + scores[whole], 0.0
        else:
            scores[whole], scores[part] = scores[whole] + scores[part], 0.0


def _settle_wide(scores: dict[str, float], first: Mapping[str, Match]) -> None:
    """An organisation for everything (SADC) gives way to any coalition that the text is about."""
    wide = {key for key, match in first.items() if match.payload.get("wide")}
    if any(score >= _ENOUGH for key, score in scores.items() if key not in wide):
        for key in wide:
            scores[key] = 0.0
