"""Repeats: clauses of a headline, a lead and the body that tell one and the same act."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from services.extract.grammars.commitments.clause import Clause
from services.extract.reading import Reading

_WORD = re.compile(r"[^\W\d_]{4,}")
_ARTICLES = re.compile(r"^(?:[وفبكل]?ال|لل|[وفبل](?=\w{4}))")
_FIRST_ARABIC = "\u0600"
_STEM = 5
_FEWEST = 3  # words that two clauses must share to be one
_MOST = 0.6  # of the words of the shorter one
_HEADLINE = 0.5
_COMPARED = 200  # acts of one kind; a long communiqué has some dozens


def joined(reading: Reading, clauses: Sequence[Clause]) -> list[list[Clause]]:
    """Return the clauses act by act, each with its repeats behind it: of body, lead and headline.

    A headline repeats the act of the body that is like its own, or is about the same things.
    """
    groups: list[list[Clause]] = []
    alike: dict[str, list[list[Clause]]] = defaultdict(list)
    for clause in (c for c in clauses if not c.heading):
        wordy = len(_stems(reading, clause)) >= _FEWEST
        told = _repeated(reading, clause, alike[clause.act]) if wordy else None
        if told is not None:
            told.append(clause)
            continue
        groups.append([clause])
        if wordy and len(alike[clause.act]) < _COMPARED:
            alike[clause.act].append(groups[-1])
    alone: list[list[Clause]] = []
    for headline in (c for c in clauses if c.heading):
        told = _told_in(reading, headline, groups[:_COMPARED])
        if told is None:
            alone.append([headline])
        else:
            told.append(headline)
    return [*alone, *groups]


def _repeated(
    reading: Reading, clause: Clause, alike: Sequence[list[Clause]]
) -> list[Clause] | None:
    return next((group for group in alike if _is_same(reading, group[0], clause)), None)


def _told_in(
    reading: Reading, headline: Clause, groups: Sequence[list[Clause]]
) -> list[Clause] | None:
    for group in groups:
        if _fits(headline, group[0]):
            return group
    about = _stems(reading, headline)
    for group in groups:
        if len(about & _stems(reading, group[0])) > max(1, _HEADLINE * len(about)):
            return group
    return None


def _fits(headline: Clause, told: Clause) -> bool:
    """Tell whether a headline tells an act of the body; "agree on a fund" may be its launch."""
    return headline.act == told.act or (headline.act == "agree" and told.act in ("launch", "adopt"))


def _is_same(reading: Reading, told: Clause, clause: Clause) -> bool:
    """Tell whether a later clause repeats an act of the lead in much the same words."""
    first, second = _stems(reading, told), _stems(reading, clause)
    shared = len(first & second)
    return shared >= _FEWEST and shared >= _MOST * min(len(first), len(second))


def _stems(reading: Reading, clause: Clause) -> set[str]:
    """Return the stems of the words that say what a clause is about; kept with the clause."""
    if clause.stems is None:
        words = _WORD.findall(reading.lower, clause.object, clause.end)
        clause.stems = {
            word[:_STEM] if word < _FIRST_ARABIC else _ARTICLES.sub("", word)[:_STEM]
            for word in words
        }
    return clause.stems
