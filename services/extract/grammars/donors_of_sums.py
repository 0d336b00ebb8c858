"""The donor of one sum: who gives it by the list, the words behind it or the words before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.extract.grammars.collective_givers import (
    all_give,
    coalition_giver,
    joint_givers,
    they_give,
)
from services.extract.grammars.donors import NAMED, Giver, giver_before, giver_beside, givers_in
from services.extract.grammars.donors_behind import giver_behind, giver_in_genitive
from services.extract.grammars.giving_words import any_of
from services.extract.grammars.money import Money
from services.extract.grammars.promises import leading_giver
from services.extract.grammars.spokespersons import (
    latter_of,
    named_own,
    own_country,
    pronoun_of,
    sentence_before,
    speaker_behind,
    speaker_country,
    state_of_speaker,
)
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Person

_NEAR = 45  # characters between "members" and what they promise
_TOTAL = 80  # characters between "pledges totalling" and the sum
_RECEIVED = 60  # characters between "will receive" and the sum
_EACH = re.compile(rf"(?<!\w){any_of('each')}(?!\w)")
_ALL = re.compile(r"total|altogether|\bin all\b|ensemble|مجموع|اجمالي")
_BEFORE, _BEHIND = "pledges: amount with donor", "pledges: donor behind the amount"
_SEVERAL, _SPEAKER = "pledges: several donors", "pledges: speaker's country"
_UNTOLD = "pledges: donor untold"


@dataclass(slots=True, eq=False)
class Scene:
    """A sum in its sentence, where the sums beside it end and begin, and where the story begins."""

    reading: Reading
    sentence: Sentence
    money: Money
    since: int
    until: int
    story: int
    surnames: Mapping[str, str]
    people: Sequence[Person]


@dataclass(slots=True, eq=False)
class Donor:
    """Who gives: the country or name as the record has it, the words that say so, the rule."""

    name: str | None
    match: Match | None
    rule: str
    alone: bool = False  # whoever is named beside


def donors_of(scene: Scene, in_turn: Match | None) -> list[Donor]:
    """Return who gives a sum: several where they give it each, one who is nobody where they do so
    together; `in_turn` is whose turn it is in a list.
    """
    donor = _donor(scene, in_turn)
    match = donor.match
    if in_turn or match is None or donor.alone or match.end > scene.money.start:
        return [donor]
    low = min(max(scene.sentence.start, scene.since, scene.story), match.outer)
    joint = joint_givers(scene.reading, match, low, scene.money.start)
    if len(joint) < 2:
        return [donor]
    if not _is_each(scene, match.end):
        return [Donor(None, joint[0], _UNTOLD)]
    return [_named(scene.reading, each, _SEVERAL) for each in joint]


def _is_each(scene: Scene, start: int) -> bool:
    high = min(scene.sentence.end, scene.money.end + 25)
    return bool(_EACH.search(scene.reading.lower, start, high))


def _donor(scene: Scene, in_turn: Match | None) -> Donor:
    reading, money = scene.reading, scene.money
    if in_turn:
        return _named(reading, in_turn, _SEVERAL)
    lead = leading_giver(reading, money)
    if lead:
        return _named(reading, lead, _BEFORE)
    received = any(
        w.id == "receives"
        for w in reading.matches(
            "pledge", max(scene.sentence.start, money.start - _RECEIVED), money.start
        )
    )
    behind = giver_behind(reading, money.end, scene.until, received)
    if behind:
        return _named(reading, behind, _BEHIND)
    start = max(scene.sentence.start, scene.since)
    beside = giver_beside(reading, givers_in(reading, start, money.start), money.start)
    if beside:
        return _named(reading, beside, _BEFORE)
    of = giver_in_genitive(reading, money.end, scene.until)
    if of:
        return _named(reading, of, _BEHIND)
    if received or _is_total(scene):
        return Donor(None, None, _UNTOLD)
    return _donor_before(scene)


def _donor_before(scene: Scene) -> Donor:
    reading, sentence, money = scene.reading, scene.sentence, scene.money
    own = _own_of_speaker(scene)
    if own:
        return Donor(own, None, _SPEAKER)
    giver = _announcer(scene)
    after = giver.match.end if giver else sentence.start
    latter = latter_of(reading, sentence, after, money.start)
    if latter:
        return replace(_named(reading, latter, _BEFORE), alone=True)
    other = (
        (giver.match if giver else None)
        or pronoun_of(reading, sentence, money.start)
        or speaker_behind(reading, sentence, money.start, money.end)
        or coalition_giver(reading, sentence.start, money.start)
    )
    if other:
        return _named(reading, other, _BEFORE)
    if not they_give(reading, max(sentence.start, money.start - _NEAR), money.start):
        country = speaker_country(reading, sentence, sentence.start, money.start, scene.surnames)
        if country is None and own_country(reading, sentence.start, money.start) is not None:
            before = sentence_before(reading, sentence)
            if before:
                country = speaker_country(reading, before, before.start, before.end, scene.surnames)
        if country is None and not _ALL.search(reading.lower, sentence.start, money.start):
            country = state_of_speaker(reading, sentence.start, money.start, scene.people)
        if country:
            return Donor(country, None, _SPEAKER)
    return Donor(None, None, _UNTOLD)


def _own_of_speaker(scene: Scene) -> str | None:
    """Return the state of who says what "his country", "her government" gives."""
    reading, low, end = scene.reading, max(scene.sentence.start, scene.story), scene.money.start
    own = own_country(reading, max(low, scene.since), end)
    if own is None or named_own(reading, own, end):
        return None
    giver = _one_giver(reading, own, scene.since, end)
    if giver and giver.sure:
        return None
    return state_of_speaker(reading, low, own, scene.people)


def _announcer(scene: Scene) -> Giver | None:
    """Return the giver before a sum: of "his country" the one named before that."""
    reading, end = scene.reading, scene.money.start
    low = max(scene.sentence.start, scene.story)
    giver = _one_giver(reading, low, scene.since, end)
    own = own_country(reading, low, end)
    if own is not None and (giver is None or not giver.sure or giver.match.start < own):
        named = named_own(reading, own, end)
        giver = Giver(named, True) if named else _one_giver(reading, low, 0, own)
    if giver and giver.match.kind == "demonym" and not giver.sure:
        country = speaker_country(reading, scene.sentence, giver.match.end, end, scene.surnames)
        if country not in (None, giver.match.id):
            return None  # receiving the Ukrainian, Mr Macron announced two billion
    return giver


def _one_giver(reading: Reading, start: int, since: int, end: int) -> Giver | None:
    """Return the giver named before a sum, unless members all give it."""
    giver = giver_before(reading, start, since, end)
    return None if all_give(reading, giver.match.end if giver else start, end) else giver


def _named(reading: Reading, match: Match, rule: str) -> Donor:
    """Return a donor as the record names it: the code of a state, an organisation as written."""
    if match.kind in NAMED:
        return Donor(reading.original(match.start, match.end), match, rule)
    if match.kind == "giver":
        return Donor(str(match.payload["name"][match.lang]), match, rule)
    if match.kind == "city":
        return Donor(str(match.payload["country"]), match, rule)
    return Donor(match.id, match, rule)


def _is_total(scene: Scene) -> bool:
    """Tell whether the sum is of several givers (pledges amounting to …)."""
    start = max(scene.sentence.start, scene.money.start - _TOTAL)
    words = scene.reading.matches("pledge", start, scene.money.start)
    return bool(words) and words[-1].id == "total"
