"""`communique up`: one system, supervised, that leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
from pathlib import Path

import httpx
import psutil
import pytest

from communique.machine.plan import SERVICES, Plan
from communique.machine.redis_server import RedisServer
from communique.machine.system import System
from communique.running import CannotStartError
from tests.cli.conftest import (
    SEEDS,
    Launched,
    communique,
    free_ports,
    launched,
    port_options,
    until,
)


def test_all_services_are_well_and_found(system: Launched) -> None:
    """`status` finds the system by its folder and says that all of it is well."""
    said = system.run("status", "--json")
    assert said.returncode == 0, said.stderr
    report = json.loads(said.stdout)
    assert {name: s["status"] for name, s in report["services"].items()} == dict.fromkeys(
        SERVICES, "ok"
    )
    assert report["inbox"]["failed"] == 0
    assert "dead letters: none" in system.run("status").stdout


def test_other_users_cannot_read_its_addresses(system: Launched) -> None:
    """The Redis URL may hold a password."""
    assert stat.S_IMODE((system.folder / "var/run.json").stat().st_mode) == 0o600


def test_a_second_one_says_so_and_stops(system: Launched) -> None:
    """Two launchers on one folder would share a database: the second ends with one line."""
    said = system.run("up", *port_options())
    assert said.returncode == 2
    assert f"process {system.process.pid}" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_a_second_one_on_the_same_inbox_says_so_and_stops(system: Launched) -> None:
    """With data of its own it would take half of the documents."""
    said = system.run("up", "--var", "other", *port_options())
    assert said.returncode == 2
    assert "inbox is watched already" in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert not (system.folder / "other/redis").exists()


def test_a_dropped_document_becomes_a_record(system: Launched) -> None:
    """`drop --wait` ends when the record is stored; the record and its meeting can be read."""
    seed = sorted(SEEDS.iterdir())[4]
    said = system.run("drop", seed, "--wait")
    assert said.returncode == 0, said.stderr
    assert "new statement" in said.stdout
    [meeting] = json.loads(system.run("meetings", "--json").stdout)
    assert meeting["coalition_id"] == "global-coalition-daesh"
    assert "Kuwait" in system.run("meetings", meeting["id"]).stdout
    [document] = json.loads(system.run("documents", "--json").stdout)
    assert seed.name in system.run("documents").stdout
    assert "foreign ministers" in system.run("documents", document["id"][:12]).stdout
    again = system.run("drop", seed, "--wait")
    assert again.returncode == 0
    assert "known already" in again.stdout


def test_a_file_that_cannot_be_read_ends_the_wait_with_the_reason(
    system: Launched, tmp_path: Path
) -> None:
    """Whoever waits learns why, not only that time is up."""
    (tmp_path / "blank.txt").write_text("  \n")
    said = system.run("drop", tmp_path / "blank.txt", "--wait")
    assert said.returncode == 1
    assert "white space" in said.stdout
    assert "failed/" in said.stderr


def test_what_is_not_there_is_said(system: Launched) -> None:
    """An unknown meeting is one line and a non-zero code."""
    said = system.run("meetings", "m-0000000000000000")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1


def test_a_subscription_can_be_made(system: Launched) -> None:
    """`subscribe` answers with what the subscriber must keep."""
    said = system.run("subscribe", "http://127.0.0.1:9/", "--coalition", "imctc", "--json")
    assert said.returncode == 0, said.stderr
    made = json.loads(said.stdout)
    assert made["secret"].startswith("whsec_")
    assert made["filters"]["coalitions"] == ["imctc"]


def test_a_killed_service_comes_back(system: Launched) -> None:
    """SIGKILL of one service is mended within seconds; the others go on."""
    before = system.family()["extract"]
    before.kill()
    until(lambda: system.family().get("extract") not in {None, before})
    url = system.facts["extract_url"]

    def well() -> bool:
        try:
            return httpx.get(f"{url}/readyz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    until(well)


def test_the_services_come_back_when_the_process_they_come_from_is_killed(
    system: Launched,
) -> None:
    """SIGKILL of the nursery ends all four with it; all four are there again within seconds."""
    before = system.family()
    (nursery,) = psutil.Process(before["store"].pid).parents()[:1]
    nursery.kill()
    until(lambda: not any(_alive(before[name]) for name in SERVICES))
    until(lambda: system.family().keys() >= set(SERVICES))
    until(lambda: system.run("status").returncode == 0, within=30)


def test_a_killed_redis_comes_back(system: Launched) -> None:
    """The launcher starts Redis again on the same port with what it had."""
    before = system.family()["redis"]
    before.kill()
    until(lambda: system.family().get("redis") not in {None, before})
    until(lambda: system.run("status").returncode == 0, within=30)


def test_it_ends_cleanly(tmp_path: Path, redis_server: RedisServer) -> None:
    """SIGTERM ends all of it with exit code 0 and no process left."""
    with launched(tmp_path) as system:
        family = list(system.family().values())
        assert len(family) == len(SERVICES) + 1
        code, said = system.end()
    assert code == 0, said
    assert "Traceback" not in said
    assert not any(process.is_running() for process in family)
    assert not (tmp_path / "var/run.json").exists()


def test_nothing_outlives_it(tmp_path: Path, redis_server: RedisServer) -> None:
    """Even SIGKILL of the launcher leaves no service and no Redis behind."""
    with launched(tmp_path) as system:
        family = list(system.family().values())
        os.kill(system.process.pid, signal.SIGKILL)
        system.process.wait(10)
        until(lambda: not any(map(_alive, family)))


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    """The port is named with the option that gives another; nothing is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = communique("up", *port_options(), "--store-port", str(port), cwd=tmp_path)
    assert said.returncode == 2
    assert f"port {port}" in said.stderr
    assert "--store-port" in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert not (tmp_path / "var/redis").exists()


async def test_another_program_is_not_taken_for_a_service(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    """A port that is lost after the check ends the start; nobody talks to who answers there."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    told: list[str] = []
    ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
    system = System(Plan(tmp_path / "inbox", tmp_path / "var", ports), lambda *s: told.append(s[1]))
    await system.launch()
    stranger = await asyncio.start_server(answer, "127.0.0.1", ports["notify"])
    try:
        with pytest.raises(CannotStartError, match=f"notify: cannot listen.*{ports['notify']}"):
            await system.ready()
        assert not (tmp_path / "var/run.json").exists()
    finally:
        stranger.close()
        await system.stop()


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
