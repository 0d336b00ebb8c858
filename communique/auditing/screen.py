"""What an audit found, for people: one table a kind, with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.showing.console import plain
from communique.showing.folded import Folded
from communique.showing.rendering import table

if TYPE_CHECKING:
    from communique.auditing.audit import Look
    from communique.auditing.findings import Finding

_SHOWN = 20  # findings of one kind; all of them are in --json


def render_audit(look: Look) -> Group:
    """Return how all documents stand, and each that is neither finished nor on its way."""
    return Group(*_parts(look))


def _parts(look: Look) -> Iterator[RenderableType]:
    for kind, found in groupby(look.findings, key=lambda finding: finding.kind):
        yield from _of_one_kind(kind, list(found))
        yield ""
    for line in look.could_not_ask:
        yield Text(f"could not ask {plain(line)}", "red")
    documents = "1 document" if look.documents == 1 else f"{look.documents:,} documents"
    counted = f"{documents}, {look.on_their_way:,} of them on their way"
    if look.findings:
        plural = "" if len(look.findings) == 1 else "s"
        yield Text(f"{counted}; {len(look.findings):,} finding{plural}", "red")
    elif look.could_not_ask:
        yield Text(f"{counted}; nothing was found, but not all could be asked", "yellow")
    else:
        yield Text(f"{counted}; nothing is lost", "green")


def _of_one_kind(kind: str, found: list[Finding]) -> Iterator[RenderableType]:
    yield Text(f"{kind} ({len(found):,})", "bold red")
    shown: Table = table("document", "")
    shown.show_header = False
    for finding in found[:_SHOWN]:
        name = [finding.name] if finding.name else []
        lines = [*name, finding.seen, f"to do: {finding.to_do}"]
        shown.add_row((finding.document_id or "not known")[:16], Folded(lines))
    yield shown
    if len(found) > _SHOWN:
        yield Text(f"… and {len(found) - _SHOWN:,} more: see --json", "dim")
