"""Listings: those whom the lines behind a colon name, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from services.extract.grammars.people.cast import Cast, Mention
from services.extract.reading import Reading
from services.extract.segments import Segment, Sentence

_LINE_OPENING = 12
_LONGEST_LABEL = 60
_SEMICOLONS = (";", "؛")
_VERBS = ("act", "speech", "role")


def listed(reading: Reading, cast: Cast, sentence: Sentence) -> Iterator[Mention]:
    """Yield those in the list that a sentence ending in a colon opens, one a line."""
    if not reading.lower[sentence.start : sentence.end].rstrip().endswith(":"):
        return
    entry: Segment | None = None
    for following in reading.sentences[sentence.index + 1 :]:
        segment = following.segment
        if segment is sentence.segment or not (
            segment is entry or segment.kind == "bullet" or _is_entry(reading, cast, segment)
        ):
            return
        entry = segment
        yield from cast.within(following)


def rest_of_list(reading: Reading, cast: Cast, sentence: Sentence) -> Iterator[Mention]:
    """Yield those behind the semicolons of a list that a colon opened in a sentence."""
    text = reading.lower[sentence.start : sentence.end].rstrip()
    if ":" not in text or text[-1:] not in _SEMICOLONS:
        return
    for following in reading.sentences[sentence.index + 1 :]:
        if following.segment is not sentence.segment:
            return
        yield from cast.within(following)
        if reading.lower[following.start : following.end].rstrip()[-1:] not in _SEMICOLONS:
            return


def _is_entry(reading: Reading, cast: Cast, segment: Segment) -> bool:
    """Tell whether a line opens with a person, or with a state, a colon and a person."""
    row = cast.between(segment.start, min(segment.start + _LONGEST_LABEL, segment.end))
    if not row:
        return False
    start, end = segment.start, row[0].start
    if end - start <= _LINE_OPENING:
        return True
    return ":" in reading.lower[start:end] and not reading.of_kinds(_VERBS, start, end)
