"""A text with every value of its record marked in place, and what each was read by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import combining

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from communique.showing.console import is_arabic, plain, readable
from communique.showing.wording import in_words

_STYLES = {
    "coalition": "bold yellow",
    "meeting": "bold cyan",
    "people": "bold green",
    "attendance": "bold blue",
    "focus_areas": "magenta",
    "commitments": "underline",
    "pledges": "bold red",
    "resolutions": "bold blue",
    "quotes": "italic green",
}
_TOLD = {  # what is said of a value beside its words
    "coalition": ("id",),
    "meeting": ("body", "ordinal", "start_date", "end_date", "city", "country", "theme"),
    "people": ("name", "role", "country"),
    "attendance": ("bound", "value", "unit"),
    "focus_areas": ("id",),
    "commitments": ("act",),
    "pledges": ("donor", "amount", "currency"),
    "resolutions": ("body", "number"),
    "quotes": ("speaker",),
}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RIGHT_TO_LEFT_ISOLATE, _POP_ISOLATE = "\u2067", "\u2069"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a record: its number on the page, and the places that it was read from."""

    number: int
    field: str
    item: Mapping[str, Any]
    spans: tuple[tuple[int, int], ...]


def render_explained(record: Mapping[str, Any], text: str) -> Group:
    """Return a record's text, paragraph by paragraph, each with the values first read there."""
    document, values = record["document"], _values(record)
    title = f"{document['name']} ({document['language']}, {record['kind']})"
    parts: list[Any] = [Rule(Text(readable(title), "bold"), align="left", style="dim")]
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            parts.append(_Paragraph(line.rstrip("\r\n"), start, values))
            here = [value for value in values if start <= value.spans[0][0] < end]
            if here:
                parts.append(_legend(here))
            parts.append("")
        start = end
    return Group(*parts)


def _values(record: Mapping[str, Any]) -> list[Value]:
    """Return the values of a record, numbered as their words come in the text."""
    found = []
    for field in _STYLES:
        items = record.get(field) or []
        for item in [items] if isinstance(items, dict) else items:
            spans = sorted((words["start"], words["end"]) for words in item["evidence"])
            found.append((spans, field, item))
    found.sort(key=lambda value: value[0])
    return [Value(n, field, item, tuple(s)) for n, (s, field, item) in enumerate(found, 1)]


class _Paragraph:
    """A paragraph at the width there is; one that is written from right to left stands right."""

    def __init__(self, line: str, start: int, values: list[Value]) -> None:
        """Take a line of the text, the place where it begins, and the values of the record."""
        self._marked = _mark(line, start, values)
        self._arabic = is_arabic(line)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines. Isolates are set after wrapping, which would tear them apart."""
        for line in self._marked.wrap(console, options.max_width):
            line.rstrip()
            if not self._arabic:
                yield line
                continue
            whole = Text(_RIGHT_TO_LEFT_ISOLATE).append_text(line).append(_POP_ISOLATE)
            whole.justify, whole.no_wrap = "right", True
            yield whole


def _mark(line: str, start: int, values: list[Value]) -> Text:
    """Return a line with its values in colour, each with its number raised behind its words."""
    shown = Text()
    at = 0
    for place, number in sorted(_ends(start, start + len(line), values)):
        end = place - start
        while end < len(line) and combining(line[end]):
            end += 1  # a mark belongs to the letter before it
        shown.append_text(_coloured(line, start, at, end, values))
        shown.append(str(number).translate(_RAISED), "dim")
        at = end
    return shown.append_text(_coloured(line, start, at, len(line), values))


def _ends(start: int, end: int, values: list[Value]) -> Iterator[tuple[int, int]]:
    for value in values:
        for _, last in value.spans:
            if start < last <= end:
                yield last, value.number


def _coloured(line: str, start: int, low: int, high: int, values: list[Value]) -> Text:
    """Return a piece of a line; where values lie in each other, the innermost colours it."""
    piece = Text(line[low:high].translate(_HARMLESS))
    spans = [(s, e, v.field) for v in values for s, e in v.spans]
    for first, last, field in sorted(spans, key=lambda span: span[0] - span[1]):
        piece.stylize(_STYLES[field], max(first - start - low, 0), max(last - start - low, 0))
    return piece


# Controls command no terminal; one character for one, so that places stay what they are.
_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HARMLESS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *map(ord, _CONTROLS)], " ")


def _legend(values: list[Value]) -> Table:
    """Return a row for each value: number, what was read, by which rule, how sure."""
    made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    made.add_column(justify="right", style="dim", no_wrap=True)
    made.add_column(no_wrap=True)
    made.add_column(ratio=1, overflow="fold")
    made.add_column(style="dim")
    made.add_column(style="dim", justify="right", no_wrap=True)
    for value in values:
        made.add_row(
            str(value.number),
            Text(in_words(value.field), _STYLES[value.field]),
            Text(readable(_told(value))),
            Text(plain(value.item.get("rule") or "")),
            f"{value.item['confidence']:.2f}",
        )
    return made


def _told(value: Value) -> str:
    parts = []
    for key in _TOLD[value.field]:
        part = value.item.get(key)
        if part is None or (key == "end_date" and part == value.item.get("start_date")):
            continue
        parts.append(part if isinstance(part, str) else f"{part:,.15g}")
    return ", ".join(in_words(part) if "_" in part else part for part in parts)
