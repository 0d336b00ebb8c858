"""One collective act and the words that tell it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.record import Act


@dataclass(slots=True, eq=False)
class Clause:
    """One collective act at folded `[start, end)`; what it is about begins at `object`.

    `rule` is the name of the rule that read it.
    """

    act: Act
    start: int
    end: int
    object: int
    rule: str
    heading: bool = False
    stems: set[str] | None = None
