"""Meetings and records as readable tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from communique.console import readable
from communique.folded import Folded
from communique.wording import coalition_name, meeting_facts, record_facts


def render_meeting(meeting: dict[str, Any]) -> Panel:
    """Return a meeting's panel: coalition on top, a row for each field that is told."""
    name = coalition_name(meeting.get("coalition_name"), meeting["coalition_id"])
    return _panel(name, _grid(meeting_facts(meeting)), meeting["id"])


def render_record(record: dict[str, Any], meeting_id: str | None = None) -> Panel:
    """Return a record's panel: its document on top, a row for each field that is told."""
    document = record["document"]
    title = f"{document['name']}  {document['language']}, {record['kind']}"
    return _panel(title, _grid(record_facts(record)), meeting_id)


def table(*columns: str) -> Table:
    """Return an empty table without lines, whose last column takes what width is left."""
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns[:-1]:
        made.add_column(column, no_wrap=True)
    made.add_column(columns[-1], overflow="fold")
    return made


def _panel(title: str, grid: Table, below: str | None) -> Panel:
    return Panel(
        grid,
        title=Text(readable(title), "bold"),
        subtitle=Text(readable(below), "dim") if below else None,
        title_align="left",
        subtitle_align="right",
    )


def _grid(facts: Iterable[tuple[str, list[str]]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(ratio=1)
    for label, lines in facts:
        grid.add_row(label, Folded(lines))
    return grid
