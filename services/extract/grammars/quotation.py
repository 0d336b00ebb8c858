"""Quotation marks: where quoted words begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from services.extract.reading import Reading
from services.extract.segments import Segment

# What closes a quotation that a mark opens, the usual mark first; others are slips of keyboards.
_CLOSINGS = {
    "«": ("»",),
    "“": ("”", "“", '"'),
    "”": ("“", "”"),
    "„": ("“", "”", '"'),
    "‹": ("›",),
    "((": ("))",),
    '"': ('"', "”"),
    "<<": (">>",),
    "''": ("''",),
    "′′": ("′′",),
    "'": ("'",),
}
_DEEPEST = 3
_LONGEST = 3000  # characters of a quotation with others inside
_start = itemgetter(0)
# A single mark opens only where a word begins, so that it is no apostrophe.
# The first character stands before the alternatives, so that the engine skips to marks.
_OPENING = re.compile(
    r"""[«“„"‹<('′”](?:(?<=[«“„"‹])|(?<=<)<|(?<=\()\(|(?<=')'|(?<=′)′"""
    r"""|(?<=[”'])(?:(?<=\s[”'])|(?<!..))(?=\w))""",
    re.DOTALL,
)
_PAIRED = ("«", "“")  # their closing mark is another one, so that quotations can be nested
_SINGLE_END = re.compile(r"(?<=[.,!?…])'(?!\w)|'(?=[.,;]|\s*$)")


def quoted_spans(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return the folded `(start, end)` inside each pair of quotation marks of one paragraph.

    A quotation that goes on in the next paragraph, which opens with a mark again, ends with its
    paragraph. The spans are kept with the reading, since several grammars ask for them.
    """
    kept: tuple[tuple[int, int], ...] | None = reading.kept.get("quoted")
    if kept is None:
        kept = reading.kept["quoted"] = tuple(_spans(reading))
    return kept


def _spans(reading: Reading) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    lower, at = reading.lower, 0
    last: Segment | None = None
    unclosed = set[str]()  # what closes nowhere in its paragraph is looked for once
    while opening := _OPENING.search(lower, at):
        at, mark = opening.end(), opening[0]
        segment = reading.segment_at(opening.start())
        if segment is None:
            continue
        if segment is not last:
            last, unclosed = segment, set()
        closing = None if mark in unclosed else _closing(lower, opening, segment.end)
        if closing is not None:
            spans.append((opening.end(), closing[0]))
            at = closing[1]
        elif _goes_on(reading, segment, mark):
            spans.append((opening.end(), segment.end))
            at = segment.end
        else:
            unclosed.add(mark)
    return spans


def has_quotes(reading: Reading, start: int, end: int) -> bool:
    """Tell whether any of folded `[start, end)` stands inside quotation marks."""
    spans = quoted_spans(reading)
    if not spans:
        return False
    index = bisect_left(spans, (end,)) - 1
    return index >= 0 and spans[index][1] > start


def is_quoted(reading: Reading, place: int) -> bool:
    """Tell whether a place stands inside quotation marks."""
    spans = quoted_spans(reading)
    if not spans:
        return False
    index = bisect_right(spans, place, key=_start) - 1
    return index >= 0 and place < spans[index][1]


def _closing(lower: str, opening: re.Match[str], end: int) -> tuple[int, int] | None:
    """Return where the mark that closes a quotation begins and ends, or None."""
    mark = opening[0]
    if mark == "'":
        single = _SINGLE_END.search(lower, opening.end(), end)
        return single.span() if single else None
    for close in _CLOSINGS[mark]:
        place = lower.find(close, opening.end(), end)
        if place >= 0 and mark in _PAIRED and close == _CLOSINGS[mark][0]:
            place = _outermost(lower, opening.end(), end, mark, close, place)
        if place >= 0:
            return place, place + len(close)
    return None


def _outermost(lower: str, start: int, end: int, mark: str, close: str, first: int) -> int:
    """Return where nested quotations of one kind of mark close; `first` if they do not."""
    place, depth = first, 1
    at, end = start, min(end, start + _LONGEST)
    while 0 < depth <= _DEEPEST:
        nested = lower.find(mark, at, place)
        if nested >= 0:
            depth, at = depth + 1, nested + 1
            continue
        depth, at = depth - 1, place + 1
        if depth:
            place = lower.find(close, at, end)
            if place < 0:
                return first
    return first if depth else place


def _goes_on(reading: Reading, segment: Segment, mark: str) -> bool:
    """Tell whether the next paragraph opens with the mark that this one left open."""
    following = segment.index + 1
    if mark == "'" or following >= len(reading.segments):
        return False
    return reading.lower.startswith(mark, reading.segments[following].start)
