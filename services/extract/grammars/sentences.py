"""The sentences that grammars read: no boilerplate."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.reading import Reading
from services.extract.segments import Sentence


def prose(reading: Reading, *, tweets: bool = True) -> Sequence[Sentence]:
    """Return the sentences of paragraphs that feed the record; kept with the reading."""
    key = "prose" if tweets else "prose without tweets"
    if key not in reading.kept:
        left_out = ("boilerplate",) if tweets else ("boilerplate", "tweet")
        reading.kept[key] = [s for s in reading.sentences if s.segment.kind not in left_out]
    kept: list[Sentence] = reading.kept[key]
    return kept
