"""The place of the meeting: a town or state in a sentence about it, or its communique's head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extract.grammars.events import Stretch
from services.extract.grammars.published import Head
from services.extract.matching import Match
from services.extract.reading import Reading

_PLACED_LATIN = re.compile(
    r"(?:^|[\s(])(?:in|at|a|en|au|aux|dans)\s+(?:the\s+|le\s+|la\s+|l'\s*)?"
    r"(?:(?:city|ville|capital|capitale)\s+(?:of\s+|de\s+)?)?(?:[\w'-]+\s+){0,2}$"
)
_PLACED_ARABIC = re.compile(
    r"(?:^|\s)(?:و|ف)?(?:في|(?:ب|في )?مدينه|(?:ب|في )?العاصمه(?:\s+\w+)?|قاعده|ب?مقر\w*)\s+$"
)
_TITLE_MARKS = (", ", "- ", ": ", "(")
_HOST_REACH = 30


@dataclass(frozen=True, slots=True)
class Where:
    """Town (English name) and ISO code of the state, with the folded span that tells them."""

    city: str | None
    country: str | None
    span: tuple[int, int]
    is_guess: bool = False


def read_where(
    reading: Reading, stretches: Sequence[Stretch], head: Head, *, communique: bool
) -> Where | None:
    """Return the place of the meeting, or None; the dateline's only for want of else."""
    told = [s for s in stretches if s.tells and not s.tweet]
    tweets = [s for s in stretches if s.tweet and s.meets]
    for group in (told, tweets):
        for kind in ("city", "city_state"):
            for match in _placed(reading, group, kind, head):
                return _where(match)
    if head.town and (communique or _is_here(reading, told, head)):
        return _where(head.town)
    state = _host_state(reading, stretches)
    if state and head.town and state.id == head.town.payload.get("country"):
        return _where(head.town)
    if state:
        return Where(None, state.id, (state.start, state.end))
    return _where(head.town, is_guess=True) if head.town and told else None


def is_virtual(reading: Reading, stretches: Sequence[Stretch]) -> bool:
    """Tell whether the meeting itself was held at a distance."""
    for stretch in stretches:
        for word in reading.matches("placing", stretch.start, stretch.end):
            if word.payload.get("virtual") and reading.matches(
                "meeting", max(stretch.start, word.start - 45), word.end + 25
            ):
                return True
    return False


def _where(match: Match, *, is_guess: bool = False) -> Where:
    return Where(match.id, match.payload.get("country"), (match.start, match.end), is_guess)


def _placed(
    reading: Reading, stretches: Sequence[Stretch], kind: str, head: Head
) -> Iterator[Match]:
    for stretch in stretches:
        for match in reading.matches(kind, stretch.start, stretch.end):
            if match.start < head.end and head.town and match.start == head.town.start:
                continue
            if _is_placed(reading, stretch, match):
                yield match


def _is_placed(reading: Reading, stretch: Stretch, match: Match) -> bool:
    if "ب" in match.clitics:
        return True
    before = reading.lower[max(stretch.start, match.outer - 60) : match.outer]
    if (
        stretch.sentence.segment.kind == "heading"
        and stretch.meets
        and before.endswith(_TITLE_MARKS)
    ):
        return True  # Ministerial meeting of the coalition, Washington
    if _PLACED_ARABIC.search(before) or _hosts(reading, stretch, match):
        return True
    return match.lang == "xx" and bool(_PLACED_LATIN.search(before))


def _hosts(reading: Reading, stretch: Stretch, match: Match) -> bool:
    """Tell whether a place is said to host: تستضيف الرياض, hosted by Italy, Italy will host."""
    low = max(stretch.start, match.outer - _HOST_REACH)
    for word in reading.matches("placing", low, min(stretch.end, match.end + _HOST_REACH)):
        if word.id == "host" and (word.end <= match.outer or word.start >= match.end):
            return True
    return False


def _host_state(reading: Reading, stretches: Sequence[Stretch]) -> Match | None:
    """Return the state that hosts, or in which the meeting is said to be."""
    for stretch in stretches:
        for match in reading.matches("country", stretch.start, stretch.end):
            if _hosts(reading, stretch, match):
                return match
    return None


def _is_here(reading: Reading, told: Sequence[Stretch], head: Head) -> bool:
    """Tell whether the first sentence about the meeting says "here" or "today" below a dateline."""
    for stretch in told[:2]:
        for word in reading.matches("placing", stretch.start, stretch.end):
            if word.payload.get("here"):
                return True
    return False
