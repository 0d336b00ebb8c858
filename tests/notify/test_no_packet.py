"""Before any packet leaves, every address is judged, and connected to as it was judged."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from services.notify.adapters.http import Poster
from services.notify.adapters.resolving import check_reachable
from services.notify.guard import AddressError, Allowed, target_of
from tests.notify.events import WHEN
from tests.notify.fuzz import _claimed, fuzz, is_internal, open_plain
from tests.notify.packets import by_table, no_packets
from tests.notify.receiver import Receiver

_HERE = Path(__file__).parent
_LINES = [
    line.encode("ascii").decode("unicode_escape")
    for line in (_HERE / "urls.txt").read_text("ascii").splitlines()
    if not line.startswith("#")
]
NAMES = {line.split()[1]: line.split()[2:] for line in _LINES if line.startswith("name ")}
ADDRESSES = [
    line.split()[:2] for line in (_HERE / "addresses.txt").read_text("utf-8").splitlines()[1:]
]


def _urls() -> list[str]:
    """Return the URLs; what stands behind a blank that is not the URL's own is why."""
    written = (_HERE / "urls.txt").read_text("ascii").splitlines()
    kept = [line for line in written if not line.startswith(("#", "name "))]
    strange = {"http:// 127.0.0.1/", "http://127.0.0.1 .example/"}
    cut = [line if line in strange else line.split(" ")[0] for line in kept]
    return [url.encode("ascii").decode("unicode_escape") for url in cut]


URLS = _urls()


@pytest.fixture
async def poster() -> AsyncIterator[Poster]:
    """The client that sends, with nothing allowed."""
    opened = Poster(Allowed(), open_plain, timeout=2.0, connect_timeout=1.0)
    await opened.open()
    yield opened
    await opened.close()


def test_there_are_many_cases() -> None:
    """Of the list itself: nobody may empty it by accident."""
    internal = [address for judgement, address in ADDRESSES if judgement == "internal"]
    assert len(set(URLS)) >= 120
    assert len(set(internal)) >= 80


@pytest.mark.parametrize("url", URLS, ids=ascii)
async def test_a_url_that_leads_inside_is_refused_before_any_packet(
    poster: Poster, url: str
) -> None:
    """At subscription, and again by the client if it had got that far."""
    with no_packets(by_table(NAMES)) as tried:
        with pytest.raises(AddressError) as refused:
            await check_reachable(target_of(url), Allowed())
        attempt = await poster.post(_claimed(url), WHEN)
    assert tried == []
    assert attempt.status_code is None
    assert attempt.error
    for told in (str(refused.value), attempt.error):
        assert "\n" not in told
        assert "password" not in told.replace("user name or password", "")


async def test_an_address_inside_is_refused_before_any_packet(poster: Poster) -> None:
    """Every listed address, by itself and behind a name; public ones are connected to."""
    for judgement, address in ADDRESSES:
        literal = f"[{address}]" if ":" in address else address
        for host in (literal, "name.example"):
            with no_packets(by_table({"name.example": [address]})) as tried:
                await poster.post(_claimed(f"http://{host}/"), WHEN)
            assert bool(tried) == (judgement == "public"), (host, address)


def test_the_oracle_of_the_fuzz_judges_as_the_list_does() -> None:
    """An oracle that calls everything public would find no bypass."""
    for judgement, address in ADDRESSES:
        assert is_internal(address) == (judgement == "internal"), address


async def test_a_name_that_changes_its_mind_gains_nothing(poster: Poster) -> None:
    """Public when subscribed, internal when sent to: no packet."""
    answers = iter((["8.8.8.8"], ["127.0.0.1"], ["8.8.8.8", "169.254.169.254"]))
    with no_packets(lambda _: next(answers)) as tried:
        await check_reachable(target_of("http://rebinding.example/"), Allowed())
        for _ in range(2):
            attempt = await poster.post(_claimed("http://rebinding.example/"), WHEN)
            assert "is on an internal network" in str(attempt.error)
    assert tried == []


async def test_a_name_is_asked_once_an_attempt_and_its_judged_answer_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second question could be answered otherwise than the one that was judged."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *given: object, **named: object) -> Sequence[object]:
        if host != "rebinding.example":
            return real(host, port, *given, **named)  # type: ignore[arg-type]
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return real(address, port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    client = Poster(Allowed.parse(["127.0.0.1"]), open_plain, timeout=2.0, connect_timeout=1.0)
    await client.open()
    async with Receiver() as receiver:
        url = f"http://rebinding.example:{receiver.port}/"
        attempt = await client.post(_claimed(url), WHEN)
        assert attempt.status_code == 204
        assert receiver.requests[0].headers["host"] == f"rebinding.example:{receiver.port}"
    await client.close()
    assert asked == ["rebinding.example"]


async def test_random_urls_bypass_nothing() -> None:
    """3,000 here; `python -m tests.notify.fuzz` tries 100,000."""
    came = await fuzz(3_000, seed=7)
    assert came["connected to a public address"] > 100, "it proves little if nothing connects"
