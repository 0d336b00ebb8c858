"""An alert as people read it: who met, where, when, who spoke, and where to read on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from communique.showing.console import plain, readable

if TYPE_CHECKING:
    from communique.alerts.listen import Alert

_MOST_PEOPLE, _MOST_CHANGES = 6, 8
_LONGEST = 160  # characters of one value
_ROLES = ("chair", "host", "speaker", "participant", "mentioned")


def render_alert(alert: Alert) -> Panel:
    """Return a panel for a terminal; whatever came in is shown as plain text, never as markup."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    for name, value in _facts(alert):
        rows.add_row(Text(name), Text(value))
    trust, colour = _trust(alert)
    title = Text.assemble((plain(alert.type) or "unreadable", "bold"), "  ", (trust, colour))
    return Panel(rows, title=title, title_align="left", border_style=colour, expand=False)


def _trust(alert: Alert) -> tuple[str, str]:
    if not alert.verified:
        return "signature is wrong: do not trust this", "red"
    return (
        ("signature verified, seen before", "yellow")
        if alert.repeated
        else (
            "signature verified",
            "green",
        )
    )


def _facts(alert: Alert) -> Iterator[tuple[str, str]]:
    """Yield what is known, as name and text. The data is any JSON: nothing is taken for granted."""
    meeting, links = _mapping(alert.data, "meeting"), _mapping(alert.data, "links")
    document = _mapping(alert.data, "document")
    facts = {
        "coalition": _shown(meeting.get("coalition_name") or meeting.get("coalition_id")),
        "meeting": _meeting(meeting),
        "place": _place(meeting),
        "date": _dates(meeting),
        "theme": _shown(meeting.get("theme")),
        "people": _people(meeting),
        "sources": _sources(meeting),
        "document": _shown(document.get("name")),
        "because": _cause(_mapping(alert.data, "cause")),
        "changed": _changes(alert.data),
        "read on": _shown(links.get("meeting") or links.get("document")),
        "webhook": _shown(alert.webhook_id),
    }
    yield from ((name, value) for name, value in facts.items() if value)


def _meeting(meeting: dict[str, Any]) -> str:
    body = plain(meeting.get("body") or "").replace("_", " ")
    ordinal = meeting.get("ordinal")
    number = f"no. {ordinal}" if isinstance(ordinal, int) else ""
    return ", ".join(part for part in (body, number) if part)


def _place(meeting: dict[str, Any]) -> str:
    virtual = "by video" if meeting.get("virtual") is True else ""
    parts = (_shown(meeting.get("city")), _shown(meeting.get("country")), virtual)
    return ", ".join(part for part in parts if part)


def _dates(meeting: dict[str, Any]) -> str:
    start, end = _shown(meeting.get("start_date")), _shown(meeting.get("end_date"))
    return f"{start} to {end}" if start and end and start != end else start or end


def _people(meeting: dict[str, Any]) -> str:
    people = [person for person in _items(meeting, "people") if person.get("name")]
    people.sort(key=lambda person: _rank(person.get("role")))
    lines = [_person(person) for person in people[:_MOST_PEOPLE]]
    if len(people) > _MOST_PEOPLE:
        lines.append(f"and {len(people) - _MOST_PEOPLE} more")
    return "\n".join(lines)


def _rank(role: Any) -> int:
    return _ROLES.index(role) if role in _ROLES else len(_ROLES)


def _person(person: dict[str, Any]) -> str:
    role = _shown(person.get("role"))
    country = _shown(person.get("country"))
    return _shown(person["name"]) + "".join(f", {part}" for part in (country, role) if part)


def _sources(meeting: dict[str, Any]) -> str:
    sources = _items(meeting, "sources")
    languages = sorted({plain(source.get("language") or "?") for source in sources})
    return f"{len(sources)} ({', '.join(languages)})" if sources else ""


def _cause(cause: dict[str, Any]) -> str:
    act = _shown(cause.get("act")).partition(".")[2] or _shown(cause.get("act"))
    who, why = _shown(cause.get("who")), _shown(cause.get("why"))
    told = f"{act} by {who}" if who else act
    return f"{told}: {why}" if told and why else told


def _changes(data: dict[str, Any]) -> str:
    changes = _items(data, "changes")
    lines = [
        f"{_shown(change.get('field'))}: {_value(change.get('old'))} → {_value(change.get('new'))}"
        for change in changes[:_MOST_CHANGES]
    ]
    if len(changes) > _MOST_CHANGES:
        lines.append(f"and {len(changes) - _MOST_CHANGES} more")
    return "\n".join(lines)


def _value(value: Any) -> str:
    """Return a value before or after a change on one line: of an item all that it says."""
    if isinstance(value, dict):
        parts = [
            _shown(str(part)) for part in value.values() if isinstance(part, str | int | float)
        ]
        return ", ".join(parts)[:_LONGEST]
    return "nothing" if value is None else _shown(str(value))


def _shown(value: Any) -> str:
    return readable(plain(value)[:_LONGEST]) if isinstance(value, str) else ""


def _mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _items(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = data.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
