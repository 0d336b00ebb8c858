"""Disks that are full or read-only: nothing is lost, nothing spins, and work goes on by itself."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from shared.streams import dead_letters
from tests import needs
from tests.ingest.conftest import Place, until

Log = list[Any]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a hundred files that is mounted where the inbox will be."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m,nr_inodes=100", "none", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        needs.missing("mounts")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path) -> None:
    """Use up what room there is for files, in a place that nobody reads."""
    (folder / ".ballast").mkdir()
    with suppress(OSError):
        for number in range(1_000):
            (folder / ".ballast" / str(number)).touch()


def empty(folder: Path) -> None:
    """Give the room back."""
    for path in (folder / ".ballast").iterdir():
        path.unlink()
    (folder / ".ballast").rmdir()


def make_read_only(folder: Path) -> None:
    """Let nobody write, as a kernel does that has found its disk broken."""
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)


def make_writable(folder: Path) -> None:
    """Let all write again."""
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)


TROUBLES = [(fill, empty), (make_read_only, make_writable)]


def said(log: Log, event: str) -> int:
    """Return how often something was logged."""
    return sum(line["event"] == event for line in log)


async def inbox_is(app: FastAPI) -> str:
    """Return what the service says of its inbox."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        return str((await http.get("/readyz")).json()["parts"]["inbox"]["status"])


@pytest.mark.parametrize(("begin", "end"), TROUBLES)
async def test_files_wait_while_the_inbox_cannot_be_written_to(
    small_disk: Path,
    place: Place,
    begin: Callable[[Path], None],
    end: Callable[[Path], None],
) -> None:
    """One line says so, health does, the processor rests; then all are taken, once each."""
    async with place.running(rescan_every=0.2) as app:
        place.drop("first.txt", "first")
        await until(lambda: place.done() == ["first.txt"])
        for number in range(20):
            place.drop(f".{number}.part", f"statement {number}")
        with capture_logs() as log:
            for number in range(20):
                (small_disk / f".{number}.part").rename(small_disk / f"{number}.txt")
            begin(small_disk)
            await until(lambda: said(log, "disk.trouble") >= 1 or len(place.done()) == 21)
            started, used = time.monotonic(), time.process_time()
            await asyncio.sleep(1.5)
            busy = (time.process_time() - used) / (time.monotonic() - started)
            if said(log, "disk.trouble"):  # else all had been taken before
                assert await inbox_is(app) == "unavailable"
                assert busy < 0.5
            end(small_disk)
            await until(lambda: len(place.done()) == 21, 30)
            assert said(log, "disk.trouble") <= 2  # of taking, of putting away
            assert said(log, "task.failed") == 0
            await until(lambda: said(log, "disk.well_again") == said(log, "disk.trouble"))
        await asyncio.sleep(1.1)  # an answer is given again for a second
        assert await inbox_is(app) == "ok"
    assert sorted(set(place.desk.names)) == sorted(place.done())


@pytest.mark.parametrize(("begin", "end"), TROUBLES)
async def test_an_answer_that_cannot_be_filed_is_filed_later(
    small_disk: Path,
    place: Place,
    begin: Callable[[Path], None],
    end: Callable[[Path], None],
) -> None:
    """The file stays held, the message dies of no attempts, and nobody sends it again."""
    place.desk.answers = False
    async with place.running(rescan_every=0.2):
        place.drop("a.txt", "statement")
        await until(place.desk.has_received(1))
        begin(small_disk)
        await place.desk.answer(place.desk.received[0][1])
        await asyncio.sleep(2.0)
        if begin is make_read_only:
            assert place.done() == []
            assert len(place.held()) == 1
        end(small_disk)
        await until(lambda: place.done() == ["a.txt"], 20)
    assert len(place.desk.received) == 1
    assert await place.redis.xlen(dead_letters("records.stored.v1")) == 0


@contextmanager
def no_more_writing() -> Iterator[None]:
    """Let this process write nothing to files, as on a disk that is full to the last byte."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with capture_logs():  # pytest keeps what is printed in a file
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_nothing_is_done_that_is_not_remembered(place: Place) -> None:
    """The disk of the ledger is full: files stay held, and leave no rubbish; then all are done."""
    place.desk.answers = False
    async with place.running(rescan_every=0.2):
        for number in range(5):
            place.drop(f"{number}.txt", f"statement {number}")
        await until(place.desk.has_received(5))
        with no_more_writing():
            for _, event in place.desk.received:
                await place.desk.answer(event)
            await asyncio.sleep(1.5)
            assert place.done() == []
        await until(lambda: len(place.done()) == 5, 20)
    assert len(place.desk.received) == 5
    assert not [name for _, _, names in os.walk(place.state) for name in names if name[0] == "."]


async def test_a_report_that_cannot_be_written_keeps_no_name(place: Place) -> None:
    """The bad file waits, and lies in failed/ with its whole report when there is room."""
    place.drop("bad.txt", "\0")
    with no_more_writing():
        async with place.running(rescan_every=0.2):
            await asyncio.sleep(1.0)
            assert list((place.root / "failed").iterdir()) == []
    async with place.running(rescan_every=0.2):
        await until(lambda: (place.root / "failed" / "bad.txt").exists())
    report = place.root / "failed" / "bad.txt.error.json"
    assert '"what": "binary"' in report.read_text()
    assert len(list((place.root / "failed").iterdir())) == 2


async def test_a_state_that_was_removed_is_made_again(place: Place) -> None:
    """It only knew what store knows too: a copy dropped again changes nothing there."""
    async with place.running():
        place.drop("a.txt", "statement")
        await until(lambda: place.done() == ["a.txt"])
        shutil.rmtree(place.state)
        place.drop("b.txt", "another")
        await until(lambda: place.done() == ["a.txt", "b.txt"])
        place.drop("b.txt", "another")
        await until(lambda: (place.root / "duplicate" / "b.txt").exists())
