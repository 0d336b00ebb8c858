"""Alerts on this machine: the receiver of the command line, and the demonstration."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from communique.machine.redis_server import RedisServer
from tests.cli.conftest import SEEDS, Launched, clean_environment, communique, port_options, until


def test_a_listener_gets_verified_alerts_and_unsubscribes(system: Launched) -> None:
    """`listen --subscribe` prints what comes and leaves no subscription behind."""
    before = subscriptions(system)
    listener = subprocess.Popen(
        [sys.executable, "-m", "communique", "listen", "--subscribe", "--json"],
        cwd=system.folder,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert listener.stdout is not None
    try:
        until(lambda: subscriptions(system) > before)
        system.run("drop", sorted(SEEDS.iterdir())[0])
        alert = json.loads(listener.stdout.readline())
        assert (alert["type"], alert["verified"]) == ("statement.published", True)
        assert alert["data"]["meeting"]["coalition_id"] == "imctc"
    finally:
        listener.send_signal(signal.SIGINT)
        listener.communicate(timeout=20)
    assert listener.returncode == 0
    assert subscriptions(system) == before


def test_the_demonstration_shows_all_and_does_nothing_twice(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    """Three meetings and three verified alerts, and on a second run the same three."""
    ports = port_options()
    first = communique("demo", "--once", *ports, cwd=tmp_path)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "5 documents tell of 3 meetings" in first.stdout
    assert first.stdout.count("statement.published  verified") == 3
    assert stat.S_IMODE((tmp_path / "var/demo.json").stat().st_mode) == 0o600
    second = communique("demo", "--once", *ports, cwd=tmp_path)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "nothing new" in second.stdout
    assert second.stdout.count("verified before") == 3
    assert len(list((tmp_path / "inbox/done").glob("*/*.txt"))) == 5


def test_the_demonstration_finds_another_port(tmp_path: Path, redis_server: RedisServer) -> None:
    """A program on our usual port does not keep a new user from seeing it work."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = communique("demo", "--once", *port_options(), "--store-port", port, cwd=tmp_path)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("options", [["--secret", "whsec_nonsense!"], []])
def test_a_listener_without_a_usable_secret_is_refused(tmp_path: Path, options: list[str]) -> None:
    """Nothing could be verified, and one line says so."""
    said = communique("listen", *options, cwd=tmp_path)
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1


def test_a_subscription_takes_filters_by_content(system: Launched) -> None:
    """Every filter of the API has its option, and what cannot be meant is told in one line."""
    said = system.run(
        *("subscribe", "http://127.0.0.1:9/", "--json", "--host", "sa", "--participant", "FR"),
        *("--donor", "European Union", "--min-pledge", "1,000,000 usd", "--body", "ministers"),
        *("--focus", "cyber", "--person", "Lecornu", "--min-confidence", "0.5"),
        *("--since", "2024-01-01", "--coalition", "imctc", "--language", "ar"),
        *("--format", "slack", "--lang", "fr"),
    )
    made = json.loads(said.stdout)
    httpx.delete(f"{system.facts['notify_url']}/api/subscriptions/{made['id']}", timeout=5)
    assert (made["format"], made["lang"]) == ("slack", "fr")
    assert made["filters"] == {
        "coalitions": ["imctc"],
        "countries": [],
        "hosts": ["SA"],
        "participants": ["FR"],
        "donors": ["European Union"],
        "bodies": ["ministers"],
        "focus_areas": ["cyber"],
        "languages": ["ar"],
        "people": ["Lecornu"],
        "min_pledges": [{"amount": 1_000_000.0, "currency": "USD"}],
        "min_confidence": 0.5,
        "since": "2024-01-01",
    }


def test_a_subscription_by_public_key_turns_its_key_over(system: Launched) -> None:
    """The public key is shown, and the new one; no secret is."""
    url = "http://127.0.0.1:9/"
    made = json.loads(system.run("subscribe", url, "--signing", "v1a", "--json").stdout)
    said = system.run("rotate", made["id"], "--overlap", "1")
    httpx.delete(f"{system.facts['notify_url']}/api/subscriptions/{made['id']}", timeout=5)
    assert made["secret"] is None
    assert "whpk_" in said.stdout
    assert made["public_key"] not in said.stdout
    assert "whsec_" not in said.stdout


@pytest.mark.parametrize("option", [("--host", "UK"), ("--min-pledge", "much"), ("--body", "x")])
def test_a_filter_that_cannot_be_meant_is_told_in_one_line(
    system: Launched, option: tuple[str, str]
) -> None:
    """Whichever side notices it."""
    said = communique("subscribe", "http://127.0.0.1:9/", *option, cwd=system.folder)
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1


def subscriptions(system: Launched) -> int:
    url = system.facts["notify_url"]
    return len(httpx.get(f"{url}/api/subscriptions", timeout=5).json()["items"])
