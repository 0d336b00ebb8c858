"""Which meeting it is in the coalition's count: الاجتماع الثاني, septième sommet, 11th meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.extract.grammars.events import Stretch
from services.extract.matching import Match
from services.extract.reading import Reading

_DIGITS_BEFORE = re.compile(
    r"(?<!\w)(\d{1,3})(?:st|nd|rd|th|e|eme|ere|er|re)\s*(?:[\w'-]+\s+){0,2}$"
)
_DIGITS_AFTER = re.compile(r"\s*(?:ال|رقم|no\.?|n°)\s*(\d{1,3})(?!\d)")
_WORDS_BETWEEN = re.compile(r"[\s,]*(?:[\w'-]+\s+){0,3}$")
# "First in two years", "the first on African soil": a first, but not of the coalition's count.
_NOT_A_COUNT = re.compile(
    r"من نوعه|حضوري|منذ|الذي يعقد|in[ -]person|since|depuis|en presentiel|"
    r"in (?:more than )?(?:\w+|\d+) (?:years|months)|du genre|de (?:son|ce) genre|of its kind|"
    r"on \w+ soil|sur le sol|for the first time|pour la premiere fois|at this level|a ce niveau"
)
_ARABIC_TENS = re.compile(r" و(?:ال)?(عشر|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع)(?:ين|ون)\b")
_TENS = dict(
    zip(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), range(20, 100, 10), strict=True)
)
_REACH = 80  # characters between a meeting and its number
_HE_IS = re.compile(r"(?:^|\s)(?:و?ه[وي]|being)\s+$")


def read_ordinal(
    reading: Reading, stretches: Sequence[Stretch]
) -> tuple[int, tuple[int, int]] | None:
    """Return the ordinal and the folded span it was read from, or None. The most told one wins."""
    votes: dict[int, float] = {}
    spans: dict[int, tuple[int, int]] = {}
    for stretch in stretches:
        for number, start, end in _ordinals(reading, stretch):
            if _NOT_A_COUNT.search(reading.lower, start, min(stretch.end, end + 60)):
                continue
            votes[number] = votes.get(number, 0) + (1 if not stretch.tweet else 0.6)
            spans.setdefault(number, (start, end))
    if not votes:
        return None
    best = max(votes, key=lambda n: (votes[n], -spans[n][0]))
    return best, spans[best]


def _ordinals(reading: Reading, stretch: Stretch) -> Iterator[tuple[int, int, int]]:
    for noun in reading.matches("meeting", stretch.start, stretch.end):
        if not noun.payload.get("verb") and not noun.payload.get("sitting"):
            yield from _beside(reading, stretch, noun)
    for word in _words(reading, stretch.start, stretch.end):
        before = reading.lower[max(stretch.start, word.outer - 8) : word.outer]
        if stretch.meets and word.lang == "ar" and _HE_IS.search(before):
            yield _number(reading, word), word.start, word.end


def _words(reading: Reading, start: int, end: int) -> Iterator[Match]:
    """Yield the ordinal words that are not the end of a month's name (كانون الثاني is January)."""
    for word in reading.matches("ordinal", start, end):
        months = reading.matches("month", max(0, word.start - 12), word.end)
        if not any(month.end == word.end for month in months):
            yield word


def _beside(reading: Reading, stretch: Stretch, noun: Match) -> Iterator[tuple[int, int, int]]:
    """Yield the ordinals that belong to a noun: behind it in Arabic, before it elsewhere."""
    low, high = max(stretch.start, noun.start - _REACH), min(stretch.end, noun.end + _REACH)
    words = list(_words(reading, low, high))
    text = reading.lower
    for word in words:
        number = _number(reading, word)
        if word.lang == "ar":
            definite = text.startswith("ال", word.start)
            if definite and _follows(reading, noun, word):
                yield number, noun.outer, word.end
            elif not definite and text[word.end : noun.start] == " ":
                yield number, word.start, noun.end
        elif word.end < noun.start and _WORDS_BETWEEN.fullmatch(text, word.end, noun.start):
            yield number, word.start, noun.end
    digits = _DIGITS_BEFORE.search(text, max(stretch.start, noun.start - 40), noun.start)
    if digits:
        yield int(digits[1]), digits.start(), noun.end
    digits = _DIGITS_AFTER.match(text, noun.end, stretch.end)
    if digits:
        yield int(digits[1]), noun.start, digits.end()


def _number(reading: Reading, word: Match) -> int:
    return int(word.payload["n"]) + _tens(reading, word)


def _tens(reading: Reading, word: Match) -> int:
    """Return what tens go with an ordinal: الثامنة والسبعين, seventy-eighth."""
    behind = _ARABIC_TENS.match(reading.lower, word.end)
    if word.lang == "ar":
        return _TENS[behind[1]] if behind else 0
    for number in reading.matches("number", max(0, word.start - 10), word.start):
        value = number.payload.get("value", 0)
        if number.end == word.start - 1 and 20 <= value <= 90:
            return int(value)
    return 0


def _follows(reading: Reading, noun: Match, word: Match) -> bool:
    """Tell whether an Arabic ordinal qualifies a noun: right behind it, or behind its owner."""
    if word.start < noun.end:
        return False
    between = reading.lower[noun.end : word.start]
    if not between.strip():
        return True
    if len(between.split()) > 4 or any(c in between for c in ',.;:()"«'):
        return False
    if word.clitics or re.search(r"\b(?:في|من|على|علي|الي|عن|مع|بعد|قبل)\b", between):
        return False
    later = reading.matches("meeting", noun.end, word.start)
    return not later
