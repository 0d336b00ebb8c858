"""The whole way of a document: from the folder to a record, a meeting and an alert."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from redis.asyncio import Redis

from tests.flow.pipeline import Pipeline, pipeline_at, until

SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").glob("*.txt"))
STATEMENT = SEEDS[4].read_text("utf-8")


async def drop_seeds(pipeline: Pipeline, *numbers: int) -> None:
    for number in numbers or range(5):
        await pipeline.drop(SEEDS[number].read_bytes(), SEEDS[number].name)


async def test_five_documents_give_three_meetings_and_three_alerts(pipeline: Pipeline) -> None:
    """The seeds: two pairs about one meeting each, in two languages, and one alone."""
    await drop_seeds(pipeline)
    alerts = await pipeline.alerts(at_least=3)
    assert [alert.type for alert in alerts] == ["statement.published"] * 3
    assert all(alert.verified and not alert.repeated for alert in alerts)
    documents = await pipeline.stored(5)
    together = {}
    for document in documents:
        together.setdefault(document["meeting_id"], set()).add(document["name"][:3])
    assert sorted(map(sorted, together.values())) == [["000", "003"], ["001", "004"], ["002"]]
    assert pipeline.files("done") == {seed.name for seed in SEEDS}


@pytest.mark.parametrize("order", [(3, 0, 4, 1, 2), (4, 3, 2, 1, 0), (1, 2, 0, 4, 3)])
async def test_the_order_of_arrival_changes_nothing(
    pipeline: Pipeline, order: tuple[int, ...]
) -> None:
    """Dropped one after the other, in any order: the same meetings, an alert each."""
    for count, number in enumerate(order, start=1):
        await drop_seeds(pipeline, number)
        await pipeline.stored(count)
    assert len(await pipeline.items("meetings")) == 3
    assert len(await pipeline.alerts(at_least=3)) == 3


async def test_a_reprint_alerts_nobody(pipeline: Pipeline) -> None:
    """Two agencies carry one statement: one alert."""
    await pipeline.drop(STATEMENT, as_name="spa.txt")
    await pipeline.drop(STATEMENT.replace("وأكد", "وشدد"), as_name="una.txt")
    assert [alert.type for alert in await pipeline.alerts(at_least=1)] == ["statement.published"]
    assert len(await pipeline.stored(2)) == 2


async def test_the_same_file_twice_is_one_document(pipeline: Pipeline) -> None:
    """Equal bytes under another name go to duplicate/ and change nothing."""
    await pipeline.drop(STATEMENT, as_name="first.txt")
    await pipeline.stored(1)
    await pipeline.drop(STATEMENT, as_name="second.txt")
    await until(lambda: _is(pipeline.files("duplicate"), {"second.txt"}))
    assert len(await pipeline.items("documents")) == 1
    assert len(await pipeline.alerts(at_least=1)) == 1


async def test_documents_dropped_while_everything_was_down_are_read(idle: Pipeline) -> None:
    """The folder is enough: what lies there at the start is worked off, subscribers are alerted."""
    await drop_seeds(idle)
    await idle.start("notify")
    await idle.subscribe()
    await idle.start("ingest", "extract", "store")
    assert len(await idle.alerts(at_least=3)) == 3


async def test_a_restart_processes_nothing_twice(pipeline: Pipeline) -> None:
    """Stopped and started again on the same folder and data: no new alert, no new document."""
    await drop_seeds(pipeline)
    await pipeline.stored(5)
    await pipeline.alerts(at_least=3)
    await pipeline.stop()
    await pipeline.start()
    await drop_seeds(pipeline)
    await until(lambda: _is(pipeline.in_hand(), []))
    assert await pipeline.alerts() == []
    assert len(await pipeline.items("documents")) == 5


async def test_what_redis_forgot_comes_back_from_the_folder(idle: Pipeline) -> None:
    """FLUSHALL between ingest and extract: the files still in .processing are announced again."""
    await idle.start("notify", "store", "ingest")
    await idle.subscribe()
    await drop_seeds(idle)
    await until(lambda: _is(len([*idle.inbox.glob(".processing/*/*.txt")]), 5))
    async with Redis.from_url(idle.redis_url) as redis:
        await redis.flushall()
    await idle.start("extract")
    assert len(await idle.alerts(at_least=3)) == 3
    assert len(await idle.stored(5)) == 5


async def test_four_workers_give_the_result_of_one(idle: Pipeline) -> None:
    """Several extract and store workers on one Redis: one meeting, one alert a statement."""
    await idle.start("notify")
    await idle.subscribe()
    await idle.start("ingest")
    await idle.start("extract", "store", workers=4)
    await drop_seeds(idle)
    assert len(await idle.alerts(at_least=3)) == 3
    await idle.stored(5)
    assert len(await idle.items("meetings")) == 3


async def test_every_value_of_a_record_stands_in_the_text(pipeline: Pipeline) -> None:
    """Evidence is exact: the document's text at its place is its text."""
    await drop_seeds(pipeline)
    for document in await pipeline.stored(5):
        shown = (await pipeline.call("store", "GET", f"/api/documents/{document['id']}")).json()
        spans = list(evidence_in(shown["record"]))
        assert spans
        assert all(shown["text"][e["start"] : e["end"]] == e["text"] for e in spans)


@pytest.mark.postgres
async def test_the_same_on_postgresql(
    tmp_path: Path, redis_url: str, postgres_server: str, postgres_url: str
) -> None:
    """The seeds on PostgreSQL with two workers: three meetings, three alerts."""
    other = {"notify": f"sqlite+aiosqlite:///{tmp_path}/notify.db"}
    async with pipeline_at(tmp_path, redis_url, {"store": postgres_url, **other}) as pipeline:
        await pipeline.start(workers=2)
        await pipeline.subscribe()
        await drop_seeds(pipeline)
        assert len(await pipeline.alerts(at_least=3)) == 3
        await pipeline.stored(5)
        assert len(await pipeline.items("meetings")) == 3


async def test_a_large_document_goes_by_claim_check(pipeline: Pipeline) -> None:
    """Text over 256 KiB arrives whole, and Redis does not keep it for good."""
    text = STATEMENT + "\n\n" + "سطر من نص طويل لا يقول شيئا. " * 12_000
    await pipeline.drop(text, as_name="large.txt")
    [document] = await pipeline.stored(1)
    shown = (await pipeline.call("store", "GET", f"/api/documents/{document['id']}")).json()
    assert shown["text"] == text
    async with Redis.from_url(pipeline.redis_url) as redis:

        async def forgetting() -> bool:
            lifetimes = [await redis.ttl(key) for key in await redis.keys("communique:text:*")]
            return all(seconds > 0 for seconds in lifetimes)  # -1: forever

        await until(forgetting, within=5)


def evidence_in(node: object) -> itertools.chain[dict[str, object]]:
    """Return every evidence of a record."""
    if isinstance(node, dict):
        mine = [node] if {"start", "end", "text"} <= node.keys() else []
        return itertools.chain(mine, *map(evidence_in, node.values()))
    if isinstance(node, list):
        return itertools.chain(*map(evidence_in, node))
    return itertools.chain()


async def _is(actual: object, wanted: object) -> bool:
    return actual == wanted
