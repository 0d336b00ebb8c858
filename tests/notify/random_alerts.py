"""Random statements and subscriptions, and an oracle that decides in the plainest way.

The oracle shares nothing with notify: it reads the event's JSON, one subscription at a time.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from random import Random
from typing import Any

from services.notify.subscriptions import Subscription
from shared.events import RecordStored
from tests.notify.events import WHEN, stored

EVENTS = ("statement.published", "meeting.updated", "meeting.announced", "source.added")
COALITIONS = ("imctc", "nato", "g5-sahel", "global-coalition-daesh", "ecowas")
COUNTRIES = ("SA", "FR", "US", "NE", "IQ", "MA", "QA")
BODIES = ("defence_ministers", "foreign_ministers", "chiefs_of_staff", "small_group")
AREAS = ("media", "ideology", "cyber", "counter_financing", "humanitarian")
LANGUAGES = ("ar", "fr", "en")
PEOPLE = (
    ("خالد بن سلمان", "Khalid bin Salman"),
    ("Sébastien Lecornu", None),
    ("محمد الخلايلة", "Mohammed Al-Khalayleh"),
    ("Lloyd J. Austin III", None),
)
WANTED_PEOPLE = ("lecornu", "KHALID BIN SALMAN", "خالد", "al khalayleh", "Austin", "bin")
DONORS = (*COUNTRIES[:4], "European Union", "الاتحاد الأوروبي", None)
WANTED_DONORS = (*COUNTRIES[:3], "european union")
CURRENCIES = ("USD", "EUR", None)
DATES = ("2017", "2017-05", "2023-12-31", "2024-02-03", "2024-02", "2025-06-01", None)
ROLES = ("chair", "host", "speaker", "participant", "mentioned")


def random_event(chance: Random, number: int) -> RecordStored:
    """Return some event of a meeting, one in thirty without any."""
    outcome = chance.choice(EVENTS)
    language = chance.choice(LANGUAGES)
    meeting_id = f"m{number}" if chance.random() > 1 / 30 else None
    event = stored(f"{number}.txt", meeting_id=meeting_id, outcome=outcome, language=language)
    several = {"published": chance.choice(DATES), "languages": chance.sample(LANGUAGES, 1)}
    told = event.model_dump() | {"document": event.document.model_dump() | several}
    if told["meeting"] is not None:
        told["meeting"] |= _random_meeting(chance)
    told["occurred_at"] = WHEN + timedelta(seconds=number)
    return RecordStored.model_validate(told)


def _random_meeting(chance: Random) -> dict[str, Any]:
    evidence = {"evidence": [{"start": 0, "end": 1, "text": "x"}]}
    said = lambda **given: given | evidence | {"confidence": round(chance.random(), 2)}  # noqa: E731
    people = chance.sample(PEOPLE, chance.randint(0, 3))
    confidence = {"body": round(chance.random(), 2), "country": round(chance.random(), 2)}
    return {
        "coalition_id": chance.choice(COALITIONS),
        "body": chance.choice((*BODIES, None)),
        "country": chance.choice((*COUNTRIES, None)),
        "start_date": chance.choice(DATES),
        "end_date": None,
        "confidence": confidence if chance.random() > 0.1 else {},
        "people": [
            said(
                name=name,
                name_en=english,
                country=chance.choice((*COUNTRIES, None)),
                role=chance.choice(ROLES),
            )
            for name, english in people
        ],
        "focus_areas": [said(id=area) for area in chance.sample(AREAS, chance.randint(0, 3))],
        "pledges": [
            said(
                donor=chance.choice(DONORS),
                amount=chance.choice((1e5, 1e6, 5e8)),
                currency=chance.choice(CURRENCIES),
            )
            for _ in range(chance.randint(0, 3))
        ],
    }


def random_subscription(chance: Random, number: int, url: str) -> Subscription:
    """Return some subscription, one in twenty disabled."""
    choices: dict[str, Any] = {
        "coalitions": lambda: _some(chance, COALITIONS),
        "countries": lambda: _some(chance, COUNTRIES),
        "hosts": lambda: _some(chance, COUNTRIES),
        "participants": lambda: _some(chance, COUNTRIES),
        "donors": lambda: _some(chance, WANTED_DONORS),
        "bodies": lambda: _some(chance, BODIES),
        "focus_areas": lambda: _some(chance, AREAS),
        "languages": lambda: _some(chance, LANGUAGES),
        "people": lambda: _some(chance, WANTED_PEOPLE),
        "min_pledges": lambda: [
            {"amount": chance.choice((1e5, 1e6, 2e6)), "currency": chance.choice(CURRENCIES[:2])}
        ],
        "min_confidence": lambda: chance.choice((0.0, 0.2, 0.5)),
        "since": lambda: chance.choice(("2017-05-31", "2017-06-01", "2024-01-01")),
    }
    filters = {name: choices[name]() for name in chance.sample(list(choices), chance.randint(0, 3))}
    return Subscription.model_validate(
        {
            "id": f"sub_{number}",
            "url": url,
            "events": _some(chance, EVENTS),
            "filters": filters,
            "status": "disabled" if chance.random() < 1 / 20 else "active",
            "created_at": WHEN,
        }
    )


def _some(chance: Random, values: tuple[str, ...]) -> list[str]:
    return chance.sample(values, chance.randint(1, 2))


def expected(subscription: dict[str, Any], event: dict[str, Any]) -> bool:
    """Tell, from the JSON of both, whether the subscriber is to be told."""
    if subscription["status"] != "active" or event["outcome"] not in subscription["events"]:
        return False
    wants = subscription["filters"]
    meeting = event["meeting"]
    if wants["languages"]:
        document = event["document"]
        if not {document["language"], *document["languages"]} & set(wants["languages"]):
            return False
    if wants["since"] and not _is_young(event, wants["since"]):
        return False
    about_meeting = {name: value for name, value in wants.items() if name not in _NOT_OF_MEETING}
    if meeting is None:
        return not any(value not in ([], None) for value in about_meeting.values())
    return _meeting_fits(about_meeting, meeting)


_NOT_OF_MEETING = ("languages", "since")


def _meeting_fits(wants: dict[str, Any], meeting: dict[str, Any]) -> bool:
    sure = wants["min_confidence"]
    if sure is not None and (
        not meeting["confidence"] or any(value < sure for value in meeting["confidence"].values())
    ):
        return False
    if wants["coalitions"] and meeting["coalition_id"] not in wants["coalitions"]:
        return False
    if wants["bodies"] and meeting["body"] not in wants["bodies"]:
        return False
    people = [person for person in meeting["people"] if person["confidence"] >= (sure or 0)]
    place = [meeting["country"]]
    hosts = place + [person["country"] for person in people if person["role"] == "host"]
    guests = [person["country"] for person in people if person["role"] != "mentioned"]
    areas = [a["id"] for a in meeting["focus_areas"] if a["confidence"] >= (sure or 0)]
    lists = {
        "countries": hosts + guests,
        "hosts": hosts,
        "participants": guests,
        "focus_areas": areas,
    }
    for name, there in lists.items():
        if wants[name] and not any(value in there for value in wants[name]):
            return False
    if wants["people"] and not any(
        _is_called(person, name) for person in people for name in wants["people"]
    ):
        return False
    pledges = [pledge for pledge in meeting["pledges"] if pledge["confidence"] >= (sure or 0)]
    if not (wants["donors"] or wants["min_pledges"]):
        return True
    return any(_is_pledge(pledge, wants) for pledge in pledges)


def _is_pledge(pledge: dict[str, Any], wants: dict[str, Any]) -> bool:
    donor = _plain(pledge["donor"] or "")
    if wants["donors"] and not any(_plain(name) == donor for name in wants["donors"]):
        return False
    return not wants["min_pledges"] or any(
        pledge["currency"] == least["currency"] and pledge["amount"] >= least["amount"]
        for least in wants["min_pledges"]
    )


def _is_young(event: dict[str, Any], since: str) -> bool:
    meeting = event["meeting"] or {}
    told = meeting.get("end_date") or meeting.get("start_date") or event["document"]["published"]
    # "2017-05~" sorts behind every day of May 2017, "2017~" behind every day of 2017.
    return told is not None and told + ("~" if len(told) < 10 else "") >= since


def _is_called(person: dict[str, Any], name: str) -> bool:
    known = [person["name"], person["name_en"] or ""]
    return any(f" {_plain(name)} " in f" {_plain(one)} " for one in known)


def _plain(name: str) -> str:
    letters = (c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).lower().split())
