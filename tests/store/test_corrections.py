"""Files that supersede earlier ones, and documents that are withdrawn: the meeting follows."""

from __future__ import annotations

import asyncio
from itertools import permutations
from typing import Any

import pytest

from services.store.adapters.overruling import UnknownError
from services.store.versions import is_version
from tests.store.conftest import OpenStore, Store, values_of
from tests.store.makers import Case, case

RIYADH: dict[str, Any] = {"body": "defence_ministers", "city": "Riyadh", "country": "SA"}
SAID = "The defence ministers of the coalition met in Riyadh on {} and agreed on a joint plan."
SPA: dict[str, Any] = {"source": "spa/statement.txt", "name": "statement.txt"}


def version(day: int, minutes: int = 0, **told: Any) -> Case:
    """One version of the agency's file, as of that day of February."""
    date = f"2024-02-{day:02}"
    made = case(SAID.format(date), start_date=date, end_date=date, **RIYADH | SPA | told)
    return made.later(minutes)


async def test_a_correction_takes_the_place_of_the_earlier_version(store: Store) -> None:
    """The meeting keeps its id, has the new value, and no word of the old text is left in it."""
    wrong, right = version(3), version(4, 10)
    await store.take(wrong, right)
    (meeting,) = await store.meetings()
    assert [source.document_id for source in meeting.sources] == [right.id]
    assert meeting.start_date == "2024-02-04"
    assert wrong.id not in meeting.model_dump_json()
    published, updated = await store.events()
    assert (published.outcome, updated.outcome) == ("statement.published", "meeting.updated")
    assert published.meeting is not None
    assert meeting.id == published.meeting.id


async def test_an_update_says_what_was_corrected(store: Store) -> None:
    """Old and new value, the document that gives the new one, and which version it replaces."""
    wrong, right = version(3), version(4, 10)
    await store.take(wrong, right)
    event = (await store.events())[-1]
    assert event.cause is not None
    assert (event.cause.act, event.cause.supersedes) == ("document.corrected", (wrong.id,))
    dates = [change for change in event.changes if change.field == "start_date"]
    assert [(c.old, c.new, c.documents) for c in dates] == [
        ("2024-02-03", "2024-02-04", (right.id,))
    ]


async def test_an_old_version_is_kept_and_shown(store: Store) -> None:
    """Nothing that came is thrown away: both texts can be read, and which one counts."""
    first, second, third = version(3), version(4, 10), version(5, 20)
    await store.take(first, second, third)
    assert (await store.document(first))["superseded_by"] == second.id
    assert (await store.document(first))["text"] == first.text
    assert (await store.document(first))["meeting_id"] is None
    assert (await store.document(third))["supersedes"] == [first.id, second.id]
    assert (await store.document(third))["superseded_by"] is None


@pytest.mark.parametrize("order", [*permutations(range(3))])
async def test_the_latest_version_counts_whichever_came_to_store_first(
    store: Store, order: tuple[int, ...]
) -> None:
    """Versions and another agency's report, in any order: one meeting, told by the latest."""
    versions = [version(3), version(4, 10), version(5, 20)]
    other = case(
        "Riyadh hosted the ministers of defence", name="other", start_date="2024-02-05", **RIYADH
    )
    await store.take(*(versions[place] for place in order), other)
    (meeting,) = await store.meetings()
    assert {s.document_id for s in meeting.sources} == {versions[2].id, other.id}
    assert meeting.start_date == "2024-02-05"
    assert not meeting.claims
    published = [e for e in await store.events() if e.outcome == "statement.published"]
    homes = [event.meeting.id for event in published if event.meeting]
    assert len(homes) == len(set(homes))


async def test_a_correction_that_changes_no_value_is_no_news(store: Store) -> None:
    """A comma more: subscribers to updates are not told."""
    first = version(3)
    dates = {"start_date": "2024-02-03", "end_date": "2024-02-03"}
    again = case(first.text + " Ends.", **dates, **RIYADH, **SPA).later(5)
    await store.take(first, again)
    assert await store.outcomes() == ["statement.published", "source.added"]
    (meeting,) = await store.meetings()
    assert [source.document_id for source in meeting.sources] == [again.id]


async def test_another_text_under_the_same_name_is_another_document(store: Store) -> None:
    """A feed that writes whatever comes to one file does not withdraw its earlier news."""
    first = version(3)
    cairo = {"body": "chiefs_of_staff", "start_date": "2024-07-01", "city": "Cairo"}
    text = "Chiefs of staff convened elsewhere to talk of quite other things"
    second = case(text, **cairo, **SPA).later(5)
    await store.take(first, second)
    assert len(await store.meetings()) == 2
    assert (await store.document(first))["superseded_by"] is None


async def test_equal_names_in_different_folders_are_different_documents(store: Store) -> None:
    """Two agencies may both call their file statement.txt."""
    spa, una = version(3), version(4, 10, source="una/statement.txt")
    await store.take(spa, una)
    assert (await store.document(spa))["superseded_by"] is None
    (meeting,) = await store.meetings()
    assert len(meeting.sources) == 2


async def test_a_correction_that_tells_of_no_meeting_closes_it(store: Store) -> None:
    """The agency takes its news back by a note under the same name."""
    wrong = version(3)
    note = case(wrong.text + " This report was mistaken.", kind="mention", **SPA).later(30)
    await store.take(wrong, note)
    assert await store.meetings() == []
    outcomes = [(e.document_id, e.outcome) for e in await store.events()]
    assert (wrong.id, "meeting.closed") in outcomes
    assert outcomes[-1] == (note.id, "none")


async def test_a_version_that_comes_again_changes_nothing(store: Store) -> None:
    """A second delivery of the old version's events does not bring it back."""
    wrong, right = version(3), version(4, 10)
    await store.take(wrong, right)
    before = [values_of(m) for m in await store.meetings()]
    await store.take(wrong)
    assert [values_of(m) for m in await store.meetings()] == before
    again = (await store.events())[-1]
    assert (again.document_id, again.outcome, again.meeting) == (wrong.id, "none", None)


async def test_a_withdrawn_document_leaves_its_meeting(store: Store) -> None:
    """The meeting is rebuilt without it, and whoever follows it is told why."""
    one = version(3)
    other = case("Report", name="other", start_date="2024-02-03", theme="شعار", **RIYADH)
    await store.take(one, other)
    await store.desk.withdraw(other.id, "Leila", "a forgery")
    (meeting,) = await store.meetings()
    assert [source.document_id for source in meeting.sources] == [one.id]
    assert meeting.theme is None
    event = (await store.events())[-1]
    assert (event.document_id, event.outcome) == (other.id, "meeting.updated")
    assert event.version > 1  # a key of its own
    assert event.meeting == meeting
    assert event.cause is not None
    assert (event.cause.act, event.cause.who) == ("document.withdrawn", "Leila")
    assert ("theme", "شعار", None) in [(c.field, c.old, c.new) for c in event.changes]
    shown = await store.document(other)
    assert (shown["withdrawn_by"], shown["withdrawn_why"]) == ("Leila", "a forgery")
    assert shown["meeting_id"] is None


async def test_a_meeting_without_documents_is_closed(store: Store) -> None:
    """Its last state is announced, its id is never given again, and nobody is alerted twice."""
    only = version(3)
    await store.take(only)
    (was,) = await store.meetings()
    await store.desk.withdraw(only.id, None, None)
    event = (await store.events())[-1]
    assert (event.outcome, event.meeting) == ("meeting.closed", was)
    assert await store.meetings() == []
    assert await store.shelves.closed_at(was.id) is not None
    assert (await store.history(was.id))[-1].closed
    await store.take(case("Another report", start_date="2024-02-03", **RIYADH))
    (now,) = await store.meetings()
    assert now.id != was.id


async def test_what_was_withdrawn_does_not_come_back(store: Store) -> None:
    """Neither by its events, nor by a newer extractor, nor by being withdrawn once more."""
    only = version(3)
    await store.take(only)
    await store.desk.withdraw(only.id, "Leila", "a forgery")
    count = len(await store.events())
    await store.desk.withdraw(only.id, "Omar", "again")
    assert len(await store.events()) == count
    await store.take(only)
    reread = only.read_again(extractor="3", start_date="2024-02-03", **RIYADH, **SPA)
    await store.desk.keep_record(reread.extracted)
    assert await store.meetings() == []
    outcomes = await store.outcomes()
    assert outcomes.count("statement.published") == 1
    assert (await store.document(only))["withdrawn_by"] == "Leila"


async def test_a_document_may_be_withdrawn_before_its_record_is_there(store: Store) -> None:
    """Extract is still reading: what it reads is kept and joins nothing."""
    only = version(3)
    await store.desk.keep_document(only.received, only.text)
    await store.desk.withdraw(only.id, None, None)
    await store.desk.keep_record(only.extracted)
    assert await store.outcomes() == ["none"]
    assert await store.meetings() == []


async def test_what_only_the_withdrawn_held_together_falls_apart(store: Store) -> None:
    """Two documents that a third had joined are two meetings without it, each published once."""
    second = {"ordinal": 2, "start_date": "2024-02-03", **RIYADH}
    one, other = case("First", name="one", theme="شعار"), case("Second", name="other", **second)
    between = case("Third", name="between", theme="شعار", **second)
    await store.take(one, between, other)
    assert len(await store.meetings()) == 1
    await store.desk.withdraw(between.id, None, None)
    assert await store.names() == {frozenset({"one"}), frozenset({"other"})}
    published = [e for e in await store.events() if e.outcome == "statement.published"]
    homes = [e.meeting.id for e in published if e.meeting]
    assert len(homes) == len(set(homes)) == 2


async def test_withdrawing_what_is_not_there_is_refused(store: Store) -> None:
    """One line says so."""
    with pytest.raises(UnknownError, match="no document"):
        await store.desk.withdraw("0" * 64, None, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the ministers met in Riyadh on Monday", "the ministers met in Riyadh on Tuesday", True),
        ("urgent: the ministers met", "urgent: the ministers met and agreed on much more", True),
        ("the ministers met in Riyadh", "chiefs of staff talk in Cairo", False),
        ("أعلن الوزراء في الرياض", "أعلن الوزراءُ في الرّياض", True),
        ("met", "gathered", False),
    ],
)
def test_versions_say_much_the_same(one: str, other: str, same: bool) -> None:
    """Most of the shorter text stands in the longer one, spelt however."""
    assert is_version(one, other) is same
    assert is_version(other, one) is same


async def test_versions_at_several_workers_at_once(open_store: OpenStore) -> None:
    """Whichever worker has which version first: the last one counts, and one statement is told."""
    workers = [await open_store() for _ in range(4)]
    versions = [version(3 + number, number) for number in range(6)]
    others = [case(f"Report {n}", start_date="2024-02-08", **RIYADH) for n in range(4)]
    told = [each for pair in zip(versions, [*others, *others], strict=False) for each in pair]

    async def bring(number: int, each: Case) -> None:
        worker, other = workers[number % 4], workers[(number + 1) % 4]
        await asyncio.gather(
            worker.desk.keep_document(each.received, each.text),
            other.desk.keep_record(each.extracted),
        )

    await asyncio.gather(*(bring(number, each) for number, each in enumerate(told)))
    (meeting,) = await workers[0].meetings()
    expected = {versions[-1].id, *(each.id for each in others)}
    assert {source.document_id for source in meeting.sources} == expected
    published = {
        (event.document_id, event.version): event.meeting.id
        for event in await workers[0].events()
        if event.outcome == "statement.published" and event.meeting
    }
    assert len(published) == len(set(published.values()))


async def test_withdrawals_and_arrivals_at_the_same_time(open_store: OpenStore) -> None:
    """Workers that withdraw, correct and take in: what counts in the end is what should."""
    workers = [await open_store() for _ in range(4)]
    told = [case(f"Report {n}", name=f"{n}", start_date="2024-02-08", **RIYADH) for n in range(8)]
    await workers[0].take(*told[:4])
    await asyncio.gather(
        *(workers[n % 4].desk.withdraw(told[n].id, None, None) for n in range(3)),
        *(workers[n % 4].take(told[n]) for n in range(4, 8)),
    )
    assert await workers[0].names() == {frozenset("34567")}
