"""Which coalition a text is about: the one named most, earliest, and beside words of meeting."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from services.extract.grammars.unlisted import read_unlisted
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Coalition

_ENOUGH = 0.55  # one full name anywhere in the text is worth 1, a short one a little more than half
_HEAD_CHARACTERS = 700
_LEAD_SENTENCES = 3  # a headline, a second one, the first sentence
_OFTEN = 4  # namings behind the head that count; a background paragraph may have many
_COMMON = 0.15  # organisations that are named in many texts without being their subject
_BESIDE = 60
_TOUCHING = 60
_LOOSE = 5  # words between a summit and its organisation (le sommet du 75e anniversaire de l'OTAN)
_DEFENCE = ("chiefs_of_staff", "defence_ministers")
# The international coalition *for* something is another one; ours with its purpose is a full name.
_QUALIFIED = re.compile(r" (?:ل(?!هما?\b|ها\b)\w{2,}|من اجل|for|to|against|pour|contre|des?) ")
_LINKS = frozenset({"of", "the", "de", "des", "du", "l", "la", "s", "دول", "في", "الدول", "ل"})


def read_coalition(reading: Reading) -> Coalition | None:
    """Return the coalition the text is about, with its first full naming as evidence.

    One that no lexicon lists is read from its name where the text names no other.
    """
    scores: dict[str, float] = defaultdict(float)
    first: dict[str, Match] = {}
    named: dict[str, Match] = {}
    later: Counter[str] = Counter()
    context = _context(reading)
    for match in reading.matches("coalition"):
        if not reading.is_read(match.start) or not _is_meant(reading, match, context):
            continue
        later[match.id] += match.start >= _HEAD_CHARACTERS
        if later[match.id] <= _OFTEN:
            scores[match.id] += _weight(reading, match, context)
        first.setdefault(match.id, match)
        if match.id not in named or _full(match) > _full(named[match.id]):
            named[match.id] = match
    _settle_parts(scores, first)
    winner = max(scores, key=lambda key: (scores[key], -first[key].start), default=None)
    if winner is None or scores[winner] < _ENOUGH:
        return read_unlisted(reading)
    match = named[winner]
    return Coalition(
        id=winner,
        name=match.payload.get("name"),
        evidence=(reading.evidence(match.start, match.end),),
        confidence=round(min(1.0, scores[winner] / 3), 2),
    )


@dataclass(frozen=True, slots=True)
class _Context:
    """What a text names besides: the ids of armed groups, states, and coalitions by full names.

    `defence` tells that it names ministers of defence or chiefs of staff; `lead` is the folded
    place where its first sentences end.
    """

    foes: frozenset[str]
    states: frozenset[str]
    named: frozenset[str]
    defence: bool
    lead: int


def _context(reading: Reading) -> _Context:
    places = reading.of_kinds(("country", "demonym", "city"))
    read = [s for s in reading.sentences[: 2 * _LEAD_SENTENCES] if reading.is_read(s.start)]
    return _Context(
        frozenset(m.id for m in reading.matches("adversary")),
        frozenset(str(m.payload.get("country", m.id)) for m in places),
        frozenset(m.id for m in reading.matches("coalition") if "needs_name" not in m.payload),
        any(m.id in _DEFENCE for m in reading.matches("body")),
        read[:_LEAD_SENTENCES][-1].end if read else 0,
    )


def _is_meant(reading: Reading, match: Match, context: _Context) -> bool:
    """Tell whether a name that others bear too means this coalition here."""
    needs = match.payload
    if "needs_name" in needs:
        return match.id in context.named
    if "needs_adversary" in needs:
        qualified = _QUALIFIED.match(reading.lower, match.end)
        return needs["needs_adversary"] in context.foes and not qualified
    if "needs_country" in needs:
        return not context.states.isdisjoint(needs["needs_country"])
    return context.defence or "needs_defence" not in needs


def _full(match: Match) -> float:
    return float(match.payload.get("weight", 1.0))


def _weight(reading: Reading, match: Match, context: _Context) -> float:
    weight = _full(match)
    if match.payload.get("common") and not _meets_itself(reading, match):
        weight *= _COMMON
    if match.start < context.lead:
        weight *= 3
    elif match.start < _HEAD_CHARACTERS:
        weight *= 2
    near = (max(0, match.start - _BESIDE), match.end + _BESIDE)
    if reading.matches("meeting", *near) or reading.matches("body", *near):
        weight *= 1.5
    return weight


def _meets_itself(reading: Reading, match: Match) -> bool:
    """Tell whether a much-named organisation is the subject: NATO defence ministers, قمة الناتو."""
    near = (max(0, match.start - _TOUCHING), match.end + _TOUCHING)
    for word in reading.of_kinds(("body", "meeting"), *near):
        first, second = sorted((word, match), key=lambda m: m.start)
        between = reading.lower[first.end : second.outer].replace("'", " ").split()
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
