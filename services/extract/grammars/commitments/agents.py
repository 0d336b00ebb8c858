"""Agents: the nouns of a sentence that can be the subject of a decision, collective or not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Literal

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cast import Mention, cast_of
from services.extract.grammars.people.words import is_governed
from services.extract.matching import Match, by_rank, by_start
from services.extract.reading import Reading
from services.extract.segments import Sentence

Sort = Literal["group", "talk", "single", "state", "they", "it", "we"]

_SORTS: dict[str, Sort] = {"we": "we", "person": "single", "talk": "talk"}
_PLURAL_SORTS = ("people", "states", "we")
_SINGULAR_SORTS = ("body", "meeting", "text", "person")
_LEADING = frozenset("بلك")
_PAIRS, _OWN = function_words("pairs"), function_words("own")
_COUNTED = "counted_subject"
_KINDS = ("subject", "coalition", _COUNTED, "office", "country")
_OF_KIND: dict[str, tuple[Sort, bool | None]] = {  # what all nouns of a kind are
    "coalition": ("group", None),
    "office": ("single", None),
    "country": ("state", False),
}
_FEWEST, _FEW = (
    3,
    6,
)  # members at most of an alliance whose states are named one by one as its subject
_LOOK_BACK = 20
_LISTED = 12  # characters between two states of a list


class Agent:
    """A noun or pronoun at folded `[start, end)`.

    `named` says that it is a person of the cast, who can be nothing but the subject beside a verb;
    `plural` is None where the number is not known. `outer` is where its word begins, clitics
    included.
    """

    __slots__ = ("_governed", "_reading", "end", "named", "outer", "plural", "sort", "start")

    def __init__(
        self,
        reading: Reading,
        start: int,
        end: int,
        sort: Sort,
        outer: int,
        plural: bool | None = None,
        named: bool = False,
        governed: bool | None = None,
    ) -> None:
        """Take what is known; if it is `governed` is looked for when somebody asks."""
        self._reading = reading
        self.start = start
        self.end = end
        self.sort = sort
        self.outer = outer
        self.plural = plural
        self.named = named
        self._governed = governed

    @property
    def governed(self) -> bool:
        """Tell whether it stands behind a preposition; "our members" has one before the "our"."""
        if self._governed is None:
            self._governed = self._is_led()
        return self._governed

    def _is_led(self) -> bool:
        reading, place = self._reading, self.outer
        if self.named:
            return is_governed(reading, place)
        before = reading.lower[max(0, place - _LOOK_BACK) : place].rsplit(None, 1)
        if before and before[-1] in _OWN:
            place -= len(before[-1]) + 1
        return is_governed(reading, place)


def agents_of(reading: Reading, sentence: Sentence) -> list[Agent]:
    """Return the agents of a sentence by place; of overlapping ones the first and longest."""
    found: Sequence[Match | Mention] = reading.inside(_KINDS, sentence)
    people = cast_of(reading).between(sentence.start, sentence.end)
    if people:
        found = sorted([*found, *people], key=by_rank)
    lower, allies = reading.lower, _allies(reading, sentence) if found else []
    low, high = (allies[0].start, allies[0].end) if allies else (0, 0)
    kept, last = allies, 0
    for noun in found:
        start = noun.start
        if start < last or (start < high and low < noun.end):
            continue
        if isinstance(noun, Mention):
            kept.append(Agent(reading, start, noun.end, "single", start, False, True))
        elif noun.kind == _COUNTED and not _has_figure(lower, noun):
            continue
        else:
            kept.append(_of_match(reading, noun))
        last = noun.end
    if high:
        kept.sort(key=by_start)
    return kept


def _has_figure(lower: str, noun: Match) -> bool:
    """Tell whether a figure stands right before a noun ("the 35 countries")."""
    return lower[max(0, noun.outer - 4) : noun.outer].rstrip()[-1:].isdigit()


def _of_match(reading: Reading, match: Match) -> Agent:
    start, payload = match.start, match.payload
    told = _OF_KIND.get(match.kind)
    sort, plural = told or _sort_of(payload.get("sort"), payload.get("number"))
    lower = reading.lower
    if plural and _is_pair(lower, start):
        sort = "single"
    led = not _LEADING.isdisjoint(match.clitics) or lower.startswith("لل", start)
    return Agent(reading, start, match.end, sort, match.outer, plural, False, led or None)


@cache
def _sort_of(told: str, number: str) -> tuple[Sort, bool | None]:
    """Return the sort of an entry's noun, and if it is plural, by what its lexicon says of it."""
    if told == "pronoun":
        return ("they" if number == "plural" else "it"), None
    return _SORTS.get(told, "group"), told in _PLURAL_SORTS or (
        False if told in _SINGULAR_SORTS else None
    )


def _is_pair(lower: str, start: int) -> bool:
    """Tell whether only two act ("les deux ministres"): no coalition, but two of its members."""
    before = lower[max(0, start - _LOOK_BACK) : start].rsplit(None, 1)
    return bool(before) and before[-1] in _PAIRS


def _allies(reading: Reading, sentence: Sentence) -> list[Agent]:
    """Return the list of states that is a small alliance itself ("Mali, Niger and Burkina")."""
    small = _small_alliances(reading)
    if not small:
        return []
    states = reading.inside("country", sentence)
    if len(states) < _FEWEST:
        return []
    run: list[Match] = []
    for state in states:
        if run and state.start - run[-1].end > _LISTED:
            run = []
        run.append(state)
        if any(m <= {s.id for s in run} for m in small):
            start, outer = run[0].start, run[0].outer
            return [Agent(reading, start, state.end, "group", outer, plural=True)]
    return []


def _small_alliances(reading: Reading) -> set[frozenset[str]]:
    """Return the members of each alliance of few states that a text names; kept with the text."""
    if "small alliances" not in reading.kept:
        members = (m.payload.get("members") or () for m in reading.matches("coalition"))
        reading.kept["small alliances"] = {
            frozenset(states) for states in members if _FEWEST <= len(states) <= _FEW
        }
    kept: set[frozenset[str]] = reading.kept["small alliances"]
    return kept


def first_after(agents: Sequence[Agent], place: int) -> Agent | None:
    """Return the first agent that begins at or behind a place."""
    index = bisect_left(agents, place, key=by_start)
    return agents[index] if index < len(agents) else None


def between(agents: Sequence[Agent], start: int, end: int) -> list[Agent]:
    """Return the agents that lie in `[start, end)`."""
    return [a for a in agents if a.start >= start and a.end <= end]
