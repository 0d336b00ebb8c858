"""How files come and change: slow writers, links, late growth, no hints, crowds, other systems."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from services.ingest.app import build
from services.ingest.inbox import Inbox
from services.ingest.scan import look
from services.ingest.stuck import Stuck
from services.ingest.writers import Writers
from shared.errors import SettingsError
from tests import needs
from tests.ingest.conftest import Place, until


async def test_a_writer_that_pauses_for_long_is_waited_for(place: Place) -> None:
    """Four times `stable_for` between its parts: one document all the same, and that is whole."""
    with (place.root / "slow.txt").open("w") as file:
        if not Writers(place.root).has(place.root / "slow.txt"):
            needs.missing("leases")
        async with place.running(rescan_every=0.1):
            for number in range(4):
                file.write(f"part {number}\n")
                file.flush()
                await asyncio.sleep(0.6)
            assert place.desk.received == []
            file.close()
            await until(lambda: place.done() == ["slow.txt"])
    [text] = place.desk.texts.values()
    assert text.splitlines() == [f"part {number}" for number in range(4)]


async def test_who_never_closes_a_file_does_not_keep_it_for_ever(place: Place) -> None:
    """It is read when it has not changed for long; what is written later is read too."""
    with (place.root / "a.txt").open("w") as file:
        file.write("half of it ")
        file.flush()
        async with place.running(rescan_every=0.1, stable_for=0.005):
            await until(lambda: place.done() == ["a.txt"], 20)
            file.write("and the rest")
            file.flush()
            await until(place.desk.has_received(2), 20)
            await until(lambda: place.done() == ["a.txt"])
    assert place.desk.texts[place.desk.received[-1][1].document_id] == "half of it and the rest"


@pytest.mark.parametrize("first", ["statement", "\0 no text yet", "known"])
async def test_what_is_written_on_after_it_was_put_away_is_read_anew(
    place: Place, first: str
) -> None:
    """Whether it lay in done/, failed/ or duplicate/; under its own path, as a new version."""
    (place.root / "spa").mkdir()
    async with place.running(rescan_every=0.1):
        place.drop("known.txt", "known")
        await until(lambda: place.done() == ["known.txt"])
        place.drop("spa/a.txt", first)
        where: list[Path] = []
        await until(lambda: where.extend(place.root.glob("[df]*/**/a.txt")) or where)
        with where[0].open("w") as file:
            file.write("the whole statement")
        await until(lambda: "the whole statement" in place.desk.texts.values(), 20)
        await until(lambda: "a.txt" in place.done() and place.processing() == [])
    [last] = [event for _, event in place.desk.received][-1:]
    assert place.desk.texts[last.document_id] == "the whole statement"
    assert last.document.source == "spa/a.txt"
    assert not any((place.root / "failed").iterdir())


async def test_a_file_that_is_touched_in_done_stays_there(place: Place) -> None:
    """Its time has changed, it has not."""
    async with place.running(rescan_every=0.05):
        place.drop("a.txt", "statement")
        await until(lambda: place.done() == ["a.txt"])
        [path] = (place.root / "done").glob("*/a.txt")
        os.utime(path)
        await asyncio.sleep(1.0)
        assert place.done() == ["a.txt"]
    assert len(place.desk.received) == 1


@pytest.mark.parametrize("hints", [True, False])
async def test_everything_comes_with_hints_and_without(
    place: Place, tmp_path: Path, hints: bool
) -> None:
    """Renamed or linked into place, written in place, in new folders: NFS tells of none of it."""
    beside = tmp_path / "b.txt"
    async with place.running(rescan_every=0.2, hints=hints):
        await asyncio.sleep(0.3)
        place.drop("a.txt", "written in place")
        beside.write_text("linked into place")
        os.link(beside, place.root / "b.txt")
        beside.unlink()
        place.drop(".c.txt.part", "renamed into place")
        (place.root / ".c.txt.part").rename(place.root / "c.txt")
        (place.root / "new" / "deep").mkdir(parents=True)
        place.drop("new/deep/d.txt", "in a new folder")
        await until(lambda: place.done() == ["a.txt", "b.txt", "c.txt", "d.txt"])
    assert len(place.desk.received) == 4


def test_a_look_ends_after_so_many_files(tmp_path: Path) -> None:
    """A backlog of any size takes bounded memory; the rest is seen when the first have gone."""
    for number in range(25):
        (tmp_path / f"{number}.txt").touch()
    taken = []
    while files := look(tmp_path, at_most=10).files:
        assert len(files) <= 10
        for path in files:
            (tmp_path / path).unlink()
            taken.append(path)
    assert len(taken) == 25
    assert look(tmp_path, at_most=10).whole


def test_files_that_cannot_be_moved_are_named_once_and_tried_ever_less() -> None:
    """A folder that we may not write to is one line, not one for each of its files."""
    stuck = Stuck()
    with capture_logs() as log:
        for number in range(100):
            if not stuck.waits(f"spa/{number}.txt"):
                stuck.note(f"spa/{number}.txt", PermissionError(errno.EACCES, "denied"))
        stuck.note("b.txt", PermissionError(errno.EPERM, "not yours"))
    assert [line["path"] for line in log] == ["spa/", "b.txt"]
    assert stuck.waits("spa/new.txt")
    assert not stuck.waits("afp/new.txt")
    stuck.free("spa/0.txt")
    assert not stuck.waits("spa/new.txt")


async def test_a_second_system_on_one_inbox_is_refused(place: Place, tmp_path: Path) -> None:
    """They would share the files out between two databases; another worker of one is welcome."""
    async with place.running():
        other = place.settings().model_copy(update={"state": tmp_path / "other"})
        with pytest.raises(SettingsError, match=r"COMMUNIQUE_INBOX .* watched by another system"):
            build(other)
        async with place.running(worker="second"):
            pass
    async with build(other).router.lifespan_context(build(other)):
        pass


async def test_the_refusal_is_one_line_and_exit_code_2(place: Place, tmp_path: Path) -> None:
    """As `communique up` shows it before it ends."""
    async with place.running():
        second = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.ingest",
            env={
                **os.environ,
                "COMMUNIQUE_REDIS_URL": place.redis_url,
                "COMMUNIQUE_INBOX": str(place.root),
                "COMMUNIQUE_STATE": str(tmp_path / "other"),
                "COMMUNIQUE_PORT": "0",
            },
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await second.communicate()
    assert second.returncode == 2
    [line] = said.decode().splitlines()
    assert str(place.state) in line


def test_a_clean_end_of_a_move_that_a_crash_left_half_done(tmp_path: Path) -> None:
    """Where a move is two steps, the file lies under two names for a moment: it ends under one."""
    inbox = Inbox(tmp_path)
    inbox.prepare()
    (tmp_path / "a.txt").write_text("text")
    claim = inbox.claim("a.txt")
    assert claim
    os.link(claim.path, tmp_path / "a.txt")
    inbox.end_half_done()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.txt"]
    (tmp_path / "done" / "a.txt").hardlink_to(tmp_path / "a.txt")
    again = inbox.claim("a.txt")
    assert again
    inbox.put_back(again)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.txt"] * 2
