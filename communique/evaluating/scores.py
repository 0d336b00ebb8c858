"""Findings added up: precision, recall and F1 a field, and how sure values of a confidence are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.evaluating.comparing import FIELDS, Finding

# Confidences of one step are told together: 0.85 to 0.949 in one row, say.
_STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)


@dataclass(slots=True)
class Score:
    """Counts of one field; the ratios are None where nothing was to be found or was found."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of the values read that are right."""
        return _ratio(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        """The share of the gold values that were read."""
        return _ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return _ratio(2 * self.right, 2 * self.right + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Trial:
    """A value read: the rule that read it, how sure it was said to be, whether it is right."""

    rule: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the values with a confidence in `[low, high)`: how many, their mean, how many right."""

    low: float
    high: float
    count: int
    stated: float
    right: int


def add_up(findings: Iterable[Finding]) -> dict[str, Score]:
    """Return the score of every field, in the order in which they are told."""
    scores = {field: Score() for field in FIELDS}
    for finding in findings:
        score = scores[finding.field]
        score.right += finding.verdict == "right"
        score.false += finding.verdict in ("wrong", "false")
        score.missed += finding.verdict in ("wrong", "missed")
    return scores


def mean_f1(values: Iterable[float | None]) -> float:
    """Return the mean of the F1 that there are; 0 where there are none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 0.0


def b_cubed(gold: Mapping[str, str | None], read: Mapping[str, str | None]) -> float | None:
    """Return the B-cubed F1 of a clustering: both map a document to its meeting, or None.

    Only documents with a gold meeting count; one that was given none stands alone. See Bagga and
    Baldwin, "Entity-based cross-document coreferencing", 1998.
    """
    names = [name for name in gold if gold[name]]
    if not names:
        return None
    known = {name: gold[name] for name in names}
    given = {name: read.get(name) or f"alone: {name}" for name in names}
    precision, recall = _purity(given, known), _purity(known, given)
    return 2 * precision * recall / (precision + recall)


def _purity(mine: Mapping[str, str | None], other: Mapping[str, str | None]) -> float:
    groups: dict[str | None, list[str]] = defaultdict(list)
    for name, group in mine.items():
        groups[group].append(name)
    shares = (
        sum(other[peer] == other[name] for peer in groups[group]) / len(groups[group])
        for name, group in mine.items()
    )
    return sum(shares) / len(mine)


def reliability(trials: Sequence[Trial]) -> list[Reliability]:
    """Return a row for each step of confidence in which there is a value."""
    rows = []
    for low, high in zip(_STEPS, (*_STEPS[1:], 1.01), strict=True):
        group = [trial for trial in trials if low <= trial.confidence < high]
        if group:
            stated = sum(trial.confidence for trial in group) / len(group)
            right = sum(trial.right for trial in group)
            rows.append(Reliability(low, min(high, 1.0), len(group), stated, right))
    return rows


def by_rule(trials: Iterable[Trial]) -> dict[str, tuple[int, int]]:
    """Return for each rule, by name, how many values it read and how many of them are right."""
    counts: dict[str, tuple[int, int]] = {}
    for trial in sorted(trials, key=lambda trial: trial.rule):
        read, right = counts.get(trial.rule, (0, 0))
        counts[trial.rule] = read + 1, right + trial.right
    return counts


def calibration_error(rows: Sequence[Reliability]) -> float:
    """Return the expected calibration error: how far stated and true shares lie apart, weighted.

    See Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", 2015.
    """
    total = sum(row.count for row in rows)
    gap = sum(row.count * abs(row.stated - row.right / row.count) for row in rows)
    return gap / total if total else 0.0


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
