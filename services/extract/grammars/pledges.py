"""Money promised: the amount, its currency, who gives it, what for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.extract.grammars.donors import (
    giver_before,
    giver_behind,
    speaker_country,
    surnames_of,
)
from services.extract.grammars.numbers import Number
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Basis, Person, Pledge

_FAR = 600  # as long as sentences are; more is a text without stops
_LARGEST = 1e15
_RIGHT_BEHIND = 35  # characters between "announced" and its sum
_CHAIN = 60  # … announced 5 million, France 4 million and Italy 3 million
_SMALLEST = 1000  # money of states, not prices
_TO_CURRENCY = re.compile(r"\s*(?:\([\d .,]+\)\s*)?(?:de |d'|من )?\s*")
_PURPOSE = re.compile(
    r"\s*(?:(?:in|as)\s+\w+(?:\s\w+)?\s+)?"
    r"(?:for\b|towards?\b|to\b|pour\b|au profit (?:de|du|des)|en faveur (?:de|du|des)|"
    r"au titre (?:de|du|des)|من اجل|لفائده|لصالح|لدعم|ل(?=\w{4}))\s*([^,.;:()\"«»]{4,90})"
)
_INCLUDED = re.compile(r"(?:including|dont|منها|بينها)\s+$")


@dataclass(frozen=True, slots=True)
class _Money:
    number: Number
    currency: Match
    start: int
    end: int


def read_pledges(
    reading: Reading, numbers: Sequence[Number], people: Sequence[Person], story: int = 0
) -> tuple[Pledge, ...]:
    """Return each promise of money once, by place; conversions and targets are none.

    `story` is the folded place where the dateline ends: its town gives nothing.
    """
    found: dict[tuple[str | None, float, str | None], Pledge] = {}
    sums = _sums(reading, numbers)
    surnames = surnames_of(people) if sums else {}
    last_end = last_promise = -1000
    for money in sums:
        sentence = reading.sentence_at(money.start)
        if sentence is None or sentence.segment.kind == "boilerplate":
            continue
        low, high = max(sentence.start, money.start - _FAR), min(sentence.end, money.end + _FAR)
        sentence = replace(sentence, start=low, end=high)
        converted = reading.lower[last_end : money.start].strip() in ("(", "soit", "or", "اي", "=")
        last_end = money.end
        chained = sentence.start <= last_promise and money.start - last_promise < _CHAIN
        if converted or not (chained or _is_promised(reading, sentence, money)):
            continue
        last_promise = money.end
        pledge = _pledge(reading, sentence, money, surnames, story)
        before = reading.lower[max(sentence.start, money.start - 12) : money.start]
        if _INCLUDED.search(before) and any(key[0] == pledge.donor for key in found):
            continue  # £450 million, including £350 million of its own
        found.setdefault((pledge.donor, pledge.amount, pledge.currency), pledge)
    return tuple(found.values())


def _sums(reading: Reading, numbers: Sequence[Number]) -> list[_Money]:
    """Return the numbers that stand beside a currency."""
    sums: list[_Money] = []
    at = 0
    for currency in reading.matches("currency"):
        while at < len(numbers) and numbers[at].end < currency.start - 20:
            at += 1
        for number in numbers[at : at + 4]:
            if not _SMALLEST <= number.value <= _LARGEST:
                continue
            before = 0 <= number.start - currency.end <= 1
            behind = number.end <= currency.start and _TO_CURRENCY.fullmatch(
                reading.lower, number.end, currency.outer
            )
            if before or behind:
                start, end = min(number.start, currency.start), max(number.end, currency.end)
                if not sums or start >= sums[-1].end:
                    sums.append(_Money(number, currency, start, end))
                break
    return sums


def _is_promised(reading: Reading, sentence: Sentence, money: _Money) -> bool:
    words = reading.matches("pledge", sentence.start, sentence.end)
    near = [w for w in words if -90 < w.start - money.end < 40 or 0 <= money.start - w.end < 160]
    if any(w.id == "other" and abs(money.start - w.end) < 25 for w in near):
        return False
    if any(w.id == "announces" and 0 <= money.start - w.end < _RIGHT_BEHIND for w in near):
        return True
    return any(w.id in ("gives", "total") for w in near)


def _pledge(
    reading: Reading,
    sentence: Sentence,
    money: _Money,
    surnames: Mapping[str, str],
    story: int,
) -> Pledge:
    total = _is_total(reading, sentence, money)
    giver = giver_behind(reading, money.end, sentence.end)
    if giver is None and not total:
        giver = giver_before(reading, max(sentence.start, story), money.start)
    donor: str | None = None
    start, end = money.start, money.end
    if giver:
        donor = giver.id
        if giver.kind == "organisation":
            donor = reading.original(giver.start, giver.end)
        elif giver.kind == "city":
            donor = str(giver.payload["country"])
        start, end = min(start, giver.start), max(end, giver.end)
    elif not total:
        donor = speaker_country(reading, sentence.start, money.start, surnames)
    code, basis = _currency(money.currency, donor)
    return Pledge(
        donor=donor,
        amount=money.number.value,
        currency=code,
        purpose=_purpose(reading, sentence, money),
        evidence=(reading.evidence(start, end),),
        basis=basis,
    )


def _is_total(reading: Reading, sentence: Sentence, money: _Money) -> bool:
    """Tell whether the sum is of several givers (pledges amounting to …)."""
    words = reading.matches("pledge", max(sentence.start, money.start - 80), money.start)
    return bool(words) and words[-1].id == "total"


def _currency(match: Match, donor: str | None) -> tuple[str | None, Basis]:
    bare = match.payload.get("bare")
    if not bare:
        return match.id, "explicit"
    code = bare.get(donor) or match.payload.get("default")
    return code, "inferred"


def _purpose(reading: Reading, sentence: Sentence, money: _Money) -> str | None:
    found = _PURPOSE.match(reading.lower, money.end, sentence.end)
    return reading.original(*found.span(1)).strip() if found else None
