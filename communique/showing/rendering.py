"""Meetings and records as readable tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from communique.showing.console import readable
from communique.showing.folded import Folded
from communique.showing.wording import coalition_name, meeting_facts, record_facts


def render_meeting(meeting: dict[str, Any]) -> Group:
    """Return a meeting: coalition on top, a row for each field that is told."""
    name = coalition_name(meeting.get("coalition_name"), meeting["coalition_id"])
    return titled(name, rows([*meeting_facts(meeting), ("id", [meeting["id"]])]))


def render_record(record: dict[str, Any], meeting_id: str | None = None) -> Group:
    """Return a record: its document on top, a row for each field that is told."""
    document = record["document"]
    title = f"{document['name']} ({document['language']}, {record['kind']})"
    below = [("meeting id", [meeting_id])] if meeting_id else []
    return titled(title, rows([*record_facts(record), *below]))


def table(*columns: str) -> Table:
    """Return an empty table without lines, whose last column takes what width is left."""
    made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for column in columns[:-1]:
        made.add_column(column, no_wrap=True)
    made.add_column(columns[-1], overflow="fold")
    return made


def rows(facts: Iterable[tuple[str, list[str]]]) -> Table:
    """Return a row for each label with its lines."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(ratio=1)
    for label, lines in facts:
        grid.add_row(label, Folded(lines))
    return grid


def titled(title: str, *below: RenderableType) -> Group:
    """Set things under a line. There is no frame: its right side would suffer from Arabic lines."""
    return Group(Rule(Text(readable(title), "bold"), align="left", style="dim"), *below)
