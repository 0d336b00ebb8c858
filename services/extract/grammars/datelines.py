"""The words of a dateline: its town, and what belongs in none."""

from __future__ import annotations

import re

from services.extract.grammars.dates import DateMention
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Segment

HEAD_SEGMENTS = 6
THEN_DATE = re.compile(r"[\s,.|-]*(?:(?:dc|d\.c\.?)[\s,.|-]*)?(?:le\s+|في\s+)?")
_WORD = re.compile(r"\w+")
_FILLERS = frozenset(
    {"le", "on", "a", "in", "at", "يوم", "في", "الموافق", "the", "from", "sur", "du"}
)


def follows_town(reading: Reading, segment: Segment, mention: DateMention) -> bool:
    """Tell whether a month stands right behind the town that opens a paragraph."""
    towns = reading.of_kinds(("city", "city_state"), segment.start, mention.start)
    if not towns or towns[0].start != segment.start:
        return False
    return bool(THEN_DATE.fullmatch(reading.lower, towns[-1].end, mention.start))


def is_named(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a town or agency stands before a date, or hardly anything does."""
    if reading.of_kinds(("city", "city_state", "published"), start, end):
        return True
    return strange_words(reading, start, end) <= 1


def strange_words(reading: Reading, start: int, end: int) -> int:
    """Count the words before a date that belong in no dateline."""
    known = reading.of_kinds(
        ("city", "city_state", "country", "day", "month", "published", "demonym"), start, end
    )
    count = 0
    for word in _WORD.finditer(reading.lower, start, end):
        text, at = word[0], word.start()
        if len(text) > 2 and text not in _FILLERS and not text.isdigit():
            count += not any(m.outer <= at < m.end for m in known)
    return count


def town_of_dateline(reading: Reading) -> Match | None:
    """Return the town that opens a paragraph near the top, as datelines do."""
    for segment in reading.segments[:HEAD_SEGMENTS]:
        if segment.kind in ("tweet", "boilerplate"):
            continue
        for match in reading.of_kinds(("city", "city_state"), segment.start, segment.start + 60):
            if strange_words(reading, segment.start, match.start) == 0 and _sets_off(
                reading, segment, match
            ):
                return match
    return None


def _sets_off(reading: Reading, segment: Segment, match: Match) -> bool:
    """Tell whether a dateline's marks or date follow the town, and no verb."""
    tail = reading.lower[match.end : min(segment.end, match.end + 60)]
    mark = re.search(r"[-/:|>]|--|\(", tail)
    if tail.strip() == "":
        return True
    reach = mark.start() if mark else (len(tail) if match.end + len(tail) >= segment.end else -1)
    if reach < 0:
        day = reading.matches("month", match.end, match.end + 30)
        return bool(day) and strange_words(reading, match.end, day[0].start) == 0
    return strange_words(reading, match.end, match.end + reach) <= 1
