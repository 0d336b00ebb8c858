"""Days told from the day of publication: today, next Friday, in three days, last month."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.extract.grammars.dates.mention import DateMention
from services.extract.grammars.dates.named import DAY_BEFORE, DAY_REACH
from services.extract.matching import Match
from services.extract.reading import Reading

_LAST_BEFORE = re.compile(r"\b(?:last|past)\s$")
_NEXT_BEFORE = re.compile(r"\b(?:next|coming)\s$")
_LAST_BEHIND = re.compile(r"\s+(?:الماضي|المنصرم|الفائت|dernier\b|last week\b)")
_NEXT_BEHIND = re.compile(r"\s+(?:المقبل|القادم|prochain\b|next week\b)")
_IN = re.compile(r"(?:^|[^\w])(?:in|dans|d'ici|[وف]?بعد)\s+$")
_AGO_BEFORE = re.compile(r"(?:^|[^\w])(?:il y a|[وف]?قبل|[وف]?منذ)\s+$")
_AGO_BEHIND = re.compile(r"\s+ago\b")
_NOW_BEHIND = re.compile(r"\s+(?:from (?:now|today)|من الان)\b|'\s*time\b")
# "After three days of talks", "two days before the summit": told from something else than today.
_OF_SOMETHING = re.compile(r"\s+(?:of|de|d'|من|before|after|later|avant|apres|قبل|بعد)\b")
_DIGITS = re.compile(r"(?<![\d.,])(\d{1,2})[\s-]*$")
_LAST_OF_MONTH = 31
_MOST = 45  # days: further away nobody counts them


def read_relative(reading: Reading) -> Iterator[DateMention]:
    """Yield the days that only the date of publication makes days of a year."""
    for word in reading.matches("day"):
        if not _is_word(reading, word):
            continue
        day = _day_of_month(reading.lower, word) if "months" in word.payload else None
        if day or "needs_day" not in word.payload:
            yield day or _told(reading.lower, word)
    for word in reading.matches("span"):
        mention = _counted(reading, word)
        if mention:
            yield mention


def span_length(reading: Reading, word: Match) -> tuple[int, int] | None:
    """Return how many days a span is (three days, يومين) and where its number begins."""
    days = int(word.payload["days"])
    if word.payload.get("counted"):
        return days, word.start
    digits = _DIGITS.search(reading.lower, max(0, word.outer - 5), word.outer)
    if digits:
        return int(digits[1]) * days, digits.start()
    for number in reversed(reading.matches("number", max(0, word.outer - 20), word.outer)):
        value = number.payload.get("value", 0)
        if reading.lower[number.end : word.outer].strip(" -") == "" and 1 < value <= _MOST:
            return int(value) * days, number.start
    return None


def _day_of_month(text: str, word: Match) -> DateMention | None:
    """Read the day of a month told from this one: the 14th of this month, يوم 26 الجاري."""
    low = max(0, word.outer - DAY_REACH)
    days = DAY_BEFORE.search(text, low, word.outer)
    if not days or int(days[2]) > _LAST_OF_MONTH:
        return None
    months = int(word.payload["months"])
    mention = DateMention(days.start(), word.end, day=int(days[2]), months=months)
    if days[1] and 0 < int(days[1]) < int(days[2]):
        mention.first = DateMention(days.start(), word.end, day=int(days[1]), months=months)
    return mention


def _is_word(reading: Reading, word: Match) -> bool:
    """Tell whether a hit is a day's name: English ones have a capital (sat, sun, wed have not)."""
    if not word.payload:
        return False  # a phrase that only looks so (اليوم التالي)
    if word.lang != "en" or "weekday" not in word.payload:
        return True
    return reading.original(word.start, word.start + 1).isupper()


def _told(text: str, word: Match) -> DateMention:
    load = word.payload
    ahead = 0
    if "weekday" in load:
        low = max(0, word.outer - 8)
        if _LAST_BEHIND.match(text, word.end) or _LAST_BEFORE.search(text, low, word.outer):
            ahead = -1
        elif _NEXT_BEHIND.match(text, word.end) or _NEXT_BEFORE.search(text, low, word.outer):
            ahead = 1
    return DateMention(
        word.start,
        word.end,
        delta=load.get("delta"),
        weekday=load.get("weekday"),
        months=load.get("months"),
        ahead=ahead,
    )


def _counted(reading: Reading, word: Match) -> DateMention | None:
    """Read "in three days", "il y a deux jours", قبل يومين."""
    length = span_length(reading, word)
    if length is None or length[0] > _MOST:
        return None
    days, start = length
    text = reading.lower
    if _AGO_BEHIND.match(text, word.end):
        return DateMention(start, word.end, delta=-days)
    if _NOW_BEHIND.match(text, word.end):
        return DateMention(start, word.end, delta=days)
    if _OF_SOMETHING.match(text, word.end):
        return None
    low = max(0, start - 10)
    if _AGO_BEFORE.search(text, low, start):
        return DateMention(start, word.end, delta=-days)
    if _IN.search(text, low, start):
        return DateMention(start, word.end, delta=days)
    return None
