"""How much speaks for a date at the head of a text being that of its publication."""

from __future__ import annotations

import re

from services.extract.grammars.datelines import (
    HEAD_SEGMENTS,
    THEN_DATE,
    follows_town,
    is_named,
    strange_words,
)
from services.extract.grammars.dates import DateMention
from services.extract.reading import Reading
from services.extract.segments import Segment

_LABELS = {"published": 3.0, "updated": 0.4}  # a dateline is worth 2, a title 1
_AMONG_LINES = 0.8
_HEAD_LINES = 14  # where no paragraph of prose stands among them
_LABEL_REACH = 25  # characters between "Published" and its date
_DATELINE_REACH = 75  # characters a dateline may have before its date
_PROSE = 120  # a paragraph so long is the story's
SHORT = 90  # a line so short that a date in it is the line's business
_ENDS_DATELINE = re.compile(
    r"\s*(?:م\b)?\s*(?:[-/:(|>،,.]|واس|اليوم\b|\[|$)|\s*\S{0,12}\s*(?:--?|\(|\[|/|:)"
)
_ADVERBIAL = re.compile(
    r"[وف]?(?:في|on|in|les?|du|au|since|by|par|depuis|منذ)\b"
)  # On 3 May, the …
_SET_APART = re.compile(r"\s[-|–·/]\s*(?:n°\s?\d+\s*[-|–·/,]\s*)?(?:le\s)?$")
_MASTHEAD = re.compile(r"[,|/·•–—-]\s*$")  # The Review, weekend edition, 20 May 2023
_BYLINE = re.compile(r"^(?:by|par|بقلم|كتب)\b|\|\s*$")


def weigh_head_date(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Weigh a date by its label, its dateline, the title or the line it stands in; 0 for none."""
    return (
        _label(reading, segment, mention)
        or weigh_dateline(reading, segment, mention)
        or _title(reading, segment, mention)
        or _masthead(reading, segment, mention)
    )


def _label(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date behind "Published" or the like, or behind the word date."""
    start = max(segment.start, mention.start - _LABEL_REACH)
    for word in reading.matches("published", start, mention.start):
        reach = _LABEL_REACH if segment.end - segment.start > SHORT else SHORT
        if word.id in _LABELS and word.start - segment.start < reach:
            if reading.lower[word.start : word.end] == "le":
                continue
            return _LABELS[word.id]
    return 0.0


def weigh_dateline(reading: Reading, segment: Segment, mention: DateMention) -> float:
    """Score a date at the head of a paragraph, or in a short line at either end of the text."""
    before = mention.start - segment.start
    if segment.kind == "boilerplate" and before > 10:
        return 0.0
    last = segment.index >= len(reading.segments) - 4
    short = segment.end - segment.start < SHORT and segment.kind != "bullet"
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


def only_lines_above(reading: Reading, segment: Segment) -> bool:
    """Tell whether only titles, menus and lists of points stand above a line."""
    return all(s.end - s.start < _PROSE for s in reading.segments[: segment.index])


def _ends_a_head_line(reading: Reading, segment: Segment, mention: DateMention) -> bool:
    """Tell whether a full date, at most with its time, ends one of many lines above the story."""
    if segment.index >= _HEAD_LINES or not mention.is_full:
        return False
    alone = strange_words(reading, mention.end, segment.end) == 0
    before = reading.lower[segment.start : mention.start]
    set_apart = not before.strip() or bool(_MASTHEAD.search(before))
    return alone and set_apart and only_lines_above(reading, segment)


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
    if segment.end - segment.start >= SHORT or segment.end - mention.end > 2:
        return 0.0
    if any(m.payload.get("verb") for m in reading.matches("meeting", segment.start, mention.start)):
        return 0.0
    return 1.0 if _MASTHEAD.search(reading.lower[segment.start : mention.start]) else 0.0
