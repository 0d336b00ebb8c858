"""The slogan of a meeting: the words in quotation marks behind "under the theme"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.extract.grammars.events import Stretch, matches_in
from services.extract.matching import Match
from services.extract.reading import Reading

# Folding keeps the kinds of quotation marks apart.
_QUOTED = re.compile(
    r"\s*:?\s*(?:«\s*([^»]{3,160}?)\s*»|“\s*([^”]{3,160}?)\s*”|\"\s*([^\"]{3,160}?)\s*\"|"
    r"''?\s*([^']{3,160}?)\s*''?|\(\s*([^)]{3,160}?)\s*\)|/\s*([^/\n]{3,160}?)\s*/)"
)
_EDGE = " ,.;:"
_OPENS = "«“\"('"
_BETWEEN = " ,-"
_LONGEST = 170


def read_theme(
    reading: Reading, stretches: Sequence[Stretch]
) -> tuple[str, tuple[int, int]] | None:
    """Return the slogan as written and the folded span of trigger and slogan, or None."""
    if not reading.has(("theme",)):
        return None
    for stretch in stretches:
        for trigger in matches_in(reading, "theme", stretch):
            if not stretch.meets and _of_an_office(reading, stretch):
                continue
            quoted = _quoted(reading, trigger, stretch.start)
            if not quoted:
                continue
            group = next(n for n in range(1, 7) if quoted[n])
            start, end = quoted.span(group)
            while end > start and reading.lower[end - 1] in _EDGE:
                end -= 1
            span = min(trigger.start, start), max(trigger.end, quoted.end())
            return reading.original(start, end), span
    return None


def _of_an_office(reading: Reading, stretch: Stretch) -> bool:
    """Tell whether a chairmanship has the slogan, and not the meeting."""
    return bool(matches_in(reading, "theme_of_other", stretch))


def _quoted(reading: Reading, trigger: Match, floor: int) -> re.Match[str] | None:
    """Return the quotation behind a trigger, or the one that ends right before it."""
    if trigger.payload.get("side") != "before":
        return _QUOTED.match(reading.lower, trigger.end)
    low = max(floor, trigger.outer - _LONGEST)
    for opened in range(trigger.outer - 3, low - 1, -1):
        if reading.lower[opened] in _OPENS:
            quoted = _QUOTED.match(reading.lower, opened)
            if quoted and not reading.lower[quoted.end() : trigger.outer].strip(_BETWEEN):
                return quoted
    return None
