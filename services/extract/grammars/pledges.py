"""Money promised: the amount, its currency, who gives it, what for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from services.extract.certainty import confidence_of
from services.extract.grammars.donors import givers_in
from services.extract.grammars.donors_of_sums import Donor, Scene, donors_of
from services.extract.grammars.elided_sums import with_elided
from services.extract.grammars.giving_words import any_of
from services.extract.grammars.money import Money, currency_of, read_sums
from services.extract.grammars.numbers import Number
from services.extract.grammars.promises import is_promised, is_ruled_out
from services.extract.grammars.spokespersons import surnames_of
from services.extract.grammars.turns import givers_in_turn
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Person, Pledge

_FAR = 600  # as long as sentences are; more is a text without stops
_CHAIN = 60  # … announced 5 million, France 4 million and Italy 3 million
_PURPOSE = re.compile(
    r"\s*(?:(?:in|as)\s+\w+(?:\s\w+)?\s+)?"
    r"(?:for\b|towards?\b|to\b|pour\b|au profit (?:de|du|des)|en faveur (?:de|du|des)|"
    r"au titre (?:de|du|des)|من اجل|لفائده|لصالح|لدعم|ل(?=\w{4}))\s*([^,.;:()\"«»]{4,90})"
)
_CONVERTED = re.compile(  # ($26.6 million), soit environ 49 millions d'euros
    rf"[\s,]*(?:\(|=|~|{any_of('equals')}\b)(?:\s*{any_of('roughly')})*\s*"
)
_INSTEAD = re.compile(  # raised its pledge to $60 million from $40 million
    r",?\s+(?:up from|from|instead of|contre|au lieu de|بدلا من|بعد ان كان\w*|مقابل)\s+"
)
_MOST = 2_000  # sums that are looked at: a report has some dozens, a text made to harm a million
_YEARLY = re.compile(rf"\s+{any_of('yearly')}(?!\w)")
_INCLUDED = re.compile(rf"(?<!\w){any_of('part')}\s+$")


def read_pledges(
    reading: Reading, numbers: Sequence[Number], people: Sequence[Person], story: int = 0
) -> tuple[Pledge, ...]:
    """Return each promise of money once, by place; conversions and targets are none.

    `story` is the folded place where the dateline ends: its town gives nothing.
    """
    found: dict[tuple[str | None, float, str | None], Pledge] = {}
    sums = with_elided(reading, numbers, read_sums(reading, numbers))[:_MOST]
    surnames = surnames_of(people) if sums else {}
    last_end = last_promise = -1000
    turns = givers_in_turn(reading, [(money.start, money.end) for money in sums])
    for index, money in enumerate(sums):
        sentence = reading.sentence_at(money.start)
        if sentence is None or sentence.segment.kind == "boilerplate":
            continue
        low, high = max(sentence.start, money.start - _FAR), min(sentence.end, money.end + _FAR)
        sentence = replace(sentence, start=low, end=high)
        converted = _is_converted(reading, sums[index - 1] if index else None, money)
        since = last_end if last_end > low else 0
        last_end = money.end
        chained = low <= last_promise and money.start - last_promise < _CHAIN
        was = index > 0 and _INSTEAD.fullmatch(reading.lower, sums[index - 1].end, money.start)
        if converted or was or is_ruled_out(reading, sentence, money):
            continue
        if not (chained or is_promised(reading, sentence, money)):
            continue
        last_promise = money.end
        until = sums[index + 1].start if index + 1 < len(sums) else high
        scene = Scene(reading, sentence, money, since, min(high, until), story, surnames, people)
        for donor in donors_of(scene, turns.get(money.start)):
            pledge = _pledge(scene, donor)
            if _is_part(scene) and any(key[0] == pledge.donor for key in found):
                continue  # £450 million, including £350 million of its own
            found.setdefault((pledge.donor, pledge.amount, pledge.currency), pledge)
    return tuple(p for p in found.values() if p.donor or not _is_told_again(p, tuple(found)))


def _is_told_again(pledge: Pledge, found: Sequence[tuple[str | None, float, str | None]]) -> bool:
    """Tell whether a sum of nobody named is that of one donor, or what all of them give."""
    named = [amount for donor, amount, code in found if donor and code == pledge.currency]
    return pledge.amount in named or (len(named) > 1 and sum(named) == pledge.amount)


def _is_converted(reading: Reading, last: Money | None, money: Money) -> bool:
    """Tell whether a sum is the one before in another currency: 30 million kroner ($4 million)."""
    text, start = reading.lower, last.end if last else 0
    if _CONVERTED.fullmatch(text, start, money.start):
        return True
    alone = text[money.start - 1 : money.start] == "(" and text[money.end : money.end + 1] == ")"
    if not alone or last is None or last.currency.id == money.currency.id:
        return False
    return money.start - last.end < _CHAIN and not givers_in(reading, last.end, money.start)


def _is_part(scene: Scene) -> bool:
    low = max(scene.sentence.start, scene.money.start - 24)
    text = scene.reading.lower
    if _YEARLY.match(text, scene.money.end):
        return True
    return bool(_INCLUDED.search(text[low : scene.money.start]))


def _pledge(scene: Scene, donor: Donor) -> Pledge:
    money = scene.money
    start, end = money.start, money.end
    if donor.match and scene.sentence.start <= donor.match.start < scene.sentence.end:
        start, end = min(start, donor.match.start), max(end, donor.match.end)
    code, basis = currency_of(scene.reading, money.currency, donor.name)
    return Pledge(
        donor=donor.name,
        amount=money.number.value,
        currency=code,
        purpose=_purpose(scene.reading, scene.sentence, money),
        evidence=(scene.reading.evidence(start, end),),
        basis=basis,
        confidence=confidence_of(donor.rule),
        rule=donor.rule,
    )


def _purpose(reading: Reading, sentence: Sentence, money: Money) -> str | None:
    found = _PURPOSE.match(reading.lower, money.end, sentence.end)
    return reading.original(*found.span(1)).strip() if found else None
