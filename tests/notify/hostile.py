"""An event whose every text wants to break out of an alert, and the texts it is made of."""

from __future__ import annotations

from typing import Any

from shared.events import RecordStored
from shared.meeting import Cause, Change, Claim
from shared.record import (
    Attendance,
    Commitment,
    Evidence,
    FocusArea,
    Person,
    Pledge,
    Quote,
    Resolution,
)
from tests.notify.events import stored

TEXTS = (
    "<!channel> <!here> <@U123> <#C123>",
    "@everyone @here <@&1> <@1> <#1>",
    "<https://evil.example|Read on, with every source>",
    "[Read on](https://evil.example/a?b=c)",
    "**bold** __under__ ~~gone~~ `code` ||spoiler||",
    "```\n# heading\n> quote\n- item\n1. one",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</a></td></table><a href='https://evil.example'>x</a>",
    "https://evil.example http://1.2.3.4/ //evil.example ftp:/\\evil.example",
    "evil.example www.evil.example evil。example evil．example",
    "desk@evil.example mailto:desk@evil.example tel:+123456789 javascript:alert(1)",
    "line\r\nBcc: all@evil.example\r\n\r\nbody",
    "\u202etxt.exe \u2066 \u2067 \u202d \u200e \u200f \u061c",
    "\u2028\u2029\x00\x1b[31mred\x1b[0m\ufeff\u200b\u2060",
    "Z" + "\u0301" * 500 + "algo",
    "{coalition} {0} {kind.__class__} %s %(x)s ${x}",
    '"}],"blocks":[{"type":"image","image_url":"https://evil.example"}],"x":[{"',
    "\U000e0041\U000e0042 \U0001f600",
    "<at>Everybody</at> <at id='0'>x</at>",
    "طويل " * 2000,
    "W" * 20_000,
    "",
    " ",
)


def hostile(text: str, **given: Any) -> RecordStored:
    """Return an event that says a text wherever a document or a person can say something."""
    event = stored(**given)
    if event.meeting is None:
        return event
    words = (Evidence(start=0, end=1, text=text, document_id=event.document_id),)
    persons = tuple(
        Person(name=text, name_en=text, title=text, country="SA", role="chair", evidence=words)
        for _ in range(30)
    )
    meeting = event.meeting.model_copy(
        update={
            "coalition_name": text,
            "city": text,
            "theme": text,
            "start_date": "2024-02-03",
            "end_date": text,
            "people": persons,
            "attendance": (Attendance(unit="member_states", value=42, evidence=words),),
            "focus_areas": (FocusArea(id="cyber", evidence=words),),
            "commitments": (Commitment(act="adopt", evidence=words),) * 30,
            "pledges": tuple(
                Pledge(donor=text, amount=1e9, currency="USD", purpose=text, evidence=words)
                for _ in range(30)
            ),
            "resolutions": (Resolution(body=text, number=2254, evidence=words),),
            "quotes": (Quote(speaker=text, text=text, evidence=words),),
            "claims": {"city": (Claim(value=text, documents=("d",)),)},
        }
    )
    changes = tuple(
        Change(field=field, old=old, new=new)
        for field in ("city", "theme", "coalition_name")
        for old, new in ((None, text), (text, None), (text, text))
    )
    changes += (
        Change(field="pledges", new={"donor": text, "amount": 5.5, "purpose": text}),
        Change(field="commitments", new={"act": "warn", "text": text}),
        Change(field="people", old={"name": text, "role": "chair"}),
        Change(field="quotes", new={"text": text, "speaker": text}),
    )
    cause = Cause(act="document.withdrawn", who=text, why=text)
    document = event.document.model_copy(update={"name": text, "title": text})
    return event.model_copy(
        update={
            "meeting": meeting,
            "document": document,
            "cause": cause,
            "changes": changes if event.outcome == "meeting.updated" else (),
        }
    )
