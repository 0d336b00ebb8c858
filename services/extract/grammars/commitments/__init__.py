"""Commitments: what the coalition or its ministers collectively did or undertook."""

from __future__ import annotations

from services.extract.grammars.commitments.clause import Clause
from services.extract.grammars.commitments.clauses import clauses_of
from services.extract.reading import Reading
from shared.record import Commitment


def read_commitments(reading: Reading) -> tuple[Commitment, ...]:
    """Return the collective acts of the text in their order, each with its clause.

    A headline that repeats an act of the body is evidence of that act and none of its own.
    """
    clauses = clauses_of(reading)
    body = [c for c in clauses if not c.heading]
    repeats: dict[int, list[Clause]] = {}
    alone: list[Clause] = []
    for headline in (c for c in clauses if c.heading):
        told = next((i for i, c in enumerate(body) if _repeats(headline, c)), None)
        if told is None:
            alone.append(headline)
        else:
            repeats.setdefault(told, []).append(headline)
    told_in_body = [_commitment(reading, [c, *repeats.get(i, ())]) for i, c in enumerate(body)]
    return (*(_commitment(reading, [c]) for c in alone), *told_in_body)


def _repeats(headline: Clause, told: Clause) -> bool:
    """Tell whether a headline tells an act of the body; "agree on a fund" may be its launch."""
    return headline.act == told.act or (headline.act == "agree" and told.act in ("launch", "adopt"))


def _commitment(reading: Reading, clauses: list[Clause]) -> Commitment:
    return Commitment(
        act=clauses[0].act,
        evidence=tuple(reading.evidence(c.start, c.end) for c in clauses),
        confidence=clauses[0].confidence,
    )
