"""Prints a benchmark's table, and puts it into docs/performance.md between its section's marks."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

_DOCS = Path(__file__).parent.parent / "docs"
PERFORMANCE, RELIABILITY = _DOCS / "performance.md", _DOCS / "reliability.md"


@dataclass(frozen=True)
class Row:
    """One figure, its bar where the project has set one, and whether it is met."""

    what: str
    value: str
    bar: str = ""
    met: bool | None = None


def show(title: str, rows: Sequence[Row]) -> None:
    """Print the figures with their bars."""
    table = Table("figure", "measured", "bar", "met", title=title)
    for row in rows:
        met = "" if row.met is None else "yes" if row.met else "NO"
        table.add_row(row.what, row.value, row.bar, met)
    Console().print(table)


def machine() -> str:
    """Say on what was measured."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}"


def write_section(
    name: str,
    where: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    page: Path = PERFORMANCE,
) -> None:
    """Replace what stands between `<!-- NAME -->` and `<!-- /NAME -->` by a table of `rows`."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(f"<!-- {name} -->")
    _, _, after = rest.partition(f"<!-- /{name} -->")
    if not after:
        raise SystemExit(f"{page}: no section between <!-- {name} --> and <!-- /{name} -->")
    lines = [f"Measured on {datetime.now(UTC):%Y-%m-%d}: {where}.", ""]
    lines += [_line(head), _line(["---"] * len(head)), *map(_line, rows)]
    body = "\n".join(lines)
    page.write_text(f"{before}<!-- {name} -->\n{body}\n<!-- /{name} -->{after}", "utf-8")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
