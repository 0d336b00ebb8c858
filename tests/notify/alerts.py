"""The alerts that the golden files of the formats show: every kind of news, well filled."""

from __future__ import annotations

from services.notify.payload import Payload, payload_of
from shared.events import RecordStored
from shared.meeting import Cause, Change, Claim, Source
from shared.record import (
    Attendance,
    Commitment,
    Evidence,
    FocusArea,
    Person,
    Pledge,
    Resolution,
)
from tests.notify.events import stored

STORE = "https://press.example"
_AR, _EN, _FR = "a" * 64, "b" * 64, "c" * 64


def alerts() -> dict[str, Payload]:
    """Return the alerts by name."""
    events = {
        "statement": _full(),
        "updated": _full(outcome="meeting.updated", changes=_CHANGES, cause=_CORRECTED),
        "announced": stored(outcome="meeting.announced", kind="preview"),
        "closed": stored(outcome="meeting.closed", cause=_WITHDRAWN),
        "merged": stored(outcome="meetings.merged", merged_meeting_ids=("m2",)),
        "alone": stored(meeting_id=None, outcome="source.added"),
    }
    return {name: payload_of(event, STORE) for name, event in events.items()}


def _words(text: str, document: str) -> Evidence:
    return Evidence(start=0, end=len(text), text=text, document_id=document)


def _full(**given: object) -> RecordStored:
    event = stored(**given)
    assert event.meeting is not None
    ours = (_words("x", _AR),)
    adopted = (
        _words("اعتمد الوزراء الاستراتيجية المشتركة.", _AR),
        _words("The ministers adopted the joint strategy.", _EN),
        _words("Les ministres ont adopté la stratégie commune.", _FR),
    )
    called = (_words("They called on all states to dry up the sources of terrorism.", _EN),)
    condemned = (_words("أدان الوزراء الهجمات الإرهابية.", _AR),)
    update = {
        "commitments": (
            Commitment(act="condemn", evidence=condemned),
            Commitment(act="call_on", evidence=called),
            Commitment(act="adopt", evidence=adopted),
        ),
        "pledges": (
            Pledge(donor="SA", amount=1e8, currency="SAR", purpose="training", evidence=ours),
            Pledge(donor="European Union", amount=2_500_000, currency="EUR", evidence=ours),
            Pledge(amount=1234.5, evidence=ours),
        ),
        "people": (
            Person(
                name="محمد المغيدي",
                name_en="Mohammed Al-Moghedi",
                title="الأمين العام",
                country="SA",
                role="speaker",
                evidence=ours,
            ),
            *event.meeting.people,
        ),
        "attendance": (
            Attendance(unit="member_states", value=42, bound="at_least", evidence=ours),
            Attendance(unit="delegations", value=3, evidence=ours),
        ),
        "focus_areas": (
            FocusArea(id="counter_financing", evidence=ours),
            FocusArea(id="media", evidence=ours),
        ),
        "resolutions": (Resolution(body="UNSC", number=2396, evidence=ours),),
        "end_date": "2024-02-05",
        "confidence": {"body": 0.98, "start_date": 0.874, "city": 1.0},
        "claims": {"end_date": (Claim(value="2024-02-05", documents=(_AR,)),)},
        "sources": tuple(
            Source(document_id=one, name="x.txt", language=language, kind="statement")
            for one, language in ((_AR, "ar"), ("d" * 64, "ar"), (_EN, "en"), (_FR, "fr"))
        ),
    }
    return event.model_copy(update={"meeting": event.meeting.model_copy(update=update)})


_CHANGES = (
    Change(field="start_date", old="2024-02-02", new="2024-02-03"),
    Change(field="country", old=None, new="SA"),
    Change(field="virtual", old=True, new=False),
    Change(field="body", old="ministers", new="defence_ministers"),
    Change(
        field="people",
        old={"name": "خالد بن سلمان", "role": "speaker"},
        new={"name": "خالد بن سلمان", "role": "chair"},
    ),
    Change(field="focus_areas", old={"id": "cyber"}, new=None),
    Change(
        field="commitments", old=None, new={"act": "agree", "text": "They agreed to meet in 2025."}
    ),
    Change(
        field="pledges",
        old={"donor": "SA", "amount": 5e7, "currency": "SAR"},
        new={"donor": "SA", "amount": 1e8, "currency": "SAR"},
    ),
)
_CORRECTED = Cause(act="document.corrected", document_id=_AR, supersedes=("f" * 64,))
_WITHDRAWN = Cause(act="document.withdrawn", who="Leila", why="a forgery")
