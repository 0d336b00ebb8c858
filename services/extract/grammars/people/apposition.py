"""Offices behind a name in Latin script ("X, the Minister of Defence of Chad, …")."""

from __future__ import annotations

from collections.abc import Iterable

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.lists import behind_letters
from services.extract.grammars.people.runs import Run
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_LONGEST_GAP = 40
_STOPS = ',;:()"«»“”–—'
_KNOWN = ("demonym", "country", "coalition")


def offices_behind(
    reading: Reading, stop: int, titles: Iterable[Match], run: Run
) -> tuple[tuple[Match, ...], int]:
    """Return the offices in apposition behind a run, and where the last one's title ends.

    `titles` are those behind the run by place, `stop` is the end of the sentence.
    """
    found: list[Match] = []
    end = behind_letters(reading, run)
    for match in titles:
        if match.start < end or match.kind == "honorific":
            continue
        if not _apposed(reading, end, match.start, first=not found):
            break
        if _is_anothers(reading, match, stop):
            break
        found.append(match)
        end = _title_end(reading, match.end, stop)
    return (tuple(found), end) if found else ((), run.end)


def _apposed(reading: Reading, left: int, right: int, first: bool) -> bool:
    if right - left > _LONGEST_GAP:
        return False
    gap = reading.lower[left:right]
    if any(mark in gap for mark in ';:."«»“”') or (first and "," not in gap):
        return False
    words = words_of(reading, left, right)
    if words and words[0].text in names("genitives"):
        return False  # "celles de X, de la présidente Y"
    if first and words and words[0].text in names("joints"):
        return False  # "X, et l'envoyé spécial Y"
    other = [w for w in words if w.text not in function_words("apposition")]
    known = reading.of_kinds(_KNOWN, left, right)
    return all(any(m.start <= w.start < m.end for m in known) for w in other)


def _is_anothers(reading: Reading, match: Match, stop: int) -> bool:
    """Tell whether a first name stands right behind an office: that of the next in a list."""
    if not match.payload.get("personal"):
        return False
    behind = next(iter(words_of(reading, match.end, min(match.end + 30, stop))), None)
    if behind is None or not behind.capital or behind.text not in names("given", "latin"):
        return False
    return reading.lower[match.end : behind.start] == " "


def _title_end(reading: Reading, place: int, stop: int) -> int:
    end = place
    lower = reading.lower
    while end < stop and lower[end] not in _STOPS:
        if lower[end] == "." and lower[end - 2 : end - 1].isalnum():
            break
        end += 1
    return end
