"""The extractor against gold records of our own: what it scores must not fall behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique.evaluating.evaluate import evaluate
from services.extract.lexicon import read_lexicon

GOLD = Path(__file__).parents[1] / "gold"
EXTRACT = Path(__file__).parents[2] / "services" / "extract"


@pytest.mark.parametrize(("folder", "least", "kinds"), [("open", 0.93, 0.97), ("kept", 0.88, 0.95)])
def test_records_stay_as_good_as_they_are(folder: str, least: float, kinds: float) -> None:
    """Mean F1 and kinds keep what was reached, and every evidence is exact, on every document."""
    found = evaluate(GOLD / folder)
    exact, spans = found.evidence
    assert exact == spans > 500
    assert found.kinds_right / len(found.documents) >= kinds
    assert found.mean_f1() >= least


def test_every_rule_that_the_grammars_name_has_its_confidence() -> None:
    """A rule that the table lacks would end the reading of a text; none is left out."""
    table = read_lexicon("confidence")["rules"]
    fields = {rule.partition(":")[0] for rule in table}
    named = re.compile(rf'"((?:{"|".join(sorted(fields))}): [^"{{]+)"')
    code = "\n".join(path.read_text("utf-8") for path in sorted(EXTRACT.rglob("*.py")))
    found = set(named.findall(code))
    assert len(found) > 30
    assert found <= set(table)
