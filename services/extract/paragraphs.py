"""Paragraphs of a folded text: its lines, joined again where the text was broken to one width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

BULLET = re.compile(
    r"\s*(?:[-*•·–—▪◦‣]\s*|\(?\d{1,2}°?[.)/-]\s+|\(?[a-zivx]{1,4}[.)]\s+|"
    r"(?:اولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)\s*[:,-])"
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_MOST_LINES = 50_000  # a megabyte of prose has fewer; what stands behind them is not read
_NARROWEST, _WIDEST = 55, 100  # columns of a text whose paragraphs were broken into lines
_FULL = 0.75  # of the width: a line that was broken off is nearly full
_SURELY_WRAPPED = 2  # full lines in one block


def split_paragraphs(folded: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of each paragraph: a line, or several that were broken to one width."""
    blocks: list[list[tuple[int, int]]] = []
    for line in _lines(folded):
        if blocks and folded.count("\n", blocks[-1][-1][1], line[0]) <= 1:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    # Two full lines above one another may be a title and its date; a text full of them is not.
    is_wrapped = sum(_full_lines(block) >= _SURELY_WRAPPED for block in blocks) > 1
    paragraphs: list[tuple[int, int]] = []
    for block in blocks:
        wrapped = _full_lines(block) >= (1 if is_wrapped else _SURELY_WRAPPED)
        paragraphs.extend(_unwrapped(folded, block) if wrapped else block)
    return paragraphs


def _full_lines(block: Sequence[tuple[int, int]]) -> int:
    """Count the lines, but the last, that look broken off at a common width; 0 for long lines."""
    if len(block) == 1:
        return 0
    width = max(end - start for start, end in block)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    return sum(end - start >= _FULL * width for start, end in block[:-1])


def _unwrapped(folded: str, block: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the lines of a block that was broken to one width, as letters and mails are."""
    width = max(end - start for start, end in block)
    joined = [block[0]]
    last = block[0]
    for start, end in block[1:]:
        was_full = last[1] - last[0] >= _FULL * width
        last = (start, end)
        if was_full and not BULLET.match(folded, start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _lines(folded: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of each line that has more than white space, trimmed."""
    lines = []
    for found in islice(_LINE.finditer(folded), _MOST_LINES):
        piece = found[0]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if left < right:
            lines.append((found.start() + left, found.start() + right))
    return lines
