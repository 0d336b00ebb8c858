"""Where a text names coalitions: by their listed names, by whom they fight, by their members."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.grammars.members import named_by_members
from services.extract.matching import Match, by_start
from services.extract.reading import Reading

_LEAD_SENTENCES = 3  # a headline, a second one, the first sentence
_DEFENCE = frozenset({"chiefs_of_staff", "defence_ministers"})
_HEAD_CHARACTERS = 700
_REACH = 80  # characters from "alliance" to the name of its adversary
_BEHIND = 24  # characters for "militants' coalition" behind it, after "anti-"
_COMPOSED = 0.8  # what a name of a coalition and its adversary weighs, put together by the writer
_KEPT = "coalitions named otherwise"
# What ends the breath in which a league is named with its adversary: a mark, a second member.
_BREAKS = re.compile(r"[.;:!?\n]|, و|\b(?:and|or|et|ou|but|mais) ")
# The international coalition *for* something is another one; ours with its purpose is a full name.
_QUALIFIED = re.compile(r" (?:ل(?!هما?\b|ها\b)\w{2,}|من اجل|for|to|against|pour|contre|des?) ")


@dataclass(frozen=True, slots=True)
class _Context:
    """What a text names besides: the ids of armed groups, states, bodies, and coalitions in full.

    `defence` tells that it names ministers of defence or chiefs of staff, or is of armed forces
    from its head on; `lead` is the folded place where its first sentences end.
    """

    foes: frozenset[str]
    states: frozenset[str]
    named: frozenset[str]
    bodies: frozenset[str]
    defence: bool
    lead: int


def namings(reading: Reading) -> tuple[list[Match], int]:
    """Return the namings that mean a coalition, by place, and where the first sentences end."""
    listed = [m for m in reading.matches("coalition") if reading.is_read(m.start)]
    composed = [m for m in _composed(reading) if not _overlaps(m, listed)]
    composed += named_by_members(reading)
    found = sorted([*listed, *composed], key=by_start)
    if not found:
        return [], 0
    reading.kept[_KEPT] = sorted(composed, key=by_start)
    context = _context(reading, found)
    return [m for m in found if _is_meant(reading, m, context)], context.lead


def also_names(reading: Reading, names: list[Match]) -> None:
    """Let namings count that no lexicon lists."""
    reading.kept[_KEPT] = sorted([*reading.kept.get(_KEPT, ()), *names], key=by_start)


def named_otherwise(reading: Reading) -> Sequence[Match]:
    """Return the namings that no lexicon lists, by place."""
    others: Sequence[Match] = reading.kept.get(_KEPT, ())
    return others


def named_in(reading: Reading, start: int, end: int) -> list[Match]:
    """Return the namings of coalitions in `[start, end)`: those of the lexicon, then the others."""
    listed = reading.matches("coalition", start, end)
    others = named_otherwise(reading)
    if not others:
        return list(listed)
    low = bisect_left(others, start, key=by_start)
    high = bisect_left(others, end, low, key=by_start)
    return [*listed, *(m for m in others[low:high] if m.end <= end)]


def _composed(reading: Reading) -> list[Match]:
    """Return coalitions that are named by whom they fight: the alliance battling Boko Haram."""
    found: list[Match] = []
    for foe in reading.matches("adversary"):
        fought_by = foe.payload.get("fought_by")
        if not fought_by or not reading.is_read(foe.start):
            continue
        near = reading.matches("league", max(0, foe.outer - _REACH), foe.outer)
        if not near or near[-1].id != "against":
            continue
        behind = reading.matches("league", foe.end, foe.end + _BEHIND)
        if behind and foe.start - near[-1].end == 1 and behind[0].id in fought_by:
            found.append(_named(near[-1], behind[0].end, fought_by[behind[0].id]))
            continue
        for noun in reversed(near[:-1]):
            between = reading.lower[noun.end : foe.outer]
            if noun.id in fought_by and not _BREAKS.search(between):
                found.append(_named(noun, foe.end, fought_by[noun.id]))
                break
    return found


def _named(first: Match, end: int, whose: tuple[str, str]) -> Match:
    """Return a naming that begins with a word; `whose` is the coalition's id and name."""
    key, name = whose
    payload = {"name": name, "weight": _COMPOSED, "composed": True}
    span = (first.start, end, first.lang, payload, first.clitics, False, first.outer)
    return Match("coalition", key, *span)


def _overlaps(match: Match, others: list[Match]) -> bool:
    """Tell whether a match shares a place with one of others, of which no two do."""
    before = bisect_left(others, match.end, key=by_start)
    return before > 0 and others[before - 1].end > match.start


def _context(reading: Reading, found: list[Match]) -> _Context:
    places = reading.of_kinds(("country", "demonym", "city"))
    read = [s for s in reading.sentences[: 2 * _LEAD_SENTENCES] if reading.is_read(s.start)]
    bodies = frozenset(m.id for m in reading.matches("body"))
    focus = reading.matches("focus_area", 0, _HEAD_CHARACTERS)
    return _Context(
        frozenset(m.id for m in reading.matches("adversary")),
        frozenset(str(m.payload.get("country", m.id)) for m in places),
        frozenset(m.id for m in found if "needs_name" not in m.payload),
        bodies,
        not bodies.isdisjoint(_DEFENCE) or any(m.id == "military" for m in focus),
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
