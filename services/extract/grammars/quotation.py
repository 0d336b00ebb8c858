"""Quotation marks: where quoted words begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

from services.extract.reading import Reading

_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"'}
_OPENING = re.compile("[«“„\"]")


@lru_cache(maxsize=1)
def quoted_spans(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return the folded `(start, end)` inside each pair of quotation marks of one paragraph.

    The last text's spans are kept, since several grammars ask for them.
    """
    spans: list[tuple[int, int]] = []
    lower = reading.lower
    for segment in reading.segments:
        at = segment.start
        while opening := _OPENING.search(lower, at, segment.end):
            end = lower.find(_PAIRS[opening[0]], opening.end(), segment.end)
            if end >= 0:
                spans.append((opening.end(), end))
            at = max(opening.end(), end + 1)
    return tuple(spans)
