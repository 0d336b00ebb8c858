"""Puts the figures of a chaos run into docs/reliability.md, a section for each seed."""

from __future__ import annotations

from benchmarks.report import RELIABILITY, machine, write_section
from tests.chaos.report import rows
from tests.chaos.run import Outcome


def has_section(seed: int) -> bool:
    """Tell whether the page has a place for a run of this seed."""
    return f"<!-- {_name(seed)} -->" in RELIABILITY.read_text("utf-8")


def write(outcome: Outcome) -> None:
    """Remake the section of this run's seed."""
    head = ("figure", "measured")
    write_section(_name(outcome.plan.seed), machine(), head, rows(outcome), page=RELIABILITY)


def _name(seed: int) -> str:
    return f"chaos-{seed}"
