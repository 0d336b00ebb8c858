"""Commitments: what the coalition or its ministers collectively did or undertook."""

from __future__ import annotations

from services.extract.certainty import confidence_of
from services.extract.grammars.commitments.clauses import clauses_of
from services.extract.grammars.commitments.repeats import joined
from services.extract.reading import Reading
from shared.record import Commitment


def read_commitments(reading: Reading) -> tuple[Commitment, ...]:
    """Return the collective acts of the text in their order, each with its clause.

    A headline or a lead that repeats an act of the body is evidence of that act and none of its
    own.
    """
    return tuple(
        Commitment(
            act=clauses[0].act,
            evidence=tuple(reading.evidence(c.start, c.end) for c in clauses),
            confidence=confidence_of(clauses[0].rule),
            rule=clauses[0].rule,
        )
        for clauses in joined(reading, clauses_of(reading))
    )
