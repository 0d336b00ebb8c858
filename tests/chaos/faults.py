"""What is done to the system, and when: all of it drawn from the seed before the run."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

Act = Literal["kill", "flushall", "delete", "destroy", "pause", "lock"]
SERVICES = ("ingest", "extract", "store", "notify")
# The nursery takes all four services with it.
_KILLED = {"ingest": 4, "extract": 4, "store": 4, "notify": 4, "redis": 4, "nursery": 1}
_STREAMS = ("documents.received.v1", "records.extracted.v1", "records.stored.v1")
_GROUPS = (
    ("documents.received.v1", "extract"),
    ("documents.received.v1", "store"),
    ("records.extracted.v1", "store"),
    ("records.stored.v1", "ingest"),
    ("records.stored.v1", "notify"),
)
_LONG_PAUSE = 12.0  # seconds: longer than any lease of the embedded default


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: seconds after the start, what, to whom, and for how long where that matters."""

    at: float
    act: Act
    target: str
    seconds: float = 0.0

    def __str__(self) -> str:
        lasting = f" for {self.seconds:.1f} s" if self.seconds else ""
        return f"{self.at:7.1f} s  {self.act} {self.target}{lasting}"


def schedule(
    seconds: float, kills: int, flushes: int, others: int, chance: random.Random
) -> list[Fault]:
    """Return the faults of a run in their order, all within `seconds`; `others` of each kind."""

    def moment() -> float:
        return chance.uniform(0.0, seconds)

    alone = not (flushes or others)  # then each kill is given the time to be recovered from
    cell = seconds / max(kills, 1)
    made = [
        Fault(cell * (number + chance.uniform(0, 0.5)) if alone else moment(), "kill", target)
        for number, target in enumerate(_drawn(chance) for _ in range(kills))
    ]
    made += [Fault(moment(), "flushall", "redis") for _ in range(flushes)]
    made += [Fault(moment(), "delete", chance.choice(_STREAMS)) for _ in range(others)]
    made += [Fault(moment(), "destroy", " ".join(chance.choice(_GROUPS))) for _ in range(others)]
    for number in range(others):
        target = chance.choice((*SERVICES, "redis"))
        lasting = _LONG_PAUSE if number % 5 == 4 else chance.uniform(0.3, 3.0)
        made.append(Fault(moment(), "pause", target, lasting))
        database = chance.choice(("store", "notify"))
        made.append(Fault(moment(), "lock", database, chance.uniform(0.5, 4.0)))
    return sorted(made, key=lambda fault: fault.at)


def _drawn(chance: random.Random) -> str:
    return chance.choices(list(_KILLED), list(_KILLED.values()))[0]
