"""Givers that are several: states that promise together, the members, a coalition itself."""

from __future__ import annotations

import re

from services.extract.grammars.donors import TOGETHER, givers_in
from services.extract.matching import Match
from services.extract.reading import Reading

_THEY_GIVE = re.compile(r"\s(?:قد )?(?:تعهدوا|التزموا|وعدوا|تبرعوا|قدموا|خصصوا|رصدوا)\b")
_MEMBERS_OF = re.compile(
    r"(?:(?:members|allies|nations|states|countries) of|(?:membres|pays|etats|allies) (?:de|du)|"
    r"اعضاء|دول|وزراء)\s+(?:the |la |l')?$"
)
_NEAR = 45  # characters between a verb of giving and what is given
_PRONOUN = 4  # characters: it, they, ils; whom they stand for gives
_AND = re.compile(r"(?<!\w)(?:and|et|و)")


def joint_givers(reading: Reading, giver: Match, start: int, end: int) -> list[Match]:
    """Return a giver and those in `[start, end)` joined to it: Greece and Cyprus promised."""
    joint = [giver]
    names = givers_in(reading, start, end)
    at = next((i for i, name in enumerate(names) if name.start == giver.start), None)
    if at is None:
        return joint
    for name in reversed(names[:at]):
        if not _are_joined(reading, name, joint[0]):
            break
        joint.insert(0, name)
    for name in names[at + 1 :]:
        if not _are_joined(reading, joint[-1], name):
            break
        joint.append(name)
    words = reading.lower[joint[0].end : joint[-1].start]
    return joint if _AND.search(words) else [giver]


def _are_joined(reading: Reading, name: Match, then: Match) -> bool:
    if {name.kind, then.kind} - {"country", "organisation", "city"}:
        return False
    return bool(TOGETHER.fullmatch(reading.lower, name.end, then.start))


def coalition_giver(reading: Reading, start: int, end: int) -> Match | None:
    """Return the coalition that is the subject of a verb of giving itself."""
    for name in reading.matches("coalition", start, end):
        if _MEMBERS_OF.search(reading.lower, max(0, name.outer - 30), name.outer):
            continue
        for verb in reading.matches("pledge", max(start, name.outer - 12), min(end, name.end + 12)):
            if verb.id == "gives" and (verb.outer - name.end == 1 or name.outer - verb.end == 1):
                return name
    return None


def they_give(reading: Reading, start: int, end: int) -> bool:
    """Tell whether an Arabic verb in `[start, end)` says that several give: الأعضاء تعهدوا."""
    return bool(_THEY_GIVE.search(reading.lower, start, end))


def all_give(reading: Reading, start: int, end: int) -> bool:
    """Tell whether what stands in `[start, end)` before a sum says that members all give it."""
    return _members_give(reading, start, end) or _countries_give(reading, start, end)


def _members_give(reading: Reading, start: int, end: int) -> bool:
    """Tell whether all give together: "members had pledged", "les participants ont promis"."""
    for who in reading.matches("subject", start, end):
        named = who.lang != "ar" and who.end - who.start > _PRONOUN
        if named and reading.matches("pledge", who.end, min(end, who.end + 20)):
            return True
    return they_give(reading, max(start, end - _NEAR), end)


def _countries_give(reading: Reading, start: int, end: int) -> bool:
    """Tell whether so many states give: "chacun des cinq pays a promis 10 millions"."""
    return any(
        noun.id in ("country", "member", "partner", "member_state")
        and reading.matches("number", max(start, noun.outer - 25), noun.outer)
        for noun in reading.matches("count", start, end)
    )
