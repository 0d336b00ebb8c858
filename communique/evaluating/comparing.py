"""One record against its gold: what is right, what is missed, what is false, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from communique.evaluating.gold import Gold
from communique.evaluating.likeness import Item, alike, pair, places, touch

Verdict = Literal["right", "wrong", "missed", "false"]
FIELDS = (
    "alert", "coalition", "body", "ordinal", "date", "place", "theme", "published", "people",
    "roles", "attendance", "focus_areas", "commitments", "pledges", "resolutions", "quotes",
)  # fmt: skip
_THEMES_ALIKE, _SPEAKERS_ALIKE = 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison. `wrong` is both a miss and a false value; `item` is the record's own."""

    field: str
    document: str
    verdict: Verdict
    gold: Any
    read: Any
    item: Item | None = None


def compare(gold: Gold, record: Item) -> list[Finding]:
    """Compare a record (as JSON) with the gold one. Of an unrelated text, lists are not read."""
    found = list(_slots(gold, record))
    if gold.kind != "unrelated":
        found += _lists(gold, record)
    return found


def _slots(gold: Gold, record: Item) -> Iterator[Finding]:
    """Compare what a record has once."""
    told, document = gold.record, record["document"]
    coalition, read_coalition = told.get("coalition") or {}, record.get("coalition")
    meeting, read_meeting = told.get("meeting") or {}, record.get("meeting")
    mine, read = read_coalition or {}, read_meeting or {}

    def slot(
        field: str, one: Any, other: Any, item: Item | None = None, *, like: float = 0.0
    ) -> Iterator[Finding]:
        one, other = (None if value in ("", [], (None, None)) else value for value in (one, other))
        if one is None and other is None:
            return
        same = one == other or bool(like and one and other and alike(one, other, like))
        verdict: Verdict = "wrong"
        if same or one is None or other is None:
            verdict = "right" if same else "false" if one is None else "missed"
        yield Finding(field, gold.name, verdict, one, other, item)

    yield from slot("alert", told["kind"] == "statement" or None, _alerts(record))
    yield from slot("coalition", coalition.get("id"), mine.get("id"), read_coalition)
    yield from slot("published", told.get("published"), document.get("published"))
    yield from slot("body", meeting.get("body"), read.get("body"), read_meeting)
    yield from slot("ordinal", meeting.get("ordinal"), read.get("ordinal"), read_meeting)
    yield from slot("date", _dates(meeting), _dates(read), read_meeting)
    yield from slot("place", meeting.get("city"), read.get("city"), read_meeting, like=0.8)
    yield from slot("place", meeting.get("country"), read.get("country"), read_meeting)
    yield from slot(
        "theme", meeting.get("theme"), read.get("theme"), read_meeting, like=_THEMES_ALIKE
    )


def _alerts(record: Item) -> bool | None:
    return record["kind"] == "statement" or None


def _dates(meeting: Item) -> tuple[str | None, str | None]:
    start = meeting.get("start_date")
    return start, meeting.get("end_date") or start


def _lists(gold: Gold, record: Item) -> Iterator[Finding]:
    """Compare what a record has many of, each gold item with one of the record's."""
    for field, same in _SAME.items():
        if field == "commitments":
            same = _same_commitment(gold.text)
        pairs, missed, false = pair(gold.record[field], record[field], same)
        for one, other in pairs:
            yield Finding(field, gold.name, "right", one, other, other)
            if field == "people":
                yield _role(gold, one, other)
        yield from (Finding(field, gold.name, "missed", one, None) for one in missed)
        yield from (Finding(field, gold.name, "false", None, other, other) for other in false)


def _role(gold: Gold, one: Item, other: Item) -> Finding:
    told = (one.get("name"), one.get("role"), one.get("country"))
    read = (other["name"], other["role"], other["country"])
    verdict: Verdict = "right" if told[1:] == read[1:] else "wrong"
    return Finding("roles", gold.name, verdict, told, read, other)


def _same_pledge(one: Item, other: Item) -> bool:
    if float(one["amount"]) != float(other["amount"]) or one.get("currency") != other["currency"]:
        return False
    donor = one.get("donor")
    return donor == other["donor"] or bool(donor and alike(donor, other["donor"]))


def _same_commitment(text: str) -> Callable[[Item, Item], bool]:
    """Return the comparison of acts over one text: equal acts, read from overlapping words."""

    def same(one: Item, other: Item) -> bool:
        spans = [(words["start"], words["end"]) for words in other["evidence"]]
        return one["act"] == other["act"] and touch(places(text, one.get("evidence")), spans)

    return same


def _equal(*keys: str) -> Callable[[Item, Item], bool]:
    return lambda one, other: all(one.get(key) == other[key] for key in keys)


_SAME: dict[str, Callable[[Item, Item], bool]] = {
    "people": lambda one, other: alike(one["name"], other["name"]),
    "attendance": _equal("unit", "value", "bound"),
    "focus_areas": _equal("id"),
    "commitments": _equal("act"),  # and their words, which only a text can tell
    "pledges": _same_pledge,
    "resolutions": _equal("body", "number"),
    "quotes": lambda one, other: (
        alike(one["text"], other["text"])
        and alike(one.get("speaker"), other["speaker"], _SPEAKERS_ALIKE)
    ),
}
