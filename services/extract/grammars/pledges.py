"""Money promised: the amount, its currency, who gives it, what for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.extract.certainty import confidence_of
from services.extract.grammars.donors import (
    coalition_giver,
    giver_before,
    giver_behind,
    speaker_behind,
    speaker_country,
    surnames_of,
    they_give,
)
from services.extract.grammars.money import Money, read_sums, whose_money
from services.extract.grammars.numbers import Number
from services.extract.grammars.turns import givers_in_turn
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Basis, Person, Pledge

_FAR = 600  # as long as sentences are; more is a text without stops
_RIGHT_BEHIND = 35  # characters between "announced" and its sum
_NEAR = 45  # characters between "members" and what they promise
_CHAIN = 60  # … announced 5 million, France 4 million and Italy 3 million
_PURPOSE = re.compile(
    r"\s*(?:(?:in|as)\s+\w+(?:\s\w+)?\s+)?"
    r"(?:for\b|towards?\b|to\b|pour\b|au profit (?:de|du|des)|en faveur (?:de|du|des)|"
    r"au titre (?:de|du|des)|من اجل|لفائده|لصالح|لدعم|ل(?=\w{4}))\s*([^,.;:()\"«»]{4,90})"
)
# What was given over the years is no promise: has provided $2 billion since 2014.
_GIVEN = re.compile(r"(?:\b(?:since|depuis)\s|so far\b|(?:^|\s)منذ\s|حتي الان)")
_LAST_YEAR = re.compile(
    r"\b(?:last year|the previous year|l'an dernier|l'annee derniere|l'an passe)\b|"
    r"(?:العام|السنه) الماضي"
)
_EQUALS = r"soit\b|or\b|اي\b|ما يعادل\b|the equivalent of\b|equivalent to\b|l'equivalent de\b"
_ROUGHLY = r"environ|pres de|quelque|about|around|some|nearly|roughly|worth|نحو|حوالي|ما يعادل"
_CONVERTED = re.compile(  # ($26.6 million), soit environ 49 millions d'euros
    rf"[\s,]*(?:\(|=|~|{_EQUALS})(?:\s*(?:{_ROUGHLY}))?\s*"
)
_INCLUDED = re.compile(r"(?:including|dont|منها|بينها)\s+$")


def read_pledges(
    reading: Reading, numbers: Sequence[Number], people: Sequence[Person], story: int = 0
) -> tuple[Pledge, ...]:
    """Return each promise of money once, by place; conversions and targets are none.

    `story` is the folded place where the dateline ends: its town gives nothing.
    """
    found: dict[tuple[str | None, float, str | None], Pledge] = {}
    sums = read_sums(reading, numbers)
    surnames = surnames_of(people) if sums else {}
    last_end = last_promise = -1000
    turns = givers_in_turn(reading, [(money.start, money.end) for money in sums])
    for money in sums:
        sentence = reading.sentence_at(money.start)
        if sentence is None or sentence.segment.kind == "boilerplate":
            continue
        low, high = max(sentence.start, money.start - _FAR), min(sentence.end, money.end + _FAR)
        sentence = replace(sentence, start=low, end=high)
        converted = bool(_CONVERTED.fullmatch(reading.lower, max(0, last_end), money.start))
        last_end = money.end
        chained = sentence.start <= last_promise and money.start - last_promise < _CHAIN
        if converted or not (chained or _is_promised(reading, sentence, money)):
            continue
        last_promise = money.end
        pledge = _pledge(reading, sentence, money, surnames, story, turns.get(money.start))
        before = reading.lower[max(sentence.start, money.start - 12) : money.start]
        if _INCLUDED.search(before) and any(key[0] == pledge.donor for key in found):
            continue  # £450 million, including £350 million of its own
        found.setdefault((pledge.donor, pledge.amount, pledge.currency), pledge)
    named = {(amount, currency) for donor, amount, currency in found if donor}
    return tuple(p for p in found.values() if p.donor or (p.amount, p.currency) not in named)


def _is_promised(reading: Reading, sentence: Sentence, money: Money) -> bool:
    words = reading.matches("pledge", sentence.start, sentence.end)
    if _GIVEN.search(reading.lower, money.end, min(sentence.end, money.end + 90)):
        return False
    if _LAST_YEAR.search(reading.lower, max(sentence.start, money.start - 100), money.start):
        return False
    near = [w for w in words if -90 < w.start - money.end < 40 or 0 <= money.start - w.end < 160]
    if any(w.id == "other" and abs(money.start - w.end) < 25 for w in near):
        return False
    if any(w.id == "announces" and 0 <= money.start - w.end < _RIGHT_BEHIND for w in near):
        return True
    if any(w.id == "gives" for w in near):
        return True
    if any(w.id == "worth" for w in near) and _is_announced(words):
        return True
    return any(w.id == "total" for w in near) and all(w.id != "other" for w in words)


def _is_announced(words: Sequence[Match]) -> bool:
    """Tell whether what is worth a sum is announced, and neither seized nor bought."""
    return any(w.id == "announces" for w in words) and all(w.id != "other" for w in words)


def _pledge(
    reading: Reading,
    sentence: Sentence,
    money: Money,
    surnames: Mapping[str, str],
    story: int,
    in_turn: Match | None,
) -> Pledge:
    total = _is_total(reading, sentence, money)
    giver = in_turn or giver_behind(reading, money.end, sentence.end)
    rule = "pledges: several donors" if in_turn else "pledges: donor behind the amount"
    if giver is None and not total:
        rule = "pledges: amount with donor"
        giver = (
            _announcer(reading, sentence, money, story, surnames)
            or speaker_behind(reading, sentence, money.start, money.end)
            or coalition_giver(reading, sentence.start, money.start)
        )
    donor: str | None = None
    start, end = money.start, money.end
    if giver:
        donor = giver.id
        if giver.kind in ("organisation", "coalition"):
            donor = reading.original(giver.start, giver.end)
        elif giver.kind == "city":
            donor = str(giver.payload["country"])
        start, end = min(start, giver.start), max(end, giver.end)
    elif not (total or they_give(reading, max(sentence.start, money.start - _NEAR), money.start)):
        donor = speaker_country(reading, sentence.start, money.start, surnames)
        rule = "pledges: speaker's country"
    if donor is None:
        rule = "pledges: donor untold"
    code, basis = _currency(money.currency, whose_money(reading, money.currency) or donor)
    return Pledge(
        donor=donor,
        amount=money.number.value,
        currency=code,
        purpose=_purpose(reading, sentence, money),
        evidence=(reading.evidence(start, end),),
        basis=basis,
        confidence=confidence_of(rule),
        rule=rule,
    )


def _announcer(
    reading: Reading, sentence: Sentence, money: Money, story: int, surnames: Mapping[str, str]
) -> Match | None:
    """Return the giver before a sum, unless a person of another state stands between them."""
    giver = giver_before(reading, max(sentence.start, story), money.start)
    if giver and giver.kind == "demonym":
        country = speaker_country(reading, giver.end, money.start, surnames)
        if country not in (None, giver.id):
            return None  # receiving the Ukrainian, Mr Macron announced two billion
    return giver


def _is_total(reading: Reading, sentence: Sentence, money: Money) -> bool:
    """Tell whether the sum is of several givers (pledges amounting to …)."""
    words = reading.matches("pledge", max(sentence.start, money.start - 80), money.start)
    return bool(words) and words[-1].id == "total"


def _currency(match: Match, donor: str | None) -> tuple[str | None, Basis]:
    bare = match.payload.get("bare")
    if not bare:
        return match.id, "explicit"
    code = bare.get(donor) or match.payload.get("default")
    return code, "inferred"


def _purpose(reading: Reading, sentence: Sentence, money: Money) -> str | None:
    found = _PURPOSE.match(reading.lower, money.end, sentence.end)
    return reading.original(*found.span(1)).strip() if found else None
