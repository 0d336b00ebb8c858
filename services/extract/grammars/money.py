"""Sums of money: a number beside a currency, and those that leave theirs to the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.extract.grammars.numbers import Number
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Basis

_LARGEST = 1e15
_SMALLEST = 1000  # money of states, not prices
_TO_CURRENCY = re.compile(r"\s*(?:\([\d .,]+\)\s*)?(?:de |d'|من |in )?\s*")
_IN_A_ROW = 12  # sums that leave their currency to the next
_ADJECTIVE = 20  # characters: of Tunisia, of the Emirates
_AND = re.compile(r"\s*(?:,|et|and|و|,\s*و)\s*")


@dataclass(slots=True, eq=False)
class Money:
    """An amount in a currency at folded `[start, end)`."""

    number: Number
    currency: Match
    start: int
    end: int
    elided: bool = False


def read_sums(reading: Reading, numbers: Sequence[Number]) -> list[Money]:
    """Return the numbers that stand beside a currency, by place; prices are left out."""
    sums: list[Money] = []
    at = 0
    for currency in reading.matches("currency"):
        while at < len(numbers) and numbers[at].end < currency.start - 20:
            at += 1
        for index in range(at, min(at + 4, len(numbers))):
            money = _sum(reading, numbers[index], currency)
            if money:
                if not sums or money.start >= sums[-1].end:
                    sums.extend(_before(reading, numbers, index, money))
                    sums.append(money)
                break
    return sums


def _sum(reading: Reading, number: Number, currency: Match) -> Money | None:
    if not _SMALLEST <= number.value <= _LARGEST:
        return None
    before = 0 <= number.start - currency.end <= 1
    behind = number.end <= currency.start and (
        _TO_CURRENCY.fullmatch(reading.lower, number.end, currency.outer)
        or _is_adjective(reading, number.end, currency.outer)
    )
    if not (before or behind):
        return None
    return Money(number, currency, min(number.start, currency.start), max(number.end, currency.end))


def _is_adjective(reading: Reading, start: int, end: int) -> bool:
    """Tell whether nothing but a state's adjective stands in `[start, end)`: Danish kroner."""
    return end - start < _ADJECTIVE and any(
        reading.lower[start : match.start].isspace() and reading.lower[match.end : end].isspace()
        for match in reading.matches("demonym", start, end)
        if match.lang == "en"
    )


def currency_of(reading: Reading, currency: Match, donor: str | None) -> tuple[str | None, Basis]:
    """Return the ISO code of a currency, and if it is told: a bare crown is its donor's."""
    bare = currency.payload.get("bare")
    if not bare:
        return currency.id, "explicit"
    whose = _whose_money(reading, currency)
    if whose in bare:
        return str(bare[whose]), "explicit"
    return bare.get(donor) or currency.payload.get("default"), "inferred"


def _whose_money(reading: Reading, currency: Match) -> str | None:
    """Return the state of an adjective beside a currency: دينار تونسي, Danish kroner."""
    low, high = max(0, currency.outer - _ADJECTIVE), currency.end + _ADJECTIVE
    for match in reading.matches("demonym", low, high):
        behind, before = match.outer - currency.end, currency.outer - match.end
        if (behind == 1 and match.lang != "en") or (before == 1 and match.lang == "en"):
            return match.id
    return None


def _before(reading: Reading, numbers: Sequence[Number], index: int, money: Money) -> list[Money]:
    """Return the sums that leave currency and scale to the next: 15, 10 et 5 millions d'euros."""
    sums: list[Money] = []
    while (
        index and len(sums) < _IN_A_ROW and (last := _last_before(reading, numbers, index, money))
    ):
        sums.insert(0, last)
        money, index = last, index - 1
    return sums


def _last_before(
    reading: Reading, numbers: Sequence[Number], index: int, money: Money
) -> Money | None:
    if money.start != money.number.start:
        return None
    number = numbers[index - 1]
    if not _AND.fullmatch(reading.lower, number.end, money.start):
        return None
    scale = 1.0
    if number.value < _SMALLEST:
        scale = 1e9 if money.number.value >= 1e9 else 1e6 if money.number.value >= 1e6 else 1.0
    value = number.value * scale
    if value < _SMALLEST or 1900 < number.value < 2100:
        return None
    return Money(replace(number, value=value), money.currency, number.start, number.end)
