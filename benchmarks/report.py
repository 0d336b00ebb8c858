"""Puts a benchmark's table into docs/performance.md, between the marks of its section."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"


def write_section(
    name: str, machine: str, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Replace what stands between `<!-- NAME -->` and `<!-- /NAME -->` by a table of `rows`."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(f"<!-- {name} -->")
    _, _, after = rest.partition(f"<!-- /{name} -->")
    if not after:
        raise SystemExit(f"{PAGE}: no section between <!-- {name} --> and <!-- /{name} -->")
    lines = [f"Measured on {datetime.now(UTC):%Y-%m-%d}: {machine}.", ""]
    lines += [_line(head), _line(["---"] * len(head)), *map(_line, rows)]
    body = "\n".join(lines)
    PAGE.write_text(f"{before}<!-- {name} -->\n{body}\n<!-- /{name} -->{after}", "utf-8")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
