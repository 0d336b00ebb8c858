"""Dates in digits alone, in all orders: 2024-02-03, 03/02/2024, 3.2.2024, 26-27/11/2017."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from services.extract.grammars.dates.mention import DateMention, is_hijri_year, mention_of
from services.extract.lexicon import expand, read_lexicon
from shared.text import fold_text

# Patterns that are searched for everywhere begin with a digit written once: so the engine skips to
# digits, in half of the time.
_YEAR_FIRST = re.compile(r"(\d\d\d\d)([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d/-]|\.\d)")
_YEAR_LAST = re.compile(r"(\d\d?)\s*([/.\\-])\s*(\d{1,2})\s*\2\s*(?:(\d{4})|(\d{2}))(?!\d|[/.-]\d)")
_FIRST_DAY = re.compile(r"(?<![\d/.,-])(\d{1,2})\s*(?:-|و|to|au|الي)\s*$")


_ABBREVIATED = 3
_ZONES = ("جمت", "gmt")
_STAMP = re.compile(r"(?<!\d)(\d\d)\d{4} (?:جمت|gmt) (\w{3,4}) (\d{4}|\d\d)(?!\d)")


def read_numeric(text: str) -> Iterator[DateMention]:
    """Yield the dates of a folded text that are written in digits alone."""
    for found in filter(_stands_alone, _YEAR_FIRST.finditer(text)):
        mention = _year_first(found)
        if mention:
            yield mention
    for found in _YEAR_LAST.finditer(text):
        mention = _year_last(found)
        if mention:
            yield mention


def read_stamps(text: str) -> Iterator[DateMention]:
    """Yield the days of agencies' stamps: 201530 جمت نوف 2023 (day, time, GMT, month, year)."""
    if not any(zone in text for zone in _ZONES):
        return
    for found in _STAMP.finditer(text):
        month = _months().get(found[2][:_ABBREVIATED], 0)
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        mention = mention_of(found.span(), (year, month, int(found[1]))) if month else None
        if mention:
            yield mention


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by the three letters that its names begin with."""
    entries = read_lexicon("months")["entries"].values()
    gregorian = [entry for entry in entries if "hijri" not in entry]
    return {
        fold_text(spelling)[:_ABBREVIATED]: int(entry["n"])
        for entry in gregorian
        for pattern in (*entry["ar"], *entry["en"])
        for spelling in expand(pattern)
        if " " not in spelling
    }


def _year_first(found: re.Match[str]) -> DateMention | None:
    year, month = int(found[1]), int(found[3])
    day = int(found[4]) if found[4] else None
    if day is None and (found[2] != "-" or len(found[3]) < 2):
        return None  # 2023/24 is a season, 2023.5 a number
    return mention_of(found.span(), (year, month, day), hijri=is_hijri_year(year))


def _year_last(found: re.Match[str]) -> DateMention | None:
    text, start = found.string, found.start()
    opening = _FIRST_DAY.search(text, max(0, start - 8), start)
    if not _stands_alone(found) and not (opening and found[2] != "-"):
        return None
    if found[5] and found[2] == ".":
        return None  # 3.2.24 is as often a version or a paragraph
    year = int(found[4]) if found[4] else 2000 + int(found[5])
    day, month = int(found[1]), int(found[3])
    if month > 12 >= day:
        day, month = month, day  # the American order
    mention = mention_of(found.span(), (year, month, day), hijri=is_hijri_year(year))
    if mention and opening and not mention.hijri and 0 < int(opening[1]) < day:
        first = replace(mention, start=opening.start(), day=int(opening[1]))
        return replace(mention, start=opening.start(), first=first)
    return mention


def _stands_alone(found: re.Match[str]) -> bool:
    """Tell whether no digit or separator stands before. (A lookbehind costs much more.)"""
    return found.start() == 0 or found.string[found.start() - 1] not in "0123456789/.-"
