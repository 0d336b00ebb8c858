"""Counts of states, organisations and delegations in the constructions that agencies use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.extract.grammars.attendance import read_attendance
from services.extract.grammars.numbers import read_numbers
from tests.extract.conftest import Open

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "attendance.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_a_sentence_counts_whom_it_says(open_text: Open, case: dict[str, Any]) -> None:
    """Members, participants and delegations are told apart; other states are not counted."""
    reading = open_text(case["text"])
    found = read_attendance(reading, read_numbers(reading))
    assert {(c.unit, c.value, c.bound) for c in found} == {tuple(c) for c in case["attendance"]}
