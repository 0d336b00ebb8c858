"""What each kind of receiver is sent: as the golden files have it, within its limits, harmless.

`python -m tests.notify.golden` writes the golden files anew; look at what changed.
"""

from __future__ import annotations

import email
import json
import re
from email.policy import default
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notify.formats.harmless import cut, harmless, plain
from services.notify.formats.message import Message
from services.notify.formats.rendering import Renderings, rendered
from services.notify.formats.voice import read_yaml
from services.notify.payload import body_of, payload_of
from shared.events import RecordStored
from tests.notify.conftest import Run
from tests.notify.events import stored
from tests.notify.golden import FORMATS, LANGUAGES, files
from tests.notify.hostile import TEXTS, hostile
from tests.notify.receiver import Receiver

FOR_PEOPLE = ("slack", "discord", "teams", "email", "text")
STORE = "https://press.example"
LINK = f"{STORE}/api/meetings/m1"


def made(event: RecordStored, wanted: Any, lang: Any = "en") -> Message:
    """Return an event in a format."""
    return rendered(payload_of(event, STORE), wanted, lang, "evt_1")


def shown(message: Message, wanted: str) -> list[str]:
    """Return every text of ours that the target shows or reads as markup."""
    if wanted == "email":
        mail = email.message_from_bytes(message.body, policy=default)
        parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
        parts = [part.replace("\r\n", "\n") for part in parts]
        return [str(mail["subject"]), *parts]
    if wanted == "text":
        return [message.body.decode(), *(value for _, value in message.headers)]
    return list(_strings(json.loads(message.body)))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _strings(one)]


@pytest.mark.parametrize(
    ("path", "content"), list(files()), ids=lambda one: getattr(one, "name", "")
)
def test_a_format_is_as_its_golden_file(path: Any, content: bytes) -> None:
    """Byte for byte: whoever reads alerts by program relies on them."""
    assert path.read_bytes() == content


def test_the_standard_format_is_what_it_was() -> None:
    """Those who subscribed before formats came notice nothing."""
    for event in (stored(), stored(outcome="meeting.closed"), stored(meeting_id=None)):
        message = made(event, "standard", "ar")
        assert message.body == body_of(event, STORE)
        assert message.all_headers == {"content-type": "application/json"}


def test_every_language_has_words_for_everything() -> None:
    """A key that one language lacks would show as an identifier."""
    keys = {lang: _keys(read_yaml(f"wording/{lang}.yaml")) for lang in LANGUAGES}
    assert keys["ar"] == keys["en"] == keys["fr"]


def _keys(words: Any) -> set[str]:
    """Return the paths of all keys but those that differ between languages by their nature."""
    skipped = {"ordinals", "ordinal_endings"}
    found = set()
    for group, inner in words.items():
        if isinstance(inner, dict) and group not in skipped:
            found |= {f"{group}.{key}" for key in inner}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("wanted", FOR_PEOPLE)
@pytest.mark.parametrize("outcome", ["statement.published", "meeting.updated", "meeting.closed"])
def test_no_text_of_a_document_breaks_out(wanted: str, lang: str, outcome: str) -> None:
    """No mention, no markup, no link, no other part of the message, whatever a file says."""
    for text in TEXTS:
        _assert_harmless(made(hostile(text, outcome=outcome), wanted, lang), wanted)


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.sampled_from("<>@#&*_`~|[]()!:/\\.-=\"'\n\r\u202e\u2066ahtpsعﷺ1 "), max_size=80)
    | st.text(max_size=60)
)
def test_no_text_at_all_breaks_out(text: str) -> None:
    """The same with whatever Hypothesis thinks of."""
    event = hostile(text, outcome="meeting.updated")
    for wanted in FOR_PEOPLE:
        _assert_harmless(made(event, wanted, "ar"), wanted)


# What programs make links and mentions of: nothing of it may come from a document.
_LINK = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|//\w|\bwww\.\w|\w@\w|@(everyone|here)|mailto:|tel:")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066\u2067\u200e\ufeff]")


def _assert_harmless(message: Message, wanted: str) -> None:
    ours = (LINK, "http://adaptivecards.io/schemas/adaptive-card.json")
    for text in shown(message, wanted):
        for link in ours:
            text = text.replace(link, "")
        assert not _LINK.search(text), text
        assert not _FORBIDDEN.search(text), text
    _TARGETS[wanted](message)


def _slack(message: Message) -> None:
    content = json.loads(message.body)
    assert len(message.body.decode()) <= 12_000
    assert len(content["blocks"]) <= 50
    assert len(content["blocks"][0]["text"]["text"]) <= 150
    assert not set("<>*_~`|[]") & set(content["text"])
    types = {one["type"] for one in content["blocks"][1]["elements"]}
    assert types <= {"rich_text_section", "rich_text_list"}
    for section in _found(content, "type", "link"):
        assert section["url"] == LINK
    assert _kinds(content) <= {
        *("header", "plain_text", "rich_text", "rich_text_section", "rich_text_list"),
        *("text", "link"),
    }


def _discord(message: Message) -> None:
    content = json.loads(message.body)
    assert content["allowed_mentions"] == {"parse": []}
    (embed,) = content["embeds"]
    texts = [(embed["title"], 256), (embed["description"], 4096), (embed["footer"]["text"], 2048)]
    for field in embed["fields"]:
        texts += [(field["name"], 256), (field["value"], 1024)]
        assert field["name"].strip()
        assert field["value"].strip()
    assert len(embed["fields"]) <= 25
    assert all(_utf16(text) <= longest for text, longest in texts)
    assert sum(_utf16(text) for text, _ in texts) <= 6000
    for text in (embed["title"], embed["description"], *(f["value"] for f in embed["fields"])):
        for line in text.split("\n"):
            unescaped = re.sub(r"\\[^0-9A-Za-z\s]", "", line.removeprefix("- "))
            assert not set("*_`~|[]()<>@#\\") & set(unescaped), line


def _teams(message: Message) -> None:
    assert len(message.body) <= 28_000
    (attachment,) = json.loads(message.body)["attachments"]
    kinds = _kinds(attachment["content"])
    assert kinds == {"AdaptiveCard", "RichTextBlock", "TextRun", "Action.OpenUrl"}
    assert "entities" not in attachment["content"]["msteams"]


def _text(message: Message) -> None:
    assert len(message.body) <= 4096
    for name, value in message.headers:
        assert value.isascii()
        assert value.isprintable(), name


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append((tag, dict(attrs)))


def _email(message: Message) -> None:
    mail = email.message_from_bytes(message.body, policy=default)
    known = {"subject", "date", "content-language", "auto-submitted", "references"}
    assert {name.lower() for name in mail.keys()} <= known | {"mime-version", "content-type"}  # noqa: SIM118
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert all(len(line) <= 998 for line in message.body.split(b"\r\n"))
    tags = _Tags()
    html = mail.get_body(("html",))
    assert html is not None
    tags.feed(html.get_content())
    assert {tag for tag, _ in tags.seen} <= {
        *("html", "meta", "title", "body", "p", "h2", "h3", "ul", "li"),
        *("table", "tr", "th", "td", "a"),
    }
    assert [attrs for tag, attrs in tags.seen if tag == "a"] == [{"href": LINK}]


_TARGETS = {"slack": _slack, "discord": _discord, "teams": _teams, "text": _text, "email": _email}


def _kinds(value: Any) -> set[str]:
    return {one["type"] for one in _found(value, "type")}


def _found(value: Any, key: str, wanted: str | None = None) -> list[dict[str, Any]]:
    found = []
    if isinstance(value, dict):
        if key in value and wanted in (None, value[key]):
            found.append(value)
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        found += _found(inner, key, wanted)
    return found


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_what_is_long_is_cut_with_a_mark_and_a_link() -> None:
    """A reader sees that there is more, how much, and where."""
    for wanted in FOR_PEOPLE:
        texts = shown(made(hostile("word " * 500), wanted), wanted)
        whole = "\n".join(texts).replace("\\", "")
        assert "…" in whole, wanted
        assert "more" in whole, wanted
        assert LINK in whole, wanted


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("a\u202eb\x00c\n\td", "abc d"),
        ("e\u0301" + "\u0301" * 50, "\u00e9" + "\u0301" * 4),
        ("  two   words ", "two words"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("رُبَّما", "رُبَّما"),
    ],
)
def test_a_text_is_one_line_that_shows_what_it_is(text: str, becomes: str) -> None:
    """Nothing hidden stays; what belongs to a script does."""
    assert plain(text) == becomes


@given(st.text(max_size=100), st.integers(1, 50))
def test_a_cut_is_never_longer_than_asked(text: str, longest: int) -> None:
    """Also with marks of direction to close."""
    assert len(cut(text, longest)) <= longest
    assert harmless(harmless(text)) == harmless(text)


def test_a_large_cloudevent_is_cut_to_what_brokers_take() -> None:
    """64 KB, with what was left out named, and still the meeting's id and the link."""
    for text in ("word " * 400, "w" * 5_000):
        content = json.loads(made(hostile(text), "cloudevents").body)
        assert len(made(hostile(text), "cloudevents").body) <= 64 * 1024
        assert content["specversion"] == "1.0"
        assert content["subject"] == "m1"
        assert content["data"]["links"]["meeting"] == LINK
        assert content["data"]["cut"]
    whole = json.loads(made(stored(), "cloudevents").body)
    assert whole["data"] == json.loads(body_of(stored(), STORE))["data"]


def test_each_format_is_made_once_an_event() -> None:
    """A thousand subscribers to one format cost one rendering."""
    from tests.notify.test_rules import subscription

    renderings = Renderings(stored(), STORE)
    one, other = (renderings(subscription(id=name, format="slack")) for name in ("a", "b"))
    assert one is other
    assert renderings(subscription(format="slack", lang="ar")) is not one


async def test_a_subscriber_gets_the_format_asked_for(run: Run, database_url: str) -> None:
    """With its content type and headers, signed as the standard one is; the default stays."""
    async with Receiver() as receiver, run(database_url, store_url=STORE) as notify:
        for wanted in FORMATS:
            if wanted != "email":
                await notify.subscribe(f"{receiver.url}/{wanted}", format=wanted, lang="ar")
        await notify.subscribe(f"{receiver.url}/default")
        await notify.announce(stored())
        received = {one.path.rpartition("/")[2]: one for one in await receiver.wait_for(7)}
    for wanted, one in received.items():
        expected = made(stored(), "standard" if wanted == "default" else wanted, "ar")
        if wanted != "cloudevents":
            assert one.body == expected.body
        assert one.headers["content-type"] == expected.content_type
        assert one.headers["webhook-signature"].startswith("v1,")
    assert received["text"].headers["click"] == LINK
    assert json.loads(received["cloudevents"].body)["id"].startswith("evt_")


async def test_a_format_that_is_none_is_refused(run: Run, sqlite_url: str) -> None:
    """Also e-mail, which needs more than a URL."""
    async with run(sqlite_url) as notify:
        for wrong in ({"format": "fax"}, {"format": "email"}, {"lang": "de"}):
            asked = {"url": "http://127.0.0.1:9/", **wrong}
            answer = await notify.client.post("/api/subscriptions", json=asked)
            assert answer.status_code == 422
            assert answer.json()["detail"].startswith(next(iter(wrong)))
