"""Quotation marks: where quoted words begin and end."""

from __future__ import annotations

from services.extract.reading import Reading

_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"'}


def quoted_spans(reading: Reading) -> list[tuple[int, int]]:
    """Return the folded `(start, end)` inside each pair of quotation marks of one paragraph."""
    spans: list[tuple[int, int]] = []
    for segment in reading.segments:
        at = segment.start
        while at < segment.end:
            closing = _PAIRS.get(reading.lower[at])
            if closing is None:
                at += 1
                continue
            end = reading.lower.find(closing, at + 1, segment.end)
            if end < 0:
                at += 1
                continue
            spans.append((at + 1, end))
            at = end + 1
    return spans
