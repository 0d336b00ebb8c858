"""One meeting with all that is known of it: claims side by side, documents and why they belong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.showing.console import plain
from communique.showing.folded import Folded
from communique.showing.rendering import rows, titled
from communique.showing.wording import (
    coalition_name,
    country,
    in_words,
    list_facts,
    ordinal,
)

_FIELDS = {  # fields on which documents can differ, as they are called here
    "body": "body",
    "ordinal": "number",
    "start_date": "from",
    "end_date": "to",
    "city": "city",
    "country": "country",
    "theme": "theme",
}
_LONGEST = 90  # characters of the words that give a claim


def render_dossier(meeting: dict[str, Any]) -> Group:
    """Return a merged meeting as JSON gives it: values, claims, items, documents."""
    name = coalition_name(meeting.get("coalition_name"), meeting["coalition_id"])
    below: list[RenderableType] = [
        Text(f"{meeting['id']}, {meeting['status']}", "dim"),
        "",
        _values(meeting),
        "",
    ]
    if items := list(list_facts(meeting)):
        below += [rows(items), ""]
    return titled(name, *below, _documents(meeting))


def _values(meeting: dict[str, Any]) -> Table:
    """Return a row for each value, and for each that a document puts against it."""
    names = {s["document_id"]: s["name"] for s in meeting["sources"]}
    made = _table("field", "value", "documents", "where they differ")
    for field, label in _fields(meeting).items():
        claims = meeting["claims"].get(field)
        if claims is None:
            count = meeting.get("support", {}).get(field)
            told = f"{count} of {len(names)}" if count else ""
            made.add_row(label, Folded(_said(field, meeting[field])), told, "")
            continue
        for place, claim in enumerate(claims):
            style = "bold" if place == 0 else "yellow"
            told = f"{len(claim['documents'])} of {len(names)}"
            shown = Folded(_said(field, claim["value"]), style)
            made.add_row(label if place == 0 else "", shown, told, _by_whom(claim, names))
    if meeting["virtual"]:
        made.add_row("held", "by video", "", "")
    return made


def _fields(meeting: dict[str, Any]) -> dict[str, str]:
    """Return the fields that are told, with their labels; one day is told once."""
    told = {name: label for name, label in _FIELDS.items() if meeting.get(name) is not None}
    dates = {"start_date", "end_date"}
    if meeting["start_date"] == meeting["end_date"] and not dates & meeting["claims"].keys():
        told.pop("end_date", None)
        if "start_date" in told:
            told["start_date"] = "date"
    counts = [name for name in meeting["claims"] if name.startswith("attendance.")]
    return told | {name: in_words(name.removeprefix("attendance.")) for name in counts}


def _by_whom(claim: dict[str, Any], names: dict[str, str]) -> Folded:
    """Return which documents make a claim, and in what words the first of them does."""
    who = ", ".join(names.get(each, each) for each in claim["documents"])
    words = plain(" … ".join(piece["text"] for piece in claim["evidence"][:1]))
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
    return Folded([who, f"“{short}”"] if short else who)


def _said(field: str, value: Any) -> str:
    if field == "ordinal":
        return ordinal(value)
    if field == "country":
        return country(value) or ""
    return in_words(value) if field == "body" else str(value)


def _documents(meeting: dict[str, Any]) -> Table:
    """Return a row for each document: what it is, and why it belongs."""
    names = {s["document_id"]: s["name"] for s in meeting["sources"]}
    made = _table("document", "", "", "why it belongs")
    for source in meeting["sources"]:
        reasons = Folded(_reasons(source, names))
        made.add_row(Folded(source["name"]), source["language"], source["kind"], reasons)
    return made


def _reasons(source: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    """Yield why a document belongs; a tie of facts with one of those it holds with."""
    for tie in source.get("ties", ()):
        other = names.get(tie["document_id"] or "")
        if other is None or tie["reason"].endswith(other):
            yield tie["reason"]
        else:
            yield f"{in_words(tie['reason'])} (as {other})"
    if not source["reasons"]:
        yield "it is the only one"


def _table(*columns: str) -> Table:
    made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    first, *between, last = columns
    made.add_column(first, overflow="fold", ratio=2)
    for column in between:
        made.add_column(column, overflow="fold")
    made.add_column(last, overflow="fold", ratio=5)
    return made
