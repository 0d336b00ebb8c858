"""What persons ruled: which documents are one meeting and which are not, whatever ties say.

`word_of(...)` makes of all rulings the constraints that hold together. Where two rulings cannot
both be kept the later one counts; what the earlier says of other documents still holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

RulingAct = Literal["join", "split"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word; the greater `id` is the later one.

    `join`: all of `documents` are one meeting. `split`: `documents` are one, and none of the
    `others` belongs to it.
    """

    id: int
    act: RulingAct
    documents: frozenset[str]
    others: frozenset[str] = frozenset()
    who: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """The constraints that rulings come to.

    `units` gives each document those that it must be one meeting with, itself included; `apart`
    those that it must not be one with; `reasons` why it belongs where it was put.
    """

    units: Mapping[str, frozenset[str]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def unit(self, document_id: str) -> frozenset[str]:
        """Return the documents that this one must be one meeting with, itself included."""
        return self.units.get(document_id) or frozenset({document_id})

    def parts(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Tell whether a document of one group must not be with one of the other."""
        others = set(other)
        return bool(self.apart) and any(self.apart.get(name, _NONE) & others for name in one)


_NONE: frozenset[str] = frozenset()
UNRULED = Word()


def word_of(rulings: Iterable[Ruling]) -> Word:
    """Return what rulings come to, the later before the earlier."""
    making = _Making()
    for ruling in sorted(rulings, key=lambda each: each.id, reverse=True):
        making.part(ruling)
        making.join(ruling)
    return making.word()


class _Making:
    """Constraints as rulings are added to them: what is there already stays."""

    def __init__(self) -> None:
        self._units: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._reasons: dict[str, set[str]] = defaultdict(set)

    def part(self, ruling: Ruling) -> None:
        for one in ruling.documents:
            for other in ruling.others - self._unit(one):
                self._apart[one].add(other)
                self._apart[other].add(one)

    def join(self, ruling: Ruling) -> None:
        """Join what nothing later keeps apart; sorted, so that the result is one and the same."""
        made: list[set[str]] = []
        for name in sorted(ruling.documents):
            unit = self._unit(name)
            open_to = (each for each in made if each is unit or not self._parted(each, unit))
            home = next(open_to, None)
            if home is None:
                made.append(unit)
            elif home is not unit:
                home |= unit
                self._units |= dict.fromkeys(unit, home)
        if ruling.act == "join":
            for unit in made:
                self._explain(ruling, unit & ruling.documents)

    def word(self) -> Word:
        units = {id(unit): frozenset(unit) for unit in self._units.values()}
        return Word(
            {name: units[id(unit)] for name, unit in self._units.items() if len(unit) > 1},
            {name: frozenset(others) for name, others in self._apart.items()},
            {name: tuple(sorted(reasons)) for name, reasons in self._reasons.items()},
        )

    def _unit(self, name: str) -> set[str]:
        return self._units.setdefault(name, {name})

    def _parted(self, one: set[str], other: set[str]) -> bool:
        return any(not self._apart[name].isdisjoint(other) for name in one)

    def _explain(self, ruling: Ruling, joined: set[str]) -> None:
        if len(joined) > 1:
            for name in joined:
                self._reasons[name].add(f"joined by {ruling.who}: {ruling.why}")
