"""Series: decisions told one by one as nouns behind a colon (قرارات أبرزها: إنشاء …، واعتماد …)."""

from __future__ import annotations

from services.extract.grammars.commitments.clause import Clause
from services.extract.grammars.commitments.rules import LIST_ITEM
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Act

_DECISIONS: tuple[Act, ...] = ("agree", "adopt", "launch")
_NOUNS = ("act_infinitive", "act_noun")
_MARKS = (",", ";", ":")


def spelled_out(reading: Reading, clause: Clause) -> list[Clause]:
    """Return the decisions that a clause spells out behind a colon, or else the clause itself."""
    colon = reading.lower.find(":", clause.object, clause.end)
    items = _items(reading, colon, clause) if colon >= 0 and clause.act in _DECISIONS else []
    if not items:
        return [clause]
    ends = [*(noun.outer for noun in items[1:]), clause.end]
    heading = clause.heading
    return [
        Clause(_act_of(reading, noun, end), noun.start, end, noun.end, LIST_ITEM, heading)
        for noun, end in zip(items, ends, strict=True)
    ]


def _act_of(reading: Reading, noun: Match, end: int) -> Act:
    """Return the act of an item; of an approval that of what was approved (الموافقة على إنشاء)."""
    act: Act = noun.payload["act"]
    behind = reading.of_kinds(_NOUNS[:1], noun.end, end) if act in _DECISIONS[:2] else []
    if behind and reading.lower[noun.end : behind[0].outer].strip() in ("", "علي"):
        act = behind[0].payload["act"] or act
    return act


def _items(reading: Reading, colon: int, clause: Clause) -> list[Match]:
    """Return the nouns of action that begin an item, if the first stands right behind the colon."""
    found = [
        noun
        for noun in reading.of_kinds(_NOUNS, colon, clause.end)
        if noun.payload["act"]
        and not noun.payload.get("outcome_only")
        and reading.lower[colon : noun.outer].rstrip().endswith(_MARKS)
    ]
    first = bool(found) and not reading.lower[colon + 1 : found[0].outer].strip()
    return _apart(found) if first else []


def _apart(nouns: list[Match]) -> list[Match]:
    """Leave one of nouns at one place."""
    return [n for i, n in enumerate(nouns) if not i or n.start >= nouns[i - 1].end]
