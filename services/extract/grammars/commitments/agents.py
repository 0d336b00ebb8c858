"""Agents: the nouns of a sentence that can be the subject of a decision, collective or not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple

from services.extract.grammars.people.cast import Mention, cast_of
from services.extract.grammars.people.words import is_governed
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

Sort = Literal["group", "single", "they", "it", "we"]

_SORTS: dict[str, Sort] = {"we": "we", "person": "single"}
_LEADING = frozenset("بلك")
_SINGLE_KINDS = ("office", "country")


class Agent(NamedTuple):
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
    found: Sequence[Match | Mention] = reading.of_kinds(kinds, sentence.start, sentence.end)
    people = cast_of(reading).between(sentence.start, sentence.end)
    if people:
        found = sorted([*found, *people], key=lambda m: (m.start, -m.end))
    kept: list[Agent] = []
    for noun in found:
        if kept and noun.start < kept[-1].end:
            continue
        if isinstance(noun, Match):
            kept.append(_of_match(reading, noun))
        else:
            governed = is_governed(reading, noun.start)
            kept.append(Agent(noun.start, noun.end, "single", governed, named=True))
    return kept


def _of_match(reading: Reading, match: Match) -> Agent:
    sort: Sort = "group"
    if match.kind in _SINGLE_KINDS:
        sort = "single"
    elif match.payload.get("sort") == "pronoun":
        sort = "they" if match.payload.get("number") == "plural" else "it"
    elif match.kind == "subject":
        sort = _SORTS.get(str(match.payload.get("sort")), "group")
    led = not _LEADING.isdisjoint(match.clitics) or reading.lower.startswith("لل", match.start)
    return Agent(match.start, match.end, sort, led or is_governed(reading, match.outer))


def first_after(agents: Sequence[Agent], place: int) -> Agent | None:
    """Return the first agent that begins at or behind a place."""
    index = bisect_left(agents, place, key=lambda a: a.start)
    return agents[index] if index < len(agents) else None


def between(agents: Sequence[Agent], start: int, end: int) -> list[Agent]:
    """Return the agents that lie in `[start, end)`."""
    return [a for a in agents if a.start >= start and a.end <= end]
