"""Notify as a process: started, stopped and killed as operators and machines do it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.notify.conftest import LOOPBACK, SECRET_KEY, AnnounceFromOutside, until
from tests.notify.events import stored
from tests.notify.receiver import Answer, Receiver

Start = Callable[..., subprocess.Popen[str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(redis_url: str, database_url: str, port: int, tmp_path: Path) -> Iterator[Start]:
    """Start `python -m services.notify ARGUMENTS`; whatever still runs at the end is killed."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "COMMUNIQUE_REDIS_URL": redis_url,
        "COMMUNIQUE_DATABASE_URL": database_url,
        "COMMUNIQUE_PORT": str(port),
        "COMMUNIQUE_WORKER": "test",
        "COMMUNIQUE_CLAIM_AFTER": "1",
        "COMMUNIQUE_WEBHOOK_ALLOW": ",".join(LOOPBACK),
        "COMMUNIQUE_WEBHOOK_TIMEOUT": "0.6",
        "COMMUNIQUE_SECRET_KEY": SECRET_KEY,
    }
    started = []

    def begin(*arguments: str, **more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.notify", *arguments],
            env=environment | more,
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


async def _answers(client: httpx.AsyncClient) -> None:
    async def healthy() -> bool:
        try:
            return (await client.get("/readyz")).status_code == 200
        except httpx.ConnectError:
            return False

    await until(healthy, within=20)


async def test_a_kill_in_mid_request_loses_no_alert(
    start: Start, port: int, announce_from_outside: AnnounceFromOutside
) -> None:
    """kill -9 while a receiver is thinking: the next process sends again, with the same id."""
    async with Receiver(Answer(after=5)) as receiver:
        process = start()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await _answers(client)
            answer = await client.post("/api/subscriptions", json={"url": receiver.url})
            assert answer.status_code == 201, answer.text
        await announce_from_outside(stored())
        await receiver.wait_for(1)
        process.send_signal(signal.SIGKILL)
        process.wait()

        again = start()
        first, second = await receiver.wait_for(2, within=40)  # a process starts first
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert first.body == second.body
        again.terminate()
        _, log = await asyncio.to_thread(again.communicate, timeout=15)  # the receiver must answer
        assert again.returncode == 0
        assert '"event":"alert.delivered"' in log.replace(" ", "")
        assert answer.json()["secret"] not in log


async def test_the_schema_can_be_made_beforehand_and_by_several_at_once(start: Start) -> None:
    """`migrate` is safe to run from every container at once; each says that all is well."""
    jobs = [start("migrate") for _ in range(3)]
    told = [job.communicate(timeout=30)[1] for job in jobs]
    assert [job.returncode for job in jobs] == [0, 0, 0], told
    assert set(told) == {"services.notify: the database is up to date\n"}


@pytest.mark.parametrize("database_url", ["mysql://somewhere/x"])
async def test_a_wrong_setting_ends_it_with_one_line(start: Start) -> None:
    """The line names what is wrong and what to do; the exit code is 2."""
    for arguments in ((), ("migrate",)):
        process = start(*arguments)
        _, told = process.communicate(timeout=20)
        assert process.returncode == 2
        assert told.count("\n") == 1
        assert "database_url begins with mysql: use sqlite or postgresql" in told


@pytest.mark.parametrize("database_url", ["postgresql://someone:hush@127.0.0.1:9/x"])
async def test_an_unreachable_database_is_told_in_one_line(start: Start) -> None:
    """Job and service fail with code 1, and do not tell the password."""
    for arguments in ((), ("migrate",)):
        process = start(*arguments)
        _, told = process.communicate(timeout=20)
        assert process.returncode == 1
        assert told.count("\n") == 1
        assert "cannot use the database postgresql+asyncpg://someone:***@127.0.0.1:9/x" in told
        assert "hush" not in told


@pytest.mark.parametrize("database_url", ["sqlite:///var/notify.db"])
async def test_unreadable_settings_are_named(start: Start) -> None:
    """Networks to allow are checked at the start, not at the first alert."""
    process = start(COMMUNIQUE_WEBHOOK_ALLOW="10.0.0.0/8, 300.1.1.0/24")
    _, told = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "COMMUNIQUE_WEBHOOK_ALLOW: 300.1.1.0/24 is neither network nor host name" in told
