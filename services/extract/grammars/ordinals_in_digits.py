"""The number of a meeting in digits or Roman capitals: 13e sommet, XIIIe session, الـ13, n° 20."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.extract.grammars.events import Stretch
from services.extract.matching import Match
from services.extract.reading import Reading

# Words that end a noun's own phrase: behind them an ordinal is of something else (the third day
# of the meeting, the Second Army hosted the meeting).
ENDS_PHRASE = (
    r"of|at|in|on|for|to|from|by|with|the|a|an|its|their|his|day|days|time|army|anniversary|fleet|"
    r"part|half|phase|stage|hour|week|month|year|quarter|place|term|step|minister|vice|deputy|"
    r"lieutenant|secretary|lady|president|person|floor|draft|floor|report|line|group|world|"
    r"de|du|des|d|au|aux|en|sur|pour|par|le|la|les|l|un|une|leur|son|sa|jour|journee|fois|anniversaire|"
    r"partie|moitie|etape|heure|semaine|mois|annee|trimestre|ministre|ministres|secretaire|dame|rang|"
    r"plan|mandat|volet|axe|groupe|ligne|depuis|pas|que|qui"
)
_DIGITS_BEFORE = re.compile(
    r"(?<!\w)(?:(\d{1,3})(?:st|nd|rd|th|e|emes?|ere|er|re|nde?)|(?!les?\b)([ivxl]{1,7})(?:st|nd|rd|th|e|eme|er)?\b)\s*"
    rf"(?:(?!(?:{ENDS_PHRASE})\b)[\w'-]+\s+){{0,3}}$"
)
# Behind its noun: الدورة العادية الـ41, réunion n° 20, meeting No. 12, الاجتماع (27).
_DIGITS_AFTER = re.compile(
    r"(?:\s+(?!في|من|علي|الي|عن|مع|بعد|قبل|ل?مجلس)ال\w+){0,2}"
    r"\s*\(?\s*(?:ال|رقم|no\.?|n°|nº|#|numero|number)\s*\(?(\d{1,3})(?!\d)"
    r"|\s\((\d{1,2})\)(?!\d)"
    r"|,\s(?:la|le|the|its)\s(\d{1,3})(?:e|eme|st|nd|rd|th)(?=\s?,)"
    r"|(?<=دوره|جوله|نسخه)\s(\d{1,2})(?=\s+(?:من|في|التي|ل\w+|ب\w+)\b|\s*[,.:)]|$)"
)
_NAME_REACH = 110  # characters from the name of a coalition to the end of its word of meeting
_UP_TO = re.compile(r"(?:'s)?\s*(?:\([^()]{1,20}\)\s*)?(?:[\w'-]+\s+){0,4}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def numbers_in_digits(
    reading: Reading, stretch: Stretch, noun: Match
) -> Iterator[tuple[int, int, int]]:
    """Yield the ordinal in digits or Roman capitals beside a noun: 13e, XIIIe, الـ13."""
    text = reading.lower
    before = None
    for end in (noun.start, name_start(reading, stretch, noun)):
        before = before or _DIGITS_BEFORE.search(text, max(stretch.start, end - 40), end)
    if before and before[1]:
        yield int(before[1]), before.start(), noun.end
    elif before and before[2] and _is_roman(reading, before):
        yield _roman(before[2]), before.start(), noun.end
    behind = _DIGITS_AFTER.match(text, noun.end, stretch.end)
    if behind:
        yield int(next(filter(None, behind.groups()))), noun.start, behind.end()


def name_start(reading: Reading, stretch: Stretch, noun: Match) -> int:
    """Return where the name of a meeting begins: the *Five Power Defence Arrangements* Meeting.

    That is the start of a coalition's name that holds the noun or runs up to it, else its own.
    """
    low = max(stretch.start, noun.start - _NAME_REACH)
    for name in reversed(reading.matches("coalition", low, max(noun.end, low))):
        if name.end >= noun.end or _UP_TO.fullmatch(reading.lower, name.end, noun.start):
            return min(name.start, noun.start)
    for name in reading.matches("coalition", low, stretch.end):
        if name.start < noun.start and noun.end <= name.end:
            return name.start
    return noun.start


def _is_roman(reading: Reading, found: re.Match[str]) -> bool:
    """Tell whether letters are a Roman number: capitals, more than one or with an ending.

    L alone is an article more often (Le sommet).
    """
    start, end = found.span(2)
    ended = end < len(reading.lower) and reading.lower[end].isalpha()
    several = end - start > 1 or (ended and found[2] != "l")
    return several and reading.original(start, end).isupper()


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < then else one for one, then in pairs)
