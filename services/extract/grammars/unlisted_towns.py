"""Small towns that no list has: met in Hilversum, the Netherlands; réunis à Chevening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from services.extract.grammars.datelines import HEAD_SEGMENTS
from services.extract.grammars.events import Stretch
from services.extract.lexicon import read_lexicon
from services.extract.reading import Reading

_IN_TOWN = re.compile(
    r"\b(?:in|a)\s+(?:the (?:town|city|resort|port) of\s+)?([\w'-]{3,}(?: [\w'-]{3,})?)"
)
_DATELINE = 80
_DATELINE_TOWN = re.compile(r"([A-Z][\w'’-]{2,}(?: [A-Z][\w'’-]+){0,2}), [A-Z]")
_REACH = 60  # characters behind the word of meeting
_STATE_BEHIND = re.compile(r"(?:,|\s\(|,? (?:in|en|au|aux))\s?(?:the |le |la |l')?$")
_KNOWN = (
    "city",
    "city_state",
    "country",
    "demonym",
    "month",
    "day",
    "coalition",
    "venue",
    "office",
)


def read_unlisted(
    reading: Reading, stretches: Sequence[Stretch]
) -> tuple[str, str | None, tuple[int, int]] | None:
    """Return the town (as written), state and folded span of the first meeting so placed.

    Only in Latin letters, where a capital tells a name; towns on the lists are found by them.
    """
    for stretch in stretches:
        if stretch.sentence.lang == "ar":
            continue
        for noun in reading.matches("meeting", stretch.start, stretch.end):
            end = min(stretch.end, noun.end + _REACH)
            for found in _IN_TOWN.finditer(reading.lower, noun.end, end):
                town = _town(reading, found)
                if town:
                    return town
    return None


def read_unlisted_dateline(reading: Reading) -> tuple[str, str | None, tuple[int, int]] | None:
    """Return the town (as written), state and folded span of a dateline with its state.

    CHOLPON-ATA, Kyrgyzstan, Sept. 11: only there no list is needed to know a town.
    """
    for segment in reading.segments[:HEAD_SEGMENTS]:
        opening = reading.original(segment.start, min(segment.end, segment.start + _DATELINE))
        found = _DATELINE_TOWN.match(opening)
        if found is None:
            continue
        end = segment.start + len(found[1])
        for state in reading.matches("country", end, end + 30)[:1]:
            if state.start == end + 2:
                return (
                    found[1].title() if found[1].isupper() else found[1],
                    state.id,
                    (segment.start, end),
                )
    return None


def _town(reading: Reading, found: re.Match[str]) -> tuple[str, str | None, tuple[int, int]] | None:
    """Return what `in …` names if it has capitals and is nothing else that we know."""
    start, end = found.span(1)
    words = reading.original(start, end).split(" ")
    if not _is_name(words[0]):
        return None
    if len(words) > 1 and not _is_name(words[1]):
        end = start + len(words[0])
        words = words[:1]
    if reading.of_kinds(_KNOWN, start, end + 1) or reading.of_kinds(_KNOWN, start, end):
        return None
    country = None
    for state in reading.matches("country", end, end + 30)[:1]:
        if _STATE_BEHIND.fullmatch(reading.lower, end, state.outer):
            country = state.id
    return " ".join(words), country, (start, end)


def _is_name(word: str) -> bool:
    plain = word[:1].isupper() and word[1:2].islower()
    return plain and word.casefold() not in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(read_lexicon("not_towns")["words"])
