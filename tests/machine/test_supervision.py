"""What the launcher does when what it launched dies."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from communique.machine.plan import SERVICES, Plan
from communique.machine.ports import free_port
from communique.machine.redis_server import RedisServer
from communique.machine.system import System
from tests.cli.conftest import SEEDS, launched, until


@pytest.fixture
async def system(
    tmp_path: Path, redis_server: RedisServer
) -> AsyncIterator[tuple[System, list[str]]]:
    """A system in this process, and what its launcher tells."""
    told: list[str] = []
    ports = {name: free_port() for name in SERVICES}
    system = System(Plan(tmp_path / "inbox", tmp_path / "var", ports), lambda *s: told.append(s[1]))
    await system.start()
    yield system, told
    await system.stop()


async def test_a_service_that_is_killed_again_and_again_is_back_each_time(
    system: tuple[System, list[str]],
) -> None:
    """Killed as soon as it is up, six times in a row, it never has to wait longer."""
    running, told = system
    ingest = next(service for service in running.services if service.name == "ingest")
    watching = asyncio.create_task(running.watch())
    for _ in range(6):
        await _soon(lambda: ingest.is_up)
        assert ingest.pid is not None
        os.kill(ingest.pid, signal.SIGKILL)
        await _soon(lambda: not ingest.is_up)
    await _soon(lambda: ingest.is_up)
    watching.cancel()
    assert told == ["died (SIGKILL), starts again in 0.1 s"] * 6


async def test_all_services_come_back_however_often_they_die_at_once(
    system: tuple[System, list[str]],
) -> None:
    """The process that they are forks of is killed, again and again, also while they start."""
    running, _ = system
    watching = asyncio.create_task(running.watch())
    for pause in (0.0, 0.02, 0.3, 0.05, 0.6):
        [nursery] = await _soon(_nurseries)
        nursery.kill()
        nursery.wait(5)
        await asyncio.sleep(pause)
    await _soon(lambda: all(service.is_up for service in running.services))
    assert len(_nurseries()) == 1
    watching.cancel()


def test_the_next_start_goes_on_where_a_killed_launcher_left_off(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    """SIGKILL of the launcher with documents under way: they are done after the next start."""
    with launched(tmp_path) as first:
        assert first.run("drop", SEEDS).returncode == 0
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait(10)
        (tmp_path / "var/run.json").unlink()
    with launched(tmp_path) as second:
        done = tmp_path / "inbox/done"
        until(lambda: len(list(done.glob("*/*.txt"))) == len(list(SEEDS.iterdir())), within=60)
        assert second.run("status").returncode == 0


def _nurseries() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if _is_nursery(child)]


def _is_nursery(process: psutil.Process) -> bool:
    try:
        return "communique.machine.nursery" in process.cmdline()
    except psutil.Error:  # it has just ended
        return False


async def _soon(condition: Callable[[], Any]) -> Any:
    async with asyncio.timeout(60):
        while not (given := condition()):
            await asyncio.sleep(0.02)
        return given
