"""Agents: the nouns of a sentence that can be the subject of a decision, collective or not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from services.extract.grammars.people.cast import cast_of
from services.extract.grammars.people.words import is_governed
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

Sort = Literal["group", "single", "they", "it", "we"]

_SORTS: dict[str, Sort] = {"we": "we", "person": "single"}
_SINGLE_KINDS = ("office", "country")


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun or pronoun at folded `[start, end)`, and if it stands behind a preposition.

    `named` says that it is a person of the cast, who can be nothing but the subject beside a verb.
    """

    start: int
    end: int
    sort: Sort
    governed: bool = False
    named: bool = False


def agents_of(reading: Reading, sentence: Sentence) -> list[Agent]:
    """Return the agents of a sentence by place; of overlapping ones the first and longest."""
    kinds = ("subject", "coalition", *_SINGLE_KINDS)
    found: list[tuple[int, int, Match | None]] = [
        (m.start, -m.end, m) for m in reading.of_kinds(kinds, sentence.start, sentence.end)
    ]
    people = cast_of(reading).between(sentence.start, sentence.end)
    found.extend((m.start, -m.end, None) for m in people)
    kept: list[Agent] = []
    for start, end, match in sorted(found, key=lambda f: f[:2]):
        if kept and start < kept[-1].end:
            continue
        if match is None:
            governed = is_governed(reading, start)
            kept.append(Agent(start, -end, "single", governed, named=True))
        else:
            kept.append(_of_match(reading, match))
    return kept


def _of_match(reading: Reading, match: Match) -> Agent:
    sort: Sort = "group"
    if match.kind in _SINGLE_KINDS:
        sort = "single"
    elif match.payload.get("sort") == "pronoun":
        sort = "they" if match.payload.get("number") == "plural" else "it"
    elif match.kind == "subject":
        sort = _SORTS.get(str(match.payload.get("sort")), "group")
    led = bool(set(match.clitics) & set("بلك")) or reading.lower.startswith("لل", match.start)
    return Agent(match.start, match.end, sort, led or is_governed(reading, match.outer))


def first_after(agents: Sequence[Agent], place: int) -> Agent | None:
    """Return the first agent that begins at or behind a place."""
    index = bisect_left(agents, place, key=lambda a: a.start)
    return agents[index] if index < len(agents) else None


def between(agents: Sequence[Agent], start: int, end: int) -> list[Agent]:
    """Return the agents that lie in `[start, end)`."""
    return [a for a in agents if a.start >= start and a.end <= end]
