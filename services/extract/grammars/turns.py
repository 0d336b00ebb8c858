"""Sums that several givers promise in turn: A, B and C will give 15, 10 and 5 million."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from services.extract.grammars.donors import GIVERS
from services.extract.matching import Match
from services.extract.reading import Reading

_IN_TURN = re.compile(r"\brespective(?:ly|ment)\b|علي التوالي|علي الترتيب")
_LISTED = re.compile(r"[\s,]*(?:and|et|و|ainsi que)?\s*(?:the\s+|la\s+|le\s+|les\s+|l')?")
_MOST = 12  # sums in a row: more is a table, and the limit keeps the time linear
_IN_REACH = 300  # characters around a sum in which "respectively" is said of it


def givers_in_turn(reading: Reading, sums: Sequence[tuple[int, int]]) -> Mapping[int, Match]:
    """Return the giver of each sum, by its start, in "A and B gave 100 and 30 respectively"."""
    turns: dict[int, Match] = {}
    starts = [start for start, _ in sums]
    for index, start in enumerate(starts):
        sentence = reading.sentence_at(start)
        if start in turns or sentence is None:
            continue
        low, high = max(sentence.start, start - _IN_REACH), min(sentence.end, start + _IN_REACH)
        told = _IN_TURN.search(reading.lower, low, high)
        if told or _run_length(reading, sums, index) > 1:
            listed = _list_before(reading, low, start)
            behind = [s for s in starts[index : index + len(listed)] if s < high]
            if not told and len(listed) != _run_length(reading, sums, index):
                continue
            if 1 < len(listed) == len(behind):
                turns.update(zip(behind, listed, strict=True))
    return turns


def _run_length(reading: Reading, sums: Sequence[tuple[int, int]], index: int) -> int:
    """Return how many sums stand in a row from one on, with nothing but "and" between them."""
    length = 1
    while (
        length < _MOST
        and index + length < len(sums)
        and _LISTED.fullmatch(reading.lower, sums[index + length - 1][1], sums[index + length][0])
    ):
        length += 1
    return length


def _list_before(reading: Reading, start: int, end: int) -> list[Match]:
    """Return the last list of givers in `[start, end)`: those with nothing but "and" between."""
    listed: list[Match] = []
    for match in reading.of_kinds(GIVERS, start, end):
        if listed and match.start < listed[-1].end:
            continue  # Saudi, of Saudi Arabia
        if listed and not _LISTED.fullmatch(reading.lower, listed[-1].end, match.start):
            listed = []
        listed.append(match)
    return listed
