"""The head of a document: its date of publication, the town of its dateline, and where they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.extract.grammars.datelines import HEAD_SEGMENTS, town_of_dateline
from services.extract.grammars.dates import DateMention
from services.extract.grammars.head_dates import (
    SHORT,
    only_lines_above,
    weigh_dateline,
    weigh_head_date,
)
from services.extract.matching import Match
from services.extract.reading import Reading

_EARLY = 4  # sentences
_NEAR_DAYS = 7
_SAID_ON = 6  # characters between a verb of saying and its day


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
    return only_lines_above(reading, segment)


def _candidates(
    reading: Reading, dates: Sequence[DateMention]
) -> Iterator[tuple[float, DateMention, bool]]:
    for mention in dates:
        segment = reading.segment_at(mention.start)
        if segment is None or segment.kind == "tweet":
            continue
        score = weigh_head_date(reading, segment, mention)
        if score:
            is_line = segment.end - segment.start < SHORT
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
            if segment and weigh_dateline(reading, segment, mention):
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
