"""A SQLite file that is locked, gone or without room: everything waits, nothing dies of it."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.notify.receiver import Receiver
from tests.reliability.system import SERVICES, System, until

SERVICES_WITH_DATABASE = ("store", "notify")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own, where that may be mounted; else a folder."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    (folder / ".small").touch()
    if not mounted:
        (folder / ".small").unlink()
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
async def system(tmp_path: Path, disk: Path, redis_url: str) -> AsyncIterator[System]:
    """All services, of which each message may fail but once for a reason of its own."""
    urls = {f"{name}_database": f"sqlite:///{disk}/{name}.db" for name in SERVICES_WITH_DATABASE}
    running = System(tmp_path, redis_url, **urls, COMMUNIQUE_MAX_ATTEMPTS="1")
    try:
        for service in SERVICES:
            running.start(service)
        await running.answers(*SERVICES)
        yield running
    finally:
        await running.close()


@contextmanager
def locked(disk: Path) -> Iterator[None]:
    """Another process holds the write lock and does not let go."""
    others = [
        sqlite3.connect(disk / f"{name}.db", isolation_level=None)
        for name in SERVICES_WITH_DATABASE
    ]
    for other in others:
        other.execute("BEGIN IMMEDIATE")
    yield
    for other in others:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def gone(disk: Path) -> Iterator[None]:
    """Somebody moved the files away, and then back."""
    files = [path for path in disk.iterdir() if ".db" in path.name]
    for path in files:
        path.rename(path.with_name(f"away-{path.name}"))
    yield
    for path in files:
        path.with_name(f"away-{path.name}").rename(path)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte fits any more."""
    if not (disk / ".small").exists():
        pytest.skip("needs to mount a small file system")
    filler = disk / "filler"
    with ExitStack() as stack:
        file = stack.enter_context(filler.open("wb", buffering=0))
        stack.callback(filler.unlink)
        for size in (1 << 16, 1 << 10, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
        yield


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(locked, "locked"), (gone, "gone"), (full, "full")],
    ids=("locked", "gone", "full"),
)
async def test_everything_waits_for_a_database_and_goes_on_when_it_is_back(
    system: System, disk: Path, fault: Any, reason: str
) -> None:
    """/readyz says what is wrong; no file is done, no message dead, no processor busy."""
    async with Receiver() as receiver:
        await system.subscribe(receiver.url)
        documents = system.drop()
        await system.settled(documents, receiver)
        with fault(disk):

            async def told() -> bool:
                nonlocal documents
                if len(documents) < 40:
                    documents += system.drop()
                report = (await system.get("store", "/readyz")).json()
                return report["status"] == "unavailable" and reason in report["why"]

            await until(told, f"store says that its database is {reason}")
            done = len(system.files("done"))
            busy = system.processor_time("store") + system.processor_time("notify")
            for _ in range(3):  # asked on purpose while nothing can be done
                assert (await system.get("store", "/api/documents")).status_code in {200, 503}
                await system.pause(1.0)
            used = system.processor_time("store") + system.processor_time("notify") - busy
            assert used < 1.5, "a hot loop"
            assert len(system.files("done")) == done < len(documents)
        await system.settled(documents, receiver)
        for service in SERVICES_WITH_DATABASE:
            assert system.processes[service].exitcode is None, "it did not have to be restarted"
