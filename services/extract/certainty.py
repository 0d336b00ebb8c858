"""How sure each rule of the extractor is: the share of its values that are right, as measured."""

from __future__ import annotations

from functools import cache

from services.extract.lexicon import read_lexicon


@cache
def confidence_of(rule: str) -> float:
    """Return how often what a rule reads is right, in [0, 1]. KeyError: the rule is not listed.

    The shares stand in `lexicon/confidence.yaml`, measured by `python -m benchmarks.calibration`.
    """
    return float(read_lexicon("confidence")["rules"][rule])
