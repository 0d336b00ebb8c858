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
_GAP = 3  # characters between a comma and a word
_STANDS: tuple[Act, ...] = ("condemn", "welcome", "thank", "warn")
_JOINED: dict[Act, tuple[Act, ...]] = {
    "affirm": _STANDS,
    **dict.fromkeys(_STANDS, _STANDS),
    "adopt": ("adopt", "launch", *_STANDS),
    "launch": ("adopt", "launch", *_STANDS),
}


def spelled_out(reading: Reading, clause: Clause) -> list[Clause]:
    """Return the decisions that a clause spells out behind a colon, or else the clause itself."""
    colon = reading.lower.find(":", clause.object, clause.end)
    items = _items(reading, colon, clause) if colon >= 0 and clause.act in _DECISIONS else []
    if not items:
        return _with_founded(reading, clause)
    ends = [*(noun.outer for noun in items[1:]), clause.end]
    heading = clause.heading
    return [
        Clause(_act_of(reading, noun, end), noun.start, end, noun.end, LIST_ITEM, heading)
        for noun, end in zip(items, ends, strict=True)
    ]


def _with_founded(reading: Reading, clause: Clause) -> list[Clause]:
    """Return an Arabic agreement, and what it founds besides (اتفقوا على …، وإنشاء مركز …).

    Only what stands behind a comma counts: without one it may belong to the noun before.
    """
    verbs = reading.matches("act", clause.start, clause.object)
    agreed = [v for v in verbs if v.lang == "ar" and v.payload.get("act") == "agree"]
    if not agreed:
        return [clause]
    founded = [
        noun
        for noun in reading.of_kinds(_NOUNS[:1], clause.object, clause.end)
        if noun.payload["act"] == "launch"
        and noun.clitics == "و"
        and _is_behind_comma(reading, noun)
    ]
    if not founded:
        return [clause]
    ends = [*(noun.outer for noun in founded[1:]), clause.end]
    parts = [
        Clause("launch", noun.start, end, noun.end, clause.rule, clause.heading)
        for noun, end in zip(founded, ends, strict=True)
    ]
    clause.end = founded[0].outer
    return [clause, *parts]


def joined_nouns(reading: Reading, first: Match, end: int) -> list[Clause]:
    """Return what an item tells that begins with a noun, by nouns joined to it (", وإنشاء مركز").

    Behind nouns that have actions for their objects (a call, a review) the nouns are such objects;
    behind one of affirming only those are not that tell a stand (rejection, welcome, thanks).
    """
    wanted = _JOINED.get(first.payload["act"], ()) if first.lang == "ar" else ()
    nouns = [first]
    for noun in reading.of_kinds(_NOUNS, first.end, end) if wanted else ():
        apart = noun.start >= nouns[-1].end and noun.clitics == "و"
        if apart and noun.payload["act"] in wanted and _is_behind_comma(reading, noun):
            nouns.append(noun)
    ends = [*(noun.outer for noun in nouns[1:]), end]
    return [
        Clause(noun.payload["act"], noun.start, to, noun.end, LIST_ITEM)
        for noun, to in zip(nouns, ends, strict=True)
    ]


def _is_behind_comma(reading: Reading, noun: Match) -> bool:
    before = reading.lower[noun.outer - _GAP : noun.outer].rstrip()[-1:]
    return before == "," and not noun.payload.get("outcome_only")


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
