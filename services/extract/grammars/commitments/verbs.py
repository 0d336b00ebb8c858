"""Verbs of a sentence that may tell an act: those of deciding and those of saying."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.commitments.acts import is_complete
from services.extract.grammars.commitments.nouns import is_in_parentheses
from services.extract.grammars.commitments.voice import tells_of_past
from services.extract.grammars.quotation import is_quoted
from services.extract.matching import Match
from services.extract.reading import Reading

VERBS = ("act", "speech")


def counting(reading: Reading, verbs: Sequence[Match], end: int, *, quoting: bool) -> list[Match]:
    """Return the verbs that count of a sentence's acts and verbs of saying: acts before others.

    `end` is where the sentence ends. Where it quotes a speaker (`quoting`), the verbs inside the
    marks are left out.
    """
    kept: list[Match] = []
    for match in verbs:
        is_act = match.kind == "act"
        overlaps = bool(kept) and match.start < kept[-1].end
        if overlaps and kept[-1].kind == "act":
            continue
        if quoting and _is_own_voice(reading, match):
            continue
        if is_in_parentheses(reading, match):
            continue
        if is_act:
            if not is_complete(reading, match, end):
                continue
            if overlaps:
                kept.pop()
        kept.append(match)
    return kept


def _is_own_voice(reading: Reading, verb: Match) -> bool:
    """Tell whether a quoted verb is the speaker's own; one in the past may report a group."""
    if not is_quoted(reading, verb.start):
        return False
    reports = verb.kind == "act" and verb.payload.get("person", "it") in ("it", "they")
    return not (reports and tells_of_past(reading, verb))
