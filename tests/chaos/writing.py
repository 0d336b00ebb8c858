"""Puts the figures of a chaos run into docs/reliability.md, a section for each seed."""

from __future__ import annotations

from benchmarks.report import RELIABILITY, machine, write_section
from tests.chaos.report import rows
from tests.chaos.run import Outcome


def write(outcome: Outcome) -> None:
    """Remake the section of this run's size: the seed is among its figures."""
    name = f"chaos-{outcome.plan.seed}"
    write_section(name, machine(), ("figure", "measured"), rows(outcome), page=RELIABILITY)
