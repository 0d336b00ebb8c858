"""Who met: the ministers, heads of state or officials whose meeting it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from services.extract.grammars.events import Stretch
from services.extract.reading import Reading

_LEAD = 3  # sentences whose words count double
_NEAR = 50
_MARKED = 3  # bodies that are also named without meeting (report to the Small Group)
_SIDE_BY_SIDE = 100


def read_body(reading: Reading, stretches: Sequence[Stretch]) -> tuple[str, tuple[int, int]] | None:
    """Return the body (record vocabulary) and the folded span of its first naming, or None.

    What tells more (foreign ministers) is taken before what tells less (ministers).
    """
    votes: dict[str, float] = defaultdict(float)
    spans: dict[str, tuple[int, int]] = {}
    for rank, stretch in enumerate(stretches):
        for match in reading.matches("body", stretch.start, stretch.end):
            near = (max(0, match.start - _NEAR), match.end + _NEAR)
            tied = reading.matches("meeting", *near) or reading.matches("coalition", *near)
            level = int(match.payload.get("specific", 2))
            meets = bool(reading.matches("meeting", *near))
            if level >= _MARKED and not meets and not (rank < _LEAD and tied):
                continue
            level_weight = {0: 0.01, 1: 0.3, 3: 2.0}.get(level, 1.0)
            weight = level_weight * (2.0 if rank < _LEAD else 1.0) * (1.5 if tied else 0.5)
            votes[match.id] += weight
            spans.setdefault(match.id, (match.start, match.end))
    if not votes:
        return None
    best = max(votes, key=lambda body: (votes[body], -spans[body][0]))
    if _several_portfolios(spans, best):
        return "ministers", spans[best]
    return best, spans[best]


def _several_portfolios(spans: Mapping[str, tuple[int, int]], best: str) -> bool:
    """Tell whether ministers of another portfolio are named beside the best: it is of both."""
    if not best.endswith("_ministers"):
        return False
    place = spans[best][0]
    return any(
        body != best and body.endswith("_ministers") and abs(span[0] - place) < _SIDE_BY_SIDE
        for body, span in spans.items()
    )
