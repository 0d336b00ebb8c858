"""Which meeting it is in the coalition's count: الاجتماع الثاني, septième sommet, 11th meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.extract.grammars.events import Stretch, matches_in
from services.extract.grammars.ordinals_in_digits import ENDS_PHRASE, name_start, numbers_in_digits
from services.extract.matching import Match
from services.extract.reading import Reading

_WORDS_BETWEEN = re.compile(rf"[\s,]*(?:(?!(?:{ENDS_PHRASE})\b)[\w'’-]+\s+){{0,3}}")
_EDITION_OF = re.compile(r"\s+(?:of|de|du|des|من|ل)?\s*(?:(?!\d)[\w'’-]+\s+){0,3}")
_TALKS = re.compile(
    r"(?: (?!من|في)\S+){0,2} (?:من )?(?:ال)?(?:محادثات|مباحثات|مشاورات|حوار)|"
    r" (?:of|de) (?:\w+ )?(?:negotiations|dialogue|pourparlers|concertations)"
)
# A French ordinal may follow: sa réunion vingtième.
_BEHIND = re.compile(r"\s(?:\w+\s)?")
_TIME = re.compile(r"\s+(?:time|fois)\b")
_FOR_THE = re.compile(r"(?:\bfor (?:the|a)|\bpour (?:la|une)|للمره)\s+$")
_DIGIT_TIME = re.compile(
    r"\b(?:for the|pour la)\s+(\d{1,3})(?:st|nd|rd|th|e|eme)\s+(?:time|fois)\b"
)
_THIS_TIME = re.compile(
    r"this (?:year|month|week)|cette (?:annee|semaine)|ce mois|هذا العام|في اقل"
)
# "First in two years", "the first on African soil": a first, but not of the coalition's count.
_BEGINNING = (  # since then all meetings are counted
    r"(?:its|their|the) (?:\w+ )?(?:creation|founding|foundation|launch|establishment|inception)",
    r"(?:la|le|sa|son|leur) (?:creation|fondation|lancement|naissance|signature|mise)",
    r"(?:تاسيس|انشا|انطلاق|اطلاق|تشكيل|قيام)",
)
_NO_FIRST = re.compile(r"من نوعه|du genre|de (?:son|ce) genre|of its kind")
_NOT_A_COUNT = re.compile(
    rf"حضوري|منذ(?! {_BEGINNING[2]})|الذي يعقد|in[ -]person|since(?! {_BEGINNING[0]})|"
    rf"depuis(?! {_BEGINNING[1]})|en presentiel|in (?:more than )?(?:\w+|\d+) (?:years|months)|"
    r"on \w+ soil|sur le sol|for the first time|pour la premiere fois|at this level|a ce niveau"
)
# What was decided before is followed up: the recommendations of their 41st session.
_FOLLOWED_UP = re.compile(
    r"(?:recommendations?|decisions?|outcomes?|conclusions?|resolutions?|recommandations?|"
    r"توصيات|قرارات|نتائج|مخرجات)\s+"
    r"(?:(?:of|from|taken at|adopted at|by|de|du|des|prises lors de)\s+)?"
    r"(?:(?:the|their|its|la|leur|sa|l')\s*)?$"
)
_ARABIC_TENS = re.compile(r" و(?:ال)?(عشر|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع)(?:ين|ون)\b")
_TENS = dict(
    zip(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), range(20, 100, 10), strict=True)
)
_MONTHS = ("month",)
_REACH = 80  # characters between a meeting and its number
_FIRST_REACH = 140  # what takes a first back stands further behind: since the fall of …
_APPOSED = re.compile(r",\s(?:the|its|their|la|le|sa|leur|son)\s$")
_EVER = re.compile(r" ever\b|[ -]ever between")
_OF_SERIES = re.compile(
    r" (?:of its kind|of the kind|du genre|de ce genre|en son genre|in the series|to date|so far|"
    r"since (?:the|its)|depuis (?:la|sa|le|son)|de la serie|in (?:this|the) format|"
    r"dans ce format)\b"
)
_HE_IS = re.compile(r"(?:^|\s)(?:و?ه[وي]|being)\s+$")

_NO_NOUN = re.compile(
    r" (?:a|au|aux|de|du|des|d'\w+|en|et|le|la|sous|par|avec|sur|pour|qui|dans)\b"
)

_Found = tuple[int, int, int]


def read_ordinal(
    reading: Reading, stretches: Sequence[Stretch]
) -> tuple[int, tuple[int, int]] | None:
    """Return the ordinal and the folded span it was read from, or None. The most told one wins."""
    votes: dict[int, float] = {}
    spans: dict[int, tuple[int, int]] = {}
    for stretch in stretches:
        for number, start, end in _ordinals(reading, stretch):
            reach = end + (_FIRST_REACH if number == 1 else 60)
            if _FOLLOWED_UP.search(reading.lower, max(0, start - 45), start):
                continue
            high = min(stretch.sentence.end, reach)
            if _NOT_A_COUNT.search(reading.lower, start, high):
                continue
            if number == 1 and _NO_FIRST.search(reading.lower, start, high):
                continue
            votes[number] = votes.get(number, 0) + (1 if not stretch.tweet else 0.6)
            spans.setdefault(number, (start, end))
    if not votes:
        return None
    best = max(votes, key=lambda n: (votes[n], -spans[n][0]))
    return best, spans[best]


def _ordinals(reading: Reading, stretch: Stretch) -> Iterator[_Found]:
    for edition in matches_in(reading, "edition", stretch):
        if edition.payload.get("alone") or _is_of_meeting(reading, stretch, edition):
            yield from _beside(reading, stretch, edition)
    if not stretch.meets:
        return
    worded = bool(_words(reading, stretch.start, stretch.end))
    if worded:
        yield from _apposed(reading, stretch)
    for noun in matches_in(reading, "meeting", stretch):
        if noun.payload.get("verb"):
            yield from _times_met(reading, stretch, noun)
            continue
        for found in _beside(reading, stretch, noun):
            if not noun.payload.get("sitting") or found[0] > 2:  # "the second session of the day"
                yield found
    if worded:
        yield from _said(reading, stretch)


def _said(reading: Reading, stretch: Stretch) -> Iterator[_Found]:
    """Yield an Arabic ordinal that is said of the meeting: وهو الثالث."""
    for word in _words(reading, stretch.start, stretch.end):
        before = reading.lower[max(stretch.start, word.outer - 8) : word.outer]
        if word.lang == "ar" and _HE_IS.search(before):
            yield _number(reading, word), word.start, word.end


def _apposed(reading: Reading, stretch: Stretch) -> Iterator[_Found]:
    """Yield an ordinal that stands for the meeting: this meeting, the second of its kind."""
    for word in _words(reading, stretch.start, stretch.end):
        if word.lang == "ar" or not _APPOSED.search(
            reading.lower, max(stretch.start, word.start - 9), word.start
        ):
            continue
        number = _number(reading, word)
        behind = _EVER if number == 1 else _OF_SERIES
        low = max(stretch.start, word.start - _REACH)
        if behind.match(reading.lower, word.end) and reading.matches("meeting", low, word.start):
            yield number, word.start, word.end


def _is_of_meeting(reading: Reading, stretch: Stretch, edition: Match) -> bool:
    """Tell whether a word of meeting stands behind one of edition: the third round of talks."""
    for noun in reading.matches("meeting", edition.end, min(stretch.end, edition.end + 60)):
        between = reading.lower[edition.end : noun.outer]
        words = [w for w in reading.matches("ordinal", edition.end, noun.outer) if w.lang == "ar"]
        if words:  # النسخة الثالثة من مؤتمر
            between = reading.lower[words[-1].end : noun.outer]
        if not noun.payload.get("verb") and _EDITION_OF.fullmatch(between):
            return True
    if _TALKS.match(reading.lower, edition.end, stretch.end):
        return True
    for name in reading.matches("coalition", edition.end, min(stretch.end, edition.end + 70)):
        if _EDITION_OF.fullmatch(reading.lower, edition.end, name.outer):
            return True  # the 27th round of the contact group
    return False


def _times_met(reading: Reading, stretch: Stretch, verb: Match) -> Iterator[_Found]:
    """Yield the number of "met in Oslo for the third time", unless the times are of one year."""
    text, end = reading.lower, min(stretch.end, verb.end + _REACH)
    if _THIS_TIME.search(text, verb.end, min(stretch.end, end + 40)):
        return
    digits = _DIGIT_TIME.search(text, verb.end, end)
    if digits:
        yield int(digits[1]), verb.start, digits.end()
    for word in _words(reading, verb.end, end):
        low = max(verb.end, word.outer - 10)
        is_time = word.lang == "ar" or _TIME.match(text, word.end)
        if is_time and _number(reading, word) > 1 and _FOR_THE.search(text, low, word.outer):
            yield _number(reading, word), verb.start, word.end


def _words(reading: Reading, start: int, end: int) -> Sequence[Match]:
    """Return the ordinal words that are not the end of a month's name (كانون الثاني is January)."""
    words = reading.matches("ordinal", start, end)
    if not words or not reading.has(_MONTHS):
        return words
    return [word for word in words if not _ends_month(reading, word)]


def _ends_month(reading: Reading, word: Match) -> bool:
    months = reading.matches("month", max(0, word.start - 12), word.end)
    return any(month.end == word.end for month in months)


def _beside(reading: Reading, stretch: Stretch, noun: Match) -> Iterator[_Found]:
    """Yield the ordinals that belong to a noun: behind it in Arabic, before it elsewhere."""
    low, high = max(stretch.start, noun.start - _REACH), min(stretch.end, noun.end + _REACH)
    text = reading.lower
    for word in _words(reading, low, high):
        number = _number(reading, word)
        if word.lang == "ar":
            definite = text.startswith("ال", word.start)
            if definite and _follows(reading, noun, word):
                yield number, noun.outer, word.end
            elif not definite and text[word.end : noun.start] == " ":
                yield number, word.start, noun.end
        elif word.end < noun.start and (
            _WORDS_BETWEEN.fullmatch(text, word.end, noun.start)
            or _WORDS_BETWEEN.fullmatch(text, word.end, name_start(reading, stretch, noun))
        ):
            yield number, word.start, noun.end
        elif number > 1 and _follows_in_french(text, noun, word):
            yield number, noun.start, word.end
    yield from numbers_in_digits(reading, stretch, noun)


def _follows_in_french(text: str, noun: Match, word: Match) -> bool:
    """Tell whether a French ordinal qualifies the noun before it, and none behind it.

    So it does in "sa réunion vingtième", but not in "la réunion, troisième volet du plan".
    """
    if word.lang != "fr" or not _BEHIND.fullmatch(text, noun.end, word.start):
        return False
    return not text.startswith(" ", word.end) or bool(_NO_NOUN.match(text, word.end))


def _number(reading: Reading, word: Match) -> int:
    return int(word.payload["n"]) + _tens(reading, word)


def _tens(reading: Reading, word: Match) -> int:
    """Return what tens go with an ordinal that the lexicon has not: الثامنة والسبعين."""
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
