"""`communique trace`: where a document is, joined from everybody who knows a part of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from communique.machine.redis_server import RedisServer
from tests.cli.conftest import SEEDS, Launched, communique, free_ports, launched, until

NAME = "بيان الاجتماع (2024).txt"


@pytest.fixture(scope="module")
def document(system: Launched) -> str:
    """The id of a document that went all its way, with an alert to an address without anybody."""
    said = system.run("subscribe", "http://127.0.0.1:9/", "--json")
    assert said.returncode == 0, said.stderr
    seed = sorted(SEEDS.iterdir())[4]
    shutil.copy(seed, system.folder / "seed")
    (system.folder / "seed").rename(system.folder / "inbox" / NAME)
    identity = hashlib.sha256(seed.read_bytes()).hexdigest()
    until(lambda: _told(system, identity).get("deliveries"), within=40)
    until(lambda: "done" in {stage["stage"] for stage in _told(system, identity)["stages"]})
    return identity


def _told(system: Launched, wanted: str | Path) -> dict[str, Any]:
    said = system.run("trace", wanted, "--json")
    return dict(json.loads(said.stdout)) if said.returncode == 0 else {}


def test_every_hop_is_told_with_its_time(system: Launched, document: str) -> None:
    """From the folder to the alert, in order; none of the times is before the one it follows."""
    report = until(lambda: _stands(_told(system, document), "confirmed"))
    reached = [stage["stage"] for stage in report["stages"] if stage["done"]]
    assert {"received", "published", "kept", "extracted", "stored"} <= set(reached)
    assert {"announced", "scheduled", "done", "confirmed"} <= set(reached)
    assert reached.index("received") < reached.index("extracted") < reached.index("stored")
    assert reached.index("stored") < reached.index("scheduled")
    times = [stage["at"] for stage in report["stages"] if stage["at"]]
    assert len(times) >= 8
    assert report["name"] == NAME
    assert report["finished"] is False  # the alert is yet to be delivered
    [delivery] = report["deliveries"]
    assert delivery["status"] == "pending"
    assert "Cannot connect" in delivery["attempts"][0]["error"]
    [file] = report["files"] or [{"shelf": "done"}]
    assert file["shelf"] == "done"


def test_a_document_is_found_by_file_id_beginning_and_name(
    system: Launched, document: str, tmp_path: Path
) -> None:
    """Also by the path it was dropped under, which it has left since."""
    copy = tmp_path / "elsewhere.txt"
    shutil.copy(sorted(SEEDS.iterdir())[4], copy)
    for wanted in (document, document[:8], document.upper(), copy, f"inbox/{NAME}", NAME):
        assert _told(system, wanted)["document_id"] == document, wanted


def test_people_read_it_as_tables(system: Launched, document: str) -> None:
    """The name is set so that its digits and brackets stay in their places."""
    said = system.run("trace", document)
    assert said.returncode == 0, said.stderr
    assert "\u2068بيان الاجتماع\u2069 (2024).txt" in said.stdout
    assert "on its way: not yet alerted" in said.stdout
    assert "statement.published to 127.0.0.1:9" in said.stdout
    assert "Cannot connect" in said.stdout


def test_what_nobody_knows_is_an_error_of_one_line(system: Launched, tmp_path: Path) -> None:
    """A file that was never dropped, an id of nobody, a name that is nowhere."""
    (tmp_path / "new.txt").write_text("never dropped")
    for wanted in (tmp_path / "new.txt", "0" * 64, "0000000", "nowhere.txt", tmp_path):
        said = system.run("trace", wanted)
        assert said.returncode == 1, wanted
        assert len(said.stderr.splitlines()) == 1
        assert said.stdout == ""


def test_who_cannot_be_asked_is_named_and_the_rest_is_shown(
    system: Launched, document: str
) -> None:
    """A service that is down hides only what it alone knows."""
    [port] = free_ports(1)
    said = system.run("trace", document, COMMUNIQUE_STORE_URL=f"http://127.0.0.1:{port}")
    assert said.returncode == 0, said.stderr
    assert f"could not ask store: http://127.0.0.1:{port} does not answer" in said.stdout
    assert "scheduled" in said.stdout
    assert "kept" not in said.stdout


def test_a_file_that_waits_in_the_inbox_is_said_to_wait(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    """Nobody has taken it yet, and trace knows it nevertheless."""
    with launched(tmp_path) as system:
        ingest = system.family()["ingest"]
        ingest.suspend()
        try:
            (tmp_path / "inbox" / "تقرير.txt").write_text("not yet read")
            said = communique(
                "trace",
                "inbox/تقرير.txt",
                cwd=tmp_path,
                timeout=90,
                COMMUNIQUE_INGEST_URL="http://127.0.0.1:9",
            )
            assert "in the inbox, not yet taken" in said.stdout
            assert said.returncode == 0
        finally:
            ingest.resume()


def _stands(report: dict[str, Any], stage: str) -> dict[str, Any] | None:
    done = {each["stage"] for each in report["stages"] if each["done"]}
    return report if stage in done else None
