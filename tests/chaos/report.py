"""What a chaos run prints: its figures, and every finding with where it was last seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.chaos.run import Outcome
from tests.chaos.system import UnderTest

_MOST_TOLD = 5  # findings of a kind that are told in full
_PERCENT = 99


def rows(outcome: Outcome) -> list[tuple[str, str]]:
    """Return the figures of a run, each with its name."""
    plan, verdict = outcome.plan, outcome.verdict
    kills = {k.removeprefix("kill "): n for k, n in outcome.faults.items() if k.startswith("kill ")}
    others = {k: n for k, n in outcome.faults.items() if not k.startswith("kill ")}
    ready = [seconds for _, seconds in outcome.ready_after]
    return [
        ("seed", str(plan.seed)),
        ("files dropped", f"{outcome.files:,}"),
        ("documents, meetings", f"{outcome.documents:,}, {outcome.meetings:,}"),
        ("kills", f"{sum(kills.values()):,}: {_counts(kills)}"),
        ("other faults", _counts(others) or "none"),
        ("lost", str(verdict.lost)),
        ("doubled", str(verdict.doubled)),
        ("findings", str(len(verdict.findings))),
        ("POSTs, of them seen twice", f"{outcome.posts:,}, {verdict.repeated:,}"),
        ("kill → ready again", _spread(ready)),
        *((f"… of {name}", _spread(_of(outcome, name))) for name in sorted(kills)),
        ("kill → next document through", _spread(outcome.through_after)),
        ("drop → done, faults and all", _spread(outcome.ways)),
        ("rest after the last fault", f"{outcome.rest_after:.1f} s"),
        ("duration", f"{outcome.seconds:,.0f} s"),
    ]


def show(outcome: Outcome, console: Console) -> None:
    """Print the table, and the findings below it."""
    table = Table("figure", "measured", title=f"chaos run, seed {outcome.plan.seed}")
    for what, value in rows(outcome):
        table.add_row(what, value)
    console.print(table)
    for skipped in outcome.verdict.skipped:
        console.print(Text(f"not checked: {skipped}", "yellow"))
    if outcome.missed:
        console.print(Text(f"{outcome.missed} faults found their target down", "yellow"))
    _show_findings(outcome, console)


def _show_findings(outcome: Outcome, console: Console) -> None:
    told: Counter[str] = Counter()
    for finding in outcome.verdict.findings:
        told[finding.what] += 1
        if told[finding.what] > _MOST_TOLD:
            continue
        console.print(Text(f"{finding.what}: {finding.detail}", "red"), soft_wrap=True)
        if finding.words:
            for line in UnderTest(outcome.folder).log_lines(list(finding.words), most=25):
                console.print(Text(f"    {line}", "dim"), soft_wrap=True)
    for what, count in told.items():
        if count > _MOST_TOLD:
            console.print(Text(f"{what}: {count} in all", "red"))
    if outcome.verdict.findings:
        console.print(f"everything is kept in {outcome.folder}")


def _of(outcome: Outcome, target: str) -> list[float]:
    return [seconds for name, seconds in outcome.ready_after if name == target]


def _counts(counted: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "none"
    high = sorted(seconds)[min(len(seconds) * _PERCENT // 100, len(seconds) - 1)]
    return f"median {median(seconds):.1f} s, {_PERCENT} % {high:.1f} s, max {max(seconds):.1f} s"
