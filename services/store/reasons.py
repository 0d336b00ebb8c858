"""Why a document belongs to its meeting: the best tie of each kind, in words.

A document may share a run of words with a hundred others: only the longest is told, or a meeting's
reasons would grow with the square of its documents. Which ones are kept depends on no order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from services.store.ties import EQUAL_WORDS, NEAR_DUPLICATE, Tie
from services.store.witness import Witness

REPRINT, PARTLY = "reprint", "partly_reprint"  # what each side of a near duplicate can be
_SAID = {REPRINT: "much the same text as {}", PARTLY: "partly the same text as {}"}
_OF_TEXT = {REPRINT, PARTLY, EQUAL_WORDS}
_MOST = 0.75  # of its own fingerprints: a text that hardly says anything else
_LAST_WORD = 1_000  # more than all ties of two documents together


class Reason(NamedTuple):
    """One reason: its rule, how much it counts, in words, and the other document of the tie."""

    rule: str
    strength: int
    text: str
    document_id: str | None = None


def reason(tie: Tie, own: Witness, other: Witness) -> Reason:
    """Return what a tie says of the one of its two documents that is `own`."""
    if tie.rule == NEAR_DUPLICATE:
        shared = len(own.prints.common(other.prints))
        rule = REPRINT if shared >= _MOST * len(own.prints.marks) else PARTLY
        return Reason(rule, tie.strength, _SAID[rule].format(other.name), other.document_id)
    text = f"{tie.reason} with {other.name}" if tie.rule == EQUAL_WORDS else tie.reason
    return Reason(tie.rule, tie.strength, text, other.document_id)


def ruled(text: str) -> Reason:
    """Return what a person said of a document that they joined with others."""
    return Reason("ruling", _LAST_WORD, text)


def telling(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons that are told, the strongest first: of runs only the best."""
    best: dict[str | tuple[str, str], Reason] = {}
    for each in sorted(reasons, key=_order):
        best.setdefault(each.rule if each.rule in _OF_TEXT else (each.rule, each.text), each)
    return tuple(best.values())


def _order(reason: Reason) -> tuple[int, str, str, str]:
    return -reason.strength, reason.rule, reason.document_id or "", reason.text
