"""Who gives: the state or organisation that a sum of money is promised by, named before it.

Of the names before a sum some receive it or tell where it was promised (`_can_give`); of the others
the one right beside it gives, else the nearest that is the subject of a verb of giving or telling,
else the nearest at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.grammars.giving_words import any_of
from services.extract.grammars.subjects_of_giving import is_subject
from services.extract.matching import Match
from services.extract.reading import Reading

GIVERS = ("country", "city", "demonym", "organisation", "giver")
NAMED = ("organisation", "coalition")  # donors that the record names as the text does
_ARTICLE = rf"(?:{any_of('articles')}\s*)?"
_RECEIVES = re.compile(rf"(?<!\w)(?:{any_of('receiving')}|[dl]'ici a)\s+(?:de\s+)?{_ARTICLE}$")
_FROM_A_PLACE = re.compile(rf"(?<!\w){any_of('from')}\s+$")
_BESIDE = re.compile(
    rf"(?:['’]s)?(?:\s*\([^()]{{1,12}}\))?\s*[:,(–—-]?\s*(?:{any_of('beside')}(?:\s+|(?<=')))*(?:ب\s?)?"
)
_NEXT = re.compile(r"(?:[,;]|(?<!\w)(?:and|et|while|whereas|tandis que|alors que|plus))\s+$")
# Between names that give, or receive, together.
TOGETHER = re.compile(rf"\s*(?:(?:,\s*)?(?:and|et)\s+|و|,\s+){_ARTICLE}")
_OFFICES = ("office", "honorific")
_OFFICE_REACH = 35  # characters between an office and its state
_FOR_ITS = re.compile(
    r",?\s+(?:qui|which|that|who|التي|الذي|(?:pour|for)\s+(?:son|sa|ses|leur|its|their|the|having)|"
    r"(?:علي|ل)\s?(?:تقديم|تخصيص|مساهم|دعم|تبرع|تعهد|منح))"
)
_GIFT_REACH = 45  # characters between "which" and its verb of giving
_TOPIC = re.compile(rf"(?<!\w){any_of('topics')}\s+{_ARTICLE}$")
_WITH = re.compile(rf"(?<!\w)(?:with|avec)\s+{_ARTICLE}$")
_LOOK_BACK = 26  # characters of a preposition and an article before a name


@dataclass(slots=True, eq=False)
class Giver:
    """Who gives, and whether a verb or the place beside the sum says so."""

    match: Match
    sure: bool


def giver_before(reading: Reading, start: int, since: int, end: int) -> Giver | None:
    """Return the name in `[start, end)` that gives the sum at `end`; `since` is where the sum
    before it ends, or `start`.
    """
    names = givers_in(reading, start, end)
    if not names:
        return None
    beside = giver_beside(reading, names, end)
    if beside:
        return Giver(beside, True)
    subjects = [name for name in names if is_subject(reading, name, end)]
    new = [n for n in names if n.outer >= since and (n in subjects or _opens(reading, n, since))]
    for chosen in ([n for n in new if n in subjects], new, subjects):
        if chosen:
            return Giver(chosen[-1], True)
    nearest = [n for n in names if n.kind != "city" and _is_official(reading, n)]
    return Giver(nearest[-1], False) if nearest else None


def giver_beside(reading: Reading, names: Sequence[Match], end: int) -> Match | None:
    """Return the last of some names that can give, if it is right beside the sum at `end`."""
    last = names[-1] if names else None
    if last and last.kind != "demonym" and _BESIDE.fullmatch(reading.lower, last.end, end):
        return last
    return None


def _is_official(reading: Reading, name: Match) -> bool:
    """Tell whether an adjective of a state is of an office, not of its police or its people."""
    if name.kind != "demonym":
        return True
    return bool(
        reading.of_kinds(_OFFICES, max(0, name.outer - _OFFICE_REACH), name.end + _OFFICE_REACH)
    )


def _opens(reading: Reading, name: Match, since: int) -> bool:
    """Tell whether a name opens an elliptic clause: Spain gave 5 million, Norway for a year 3."""
    if name.kind in ("demonym", "city") or not since:
        return False
    if name.clitics and name.clitics[0] in "وف":
        return True
    before = re.sub(rf"{any_of('articles')}\s*$", "", reading.lower[since : name.outer])
    return bool(_NEXT.search(before))


def givers_in(reading: Reading, start: int, end: int) -> list[Match]:
    """Return the names in `[start, end)` that can give, by place."""
    bodies = {(n.start, n.end) for n in reading.matches("organisation", start, end)}
    named = {(n.start, n.end) for n in reading.matches("coalition", start, end)}
    taken = sorted(named - bodies)  # the African Union is both, and gives
    usable: list[Match] = []
    receiver: Match | None = None
    for match in reading.of_kinds(GIVERS, start, end):
        if usable and match.start < usable[-1].end:
            continue  # Saudi, of Saudi Arabia
        if any(low <= match.start < high for low, high in taken):
            continue
        if usable and match.id == usable[-1].id and _is_in_brackets(reading, usable[-1], match):
            continue  # the African Development Bank (AfDB)
        if _can_give(reading, match, end) and not (
            receiver and _receives_too(reading, receiver, match, end)
        ):
            usable.append(match)
        else:
            receiver = match
    return usable


def _can_give(reading: Reading, match: Match, end: int) -> bool:
    """Tell whether a name before a sum can be its giver and is not what or where it is for."""
    if match.kind == "city" and not match.payload.get("capital"):
        return False
    if match.clitics and match.clitics[-1] in "لبك" and not _is_thanked(reading, match, end):
        return False
    before = reading.lower[max(0, match.outer - _LOOK_BACK) : match.outer]
    if (
        _RECEIVES.search(before)
        and not _TOPIC.search(before)
        and not _is_thanked(reading, match, end)
        and not (_WITH.search(before) and _gives_along(reading, match))
    ):
        return False
    if match.kind == "city" and (
        _FROM_A_PLACE.search(before) or not is_beside_verb(reading, match, end)
    ):
        return False
    return not _is_object(reading, match)


def _is_thanked(reading: Reading, name: Match, end: int) -> bool:
    """Tell whether what follows a name makes it a giver: to the Union, which will pay; thanks to
    Denmark for its offer.
    """
    if name.kind in ("city", "demonym") or not _FOR_ITS.match(reading.lower, name.end, end):
        return False
    high = min(end, name.end + _GIFT_REACH)
    return any(
        word.id in ("gives", "announces") for word in reading.matches("pledge", name.end, high)
    )


def _gives_along(reading: Reading, name: Match) -> bool:
    """Tell whether a verb of giving is right behind a name: with the Union offering 5 million."""
    verbs = reading.matches("pledge", name.end, name.end + 24)
    return any(v.id == "gives" and v.start - name.end == 1 for v in verbs)


def _is_in_brackets(reading: Reading, name: Match, short: Match) -> bool:
    return reading.lower[name.end : short.start] in (" (", "(")


def is_beside_verb(reading: Reading, city: Match, end: int) -> bool:
    """Tell whether a capital stands for its state: a verb or a sum is right beside it."""
    return is_subject(reading, city, end) or bool(_BESIDE.fullmatch(reading.lower, city.end, end))


def _receives_too(reading: Reading, receiver: Match, name: Match, end: int) -> bool:
    """Tell whether a name is joined to one that receives: for Iraq and Jordan."""
    if receiver.kind == "city" or not TOGETHER.fullmatch(reading.lower, receiver.end, name.start):
        return False
    return not is_beside_verb(reading, name, end)


def _is_object(reading: Reading, name: Match) -> bool:
    """Tell whether a name is the object of a verb of giving: will lend Ukraine, gave Mali."""
    before = reading.matches("pledge", max(0, name.outer - 24), name.outer)
    verb = before[-1] if before else None
    if verb is None or verb.id != "gives" or verb.lang == "ar" or verb.payload.get("noun"):
        return False
    between = reading.lower[verb.end : name.outer]
    return name.kind != "demonym" and bool(re.fullmatch(rf"\s+{_ARTICLE}", between))
