"""The whole service: events in from the stream, events out by the relay, and the API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest
from faststream.redis import RedisBroker
from redis.asyncio import Redis
from sqlalchemy import select

from services.store.app import build
from services.store.settings import Settings
from services.store.tables import outbox
from shared.database import Database
from shared.delivery import announce, make_broker
from shared.events import DocumentReceived, Event, RecordStored
from shared.streams import create_groups, dead_letters
from shared.texts import forget_text, publishable
from tests.store.conftest import Store
from tests.store.makers import Case, case

RIYADH: dict[str, Any] = {"body": "defence_ministers", "ordinal": 2, "country": "SA"}


class Running:
    """A running store with its stream and API."""

    def __init__(self, broker: RedisBroker, redis: Redis, web: httpx.AsyncClient) -> None:
        self.broker = broker
        self.redis = redis
        self.web = web

    async def take(self, *cases: Case) -> None:
        """Send documents with their records, and wait until each is announced."""
        before = len(await self.stored())
        for each in cases:
            await announce(self.broker, each.received)
            await announce(self.broker, each.extracted)
        wanted = {each.id for each in cases}  # one whose worker was slow may come twice
        async with asyncio.timeout(30):
            while wanted - {event.document_id for event in (await self.stored())[before:]}:
                await asyncio.sleep(0.02)

    async def stored(self, at_least: int = 0) -> list[RecordStored]:
        """Return what was announced, once there is so much."""
        async with asyncio.timeout(30):
            while len(found := await self.messages()) < at_least:
                await asyncio.sleep(0.02)
        return [RecordStored.model_validate_json(_body(message)) for message in found]

    async def messages(self) -> list[bytes]:
        """Return what lies in the stream of announcements, as it is on the wire."""
        found: Any = await self.redis.xrange(RecordStored.stream)
        return [entry[b"__data__"] for _, entry in found]

    async def get(self, path: str, **query: Any) -> Any:
        """Return the JSON at a path."""
        answer = await self.web.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()


def _body(message: bytes) -> bytes:
    """Return the JSON in a message of FastStream's binary format."""
    return message[message.index(b"{", message.index(b"correlation_id")) :]


Run = Callable[..., Any]


@pytest.fixture
def run(redis_url: str, database_url: str) -> Run:
    """Start store as often as wanted: `async with run() as running`."""

    @asynccontextmanager
    async def running(**given: Any) -> AsyncIterator[Running]:
        values: dict[str, Any] = {
            "redis_url": redis_url,
            "database_url": database_url,
            "worker": "test",
            "claim_after": 2.0,
        }
        async with AsyncExitStack() as stack:
            app = build(Settings(**(values | given)))
            await stack.enter_async_context(app.router.lifespan_context(app))
            transport = httpx.ASGITransport(app=app)
            web = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
            redis = Redis.from_url(redis_url)
            stack.push_async_callback(redis.aclose)
            yield Running(app.state.broker, redis, await stack.enter_async_context(web))

    return running


@pytest.fixture
def sent(redis_url: str) -> Callable[..., Awaitable[None]]:
    """Publish events whether or not store runs."""

    async def publish(*events: Event) -> None:
        broker = make_broker(Settings(redis_url=redis_url))
        redis = await broker.connect()
        await create_groups(redis, "store")
        for event in events:
            await announce(broker, event)
        await broker.stop()

    return publish


async def test_what_came_while_store_was_down_is_taken_in(run: Run, sent: Any) -> None:
    """Events that wait in the streams are handled after the start, each once."""
    statement = case("بيان", **RIYADH)
    await sent(statement.extracted, statement.received)
    async with run() as store:
        (event,) = await store.stored(1)
        assert event.outcome == "statement.published"
        pending = await store.redis.xpending(DocumentReceived.stream, "store")
        assert pending["pending"] == 0


async def test_an_announcement_carries_its_document_as_correlation(run: Run) -> None:
    """The document's way can be followed to the end by one id."""
    async with run() as store:
        statement = case("بيان", **RIYADH)
        await store.take(statement)
        (message,) = await store.messages()
        assert statement.id.encode() in message.split(b"{")[0]


async def test_the_announcement_leaves_at_once(run: Run) -> None:
    """Between the record's arrival and its announcement lies no poll of a second."""
    async with run() as store:
        await store.take(case("الأول"))
        loop = asyncio.get_running_loop()
        times = []
        for number in range(5):
            began = loop.time()
            await store.take(case(f"التالي {number}"))
            times.append(loop.time() - began)
        assert min(times) < 0.5


async def test_what_a_crash_left_in_the_outbox_goes_out_after_the_start(
    run: Run, store: Store
) -> None:
    """Committed and not yet published: nothing is lost, and it is marked when it is out."""
    await store.take(case("بيان", **RIYADH))
    async with run() as service:
        (event,) = await service.stored(1)
        assert event.outcome == "statement.published"
        async with asyncio.timeout(30):
            while await _unpublished(store.database):
                await asyncio.sleep(0.05)
    async with run() as service:
        await asyncio.sleep(0.2)
        assert len(await service.stored()) == 1


async def test_two_workers_publish_every_event(run: Run, store: Store) -> None:
    """Workers that share a database leave no event behind, and none is announced by all."""
    async with run(worker="one") as one, run(worker="two"):
        await one.take(*(case(f"وثيقة {number}", **RIYADH) for number in range(10)))
        assert len({event.document_id for event in await one.stored()}) == 10
        async with asyncio.timeout(30):
            while await _unpublished(store.database):
                await asyncio.sleep(0.05)


async def test_long_text_is_fetched_and_its_loss_is_no_matter_once_it_is_kept(run: Run) -> None:
    """A claim check that is sent again after Redis has let go of its text changes nothing."""
    long = case("كلمة " * 90_000, **RIYADH)
    async with run() as store:
        fields = await publishable(store.redis, long.id, long.text)
        assert "text_key" in fields
        received = DocumentReceived(
            document_id=long.id,
            occurred_at=long.received.occurred_at,
            document=long.received.document,
            **fields,
        )
        await announce(store.broker, received)
        await announce(store.broker, long.extracted)
        await store.stored(1)
        assert (await store.get(f"/api/documents/{long.id}"))["text"] == long.text
        await forget_text(store.redis, long.id)
        await announce(store.broker, received)
        await asyncio.sleep(1.0)
        assert await store.redis.xlen(dead_letters(DocumentReceived.stream)) == 0


async def test_meetings_are_listed_newest_first_page_by_page(run: Run) -> None:
    """Pages follow each other without gap or repetition, and filters narrow them."""
    years = range(2015, 2024)
    async with run() as store:
        await store.take(
            *(case(f"بيان {year}", start_date=f"{year}-05-11", ordinal=year) for year in years),
            case("يعقد", kind="preview", coalition="nato", start_date="2023-07"),
        )
        listed: list[str] = []
        after: dict[str, str] = {}
        while True:
            page = await store.get("/api/meetings", limit=4, **after)
            listed += [meeting["start_date"] for meeting in page["items"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        assert listed == ["2023-07", *(f"{year}-05-11" for year in reversed(years))]

        async def dates(**query: str) -> list[str]:
            found = await store.get("/api/meetings", **query)
            return [meeting["start_date"] for meeting in found["items"]]

        assert await dates(coalition="nato") == ["2023-07"]
        assert await dates(status="announced") == ["2023-07"]
        assert await dates(**{"from": "2022-05-11"}) == ["2023-07", "2023-05-11", "2022-05-11"]
        assert await dates(**{"from": "2023-07-31"}) == ["2023-07"]
        assert await dates(to="2016-05-10") == ["2015-05-11"]


async def test_a_meeting_tells_its_sources_and_why_they_belong(run: Run) -> None:
    """A reader sees each document of a meeting with a reason for each tie."""
    async with run() as store:
        await store.take(case("الأول", **RIYADH), case("الثاني", **RIYADH))
        ((meeting,),) = [(await store.get("/api/meetings"))["items"]]
        assert meeting == await store.get(f"/api/meetings/{meeting['id']}")
        reason = "same ordinal and body: 2, defence_ministers"
        assert [reason in source["reasons"] for source in meeting["sources"]] == [True, True]


async def test_an_old_id_leads_to_the_meeting_that_it_went_up_in(run: Run) -> None:
    """Links that were sent out keep working: 308 to the id that stays."""
    async with run(public_url="https://press.example/") as store:
        await store.take(case("الأول", theme="شعار"))
        await store.take(case("الثاني", **RIYADH))
        await store.take(case("الثالث", theme="شعار", **RIYADH))
        *_, last = await store.stored()
        assert last.meeting is not None
        (old,) = last.merged_meeting_ids
        answer = await store.web.get(f"/api/meetings/{old}")
        assert answer.status_code == 308
        home = f"https://press.example/api/meetings/{last.meeting.id}"
        assert answer.headers["location"] == home


async def test_a_document_is_shown_with_text_record_and_meeting(run: Run) -> None:
    """What was read stands beside the words it was read from."""
    async with run() as store:
        statement, unrelated = case("بيان", **RIYADH), case("مباراة", kind="unrelated")
        await store.take(statement)
        await store.take(unrelated)
        shown = await store.get(f"/api/documents/{statement.id}")
        assert shown["text"] == statement.text
        assert shown["record"] == statement.record.model_dump(mode="json")
        assert shown["meeting_id"] == (await store.get("/api/meetings"))["items"][0]["id"]
        pages = [await store.get("/api/documents", limit=1)]
        pages.append(await store.get("/api/documents", limit=1, after=pages[0]["next"]))
        assert {page["items"][0]["id"] for page in pages} == {statement.id, unrelated.id}
        assert pages[1]["next"] is None


async def test_a_document_without_its_record_is_shown_as_far_as_it_is_there(run: Run) -> None:
    """While extract is still reading, the document has text and neither record nor meeting."""
    async with run() as store:
        document = case("بيان")
        await announce(store.broker, document.received)
        async with asyncio.timeout(30):
            while (await store.web.get(f"/api/documents/{document.id}")).status_code != 200:
                await asyncio.sleep(0.02)
        shown = await store.get(f"/api/documents/{document.id}")
        assert (shown["record"], shown["kind"], shown["meeting_id"]) == (None, None, None)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/meetings/m-0", 404),
        ("/api/documents/0", 404),
        ("/api/meetings/%00", 422),
        ("/api/meetings/%00/history", 422),
        ("/api/documents/%00", 422),
        ("/api/meetings?coalition=%00", 422),
        ("/api/meetings?after=ACA", 422),
        ("/api/meetings?after=nonsense", 422),
        ("/api/documents?after=bm9uc2Vuc2UgeA", 422),
        ("/api/meetings?limit=0", 422),
        ("/api/meetings?from=soon", 422),
    ],
)
async def test_a_wrong_request_is_answered_in_one_line(run: Run, path: str, status: int) -> None:
    """What is wrong is said in one line of JSON."""
    async with run() as store:
        answer = await store.web.get(path)
        assert answer.status_code == status
        assert answer.json().keys() == {"detail"}
        assert "\n" not in answer.json()["detail"]


async def test_health_tells_what_waits_in_the_outbox(run: Run) -> None:
    """An operator sees whether announcements go out."""
    async with run() as store:
        report = await store.get("/readyz")
        assert report["status"] == "ok", report["why"]
        outbox = report["parts"]["outbox"]
        assert outbox == {"status": "ok", "why": "", "waiting": 0, "oldest": None}


async def _unpublished(database: Database) -> int:
    async with database.reading() as db:
        waiting = select(outbox.c.id).where(outbox.c.published_at.is_(None))
        return len((await db.execute(waiting)).all())
