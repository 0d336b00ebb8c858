"""The Redis of one machine: what its file survives, and what is said when it cannot be written."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis

from communique.machine.keeping_redis import RedisKeeper
from communique.machine.redis_server import DamagedFileError, RedisServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """One that runs, with a hundred keys in its file."""
    server = RedisServer(tmp_path / "redis")
    server.start()
    with redis.Redis.from_url(server.url) as client:
        for number in range(100):
            client.set(f"key-{number}", "x" * 100)
        client.config_set("appendfsync", "always")
        client.set("last", "one")  # waits for the disk, and so for those before
    yield server
    server.stop()


def test_a_file_that_ends_in_the_middle_of_an_entry_is_read_to_there(server: RedisServer) -> None:
    """SIGKILL or a full disk may leave half an entry; all before it is there again."""
    _kill(server)
    with _aof(server).open("r+b") as file:
        file.truncate(_aof(server).stat().st_size - 20)
    server.start()
    with redis.Redis.from_url(server.url) as client:
        assert client.get("key-99") == b"x" * 100


def test_a_damaged_file_is_set_aside_and_said(server: RedisServer) -> None:
    """Redis refuses it for good; ours begins empty, and the file stays for whoever looks."""
    _kill(server)
    with _aof(server).open("r+b") as file:
        file.seek(200)
        file.write(b"?" * 500)
    with pytest.raises(DamagedFileError):
        server.start()
    told: list[str] = []
    keeper = RedisKeeper(server, lambda _, message: told.append(message))
    keeper.start()
    with redis.Redis.from_url(server.url) as client:
        assert client.dbsize() == 0
    [aside] = server.folder.glob("damaged-*/*")
    assert str(aside.parent) in told[0]


async def test_a_killed_one_is_back_with_what_it_had(server: RedisServer) -> None:
    """Ten SIGKILLs in a row: each time on the same port, with its keys, without a growing pause."""
    told: list[str] = []
    keeper = asyncio.create_task(RedisKeeper(server, lambda _, said: told.append(said)).run())
    try:
        for _ in range(10):
            assert server.process is not None
            before = server.process.pid
            os.kill(before, 9)
            assert await _keys(server, not_of=before) == 101
            await asyncio.sleep(0.1)
    finally:
        keeper.cancel()
    assert told == ["died (SIGKILL), starts again from its file"] * 10


def test_two_do_not_write_one_file(server: RedisServer) -> None:
    """A launcher that was killed may leave its Redis for a moment: the next one waits for it."""
    other = RedisServer(server.folder)
    assert server.process is not None
    ending = subprocess.Popen(["sh", "-c", f"sleep 1; kill -9 {server.process.pid}"])
    started = time.monotonic()
    other.start()
    assert time.monotonic() - started > 0.9
    ending.wait()
    with redis.Redis.from_url(other.url) as client:
        assert client.dbsize() == 101
    other.stop()


async def test_a_full_disk_is_said_and_room_ends_it(tmp_path: Path) -> None:
    """Redis takes nothing while its file cannot grow: the launcher says why, and when it ends."""
    with _small_disk(tmp_path / "disk") as disk:
        server = RedisServer(disk / "redis")
        server.start()
        (disk / "ballast").write_bytes(b"x" * 2 * 1024**2)
        told: list[str] = []
        keeper = asyncio.create_task(RedisKeeper(server, lambda _, said: told.append(said)).run())
        try:
            async with asyncio.timeout(60):
                while not told:
                    with suppress(redis.RedisError), redis.Redis.from_url(server.url) as client:
                        client.append("key", "x" * 100_000)
                    await asyncio.sleep(0.1)
                assert "no space left on the disk" in told[0]
                (disk / "ballast").unlink()
                while len(told) < 2:
                    await asyncio.sleep(0.1)
                assert "again" in told[1]
                with redis.Redis.from_url(server.url) as client:
                    assert client.set("key", "done")
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
            server.stop()


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own with 4 MB of room."""
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs the right to mount a small file system")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("needs the right to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def _kill(server: RedisServer) -> None:
    assert server.process is not None
    server.process.kill()
    server.process.wait()


def _aof(server: RedisServer) -> Path:
    """The append-only file with the latest entries, wherever this version keeps it."""
    [last] = [*server.folder.glob("appendonly.aof"), *server.folder.glob("appendonlydir/*.incr.*")]
    return last


async def _keys(server: RedisServer, *, not_of: int) -> int:
    async with asyncio.timeout(30):
        while True:
            process = server.process
            if process is not None and process.pid != not_of:
                with suppress(redis.RedisError), redis.Redis.from_url(server.url) as client:
                    return int(client.dbsize())
            await asyncio.sleep(0.02)
