"""Documents and records come in; meetings are decided; what it means is announced once."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from services.store.meetings import cluster
from services.store.merge import merge
from services.store.tally import Member
from shared.faults import DatabaseUnavailableError
from tests.store.conftest import OpenStore, Store, values_of
from tests.store.makers import case
from tests.store.seeds import seeds

RIYADH: dict[str, Any] = {
    "body": "defence_ministers",
    "ordinal": 2,
    "start_date": "2024-02-03",
    "end_date": "2024-02-03",
    "city": "Riyadh",
    "country": "SA",
}


async def test_a_record_that_overtakes_its_document_is_kept(store: Store) -> None:
    """Nothing is announced until both are there; then the decision is the same."""
    statement = case("بيان", **RIYADH)
    await store.desk.keep_record(statement.extracted)
    assert await store.events() == []
    await store.desk.keep_document(statement.received, statement.text)
    (event,) = await store.events()
    assert (event.outcome, event.version) == ("statement.published", 1)
    assert event.document == statement.record.document
    assert event.meeting is not None
    assert event.meeting.sources[0].received_at == event.received_at


async def test_the_same_document_again_changes_nothing(store: Store) -> None:
    """A second delivery of either event leaves one document, one record and one meeting."""
    statement = case("بيان", **RIYADH)
    await store.take(statement)
    await store.desk.keep_document(statement.received, statement.text)
    assert len(await store.events()) == 1
    assert await store.names() == {frozenset({statement.record.document.name})}
    assert (await store.document(statement))["version"] == 1


async def test_a_record_sent_again_is_announced_again_under_its_version(store: Store) -> None:
    """Whoever missed the announcement gets the same one, which its key makes harmless."""
    statement, reprint = case("بيان", **RIYADH), case("نقل", **RIYADH)
    await store.take(statement, reprint)
    await store.desk.keep_record(statement.extracted)
    first, _, again = await store.events()
    assert (again.document_id, again.version, again.outcome) == (statement.id, 1, first.outcome)
    assert again.occurred_at == first.occurred_at
    assert [a.document_id for a in store.committed] == [statement.id, reprint.id, statement.id]


async def test_what_is_announced_again_names_the_ids_that_it_was_told_under(store: Store) -> None:
    """Whoever was told of a meeting that went up in another since is not told again."""
    older, newer = case("الأول", theme="متحالفون"), case("الثاني", **RIYADH)
    await store.take(older, newer, case("الثالث", theme="متحالفون", **RIYADH))
    told = {e.document_id: e.meeting.id for e in (await store.events())[:2] if e.meeting}
    await store.desk.keep_record(newer.extracted)
    again = (await store.events())[-1]
    assert again.meeting is not None
    assert (again.meeting.id, again.merged_meeting_ids) == (told[older.id], (told[newer.id],))


async def test_one_statement_is_published_however_many_reprint_it(store: Store) -> None:
    """The first statement publishes; reprints are sources, and what adds a value updates."""
    first, reprint = case("بيان", **RIYADH), case("نقل", **RIYADH)
    richer = case("تفصيل", pledges=[{"donor": "SA", "amount": 1e8, "currency": "SAR"}], **RIYADH)
    await store.take(first, reprint, richer)
    outcomes = ["statement.published", "source.added", "meeting.updated"]
    assert await store.outcomes() == outcomes


async def test_a_preview_announces_and_the_statement_publishes(store: Store) -> None:
    """A meeting is announced once, then published once, under one id."""
    previews = [case(f"يعقد غدا {n}", kind="preview", **RIYADH) for n in range(2)]
    statement, late = case("بيان", **RIYADH), case("يعقد اليوم", kind="preview", **RIYADH)
    await store.take(*previews, statement, late)
    assert await store.outcomes() == [
        "meeting.announced",
        "source.added",
        "statement.published",
        "source.added",
    ]
    assert len({event.meeting.id for event in await store.events() if event.meeting}) == 1


async def test_what_tells_of_no_meeting_is_announced_as_none(store: Store) -> None:
    """Ingest waits for every document, so every document is announced."""
    await store.take(
        case("مباراة", kind="unrelated", coalition=None), case("زيارة", kind="mention")
    )
    assert [(e.outcome, e.meeting) for e in await store.events()] == [("none", None)] * 2
    assert await store.meetings() == []


async def test_two_meetings_turn_out_to_be_one(store: Store) -> None:
    """The older id stays, the newer leads to it, and no second statement is published."""
    older = case("الأول", name="older", theme="متحالفون ضد الإرهاب")
    newer = case("الثاني", name="newer", **RIYADH)
    await store.take(older, newer)
    assert await store.outcomes() == ["statement.published"] * 2
    ids = [event.meeting.id for event in await store.events() if event.meeting]
    await store.take(case("الثالث", name="both", theme="متحالفون ضد الإرهاب", **RIYADH))
    event = (await store.events())[-1]
    assert (event.outcome, event.merged_meeting_ids) == ("meetings.merged", (ids[1],))
    assert event.meeting is not None
    assert event.meeting.id == ids[0]
    assert await store.shelves.moved_to(ids[1]) == ids[0]
    assert await store.shelves.meeting(ids[1]) is None
    assert await store.names() == {frozenset({"older", "newer", "both"})}
    assert (await store.document(newer))["meeting_id"] == ids[0]
    await store.take(case("الرابع", name="found by the newer's marks", **RIYADH))
    assert len(await store.meetings()) == 1


async def test_a_meeting_that_falls_apart_is_alerted_about_once_each(store: Store) -> None:
    """A document that contradicts one half of a meeting splits it; the other half is published.

    The alerted half keeps the id. The other half's statement was never published, so it is now,
    under a raised version, for its first announcement had another outcome.
    """
    first = case("الأول", name="first", ordinal=1, start_date="2024-02-03", city="Riyadh")
    between = case("بينهما", name="between", theme="شعار", start_date="2024-02-03", city="Riyadh")
    await store.take(first, between)
    assert (await store.outcomes())[0] == "statement.published"
    assert len(await store.meetings()) == 1
    second = case(
        "الثاني", name="second", ordinal=2, theme="شعار", start_date="2024-02-03", city="Riyadh",
        people=[{"name": "خالد بن سلمان"}, {"name": "محمد المغيدي"}],
    )  # fmt: skip
    await store.take(second)
    assert await store.names() == {frozenset({"first"}), frozenset({"between", "second"})}
    published = [e for e in await store.events() if e.outcome == "statement.published"]
    homes = [event.meeting.id for event in published if event.meeting]
    assert len(homes) == len(set(homes)) == 2
    kept = {s.name: m.id for m in await store.meetings() for s in m.sources}
    assert kept["first"] == homes[0]
    # Decided the same as if all three had been there from the beginning.
    expected = cluster((each.record, each.text) for each in (first, between, second))
    assert {frozenset(group.reasons) for group in expected} == {
        frozenset(s.document_id for s in meeting.sources) for meeting in await store.meetings()
    }


async def test_a_statement_that_a_split_sets_free_is_published(store: Store) -> None:
    """A statement that came as a mere source is alerted about when it proves to be another's."""
    shared: dict[str, Any] = {"body": "defence_ministers", "theme": "شعار"}
    first = case("الأول", name="first", published="2024-02-04", **shared)
    second = case("الثاني", name="second", **shared)
    await store.take(first, second)
    assert (await store.outcomes())[1] == "source.added"
    # Read again, the first tells of another city and year than the second does.
    await store.take(first.read_again(extractor="2", ordinal=1, published="2024-02-04", **shared))
    await store.take(second.read_again(extractor="2", ordinal=2, **shared))
    assert len(await store.meetings()) == 2
    published = [e for e in await store.events() if e.outcome == "statement.published"]
    assert [(e.document_id, e.version) for e in published] == [(first.id, 1), (second.id, 2)]


async def test_a_record_read_anew_counts_as_a_new_version(store: Store) -> None:
    """A better extractor changes the record, moves the document, and alerts nobody twice."""
    statement = case("بيان", name="moved", ordinal=1, body="defence_ministers")
    await store.take(statement, case("آخر", name="there", **RIYADH))
    await store.take(statement.read_again(name="moved", extractor="2", **RIYADH))
    event = (await store.events())[-1]
    assert (event.version, event.outcome) == (2, "meetings.merged")
    assert await store.names() == {frozenset({"moved", "there"})}
    await store.take(statement.read_again(name="moved", extractor="3", kind="mention"))
    assert (await store.events())[-1].outcome == "none"
    assert await store.names() == {frozenset({"there"})}


@pytest.mark.parametrize("number", range(6))
async def test_the_seeds_are_three_meetings_whatever_comes_first(store: Store, number: int) -> None:
    """Documents and records arrive shuffled; meetings, merged records and alerts are the same."""
    cases = seeds()
    arrivals = [(each, part) for each in cases.values() for part in ("document", "record")]
    Random(number).shuffle(arrivals)  # noqa: S311 -- an order, not a secret
    for each, part in arrivals:
        if part == "document":
            await store.desk.keep_document(each.received, each.text)
        else:
            await store.desk.keep_record(each.extracted)
    assert (await store.outcomes()).count("statement.published") == 3
    groups = cluster((each.record, each.text) for each in cases.values())
    records = {each.id: each.record for each in cases.values()}
    expected = [
        merge("m", [Member(records[d], reasons=why) for d, why in group.reasons.items()])
        for group in groups
    ]
    found = await store.meetings()
    key = str
    assert sorted(map(values_of, found), key=key) == sorted(map(values_of, expected), key=key)


async def test_a_worker_that_remembers_nothing_decides_the_same(open_store: OpenStore) -> None:
    """Workers take turns on one meeting: each finds what the other has written."""
    workers = [await open_store() for _ in range(2)]
    told = [case(f"نقل {n}", focus_areas=["media"], **RIYADH) for n in range(6)]
    for number, each in enumerate(told):
        await workers[number % 2].take(each)
    (meeting,) = await workers[0].meetings()
    (group,) = cluster((each.record, each.text) for each in told)
    records = {each.id: each.record for each in told}
    members = [Member(records[d], reasons=why) for d, why in group.reasons.items()]
    assert values_of(meeting) == values_of(merge("m", members))


async def test_workers_at_the_same_time_publish_one_statement(open_store: OpenStore) -> None:
    """Reprints of one statement that arrive at four workers at once are one meeting, one alert."""
    workers = [await open_store() for _ in range(4)]
    told = [case(f"نقل {n}", **RIYADH) for n in range(12)]

    async def bring(number: int) -> None:
        worker, other = workers[number % 4], workers[(number + 1) % 4]
        await asyncio.gather(
            worker.desk.keep_document(told[number].received, told[number].text),
            other.desk.keep_record(told[number].extracted),
        )

    await asyncio.gather(*map(bring, range(len(told))))
    assert sorted(await workers[0].outcomes()) == ["source.added"] * 11 + ["statement.published"]
    (meeting,) = await workers[0].meetings()
    assert len(meeting.sources) == len(told)


async def test_text_that_a_database_cannot_hold_is_held_all_the_same(store: Store) -> None:
    """A NUL in a text, which PostgreSQL refuses, moves no offset."""
    odd = case("بيان\x00 ختامي", **RIYADH)
    await store.take(odd)
    kept = (await store.document(odd))["text"]
    assert len(kept) == len(odd.text)
    assert kept[:4] == "بيان"


async def test_a_decision_that_fails_leaves_nothing_behind(store: Store) -> None:
    """What was worked out in a transaction that was rolled back is not remembered."""
    first, second = case("أ", name="first", **RIYADH), case("ب", name="second", **RIYADH)
    await store.take(first)
    await store.desk.keep_document(second.received, second.text)

    await _run(store, "ALTER TABLE outbox RENAME TO away")  # the last thing that is written
    with pytest.raises(DatabaseUnavailableError):
        await store.desk.keep_record(second.extracted)
    await _run(store, "ALTER TABLE away RENAME TO outbox")
    assert await store.names() == {frozenset({"first"})}
    await store.desk.keep_record(second.extracted)
    assert await store.names() == {frozenset({"first", "second"})}
    assert await store.outcomes() == ["statement.published", "source.added"]


async def _run(store: Store, statement: str) -> None:
    async with store.database.writing() as db:
        await db.execute(text(statement))
