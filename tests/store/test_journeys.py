"""Store's part of documents' journeys: from the arrival to the announcement all have read."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from services.store.adapters.journeys import StoredJourneys
from services.store.tables import outbox
from shared.journeys import Journey
from tests.store.conftest import Store
from tests.store.makers import case


def reached(journey: Journey | None) -> list[str]:
    """Return the stages that are behind a document."""
    assert journey is not None
    return [stage.stage for stage in journey.stages if stage.done]


async def test_each_stage_has_its_time(store: Store) -> None:
    """A document is finished once all who read of it have confirmed."""
    journeys = StoredJourneys(store.database)
    told = case("They met in Riyadh", ordinal=2, body="defence_ministers")
    assert await journeys.one(told.id) is None
    await store.desk.keep_document(told.received, told.text)
    early = await journeys.one(told.id)
    assert early is not None
    assert reached(early) == ["received", "kept"]
    assert [stage.since for stage in early.stages if not stage.done] == [early.stages[1].at]
    await store.desk.keep_record(told.extracted)
    later = await journeys.one(told.id)
    assert reached(later) == ["received", "kept", "extracted", "stored"]
    now = datetime.now(UTC)
    for column, stage in (("published_at", "announced"), ("confirmed_at", "confirmed")):
        async with store.database.writing() as db:
            await db.execute(update(outbox).values({column: now}))
        at_last = await journeys.one(told.id)
        assert reached(at_last)[-1] == stage
    assert at_last is not None
    assert at_last.finished
    extracted = next(each for each in at_last.stages if each.stage == "extracted")
    assert extracted.at == told.extracted.occurred_at
    assert all(stage.at for stage in at_last.stages)


async def test_a_record_that_overtook_its_document_is_told(store: Store) -> None:
    """The document is yet to come, and that is what it waits for."""
    told = case("They met in Riyadh")
    await store.desk.keep_record(told.extracted)
    journey = await StoredJourneys(store.database).one(told.id)
    assert journey is not None
    assert not journey.finished
    assert {stage.stage: stage.done for stage in journey.stages}["kept"] is False


async def test_pages_hold_every_document_and_record_once(store: Store) -> None:
    """In the order of their ids, whatever the size of the pages."""
    cases = [case(f"Document {number}") for number in range(7)]
    for number, each in enumerate(cases):
        if number != 3:
            await store.desk.keep_document(each.received, each.text)
        if number != 5:
            await store.desk.keep_record(each.extracted)
    journeys = StoredJourneys(store.database)
    wanted = sorted(each.id for each in cases)
    for size in (1, 2, 3, 7, 10):
        seen, after = list[str](), ""
        while page := await journeys.page(after, size):
            seen += [each.document_id for each in page]
            after = seen[-1]
        assert seen == wanted
    beginning = wanted[2][:6]
    assert (await journeys.page(beginning, 1))[0].document_id == wanted[2]
