"""Quotation marks: where quoted words begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter

from services.extract.reading import Reading

_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"'}
_start = itemgetter(0)
_OPENING = re.compile('[«“„"]')


def quoted_spans(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return the folded `(start, end)` inside each pair of quotation marks of one paragraph.

    They are kept with the reading, since several grammars ask for them.
    """
    if "quoted" not in reading.kept:
        reading.kept["quoted"] = tuple(_spans(reading))
    kept: tuple[tuple[int, int], ...] = reading.kept["quoted"]
    return kept


def _spans(reading: Reading) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    lower = reading.lower
    for segment in reading.segments:
        at = segment.start
        while opening := _OPENING.search(lower, at, segment.end):
            end = lower.find(_PAIRS[opening[0]], opening.end(), segment.end)
            if end < 0:
                break
            spans.append((opening.end(), end))
            at = end + 1
    return spans


def is_quoted(reading: Reading, place: int) -> bool:
    """Tell whether a place stands inside quotation marks."""
    spans = quoted_spans(reading)
    if not spans:
        return False
    index = bisect_right(spans, place, key=_start) - 1
    return index >= 0 and place < spans[index][1]
