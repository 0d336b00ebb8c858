"""A document's journey as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.showing.console import plain
from communique.showing.folded import Folded
from communique.showing.rendering import rows, table, titled
from communique.tracing.timetable import moment_of

_UNKNOWN = "not known"


def render_trace(report: dict[str, Any]) -> Group:
    """Return a document's journey as `journey_of` tells it; all times are UTC."""
    parts = list(_parts(report))
    return titled(report["name"] or report["document_id"][:16], *parts)


def how_it_stands(report: dict[str, Any]) -> str:
    """Return in one line where a document is."""
    if report["finished"]:
        return "finished"
    if report["dead"]:
        reasons = ", ".join(f"{one['group']} gave it up" for one in report["dead"])
        return f"not finished: {reasons}"
    waiting = [one for one in report["messages"] if one["state"] != "acknowledged"]
    if waiting:
        where = ", ".join(f"{one['group']} ({one['state']})" for one in waiting)
        return f"on its way: waits for {where}"
    if not report["stages"]:
        shelves = {file["shelf"] for file in report["files"]}
        if "waiting" in shelves:
            return "in the inbox, not yet taken"
        return f"no service knows of it; its file is in {', '.join(sorted(shelves))}"
    open_stages = [stage["stage"] for stage in report["stages"] if not stage["done"]]
    if open_stages:
        return f"on its way: not yet {', '.join(dict.fromkeys(open_stages))}"
    if any(stage["stage"] == "failed" for stage in report["stages"]):
        return "failed: its file lies in failed/ with the reason"
    last = report["stages"][-1]["stage"]
    return f"as far as can be seen it is {last}, and nothing of it waits"


def _parts(report: dict[str, Any]) -> Iterator[RenderableType]:
    files = [f"{one['path']} (since {_short(one['since'])})" for one in report["files"]]
    facts = [("document", [report["document_id"]]), ("stands", [how_it_stands(report)])]
    yield rows([*facts, *([("file", files)] if files else [])])
    if report["stages"]:
        yield ""
        yield _stages(report["stages"])
    if waiting := [one for one in report["messages"] if one["state"] != "acknowledged"]:
        yield ""
        yield _messages(waiting)
    if report["dead"]:
        yield ""
        yield _letters(report["dead"])
    if report["deliveries"]:
        yield ""
        yield from (_delivery(one) for one in report["deliveries"])
    for line in report["could_not_ask"]:
        yield Text(f"could not ask {plain(line)}; what it knows is missing here", "yellow")


def _stages(stages: list[dict[str, Any]]) -> Table:
    shown = table("stage", "at (UTC)", "after", "told by", "")
    shown.columns[2].justify = "right"
    before: datetime | None = None
    for stage in stages:
        at = moment_of(stage["at"]) if stage["at"] else None
        after = f"+{_span((at - before).total_seconds())}" if at and before else ""
        name = Text(stage["stage"], "" if stage["done"] else "yellow")
        unknown = _UNKNOWN if stage["done"] else "not yet"
        when = _short(stage["at"]) if at else Text(unknown, "dim")
        shown.add_row(name, when, after, stage["service"], Folded(stage["detail"]))
        before = at or before
    return shown


def _messages(waiting: list[dict[str, Any]]) -> Table:
    shown = table("waits in", "for", "", "tries", "idle", "in the hands of")
    for one in waiting:
        idle = _span(one["idle"]) if one["idle"] is not None else ""
        tries = str(one["attempts"]) if one["attempts"] else ""
        hands = plain(one["consumer"] or "nobody yet")
        shown.add_row(one["stream"], one["group"], one["state"], tries, idle, hands)
    return shown


def _letters(letters: list[dict[str, Any]]) -> Table:
    shown = table("dead letter", "of", "group", "tries", "reason")
    for one in letters:
        tries = str(one["attempts"])
        shown.add_row(one["id"], one["stream"], plain(one["group"]), tries, Folded(one["reason"]))
    return shown


def _delivery(delivery: dict[str, Any]) -> Table:
    shown = table("try", "at (UTC)", "took", f"{delivery['id']} to {plain(delivery['host'])}")
    for one in delivery["attempts"]:
        answer = one["error"] or f"answered {one['status_code']}"
        took = _span(one["duration"])
        shown.add_row(str(one["number"]), _short(one["started_at"]), took, Folded(answer))
    due = f", due {_short(delivery['due_at'])}" if delivery["due_at"] else ""
    shown.add_row("", "", "", Text(f"{delivery['type']}: {delivery['status']}{due}"))
    return shown


def _short(moment: str) -> str:
    return moment_of(moment).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def _span(seconds: float) -> str:
    if abs(seconds) < 120:
        return f"{seconds:.3f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
