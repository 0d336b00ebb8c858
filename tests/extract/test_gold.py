"""The extractor against gold records of our own: what it scores must not fall behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.evaluating.evaluate import evaluate

GOLD = Path(__file__).parents[1] / "gold"


@pytest.mark.parametrize(("folder", "least", "kinds"), [("open", 0.92, 0.96), ("kept", 0.79, 0.91)])
def test_records_stay_as_good_as_they_are(folder: str, least: float, kinds: float) -> None:
    """Mean F1 and kinds keep what was reached, and every evidence is exact, on every document."""
    found = evaluate(GOLD / folder)
    exact, spans = found.evidence
    assert exact == spans > 500
    assert found.kinds_right / len(found.documents) >= kinds
    assert found.mean_f1() >= least
