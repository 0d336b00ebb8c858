"""Promises of money in the constructions that agencies use, three languages, one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.extract.grammars.numbers import read_numbers
from services.extract.grammars.people import read_people
from services.extract.grammars.pledges import read_pledges
from tests.extract.conftest import Open

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "pledges.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_a_sentence_promises_what_it_says(open_text: Open, case: dict[str, Any]) -> None:
    """Each sum has its giver and its currency; costs, targets and hauls are promised by nobody."""
    reading = open_text(case["text"])
    found = read_pledges(reading, read_numbers(reading), read_people(reading))
    expected = {(None if who == "-" else who, float(sum_), of) for who, sum_, of in case["pledges"]}
    assert {(p.donor, p.amount, p.currency) for p in found} == expected
