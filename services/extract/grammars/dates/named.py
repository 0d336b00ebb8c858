"""Dates with a month's name: 26-27 November 2017, le 1er mars, الخامس من أيار/مايو, Rajab 22."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.extract.grammars.dates.mention import DateMention, mention_of
from services.extract.lexicon import expand, read_lexicon
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.text import fold_text

_WEEKDAYS = "|".join(
    sorted(
        {
            fold_text(spelling)
            for entry in read_lexicon("days")["entries"].values()
            if "weekday" in entry
            for lang in ("ar", "fr", "en")
            for pattern in entry[lang]
            for spelling in expand(pattern)
        },
        key=len,
        reverse=True,
    )
)
_DAY = r"(?:{})(?:er|st|nd|rd|th)?"
_ONE, _SOME = _DAY.format(r"(\d{1,2})"), _DAY.format(r"\d{1,2}")
_NAMED = rf"(?:(?:the|le|يوم)\s+)?(?:(?:{_WEEKDAYS})\.?,?\s+(?:the\s+|le\s+)?)?"
_NEXT = (
    r"\s*(?:,\s*(?:and\b|et\b|و)?|&|-|/|and\b|et\b|to\b|until\b|through\b|au\b|و|الي|حتي)"
    rf"\s*{_NAMED}"
)
DAY_BEFORE = re.compile(
    rf"(?<![\d.,/:])(?:{_ONE}(?:{_NEXT}{_SOME}){{0,3}}{_NEXT})?{_ONE}"
    r"\s*(?:من\s+)?(?:شهر\s+)?(?:of\s+|de\s+|/\s*|-\s*)?$"
)
DAY_REACH = 70
_DAY_NEAR = 16  # a day's last digit stands no further before its month (3 من شهر …)
_YEAR_AFTER = re.compile(  # behind another name of the month, even one misspelt
    r"(?:\s*/\s*\w+(?:\s\w+)?(?=\s))?\s*[.,]?\s*(?:(?:من\s+)?(?:ال|ل)?(?:عام|سنه)\s+|of\s+|in\s+|de\s+|/\s*|-\s*)?"
    r"(\d{4})(?!\d)(\s*(?:ه|هـ)(?!\w))?"
)
_THEN = r"\s*(?:-|to\b|and\b|&|through\b|until\b)\s*(?:the\s+)?"
_DAY_AFTER = re.compile(
    rf"\.?\s+(?:the\s+)?{_ONE}(?:(?:\s*,\s*{_SOME}){{0,3}}\s*,?{_THEN}{_ONE}(?!\d|[:.]\d|\s+\w+\s+\d{{4}}))?"
    r"(?!\d|[:.]\d|,\d{3})(?:\s*,?\s*(\d{4})(?!\d))?"
)
_OF_MONTH = re.compile(r"\s+(?:من\s+|of\s+)?(?:شهر\s+)?")
_THEN_ORDINAL = re.compile(r"\s*(?:-|to|and|و|الي|حتي|to the|and the)\s*")
_TWIN = re.compile(r"\s*[/(,-]\s*")  # the month's other name: كانون الأول/ديسمبر, نيسان (أبريل)
_BARE = re.compile(
    r"(?:\b(?:in|en|last|next|this|since|mid|late|early|fin|mi|debut|courant|depuis)[\s-]"
    r"|(?:في|خلال|مطلع|نهايه|اواخر|اوائل|منتصف|بدايه|منذ|شهر)\s)$"
)
_GONE = re.compile(r"\s+(?:الماضي|المنصرم|الفائت|dernier|last\b)|.{0,30}?\blast year\b")
_COMING = re.compile(r"\s+(?:المقبل|القادم|prochain\b|next\b)|.{0,30}?\bnext year\b")


def read_named(reading: Reading) -> Iterator[DateMention]:
    """Yield the dates that have a month's name; of a double name the first counts."""
    months = reading.matches("month")
    at = floor = 0
    while at < len(months):
        month, end = months[at], months[at].end
        at += 1
        if at < len(months) and _is_twin(reading.lower, month, months[at]):
            end = months[at].end
            end += reading.lower.startswith(")", end)
            at += 1
        mention = _read(reading, month, end, floor)
        if mention:
            floor = mention.end
            yield mention


def _is_twin(text: str, month: Match, then: Match) -> bool:
    """Tell whether a month is named again in another tradition."""
    same = then.payload["n"] == month.payload["n"] and then.id == month.id
    return same and bool(_TWIN.fullmatch(text, month.end, then.outer))


def _read(reading: Reading, month: Match, end: int, floor: int) -> DateMention | None:
    """Read what stands around a month whose names end at `end`; before `floor` is another date."""
    text = reading.lower
    near = text[max(floor, month.outer - _DAY_NEAR) : month.outer]
    if any(map(str.isdigit, near)):
        before = DAY_BEFORE.search(text, max(floor, month.outer - DAY_REACH), month.outer)
        if before:
            first = int(before[1]) if before[1] else None
            return _dated(reading, month, before.start(), end, (first, int(before[2])))
    worded = _worded(reading, month)
    if worded:
        return _dated(reading, month, worded[0], end, worded[1:])
    if month.lang == "en" and not reading.original(month.start, month.end)[0].isupper():
        return None  # may and march are words
    behind = _DAY_AFTER.match(text, end) if month.lang != "ar" else None
    if behind and 1 <= int(behind[1]) <= 31:
        return _month_first(month, behind)
    return _dayless(reading, month, end)


def _dated(
    reading: Reading, month: Match, start: int, end: int, days: tuple[int | None, int]
) -> DateMention | None:
    after = _YEAR_AFTER.match(reading.lower, end)
    year = int(after[1]) if after else None
    span = start, after.end() if after else end
    mention = _ranged(month, span, year, *days)
    if mention and year is None:
        return replace(mention, ahead=_direction(reading.lower, end))
    return mention


def _month_first(month: Match, behind: re.Match[str]) -> DateMention | None:
    first, last = (int(behind[1]), int(behind[2])) if behind[2] else (None, int(behind[1]))
    year = int(behind[3]) if behind[3] else None
    return _ranged(month, (month.start, behind.end()), year, first, last)


def _dayless(reading: Reading, month: Match, end: int) -> DateMention | None:
    """Read a month of a year, or one alone behind a word that makes it a time (in May)."""
    hijri = bool(month.payload.get("hijri"))
    after = _YEAR_AFTER.match(reading.lower, end)
    if after:
        parts = (int(after[1]), int(month.payload["n"]), None)
        return mention_of((month.start, after.end()), parts, hijri=hijri)
    if hijri or not _BARE.search(reading.lower, max(0, month.outer - 9), month.outer):
        return None
    ahead = _direction(reading.lower, end)
    return DateMention(month.start, end, month=int(month.payload["n"]), ahead=ahead)


def _direction(text: str, end: int) -> int:
    if _GONE.match(text, end, end + 40):
        return -1
    return int(bool(_COMING.match(text, end, end + 40)))


def _ranged(
    month: Match, span: tuple[int, int], year: int | None, first: int | None, day: int
) -> DateMention | None:
    """Return a day, with the day that opens its range where that can be."""
    hijri = bool(month.payload.get("hijri"))
    number = int(month.payload["n"])
    mention = mention_of(span, (year, number, day), hijri=hijri)
    if mention is None or not first or not 0 < first < day or mention.month is None:
        return mention
    opening = mention_of(span, (year, number, first), hijri=hijri)
    return replace(mention, first=opening)


def _worded(reading: Reading, month: Match) -> tuple[int, int | None, int] | None:
    """Return start, first and last day told by ordinals: من الثالث إلى الخامس عشر من مايو."""
    words: Sequence[Match] = reading.matches("ordinal", max(0, month.outer - 60), month.outer)
    if not words or not _OF_MONTH.fullmatch(reading.lower, words[-1].end, month.outer):
        return None
    last = words[-1]
    if len(words) > 1 and _THEN_ORDINAL.fullmatch(reading.lower, words[-2].end, last.start):
        return words[-2].start, int(words[-2].payload["n"]), int(last.payload["n"])
    return last.start, None, int(last.payload["n"])
