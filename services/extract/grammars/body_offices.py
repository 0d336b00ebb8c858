"""Who met, told by the offices of those who were there: three defence ministers are a body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from services.extract.grammars.events import Stretch, matches_in
from services.extract.matching import Match
from services.extract.reading import Reading

_LEAD = 20  # sentences
_BESIDE = 25  # characters
_SEVERAL = 3  # offices of one kind that make a body
_COUNTERPARTS = ("counterpart", "counterparts")
_AT_THAT_TIME = re.compile(
    r"\s+(?:\S+\s+){0,2}"
    r"(?:at the time|then|a l'epoque|d'alors|انذاك|حينها|وقتها|السابق\w*|الاسبق)\b"
)
_MANY_HEADS = 4  # presidents are named in every story


def body_of_offices(
    reading: Reading, stretches: Sequence[Stretch]
) -> tuple[str, tuple[int, int]] | None:
    """Return the body whose offices are named most, and the folded span of the first; or None.

    Each office counts once for each state that stands beside it, and so do the counterparts of its
    holder. Two portfolios that are named as often are ministers.
    """
    seen: set[tuple[str, str | None]] = set()
    spans: dict[str, tuple[int, int]] = {}
    body = "none"  # of the office named last
    for stretch in stretches:
        if stretch.tweet or stretch.sentence.index > _LEAD:
            continue
        for office in matches_in(reading, "body_office", stretch):
            if office.id in _COUNTERPARTS:
                states = _states_of_counterparts(reading, office)
            else:
                body, states = office.id, (_state_beside(reading, office),)
            if body != "none" and not _AT_THAT_TIME.match(reading.lower, office.end):
                seen.update((body, state) for state in states)
                spans.setdefault(body, (office.start, office.end))
    counts = Counter(body for body, _ in seen)
    ministers = [body for body in counts if body.endswith("_ministers")]
    best = max(ministers, key=lambda body: counts[body], default="heads_of_state")
    if sum(counts[body] for body in ministers) < _SEVERAL:
        best = "chiefs_of_staff" if counts["chiefs_of_staff"] >= _SEVERAL else "heads_of_state"
    if counts[best] < (_MANY_HEADS if best == "heads_of_state" else _SEVERAL):
        return None
    if any(counts[body] * 2 >= counts[best] for body in ministers if body != best):
        return "ministers", spans[best]
    return best, spans[best]


def _states_of_counterparts(reading: Reading, office: Match) -> Sequence[str | None]:
    """Return the state of a counterpart, or several for counterparts whose states are not told."""
    beside = _state_beside(reading, office)
    if office.id == "counterpart":
        return (beside,) if beside else ("of a counterpart",)
    return beside, "of counterparts", "of other counterparts"


def _state_beside(reading: Reading, office: Match) -> str | None:
    """Return the state right before or behind an office: the Norwegian minister, … of Chad."""
    near = max(0, office.outer - _BESIDE), office.end + _BESIDE
    states = reading.of_kinds(("demonym", "country"), *near)
    return min(states, key=lambda s: _distance(s, office)).id if states else None


def _distance(one: Match, then: Match) -> int:
    return max(one.start - then.end, then.outer - one.end)
