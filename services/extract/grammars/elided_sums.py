"""Sums that take their currency from the one before: … 20 million euros, Denmark five million."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from services.extract.grammars.giving_words import any_of
from services.extract.grammars.money import Money
from services.extract.grammars.numbers import Number
from services.extract.matching import Match
from services.extract.reading import Reading

_FAR = 100  # characters from the sum that has the currency
_FARTHEST = 260  # … if a verb of giving is right before the number
_MILLION = 1e6
_FEW = 1000
_GIVERS = ("country", "city", "organisation")
_VERB_REACH = 20  # characters between a word of giving and the number
_BESIDE = re.compile(rf"(?:\s*\([^()]{{1,12}}\))?\s*,?\s*(?:{any_of('beside')}\s+)*(?:ب\s?)?")
_ONWARD = re.compile(rf"\s*(?:[,;:.)»\"”]|$|\n)|\s+(?:{any_of('onward')}(?!\w)|[ول]\w)")
_FROM_GIVER = re.compile(r"\s+(?:from|من|de la part)\s")
_MORE = re.compile(r"\s+(?:more|further|de plus|supplementaires|اضافي\w*|اخري)\b")
_STOP = re.compile(r"\s*(?:[,;.)]|$|\n)|\s+(?:(?:and|et)\s|و)")


def with_elided(reading: Reading, numbers: Sequence[Number], sums: Sequence[Money]) -> list[Money]:
    """Return sums and, by place, the numbers near one of them that have its currency."""
    every = list(sums)
    at = 0
    for index, money in enumerate(sums):
        last = money
        until = sums[index + 1].start if index + 1 < len(sums) else len(reading.lower)
        while at < len(numbers) and numbers[at].start < money.end:
            at += 1
        while at < len(numbers) and numbers[at].end <= until:
            number = numbers[at]
            if number.start - last.end > _FARTHEST:
                break
            at += 1
            scaled = _scaled(reading, number, last)
            if scaled:
                last = Money(scaled, money.currency, number.start, number.end, elided=True)
                every.append(last)
    return sorted(every, key=attrgetter("start"))


def _scaled(reading: Reading, number: Number, last: Money) -> Number | None:
    """Return a number as the sum that it is, or None if it counts something else."""
    if number.value < 2:
        return None
    sentence = reading.sentence_at(number.start)
    near = sentence and sentence.start <= last.start and number.start - last.end <= _FAR
    verbs = reading.matches("pledge", max(last.end, number.start - _VERB_REACH), number.start)
    if not near and not any(w.id == "gives" and not w.payload.get("noun") for w in verbs):
        return None
    giver = _giver_beside(reading, number)
    if number.value >= _MILLION:
        more = _MORE.match(reading.lower, number.end) and near
        told = giver or verbs or more or _FROM_GIVER.match(reading.lower, number.end)
        return number if told and _ONWARD.match(reading.lower, number.end) else None
    if not near:
        return None
    if not giver or not 1 < number.value < _FEW or not _STOP.match(reading.lower, number.end):
        return None
    scale = 1e9 if last.number.value >= 1e9 else _MILLION
    if last.number.value < _MILLION:
        return None
    return replace(number, value=number.value * scale)


def _giver_beside(reading: Reading, number: Number) -> Match | None:
    for match in reading.of_kinds(_GIVERS, max(0, number.start - 50), number.start):
        if _BESIDE.fullmatch(reading.lower, match.end, number.start):
            return match
    return None
