"""Which documents are neither finished nor on their way, by the rules of `rules.yaml`.

Something that stands still is on its way for as long as an audit's patience; then it is a finding.
A message that waits in a stream is on its way as long as its group moves, however long the queue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from communique.auditing.gathering import Positions
from communique.auditing.scratch import Scratch


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding, as the head of `rules.yaml` says."""

    kind: str
    query: str
    seen: str
    to_do: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One document that is nowhere: where it was last seen, and what to do."""

    kind: str
    subject: str
    document_id: str | None
    name: str | None
    seen: str
    to_do: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules that lie beside this file."""
    found = yaml.safe_load((Path(__file__).parent / "rules.yaml").read_text("utf-8"))
    return tuple(Rule(**rule | {"needs": frozenset(rule["needs"])}) for rule in found)


def find(scratch: Scratch, silent: list[str], old: float) -> Iterator[Finding]:
    """Yield what is found, by rules whose witnesses all answered; `old` is a moment."""
    missing = {line.partition(":")[0] for line in silent}
    for rule in rules():
        if not rule.needs & missing:
            for row in scratch.rows(rule.query, old=old):
                yield _finding(rule, dict(row))


def note_movement(scratch: Scratch, before: Positions, after: Positions, old: float) -> None:
    """Mark the messages that are on their way.

    Young ones, those in hands that touched them lately, and the queue before a group that moves.
    """
    idle = max(0.0, datetime.now(UTC).timestamp() - old)
    scratch.change(
        "UPDATE entries SET moves = at >= :old OR (state = 'pending' AND idle < :idle)",
        old=old,
        idle=idle,
    )
    for (stream, group), position in after.items():
        working = scratch.count(
            "SELECT count(*) FROM entries WHERE stream = :stream AND name = :name"
            " AND state = 'pending' AND moves",
            stream=stream,
            name=group,
        )
        if working or position != before.get((stream, group), position):
            scratch.change(
                "UPDATE entries SET moves = 1 WHERE stream = :stream AND name = :name"
                " AND state = 'unread'",
                stream=stream,
                name=group,
            )


def _finding(rule: Rule, row: dict[str, Any]) -> Finding:
    words = row | {"since": _in_words(row["since"])}
    return Finding(
        kind=rule.kind,
        subject=str(row["subject"]),
        document_id=row["document_id"],
        name=row["name"],
        seen=rule.seen.format_map(words),
        to_do=rule.to_do.format_map(words),
    )


def _in_words(since: float | None) -> str:
    if since is None:
        return "a time that nobody noted"
    return datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
