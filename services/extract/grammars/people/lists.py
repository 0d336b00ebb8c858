"""Lists of persons in Latin script: a plural office before several names, letters behind one."""

from __future__ import annotations

from services.extract.grammars.people.cut import Word
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.runs import Run
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_LONGEST_GAP = 70
_LONGEST_LETTERS = 6
_STOPS = '.:!?"«»“”'
_KNOWN = ("country", "demonym", "honorific")
_DEPUTIES = ("deputy", "vice", "premier", "first", "vice-premier", "vice-president")


def shared_head(reading: Reading, last: Naming | None, run: Run, start: int) -> Naming | None:
    """Return the naming before a run if both stand in one list behind a plural office, or None.

    `start` is where the styles of the run begin. Between them stand only joints, articles, styles
    and states ("ministers X (Mali) and Y").
    """
    if last is None or not (last.shared or any(o.kind == "offices" for o in last.offices[-1:])):
        return None
    gap = reading.lower[last.end : start]
    if len(gap) > _LONGEST_GAP or any(mark in gap for mark in _STOPS):
        return None
    words = words_of(reading, last.end, start)
    joined = "," in gap or ";" in gap or any(w.text in names("joints") for w in words)
    known = reading.of_kinds(_KNOWN, last.end, start)
    fits = all(
        w.text in names("list_words") or any(m.start <= w.start < m.end for m in known)
        for w in words
    )
    return last if joined and fits and last.title and last.title[0] < last.name[0] else None


def behind_letters(reading: Reading, run: Run) -> int:
    """Return where the letters behind a name end ("X, OBE", "X, CGH, President of …")."""
    end = _past_letters(reading, run.end)
    while reading.lower.startswith(", ", end):
        word = next(iter(words_of(reading, end + 2, end + 12)), None)
        if word is None or not word.capital or word.start != end + 2:
            break
        letters = reading.original(word.start, word.end)
        short = 1 < len(letters) <= _LONGEST_LETTERS and letters.isupper()
        comma = reading.lower[word.end : word.end + 1] == ","
        if not short or not (comma or word.text in names("letters")):
            break
        end = word.end
    return end


def is_lettered(reading: Reading, word: Word) -> bool:
    """Tell whether a word is letters that stand behind a name (OBE, RN, MP)."""
    return word.text in names("letters") and reading.original(word.start, word.end).isupper()


def _past_letters(reading: Reading, place: int) -> int:
    """Return where letters and "(retd)" end that follow a name without a comma."""
    lower = reading.lower
    while lower.startswith(" ", place):
        opened = lower.startswith(" (", place)
        word = next(iter(words_of(reading, place + 1 + opened, place + 10)), None)
        if word is None or word.start != place + 1 + opened:
            break
        if opened and word.text in names("retired") and lower.startswith(")", word.end):
            place = word.end + 1
        elif not opened and is_lettered(reading, word):
            place = word.end
        else:
            break
    return place


def is_double(reading: Reading, first: Match, right: int) -> bool:
    """Tell whether "and" joins two offices of one person ("Deputy Prime Minister and Minister …").

    `right` is where the second begins.
    """
    words = words_of(reading, first.start, first.end)
    second = reading.matches("office", right, right + 60)
    deputy = bool(words) and words[0].text in _DEPUTIES
    return deputy and bool(second) and second[0].start == right and second[0].id != first.id
