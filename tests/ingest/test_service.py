"""The service on a real Redis and a real folder, as whoever drops files sees it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
from fastapi import FastAPI

from communique.machine.redis_server import RedisServer
from services.ingest import watching
from services.ingest.app import build
from services.ingest.scan import Sighting, look
from services.ingest.settings import Settings
from shared.events import DocumentReceived
from shared.settings import load_settings
from shared.streams import trim_acknowledged
from tests.ingest.conftest import Place, until


async def test_a_drop_is_announced_within_a_quarter_of_a_second(place: Place) -> None:
    """From the last byte written to the event at its reader, the file's quiet time included.

    Most of the time: the machine that runs this test does other things too.
    """
    async with place.running():
        await asyncio.sleep(0.5)
        waits = []
        for number in range(7):
            started = time.monotonic()
            place.drop(f"{number}.txt", f"statement {number}")
            await until(place.desk.has_received(number + 1))
            waits.append(place.desk.received[-1][0] - started)
            await asyncio.sleep(0.05 * number)
        await until(lambda: len(place.done()) == 7)
    assert sorted(waits)[2] < 0.25, waits


async def test_a_file_in_a_subfolder_comes_as_fast_once_the_folder_is_known(place: Place) -> None:
    """Desks have folders of their own."""
    (place.root / "spa").mkdir()
    async with place.running(rescan_every=5.0):
        await asyncio.sleep(1.5)
        place.drop("spa/a.txt", "statement")
        assert await until(lambda: place.done() == ["a.txt"]) < 3.0
    assert place.desk.received[0][1].document.source == "spa/a.txt"


async def test_a_loop_that_was_busy_keeps_no_file_waiting(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something beside it loads for seconds: the look at the folder was short all the same."""
    loop, busy = asyncio.get_running_loop(), [2.0]

    def look_while_busy(root: Path) -> Sighting:
        if busy:
            loop.call_soon_threadsafe(time.sleep, busy.pop())
        return look(root)

    monkeypatch.setattr(watching, "look", look_while_busy)
    async with place.running():
        await until(lambda: not busy)
        place.drop("a.txt", "statement")
        assert await until(place.desk.has_received(1)) < 6.0


async def test_a_slow_writer_is_waited_for(place: Place) -> None:
    """The document is the whole file, though every part of it could have been read."""
    async with place.running():
        with (place.root / "slow.txt").open("w") as file:
            for number in range(15):
                file.write(f"part {number}\n")
                file.flush()
                await asyncio.sleep(0.06)
        await until(lambda: place.done() == ["slow.txt"])
    [text] = place.desk.texts.values()
    assert text.splitlines() == [f"part {number}" for number in range(15)]


async def test_a_file_renamed_into_place_is_taken(place: Place, tmp_path: Path) -> None:
    """How `communique drop` and careful programs write; before that it is left alone."""
    async with place.running():
        place.drop(".a.txt.part", "statement")
        await asyncio.sleep(0.5)
        assert place.desk.received == []
        (place.root / ".a.txt.part").rename(place.root / "a.txt")
        await until(lambda: place.done() == ["a.txt"])


async def test_files_dropped_while_it_was_down_are_taken_at_the_start(place: Place) -> None:
    """The folder is looked at, not only listened to."""
    place.drop("a.txt", "first")
    (place.root / "sub").mkdir()
    place.drop("sub/b.txt", "second")
    async with place.running():
        await until(lambda: place.done() == ["a.txt", "b.txt"])


async def test_the_rescan_finds_what_no_hint_told_of(place: Place) -> None:
    """A folder that came after the last scan is not listened to; its files are found too."""
    async with place.running(rescan_every=0.3):
        await asyncio.sleep(0.3)
        (place.root / "new" / "deeper").mkdir(parents=True)
        await asyncio.sleep(0.05)
        place.drop("new/deeper/a.txt", "statement")
        await until(lambda: place.done() == ["a.txt"])


async def test_a_burst_is_taken_at_more_than_400_files_a_second(place: Place) -> None:
    """5,000 files in one go, announced once each; in processor time, reader and all."""
    place.desk.answers = False
    for number in range(5000):
        place.drop(f"{number}.txt", f"statement {number} " + "of the ministers " * 200)
    started = time.process_time()
    async with place.running(max_in_processing=6000):
        await until(lambda: len(place.desk.received) >= 5000, 90)
        took = time.process_time() - started
    assert len(set(place.desk.names)) == len(place.desk.received) == 5000
    assert 5000 / took > 400, f"{5000 / took:.0f} files a second"


async def test_a_burst_stays_in_the_folder_beyond_the_cap(place: Place) -> None:
    """While nobody answers, no more than the cap is in hand; the rest follows."""
    place.desk.answers = False
    for number in range(30):
        place.drop(f"{number}.txt", f"statement {number}")
    async with place.running(max_in_processing=10, rescan_every=0.2):
        await until(lambda: len(place.desk.received) == 10)
        await asyncio.sleep(0.6)
        assert len(place.processing()) == 10
        assert len(list(place.root.glob("*.txt"))) == 20
        place.desk.answers = True
        for _, event in place.desk.received[:10]:
            await place.desk.answer(event)
        await until(lambda: len(place.done()) == 30)
    assert len(place.desk.received) == 30


async def test_a_duplicate_is_announced_once(place: Place) -> None:
    """Dropped again in another run, under another name."""
    place.drop("a.txt", "statement")
    async with place.running():
        await until(lambda: place.done() == ["a.txt"])
    place.drop("b.txt", "statement")
    async with place.running():
        await until(lambda: (place.root / "duplicate" / "b.txt").exists())
    assert place.desk.names == ["a.txt"]


async def test_what_was_in_hand_when_it_died_is_taken_up_again(place: Place) -> None:
    """A file claimed, one read and never published, one published and never answered."""
    old = time.time() - 3600
    claimed = place.root / ".processing" / ("c" * 32)
    claimed.mkdir(parents=True)
    (claimed / "claimed.txt").write_text("claimed")
    os.utime(claimed, (old, old))
    place.desk.answers = False
    place.drop("held.txt", "held")
    async with place.running():
        await until(lambda: len(place.desk.received) == 2)
    place.desk.received.clear()
    place.desk.answers = True
    async with place.running(republish_after=0.5):
        await until(lambda: place.done() == ["claimed.txt", "held.txt"])


async def test_an_answer_that_came_while_it_was_down_is_heard(place: Place) -> None:
    """And nothing is announced twice for it."""
    place.desk.answers = False
    place.drop("a.txt", "statement")
    async with place.running():
        await until(lambda: len(place.desk.received) == 1)
    await place.desk.answer(place.desk.received[0][1])
    async with place.running():
        await until(lambda: place.done() == ["a.txt"])
        await asyncio.sleep(1.2)
    assert len(place.desk.received) == 1


async def test_a_redis_that_was_emptied_is_told_again(place: Place) -> None:
    """FLUSHALL while documents are on their way: the folder still has them."""
    place.desk.answers = False
    async with place.running(rescan_every=0.3):
        place.drop("a.txt", "statement")
        await until(lambda: len(place.desk.received) == 1)
        await asyncio.sleep(0.5)
        await place.redis.flushall()
        await asyncio.sleep(1.0)
        assert await place.redis.xlen(DocumentReceived.stream) == 1


async def test_files_wait_in_the_folder_while_redis_is_away(tmp_path: Path) -> None:
    """And when it comes back, with nothing left of it, all are announced: old ones and new."""
    server = RedisServer(tmp_path / "redis", appendonly=False)
    server.start()
    inbox = tmp_path / "inbox"
    app = build(
        load_settings(Settings, redis_url=server.url, inbox=inbox, state=tmp_path / "state")
    )

    def announced() -> int:
        with redis.Redis.from_url(server.url) as client:
            return int(str(client.xlen(DocumentReceived.stream)))

    async with app.router.lifespan_context(app):
        (inbox / "before.txt").write_text("before")
        await until(lambda: announced() == 1)
        await asyncio.to_thread(server.stop)
        (inbox / "while.txt").write_text("while")
        await asyncio.sleep(1.0)
        assert (inbox / "while.txt").exists()
        await asyncio.to_thread(server.start)
        await until(lambda: announced() == 2, 30)
        assert not (inbox / "while.txt").exists()
    server.stop()


async def test_a_redis_that_was_killed_is_told_its_last_seconds_again(tmp_path: Path) -> None:
    """Its file lacks no more than these; to tell it all of a long backlog would double that."""
    server = RedisServer(tmp_path / "redis")
    server.start()
    inbox = tmp_path / "inbox"
    app = build(
        load_settings(Settings, redis_url=server.url, inbox=inbox, state=tmp_path / "state")
    )

    def announced() -> list[str]:
        with redis.Redis.from_url(server.url) as client:
            entries: Any = client.xrange(DocumentReceived.stream)
        bodies = [fields[b"__data__"] for _, fields in entries]
        return sorted(
            n for n in ("early", "late") for body in bodies if f"{n}.txt".encode() in body
        )

    async with app.router.lifespan_context(app):
        (inbox / "early.txt").write_text("early")
        await until(lambda: announced() == ["early"])
        [held] = (inbox / ".processing").iterdir()
        await until(lambda: held.stat().st_mtime > 1)  # its publication is noted there
        some_time_ago = held.stat().st_mtime - 60
        os.utime(held, (some_time_ago, some_time_ago))
        (inbox / "late.txt").write_text("late")
        await until(lambda: announced() == ["early", "late"])
        await asyncio.sleep(1.5)  # until all of it is in the file
        assert server.process is not None
        server.process.kill()
        server.process.wait()
        await asyncio.to_thread(server.start)
        await until(lambda: announced() == ["early", "late", "late"], 30)
        await asyncio.sleep(1.5)
        assert announced() == ["early", "late", "late"]
    server.stop()


async def test_large_text_goes_by_reference_and_is_let_go_when_stored(place: Place) -> None:
    """More than 256 KiB is not carried through the streams."""
    text = "بيان ختامي\r\n" * 20_000
    async with place.running():
        (place.root / "large.txt").write_bytes(text.encode("utf-16"))
        await until(lambda: place.done() == ["large.txt"])
        [(_, event)] = place.desk.received
        assert event.text is None
        assert place.desk.texts[event.document_id] == text
        key = event.text_key
        assert key is not None
        async with asyncio.timeout(5):
            while await place.redis.ttl(key) == -1:  # kept without end
                await asyncio.sleep(0.02)


async def test_a_failed_file_tells_why_while_others_go_on(place: Place) -> None:
    """One bad file stops nobody."""
    async with place.running():
        (place.root / "bad.txt").write_bytes(b"%PDF-1.7")
        (place.root / "empty.txt").touch()
        place.drop("good.txt", "statement")
        await until(lambda: place.done() == ["good.txt"])
        await until(lambda: (place.root / "failed" / "empty.txt").exists())
    report = json.loads((place.root / "failed" / "bad.txt.error.json").read_text())
    assert report["what"] == "binary"


async def test_streams_are_trimmed_of_what_all_have_read(place: Place) -> None:
    """And of nothing else: extract has not read yet."""
    async with place.running():
        for number in range(20):
            place.drop(f"{number}.txt", f"statement {number}")
        await until(lambda: len(place.done()) == 20)
        await trim_acknowledged(place.redis)
        assert await place.redis.xlen(DocumentReceived.stream) == 20


def client(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    """Return a client that speaks to the service in this process."""
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers)


async def test_the_api_counts_what_is_where(place: Place) -> None:
    """Numbers for people and for monitoring."""
    async with place.running() as app, client(app) as http:
        place.drop("a.txt", "statement")
        await until(lambda: place.done() == ["a.txt"])
        place.drop("b.txt", "statement")
        await until(lambda: (place.root / "duplicate" / "b.txt").exists())
        answer = (await http.get("/api/inbox")).json()
        assert answer == {
            "inbox": str(place.root),
            "waiting": 0,
            "processing": 0,
            "done": 1,
            "duplicate": 1,
            "failed": 0,
            "oldest_waiting": None,
            "oldest_processing": None,
        }
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (200, "ok")


async def test_compartments_deleted_by_somebody_tidy_are_made_again(place: Place) -> None:
    """No restart is needed."""
    async with place.running():
        for name in (".processing", "done", "duplicate", "failed"):
            (place.root / name).rmdir()
        place.drop("a.txt", "statement")
        await until(lambda: place.done() == ["a.txt"])


async def test_an_inbox_that_is_gone_is_not_ready(place: Place) -> None:
    """A volume that was unmounted shows; nobody need restart ingest for that."""
    async with place.running() as app, client(app) as http:
        place.root.rename(place.root.with_name("elsewhere"))
        ready = await http.get("/readyz")
        assert ready.status_code == 503
        assert f"inbox: the inbox {place.root} is gone" in ready.json()["why"]
        assert (await http.get("/healthz")).status_code == 200
        place.root.with_name("elsewhere").rename(place.root)


@pytest.mark.parametrize("fault", ["none", "kill", "stop"])
async def test_two_processes_on_one_folder_lose_and_double_nothing(
    place: Place, fault: str
) -> None:
    """Also when one is killed in the middle, or stopped for longer than all leases and goes on."""
    names = [f"{number}.txt" for number in range(400)]
    for name in names:
        place.drop(name, f"statement {name}")
    environment = {
        **os.environ,
        "COMMUNIQUE_REDIS_URL": place.redis_url,
        "COMMUNIQUE_INBOX": str(place.root),
        "COMMUNIQUE_STATE": str(place.state),
        "COMMUNIQUE_PORT": "0",
        "COMMUNIQUE_CLAIM_AFTER": "1",
        "COMMUNIQUE_REPUBLISH_AFTER": "20",
    }
    workers = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.ingest",
            env={**environment, "COMMUNIQUE_WORKER": f"ingest-{number}"},
            stderr=asyncio.subprocess.DEVNULL,
        )
        for number in range(2)
    ]
    try:
        await until(lambda: len(place.desk.received) > 50, 20)
        if fault == "kill":
            workers[0].kill()
        if fault == "stop":
            workers[0].send_signal(signal.SIGSTOP)
        await until(lambda: place.done() == sorted(names), 40)
        if fault == "stop":  # it goes on where it was, in a world that has gone on without it
            workers[0].send_signal(signal.SIGCONT)
            place.drop("after.txt", "statement after")
            names.append("after.txt")
            await until(lambda: place.done() == sorted(names), 30)
    finally:
        for worker in workers:
            if worker.returncode is None:
                worker.send_signal(signal.SIGCONT)
                worker.terminate()
        codes = [await worker.wait() for worker in workers]
    assert codes == [-9 if fault == "kill" else 0, 0]
    assert set(place.desk.names) == set(names)
    if fault == "none":
        # Who starts first tells an empty Redis of all that is held: a batch of the other, perhaps.
        assert len(place.desk.received) <= 400 + 2 * 32
    assert not any((place.root / "failed").iterdir())
    assert not any((place.root / "duplicate").iterdir())


async def test_the_folder_tells_its_part_of_a_journey(place: Place) -> None:
    """Taken, published, done and where it lies now; what failed, with its reason."""
    place.desk.answers = False
    async with place.running() as app, client(app) as http:
        place.drop("تقرير.txt", "statement")
        await until(place.desk.has_received(1))
        [(_, event)] = place.desk.received
        path = f"/api/journeys/{event.document_id}"
        held = (await http.get(path)).json()
        assert [stage["stage"] for stage in held["stages"]] == ["received", "published"]
        assert (held["finished"], held["name"]) == (False, "تقرير.txt")
        await place.desk.answer(event)
        await until(lambda: place.done() == ["تقرير.txt"])
        done = (await http.get(path)).json()
        assert done["finished"]
        assert done["stages"][-1]["detail"].startswith("done/")
        listed = (await http.get("/api/journeys", params={"limit": 1})).json()
        assert [each["document_id"] for each in listed["items"]] == [event.document_id]
        assert listed["next"] is None
        place.drop("blank.txt", " \n")
        blank = hashlib.sha256(b" \n").hexdigest()
        await until(lambda: (place.root / "failed" / "blank.txt").exists())
        failed = (await http.get(f"/api/journeys/{blank}")).json()
        assert "white space" in failed["stages"][0]["detail"]
        assert (await http.get(f"/api/journeys/{'0' * 64}")).status_code == 404
        assert (await http.get("/api/journeys/../../etc")).status_code == 404
        assert (await http.get("/api/journeys?after=../x")).status_code == 422
