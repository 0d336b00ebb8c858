"""Documents that a later service gave up: in failed/ with the reason, and back when stored."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
from fastapi import FastAPI

from services.ingest.letters import DeadLetters
from shared.events import DocumentReceived, RecordExtracted, RecordStored
from shared.streams import create_group, create_groups, dead_letters
from tests.ingest.conftest import Place, until


async def die(place: Place, stream: str = DocumentReceived.stream, number: int = 0) -> str:
    """Bury a document's message as `shared/delivery.py` does; return the letter's id."""
    entries: Any = await place.redis.xrange(DocumentReceived.stream)
    facts = {"stream": stream, "group": "store", "reason": "KeyError: 'x'", "attempts": 5}
    letter = {**entries[number][1], **facts, "exception": "KeyError", "died_at": "now"}
    added: Any = await place.redis.xadd(dead_letters(stream), letter)
    return str(added.decode())


def lies_in_failed(place: Place, name: str) -> bool:
    """Tell whether a file and its report are in failed/."""
    path = place.root / "failed" / name
    return path.exists() and path.with_name(f"{name}.error.json").exists()


async def test_a_document_that_died_lies_whole_in_failed_with_its_reason(place: Place) -> None:
    """Who gave it up, why, which letter it is, and what to do."""
    place.desk.answers = False
    async with place.running(rescan_every=0.2, republish_after=0.5):
        place.drop("a.txt", "poison")
        await until(place.desk.has_received(1))
        letter = await die(place, RecordExtracted.stream)
        await until(lambda: lies_in_failed(place, "a.txt"))
        assert place.processing() == []
    assert (place.root / "failed" / "a.txt").read_text() == "poison"
    report = json.loads((place.root / "failed" / "a.txt.error.json").read_text())
    assert (report["what"], report["stage"], report["letter"]) == ("dead letter", "store", letter)
    assert "KeyError: 'x'" in report["why"]
    assert f"communique dead replay {letter}" in report["what_to_do"]
    assert len(place.desk.received) == 1


async def test_stored_after_all_it_moves_to_done(place: Place) -> None:
    """Somebody replayed the letter; also while ingest was down."""
    place.desk.answers = False
    async with place.running(rescan_every=0.2):
        for name in ("a.txt", "b.txt"):
            place.drop(name, name)
        await until(place.desk.has_received(2))
        await die(place, number=0)
        await die(place, number=1)
        await until(lambda: lies_in_failed(place, "a.txt") and lies_in_failed(place, "b.txt"))
        first, second = (event for _, event in place.desk.received)
        await place.desk.answer(first)
        await until(lambda: place.done() == [first.document.name])
    await place.desk.answer(second)
    async with place.running(rescan_every=0.2):
        await until(lambda: place.done() == ["a.txt", "b.txt"])
        await until(lambda: not any((place.root / "failed").iterdir()))
        await until(lambda: not any((place.state / "dead").iterdir()))


async def test_letters_of_a_redis_that_begins_anew_are_read_whatever_their_numbers(
    place: Place,
) -> None:
    """A clock that was set back gives lower ones than those that were read before."""
    place.desk.answers = False
    async with place.running(rescan_every=0.2):
        place.drop("a.txt", "poison")
        await until(place.desk.has_received(1))
    [(entry, message)] = await place.redis.xrange(DocumentReceived.stream)
    letter = {**message, "stream": DocumentReceived.stream, "group": "store", "reason": "x"}
    reader, stream = DeadLetters(), dead_letters(DocumentReceived.stream)
    await place.redis.xadd(stream, letter, id=entry)
    await place.redis.xadd(stream, letter)
    assert len(await reader.next_page(place.redis)) == 2
    assert await reader.next_page(place.redis) == []
    await place.redis.flushall()
    await place.redis.xadd(stream, letter, id="5-0")
    assert [found.id for found in await reader.next_page(place.redis)] == ["5-0"]


async def test_the_dead_do_not_fill_what_may_be_in_hand(place: Place) -> None:
    """Whatever has died, the rest goes on."""
    place.desk.answers = False
    async with place.running(rescan_every=0.2, max_in_processing=3):
        for number in range(6):
            place.drop(f"{number}.txt", f"poison {number}")
        await until(place.desk.has_received(3))
        for number in range(3):
            await die(place, number=number)
        await until(place.desk.has_received(6))


async def test_dropped_again_it_is_tried_again_in_spite_of_the_old_letter(place: Place) -> None:
    """Its letter is still there, and so it is after a restart; only a new one counts."""
    place.desk.answers = False
    async with place.running(rescan_every=0.2):
        place.drop("a.txt", "poison")
        await until(place.desk.has_received(1))
        await die(place)
        await until(lambda: lies_in_failed(place, "a.txt"))
        (place.root / "failed" / "a.txt").rename(place.root / "a.txt")
        await until(place.desk.has_received(2))
    async with place.running(rescan_every=0.2):
        await until(lambda: len(place.held()) == 1)
        await place.desk.answer(place.desk.received[-1][1])
        await until(lambda: place.done() == ["a.txt"])


async def test_a_letter_that_is_no_message_of_ours_harms_nobody(place: Place) -> None:
    """Nor one that names a path instead of a document."""
    precious = place.root.parent / "outside" / "precious.txt"
    precious.parent.mkdir()
    precious.write_text("precious")
    for data in (b"no message", b'{"document_id": "../../outside"}', b""):
        await place.redis.xadd(dead_letters(DocumentReceived.stream), {b"__data__": data})
    async with place.running(rescan_every=0.2):
        place.drop("a.txt", "statement")
        await until(lambda: place.done() == ["a.txt"])
    assert precious.read_text() == "precious"


async def test_publishing_pauses_while_the_others_are_far_behind(place: Place) -> None:
    """The inbox waits, the health report says why; when they have caught up, all goes on."""
    await create_group(place.redis, RecordStored.stream, "notify")
    async with place.running(rescan_every=0.2, max_lag=5) as app:
        for number in range(7):  # extract reads nothing
            place.drop(f"{number}.txt", f"statement {number}")
        await until(place.desk.has_received(7))
        place.drop("last.txt", "the last statement")
        assert "publishing waits" in await why(app)
        assert (place.root / "last.txt").exists()
        await place.redis.xgroup_setid(DocumentReceived.stream, "extract", "$")
        await place.redis.xgroup_setid(RecordStored.stream, "notify", "$")
        await until(lambda: "last.txt" in place.done())


async def test_publishing_pauses_while_the_last_in_the_row_is_far_behind(place: Place) -> None:
    """All documents read, none announced: alerts in Redis do not grow without bound either."""
    await create_group(place.redis, RecordStored.stream, "notify")
    async with place.running(rescan_every=0.2, max_lag=5) as app:
        await create_groups(place.redis, "extract")
        for number in range(7):  # notify reads nothing
            place.drop(f"{number}.txt", f"statement {number}")
        await until(lambda: len(place.done()) == 7)
        await place.redis.xgroup_setid(DocumentReceived.stream, "extract", "$")
        place.drop("last.txt", "the last statement")
        assert "publishing waits" in await why(app)
        assert (place.root / "last.txt").exists()
        await place.redis.xgroup_setid(RecordStored.stream, "notify", "$")
        await until(lambda: "last.txt" in place.done())


async def why(app: FastAPI) -> str:
    """Return what the service says is not well, once it says so."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        for _ in range(50):
            told = str((await http.get("/readyz")).json()["parts"]["inbox"]["why"])
            if told:
                return told
            await asyncio.sleep(0.1)
    return ""
