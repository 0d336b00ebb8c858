"""The receiver: it believes signatures only, notices repeats, and shows alerts harmlessly."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from rich.console import Console

from communique.alerts.listen import Alert, Listener, render_alert
from services.notify.payload import body_of
from services.notify.signing import new_key, read, signed_headers
from tests.notify.conftest import Run
from tests.notify.events import stored

SECRET = new_key("v1").secret
BODY = body_of(stored(), "http://127.0.0.1:8000")


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    """A listener that trusts one secret."""
    async with Listener(secrets=[SECRET]) as opened:
        yield opened


async def _send(
    listener: Listener, body: bytes = BODY, headers: dict[str, str] | None = None
) -> tuple[int, Alert]:
    signed = signed_headers(read(SECRET), "msg_1", BODY, datetime.now(UTC)) | (headers or {})
    async with (
        aiohttp.ClientSession() as web,
        web.post(listener.url, data=body, headers=signed) as answer,
    ):
        return answer.status, listener.alerts.get_nowait()


async def test_a_signed_alert_is_believed(listener: Listener) -> None:
    """It is answered 204 and comes out with what it tells."""
    status, alert = await _send(listener)
    assert status == 204
    assert (alert.verified, alert.repeated) == (True, False)
    assert (alert.type, alert.webhook_id) == ("statement.published", "msg_1")
    assert alert.data["meeting"]["coalition_id"] == "imctc"
    assert alert.body == BODY


async def test_a_repeated_alert_is_marked(listener: Listener) -> None:
    """Delivery is at least once: the second of one webhook-id is a repeat, another id is not."""
    repeated = [(await _send(listener))[1].repeated for _ in range(3)]
    assert repeated == [False, True, True]


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,é"},
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": "soon"},
        {"webhook-timestamp": str(int(datetime.now(UTC).timestamp()) - 3600)},
        signed_headers([new_key("v1")], "msg_1", BODY, datetime.now(UTC)),
        signed_headers(read(SECRET), "msg_1", BODY, datetime.now(UTC) - timedelta(minutes=6)),
        signed_headers(read(SECRET), "msg_1", BODY + b" ", datetime.now(UTC)),
    ],
)
async def test_a_wrong_signature_is_not_believed(
    listener: Listener, headers: dict[str, str]
) -> None:
    """Another secret, another body, an old or unreadable header: 401, and marked as such."""
    status, alert = await _send(listener, headers=headers)
    assert status == 401
    assert not alert.verified
    assert (await _send(listener))[1].repeated is False  # a forger cannot use up an id


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[" * 100_000, b"[]", b'{"data": 7}', b""])
async def test_a_body_that_is_no_alert_does_no_harm(listener: Listener, body: bytes) -> None:
    """Whatever is posted without its own signature gets 401 and an empty alert."""
    status, alert = await _send(listener, body)
    assert status == 401
    assert alert.data == {}
    assert _shown(alert)


async def test_the_listener_receives_what_notify_sends(run: Run, database_url: str) -> None:
    """Both ends of the product agree."""
    async with Listener() as listener, run(database_url) as notify:
        listener.trust((await notify.subscribe(listener.url))["secret"])
        await notify.announce(stored())
        alert = await listener.alerts.get()
    assert alert.verified
    assert alert.data["document"]["name"] == "spa.txt"


def _alert(data: dict[str, Any], **given: Any) -> Alert:
    values: dict[str, Any] = {
        "type": "statement.published",
        "webhook_id": "msg_1",
        "timestamp": "2024-02-03T12:30:00Z",
        "data": data,
        "verified": True,
        "repeated": False,
        "received_at": datetime.now(UTC),
        "body": b"",
    }
    return Alert(**(values | given))


def _shown(alert: Alert) -> str:
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system="truecolor")
    with console.capture() as capture:
        console.print(render_alert(alert))
    return capture.get()


def test_an_alert_is_shown_as_people_read_it() -> None:
    """Who, what, when, where, and where to read on."""
    shown = _shown(_alert(json.loads(BODY)["data"]))
    for part in (
        "statement.published",
        "signature verified",
        "Islamic Military Counter Terrorism Coalition",
        "defence ministers, no. 2",
        "Riyadh, SA",
        "2024-02-03",
        "خالد بن سلمان",
        "1 (ar)",
        "http://127.0.0.1:8000/api/meetings/m1",
    ):
        assert part in shown
    assert shown.index("خالد بن سلمان") < shown.index("Jean Dupont")  # the chair comes first


def test_an_update_shows_what_changed_and_why() -> None:
    """Whose word it was, and each value before and after."""
    change = {"field": "start_date", "old": "2024-02-03", "new": "2024-02-04"}
    person = {"field": "people", "old": None, "new": {"name": "Jean Dupont", "role": "chair"}}
    cause = {"act": "documents.joined", "who": "Leila", "why": "one hall"}
    data = json.loads(BODY)["data"] | {"changes": [change, person], "cause": cause}
    shown = _shown(_alert(data, type="meeting.updated"))
    for part in (
        "joined by Leila: one hall",
        "start_date: 2024-02-03 → 2024-02-04",
        "people: nothing → Jean Dupont, chair",
    ):
        assert part in shown


def test_the_frame_stays_straight_around_arabic() -> None:
    """Every line of the panel is equally wide: isolates take no room."""
    console = Console(file=io.StringIO(), width=100)
    with console.capture() as capture:
        console.print(render_alert(_alert(json.loads(BODY)["data"])))
    lines = capture.get().splitlines()
    assert len({console.measure(line).maximum for line in lines}) == 1
    assert "\u2068خالد بن سلمان\u2069" in capture.get()


def test_a_document_cannot_command_the_terminal() -> None:
    """Markup, escape sequences and overrides of direction are shown as text or dropped."""
    nasty = "[bold red]X[/] \x1b[2J\x1b]0;title\x07 \u202egnp.exe \x9b31m [link=http://evil]here"
    meeting = {
        "coalition_name": nasty,
        "city": nasty,
        "body": nasty,
        "theme": nasty,
        "people": [{"name": nasty, "role": nasty, "country": nasty}, "no person", {"name": 7}],
        "sources": [{"language": nasty}],
    }
    links = {"meeting": nasty}
    told = {"meeting": meeting, "links": links, "document": {"name": nasty}}
    change = {"field": nasty, "old": nasty, "new": {nasty: nasty, "name": nasty}}
    cause = {"act": nasty, "who": nasty, "why": nasty}
    data = told | {"changes": [change, "none", {"old": 7}], "cause": cause}
    shown = _shown(_alert(data, type=nasty, webhook_id=nasty))
    assert "[bold red]X[/]" in shown
    assert "\x1b[2J" not in shown
    assert "\x1b]" not in shown
    assert not {"\x07", "\u202e", "\x9b"} & set(shown)


def test_an_unverified_alert_says_so() -> None:
    """Nobody mistakes a forged alert for a real one."""
    shown = _shown(_alert({}, verified=False))
    assert "signature is wrong: do not trust this" in shown
    assert "signature verified" not in shown
