"""Nothing is sent to an internal network, whoever asks and however the address is dressed up."""

from __future__ import annotations

import socket

import pytest

from tests.notify.conftest import Run
from tests.notify.events import stored
from tests.notify.receiver import Answer, Receiver


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://LOCALHOST.:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[64:ff9b::7f00:1]:{port}/",
        "http://[2002:7f00:1::1]:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://127.1:{port}/",
        "http://0.0.0.0:{port}/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.7/",
        "https://100.64.0.1/",
    ],
)
async def test_an_internal_address_cannot_be_subscribed(
    run: Run, sqlite_url: str, receiver: Receiver, url: str
) -> None:
    """The answer is 422 with one clear line, nothing is kept, and nothing was sent."""
    async with run(sqlite_url, webhook_allow=()) as notify:
        answer = await notify.client.post(
            "/api/subscriptions", json={"url": url.format(port=receiver.port)}
        )
        assert answer.status_code == 422
        detail = answer.json()["detail"]
        assert "is on an internal network: allow it in COMMUNIQUE_WEBHOOK_ALLOW" in detail
        assert "\n" not in detail
        assert (await notify.client.get("/api/subscriptions")).json()["items"] == []
        assert receiver.requests == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
async def test_an_address_is_judged_again_at_every_try(
    run: Run, database_url: str, host: str
) -> None:
    """A name that was public when subscribed and is internal now gets nothing: no connection."""
    async with Receiver() as receiver:
        async with run(database_url, webhook_schedule=(60.0, 60.0)) as notify:
            subscription = await notify.subscribe(f"http://{host}:{receiver.port}/")
        async with run(database_url, webhook_allow=()) as notify:
            await notify.announce(stored())
            (delivery,) = await notify.settled(subscription)
        assert receiver.requests == []
    assert delivery["status"] == "failed"
    assert all(attempt["status_code"] is None for attempt in delivery["attempts"])
    assert all("is on an internal network" in a["error"] for a in delivery["attempts"])


async def test_an_internal_host_may_be_allowed_by_name(run: Run, sqlite_url: str) -> None:
    """`webhook_allow=localhost` lets that name through, and its address still not."""
    async with Receiver() as receiver, run(sqlite_url, webhook_allow=("localhost",)) as notify:
        subscription = await notify.subscribe(f"http://localhost:{receiver.port}/")
        refused = await notify.client.post("/api/subscriptions", json={"url": receiver.url})
        await notify.announce(stored())
        (delivery,) = await notify.settled(subscription)
    assert refused.status_code == 422
    assert delivery["status"] == "delivered"


async def test_a_redirect_is_not_followed_to_an_internal_address(
    run: Run, sqlite_url: str, receiver: Receiver
) -> None:
    """A public receiver cannot point the service at its own network."""
    away = Answer(307, (("location", receiver.url),))
    schedule = (0.0, 0.05)
    async with Receiver(away, away) as public, run(sqlite_url, webhook_schedule=schedule) as notify:
        subscription = await notify.subscribe(public.url)
        await notify.announce(stored())
        (delivery,) = await notify.settled(subscription)
    assert [attempt["status_code"] for attempt in delivery["attempts"]] == [307, 307]
    assert receiver.requests == []


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("ftp://example.com/", "the URL must begin with http:// or https://"),
        ("file:///etc/passwd", "the URL must begin with http:// or https://"),
        ("https://user:secret@example.com/", "the URL holds a user name or password"),
        ("https:///path", "the URL names no host"),
        ("https://exa mple.com/", "the URL holds characters that must be encoded"),
        ("https://example.com\\@127.0.0.1/", "the URL holds characters that must be encoded"),
        ("https://مثال.com/", "the URL holds characters that must be encoded"),
        ("https://%31%32%37.0.0.1/", "the URL names no host"),
        ("http://[::1", "the URL cannot be read"),
        ("http://example.com:99999/", "the URL cannot be read"),
        ("https://example.com/" + "a" * 2100, "the URL is longer than 2048 characters"),
        ("http://no-such-name.invalid/", "no-such-name.invalid has no address"),
    ],
)
async def test_a_url_that_cannot_be_used_is_refused_in_one_line(
    run: Run, sqlite_url: str, url: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of mistake has its own words, and secrets in the URL are not repeated."""
    if url.endswith(".invalid/"):  # no question may leave this machine

        def nobody_knows(*_: object, **__: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", nobody_knows)
    async with run(sqlite_url) as notify:
        answer = await notify.client.post("/api/subscriptions", json={"url": url})
    assert answer.status_code == 422
    assert line in answer.json()["detail"]
    assert "secret" not in answer.text
