"""Dead letters and gauges, on a real Redis with messages that really died."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from redis import Redis

from shared.delivery import announce, make_broker, subscribe
from shared.errors import PermanentError
from shared.events import DocumentReceived
from shared.record import SourceFile
from shared.settings import ServiceSettings, load_settings
from shared.streams import create_groups
from tests.cli.conftest import communique, until

STREAM = DocumentReceived.stream
DEAD = f"{STREAM}.dead"


class Settings(ServiceSettings):
    """The settings of a service that reads received documents."""

    service: ClassVar[str] = "extract"


async def refuse(event: DocumentReceived) -> None:
    raise PermanentError(f"{event.document.name} cannot be handled")


def received(number: int) -> DocumentReceived:
    sha = f"{number:064x}"
    file = SourceFile(id=sha, name=f"{number}.txt", sha256=sha, size=4)
    return DocumentReceived(
        document_id=sha, occurred_at=datetime.now(UTC), document=file, text="نص عربي"
    )


async def let_die(redis_url: str, count: int) -> None:
    """Publish messages to a handler that refuses them, until all have died."""
    settings = load_settings(Settings, redis_url=redis_url, worker="w1")
    broker = make_broker(settings)
    subscribe(broker, settings, refuse, to=DocumentReceived)
    redis = await broker.connect()
    await create_groups(redis, settings.service)
    await broker.start()
    for number in range(count):
        await announce(broker, received(number))
    async with asyncio.timeout(10):
        while await redis.xlen(DEAD) < count:
            await asyncio.sleep(0.02)
    await broker.stop()


@pytest.fixture
def dead(redis_url: str, tmp_path: Path) -> Any:
    """Run `communique dead …` on a Redis where three messages have died."""
    asyncio.run(let_die(redis_url, 3))

    def run(*arguments: str) -> Any:
        return communique("dead", *arguments, cwd=tmp_path, COMMUNIQUE_REDIS_URL=redis_url)

    return run


def listed(dead: Any) -> list[dict[str, Any]]:
    letters: list[dict[str, Any]] = json.loads(dead("list", "--json").stdout)
    return letters


def test_a_dead_letter_says_what_died_and_why(dead: Any) -> None:
    """The list names stream, group, document and reason; one letter shows its message whole."""
    letter = listed(dead)[1]
    assert (letter["stream"], letter["group"]) == (STREAM, "extract")
    assert letter["document_id"] == f"{1:064x}"
    assert "1.txt cannot be handled" in letter["reason"]
    shown = json.loads(dead("show", letter["id"], "--json").stdout)
    assert shown["message"]["text"] == "نص عربي"
    assert "cannot be handled" in dead("list").stdout
    assert "نص عربي" in dead("show", letter["id"]).stdout


def test_a_replayed_letter_is_the_message_it_was(dead: Any, redis_url: str) -> None:
    """It is on its stream again, byte for byte, for its group alone, and no longer dead."""
    letter = listed(dead)[0]
    with Redis.from_url(redis_url) as redis:
        [(_, before)] = redis.xrange(STREAM, letter["entry"], letter["entry"])
        said = dead("replay", letter["id"])
        assert said.returncode == 0, said.stderr
        [(_, after)] = redis.xrevrange(STREAM, count=1)
        assert after == before | {b"only_for": b"extract"}
        assert redis.xlen(DEAD) == 2


def test_letters_are_chosen_by_stream_reason_and_age(dead: Any) -> None:
    """What is listed with a choice is what the same choice replays or drops."""
    assert "2.txt" in dead("list", "--reason", "2.TXT CANNOT").stdout
    assert "1.txt" not in dead("list", "--reason", "2.TXT CANNOT").stdout
    assert "no dead letters" in dead("list", "--stream", "records.stored").stdout
    assert "no dead letters" in dead("list", "--older-than", "1h").stdout
    assert dead("drop", "--older-than", "0s", "--reason", "1.txt").stdout.strip() == "1 dropped"
    assert dead("replay", "--group", "store").stdout.strip() == "0 sent again"
    assert dead("replay", "--stream", STREAM, "--all").returncode == 1
    assert "is no age" in dead("list", "--older-than", "soon").stderr
    assert dead("replay", "--stream", STREAM).stdout.strip() == "2 sent again"
    assert listed(dead) == []


def test_letters_are_dropped_by_id_or_all(dead: Any) -> None:
    """Dropping one leaves the others; `--all` leaves none; naming none is a mistake."""
    assert dead("drop").returncode == 1
    assert dead("drop", listed(dead)[2]["id"]).returncode == 0
    assert len(listed(dead)) == 2
    assert dead("drop", "--all").returncode == 0
    assert listed(dead) == []


def test_an_unknown_letter_is_said(dead: Any) -> None:
    """Nothing is replayed when one of the ids is wrong."""
    said = dead("replay", listed(dead)[0]["id"], "1-1")
    assert said.returncode == 1
    assert "no dead letter 1-1" in said.stderr
    assert len(listed(dead)) == 3


def test_status_tells_how_far_behind_each_group_is(redis_url: str, tmp_path: Path) -> None:
    """Unread and pending messages are counted for each group, with the age of the oldest."""

    async def publish() -> None:
        settings = load_settings(Settings, redis_url=redis_url, worker="w1")
        broker = make_broker(settings)
        await create_groups(await broker.connect(), "extract")
        for number in range(4):
            await announce(broker, received(number))
        await broker.stop()

    asyncio.run(publish())
    with Redis.from_url(redis_url) as redis:
        redis.xreadgroup("extract", "w1", {STREAM: ">"}, count=1)

    def looked() -> Any:
        said = communique("status", "--json", cwd=tmp_path, COMMUNIQUE_REDIS_URL=redis_url)
        assert said.returncode == 0, said.stderr
        gauges = json.loads(said.stdout)["streams"]
        return {(gauge["stream"], gauge["group"]): gauge for gauge in gauges}

    gauge = until(lambda: looked().get((STREAM, "extract")))
    assert (gauge["length"], gauge["unread"], gauge["pending"]) == (4, 3, 1)
    assert 0 <= gauge["oldest_unread"] <= gauge["oldest_pending"] + 1 < 30
    assert looked()[STREAM, "store"]["unread"] == 4
