"""The slogan of a meeting: the words in quotation marks behind "under the theme"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.extract.grammars.events import Stretch
from services.extract.reading import Reading

# Folding keeps the kinds of quotation marks apart.
_QUOTED = re.compile(
    r"\s*:?\s*(?:«\s*([^»]{3,160}?)\s*»|“\s*([^”]{3,160}?)\s*”|\"\s*([^\"]{3,160}?)\s*\"|"
    r"''?\s*([^']{3,160}?)\s*''?|\(\s*([^)]{3,160}?)\s*\))"
)
_EDGE = " ,.;:"


def read_theme(
    reading: Reading, stretches: Sequence[Stretch]
) -> tuple[str, tuple[int, int]] | None:
    """Return the slogan as written and the folded span of trigger and slogan, or None."""
    for stretch in stretches:
        for trigger in reading.matches("theme", stretch.start, stretch.end):
            quoted = _QUOTED.match(reading.lower, trigger.end)
            if not quoted:
                continue
            group = next(n for n in range(1, 6) if quoted[n])
            start, end = quoted.span(group)
            while end > start and reading.lower[end - 1] in _EDGE:
                end -= 1
            return reading.original(start, end), (trigger.start, quoted.end())
    return None
