"""The head of a document: its date of publication, the town of its dateline, and where they end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.extract.grammars.dates import DateMention
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Segment

_HEAD_SEGMENTS = 6
_LABEL_REACH = 25  # characters between "Published" and its date
_DATELINE_REACH = 75  # characters a dateline may have before its date
_PROSE = 120  # a paragraph so long is the story's
_SHORT = 90  # a line so short that a date in it is the line's business
_ENDS_DATELINE = re.compile(
    r"\s*(?:م\b)?\s*(?:[-/:(|>،,.]|واس|اليوم\b|$)|\s*\S{0,12}\s*(?:--?|\(|/|:)"
)
_ADVERBIAL = re.compile(r"[وف]?(?:في|on|in|le|du|au|since|by|par|depuis|منذ)\b")  # On 3 May, the …
_THEN_DATE = re.compile(r"[\s,.|-]*(?:(?:dc|d\.c\.?)[\s,.|-]*)?(?:le\s+|في\s+)?")
_BYLINE = re.compile(r"^(?:by|par|بقلم|كتب)\b|\|\s*$")
_WORD = re.compile(r"\w+")
_FILLERS = frozenset(
    {"le", "on", "a", "in", "at", "يوم", "في", "الموافق", "the", "from", "sur", "du"}
)


@dataclass(slots=True, eq=False)
class Head:
    """What stands above the story. `end` is the folded place behind the dateline (0 without one).

    `published` is `YYYY-MM-DD`, `YYYY-MM` or None; `today` the same day as a date; `town` the match
    of the dateline's town; `is_line` tells that the date has a line of its own.
    """

    published: str | None = None
    today: date | None = None
    mention: DateMention | None = None
    town: Match | None = None
    end: int = 0
    is_line: bool = False


def read_head(reading: Reading, dates: Sequence[DateMention]) -> Head:
    """Return the head; a labelled or dateline date first, then one in a line of its own."""
    dated = [d for d in dates if d.value]
    best = max(_candidates(reading, dated), key=lambda c: c[0], default=None)
    town = _town(reading)
    if best is None:
        return Head(town=town, end=town.end if town else 0)
    _, mention, is_line = best
    today = None
    if mention.is_full:
        today = date(mention.year or 1, mention.month or 1, mention.day or 1)
    end = mention.end if _is_above_story(reading, mention) else (town.end if town else 0)
    return Head(mention.value, today, mention, town, end, is_line)


def _is_above_story(reading: Reading, mention: DateMention) -> bool:
    """Tell whether no paragraph of prose stands before a date."""
    segment = reading.segment_at(mention.start)
    if segment is None or segment.index >= _HEAD_SEGMENTS:
        return False
    return all(s.end - s.start < _PROSE for s in reading.segments[: segment.index])


def _candidates(
    reading: Reading, dates: Sequence[DateMention]
) -> Iterator[tuple[float, DateMention, bool]]:
    for mention in dates:
        segment = reading.segment_at(mention.start)
        if segment is None or segment.kind == "tweet":
            continue
        score = (
            _label(reading, segment, mention)
            or _dateline(reading, segment, mention)
            or _title(reading, segment, mention)
        )
        if score:
            is_line = segment.end - segment.start < _SHORT
            early = 1 / (1 + segment.index)
            yield (
                score + early + (0.5 if mention.day else 0) - 0.2 * mention.hijri,
                mention,
                is_line,
            )


def _label(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date behind "Published" or the like, or behind the word date."""
    start = max(segment.start, mention.start - _LABEL_REACH)
    for word in reading.matches("published", start, mention.start):
        if word.id == "published" and word.start - segment.start < _LABEL_REACH:
            if reading.lower[word.start : word.end] == "le":
                continue
            return 3.0
    return 0.0


def _dateline(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date at the head of a paragraph, or in a short line at either end of the text."""
    before = mention.start - segment.start
    if segment.kind == "boilerplate" and before > 10:
        return 0.0
    last = segment.index >= len(reading.segments) - 4
    if segment.index >= _HEAD_SEGMENTS and not last:
        return 0.0
    short = segment.end - segment.start < _SHORT and segment.kind != "bullet"
    if (
        short
        and segment.index < _HEAD_SEGMENTS
        and _BYLINE.search(reading.lower[segment.start : mention.start])
    ):
        return 2.0
    if short and any(
        m.payload.get("verb") for m in reading.matches("meeting", segment.start, mention.start)
    ):
        return 0.0  # a short sentence: the ministers met on 3 May
    if before > _DATELINE_REACH or _strange_words(reading, segment.start, mention.start) > 2:
        return 0.0
    if last and segment.index >= _HEAD_SEGMENTS:
        alone = _strange_words(reading, mention.end, segment.end) <= 2
        return 1.0 if short and alone else 0.0
    if not short and _ADVERBIAL.match(reading.lower, segment.start, mention.start):
        return 0.0
    separated = _ENDS_DATELINE.match(reading.lower, mention.end, segment.end)
    if not short and not _is_named(reading, segment.start, mention.start):
        return 0.0
    if short or (separated and mention.day):
        return 2.0
    return 0.0


def _title(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date that ends the title of a communique: Communique of the summit, Oslo, 3 May."""
    if segment.index >= _HEAD_SEGMENTS or segment.kind != "heading" or mention.day is None:
        return 0.0
    if segment.end - mention.end > 2:
        return 0.0
    low = max(segment.start, mention.start - 40)
    towns = reading.of_kinds(("city", "country"), low, mention.start)
    if towns and _THEN_DATE.fullmatch(reading.lower, towns[-1].end, mention.start):
        return 1.2
    titles = reading.matches("kind_trigger", segment.start, mention.start)
    return 1.0 if any(word.id == "communique" for word in titles) else 0.0


def _is_named(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a town or agency stands before a date, or hardly anything does."""
    if reading.of_kinds(("city", "city_state", "published"), start, end):
        return True
    return _strange_words(reading, start, end) <= 1


def _strange_words(reading: Reading, start: int, end: int) -> int:
    """Count the words before a date that belong in no dateline."""
    known = reading.of_kinds(
        ("city", "city_state", "country", "day", "month", "published", "demonym"), start, end
    )
    count = 0
    for word in _WORD.finditer(reading.lower, start, end):
        covered = any(m.outer <= word.start() < m.end for m in known)
        if not covered and not word[0].isdigit() and word[0] not in _FILLERS and len(word[0]) > 2:
            count += 1
    return count


def _town(reading: Reading) -> Match | None:
    """Return the town that opens a paragraph near the top, as datelines do."""
    for segment in reading.segments[:_HEAD_SEGMENTS]:
        if segment.kind in ("tweet", "boilerplate"):
            continue
        for match in reading.of_kinds(("city", "city_state"), segment.start, segment.start + 60):
            if _strange_words(reading, segment.start, match.start) == 0 and _sets_off(
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
        return bool(day) and _strange_words(reading, match.end, day[0].start) == 0
    return _strange_words(reading, match.end, match.end + reach) <= 1
