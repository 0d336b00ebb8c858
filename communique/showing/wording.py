"""What a record or a meeting says, in words: one label and its lines for each field told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from communique.showing.console import is_arabic

Facts = dict[str, Any]  # a Record, or a MergedMeeting, as JSON
_ROLES = ("chair", "host", "speaker", "participant", "mentioned")
_BOUNDS = {"at_least": "at least ", "about": "about "}


def meeting_facts(meeting: Facts) -> Iterator[tuple[str, list[str]]]:
    """Yield labels and lines of a merged meeting."""
    yield from _present({"meeting": _occasion(meeting), "when, where": _time_and_place(meeting)})
    yield from _theme(meeting)
    yield from list_facts(meeting)
    yield from _present({"sources": [_source(source) for source in meeting.get("sources", [])]})


def record_facts(record: Facts) -> Iterator[tuple[str, list[str]]]:
    """Yield labels and lines of one document's record."""
    coalition, meeting = record.get("coalition") or {}, record.get("meeting") or {}
    facts = {
        "coalition": [coalition_name(coalition.get("name"), coalition["id"])] if coalition else [],
        "meeting": _occasion(meeting),
        "when, where": _time_and_place(meeting),
    }
    yield from _present(facts)
    yield from _theme(record)
    yield from list_facts(record)


def coalition_name(name: str | None, identity: str) -> str:
    """Return how a coalition is called, with its id."""
    return f"{name} ({identity})" if name else identity


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th …"""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def in_words(identifier: str) -> str:
    """Return an id of our vocabularies as words."""
    return identifier.replace("_", " ")


def title_of(meeting: Facts) -> str:
    """Return one line that names a meeting."""
    parts = [*_occasion(meeting), *_time_and_place(meeting)]
    return ", ".join(parts)


def _present(facts: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    yield from ((label, lines) for label, lines in facts.items() if lines)


def list_facts(told: Facts) -> Iterator[tuple[str, list[str]]]:
    """Yield labels and lines of the lists of a record or a merged meeting."""
    people = sorted(told.get("people", []), key=lambda person: _ROLES.index(person["role"]))
    chairs = [_person(person) for person in people if person["role"] == "chair"]
    others = [f"{_person(p)} ({p['role']})" for p in people if p["role"] != "chair"]
    focus = ", ".join(in_words(area["id"]) for area in told.get("focus_areas", []))
    yield from _present(
        {
            "chair": chairs,
            "people": others,
            "counts": [_count(count) for count in told.get("attendance", [])],
            "focus areas": [focus] if focus else [],
            "pledges": [_pledge(pledge) for pledge in told.get("pledges", [])],
            "resolutions": [f"{r['body']} {r['number']}" for r in told.get("resolutions", [])],
            "commitments": _acts(told.get("commitments", [])),
        }
    )


def _theme(told: Facts) -> Iterator[tuple[str, list[str]]]:
    theme = (told.get("meeting") or told).get("theme")
    yield from _present({"theme": [theme] if theme else []})


def _occasion(meeting: Facts) -> list[str]:
    body = in_words(meeting.get("body") or "")
    number = f"{ordinal(meeting['ordinal'])} meeting" if meeting.get("ordinal") else ""
    told = " of ".join(part for part in (number, body) if part)
    return [told] if told else []


def _time_and_place(meeting: Facts) -> list[str]:
    start, end = meeting.get("start_date"), meeting.get("end_date")
    when = f"{start} to {end}" if start and end and start != end else start or end
    where = [meeting.get("city"), country(meeting.get("country"))]
    told = [when, *where, "by video" if meeting.get("virtual") else None]
    line = ", ".join(part for part in told if part)
    return [line] if line else []


def _person(person: Facts) -> str:
    name = person["name"]
    if person.get("name_en") and person["name_en"] != name:
        name = f"{person['name_en']} ({name})"
    title = person.get("title")
    if title:  # two Arabic parts are read as one phrase, from right to left
        name += ("، " if is_arabic(name) and is_arabic(title) else ", ") + title
    return ", ".join(filter(None, [name, person.get("country")]))


def _count(count: Facts) -> str:
    return f"{_BOUNDS.get(count['bound'], '')}{count['value']:,} {in_words(count['unit'])}"


def _pledge(pledge: Facts) -> str:
    amount = f"{pledge['amount']:,.0f} {pledge.get('currency') or ''}".strip()
    donor = country(pledge.get("donor")) or "unnamed"
    return f"{donor}: {amount}" + (f" for {pledge['purpose']}" if pledge.get("purpose") else "")


def _acts(commitments: list[Facts]) -> list[str]:
    acts = [in_words(commitment["act"]) for commitment in commitments]
    counts = sorted(Counter(acts).items(), key=lambda item: -item[1])
    counted = ", ".join(f"{number} {act}" for act, number in counts)
    return [f"{len(acts)} ({counted})"] if acts else []


def _source(source: Facts) -> str:
    return f"{source['name']} ({source['language']}, {source['kind']})"


def country(code: str | None) -> str | None:
    """Return the English name of an ISO 3166-1 code; whatever is no code stays as it is."""
    return _territories().get(code, code) if code else None


@cache
def _territories() -> dict[str, str]:
    from babel import Locale  # its tables take a while to load

    return dict(Locale("en").territories)
