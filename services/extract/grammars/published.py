"""The head of a document: its date of publication, the town of its dateline, and where they end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.extract.grammars.datelines import (
    HEAD_SEGMENTS,
    THEN_DATE,
    follows_town,
    is_named,
    strange_words,
    town_of_dateline,
)
from services.extract.grammars.dates import DateMention
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Segment

_EARLY = 4  # sentences
_NEAR_DAYS = 7
_LABELS = {"published": 3.0, "updated": 0.4}  # a dateline is worth 2, a title 1
_AMONG_LINES = 0.8
_HEAD_LINES = 14  # where no paragraph of prose stands among them
_SAID_ON = 6  # characters between a verb of saying and its day
_LABEL_REACH = 25  # characters between "Published" and its date
_DATELINE_REACH = 75  # characters a dateline may have before its date
_PROSE = 120  # a paragraph so long is the story's
_SHORT = 90  # a line so short that a date in it is the line's business
_ENDS_DATELINE = re.compile(
    r"\s*(?:م\b)?\s*(?:[-/:(|>،,.]|واس|اليوم\b|\[|$)|\s*\S{0,12}\s*(?:--?|\(|\[|/|:)"
)
_ADVERBIAL = re.compile(
    r"[وف]?(?:في|on|in|les?|du|au|since|by|par|depuis|منذ)\b"
)  # On 3 May, the …
_SET_APART = re.compile(r"\s[-|–·/]\s*(?:n°\s?\d+\s*[-|–·/,]\s*)?(?:le\s)?$")
_MASTHEAD = re.compile(r"[,|/·•–—-]\s*$")  # The Review, weekend edition, 20 May 2023
_BYLINE = re.compile(r"^(?:by|par|بقلم|كتب)\b|\|\s*$")


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
    best = best or _without_head(reading, dates)
    town = town_of_dateline(reading)
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
    if segment is None or segment.index >= HEAD_SEGMENTS:
        return False
    return _only_lines_above(reading, segment)


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
            or _masthead(reading, segment, mention)
        )
        if score:
            is_line = segment.end - segment.start < _SHORT
            early = 1 / (1 + segment.index)
            yield (
                score + early + (0.5 if mention.day else 0) - 0.2 * mention.hijri,
                mention,
                is_line,
            )


def _without_head(
    reading: Reading, dates: Sequence[DateMention]
) -> tuple[float, DateMention, bool] | None:
    """Return the day of a text without a dated head, and without a line of its own for it.

    That is a dateline's day whose year is told elsewhere (الدوحة في 18 سبتمبر), the day that the
    first sentences call today or say something on, or an agency's stamp at the end.
    """
    for mention in dates:
        if not mention.year and mention.month and mention.day and not mention.first:
            segment = reading.segment_at(mention.start)
            if segment and _dateline(reading, segment, mention):
                years = {d.year for d in dates if d.year and _is_near(d, mention)}
                if len(years) == 1:
                    return 1.0, replace(mention, year=years.pop()), False
    for mention in dates:
        sentence = reading.sentence_at(mention.start)
        early = sentence is not None and sentence.index < _EARLY
        if early and mention.is_full and (mention.delta == 0 or _says(reading, mention)):
            return 1.0, mention, False
    return None


def _is_near(dated: DateMention, mention: DateMention) -> bool:
    """Tell whether a whole or partial date is of the days around one without a year."""
    if dated.month != mention.month:
        return False
    return dated.day is None or abs(dated.day - (mention.day or 0)) <= _NEAR_DAYS


def _says(reading: Reading, mention: DateMention) -> bool:
    """Tell whether a day is that of the telling: he announced on Monday, 10 June 2024."""
    low = max(0, mention.start - 20)
    verbs = reading.matches("speech", low, mention.start)
    met = reading.matches("meeting", low, mention.start)
    return bool(verbs) and not met and mention.start - verbs[-1].end <= _SAID_ON


def _label(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date behind "Published" or the like, or behind the word date."""
    start = max(segment.start, mention.start - _LABEL_REACH)
    for word in reading.matches("published", start, mention.start):
        reach = _LABEL_REACH if segment.end - segment.start > _SHORT else _SHORT
        if word.id in _LABELS and word.start - segment.start < reach:
            if reading.lower[word.start : word.end] == "le":
                continue
            return _LABELS[word.id]
    return 0.0


def _dateline(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date at the head of a paragraph, or in a short line at either end of the text."""
    before = mention.start - segment.start
    if segment.kind == "boilerplate" and before > 10:
        return 0.0
    last = segment.index >= len(reading.segments) - 4
    short = segment.end - segment.start < _SHORT and segment.kind != "bullet"
    if segment.index >= HEAD_SEGMENTS and not last:
        return _AMONG_LINES if short and _ends_a_head_line(reading, segment, mention) else 0.0
    if (
        short
        and segment.index < HEAD_SEGMENTS
        and _BYLINE.search(reading.lower[segment.start : mention.start])
    ):
        return 2.0
    if short and any(
        m.payload.get("verb") for m in reading.matches("meeting", segment.start, mention.start)
    ):
        return 0.0  # a short sentence: the ministers met on 3 May
    if before > _DATELINE_REACH or strange_words(reading, segment.start, mention.start) > 2:
        return 0.0
    if last and segment.index >= HEAD_SEGMENTS:
        alone = strange_words(reading, mention.end, segment.end) <= 2
        return 1.0 if short and alone else 0.0
    if not short and _ADVERBIAL.match(reading.lower, segment.start, mention.start):
        return 0.0
    separated = _ENDS_DATELINE.match(reading.lower, mention.end, segment.end)
    if not short and not is_named(reading, segment.start, mention.start):
        return 0.0
    if short or (separated and (mention.day or follows_town(reading, segment, mention))):
        return 2.0
    return 0.0


def _only_lines_above(reading: Reading, segment: Segment) -> bool:
    """Tell whether only titles, menus and lists of points stand above a line."""
    return all(s.end - s.start < _PROSE for s in reading.segments[: segment.index])


def _ends_a_head_line(reading: Reading, segment: Segment, mention: DateMention) -> bool:
    """Tell whether a full date, at most with its time, ends one of many lines above the story."""
    if segment.index >= _HEAD_LINES or not mention.is_full:
        return False
    alone = strange_words(reading, mention.end, segment.end) == 0
    before = reading.lower[segment.start : mention.start]
    set_apart = not before.strip() or bool(_MASTHEAD.search(before))
    return alone and set_apart and _only_lines_above(reading, segment)


def _title(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date that ends the title of a communique: Communique of the summit, Oslo, 3 May."""
    if segment.index >= HEAD_SEGMENTS or segment.kind != "heading" or mention.day is None:
        return 0.0
    if segment.end - mention.end > 2:
        return 0.0
    low = max(segment.start, mention.start - 40)
    towns = reading.of_kinds(("city", "country"), low, mention.start)
    if towns and THEN_DATE.fullmatch(reading.lower, towns[-1].end, mention.start):
        return 1.2
    if segment.index < 2 and _SET_APART.search(reading.lower, segment.start, mention.start):
        return 1.1  # a newsletter's title: Lettre d'information - n° 41 - 24 novembre
    titles = reading.matches("kind_trigger", segment.start, mention.start)
    return 1.0 if any(word.id == "communique" for word in titles) else 0.0


def _masthead(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date set off at the end of a short line at the top: The Review, 20 May 2023."""
    if segment.index >= HEAD_SEGMENTS or segment.kind == "bullet" or not mention.is_full:
        return 0.0
    if segment.end - segment.start >= _SHORT or segment.end - mention.end > 2:
        return 0.0
    if any(m.payload.get("verb") for m in reading.matches("meeting", segment.start, mention.start)):
        return 0.0
    return 1.0 if _MASTHEAD.search(reading.lower[segment.start : mention.start]) else 0.0
