"""A person's word against the resolver's: documents joined, split, and let go again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.store.adapters.overruling import MovedError, RefusedError, UnknownError, Wish
from services.store.meetings import resolve
from services.store.rulings import Ruling, word_of
from services.store.witness import Witness, witness_of
from tests.store.conftest import OpenStore, Store
from tests.store.makers import Case, case

RIYADH: dict[str, Any] = {"body": "defence_ministers", "city": "Riyadh", "start_date": "2024-02-03"}
CAIRO: dict[str, Any] = {"body": "chiefs_of_staff", "city": "Cairo", "start_date": "2024-05-01"}


def ruling(number: int, act: Any, documents: str, others: str = "") -> Ruling:
    return Ruling(number, act, frozenset(documents), frozenset(others), "Leila", "she knows")


def wish(meeting: str, *documents: Case, other: str | None = None) -> Wish:
    return Wish(meeting, "Leila", "she knows", frozenset(d.id for d in documents), other)


def units(*rulings: Ruling) -> set[str]:
    return {"".join(sorted(unit)) for unit in word_of(rulings).units.values()}


def test_joins_that_share_a_document_are_one() -> None:
    """Who is one with one of them is one with all."""
    assert units(ruling(1, "join", "ab"), ruling(2, "join", "bc")) == {"abc"}


def test_a_later_split_breaks_an_earlier_join() -> None:
    """What it says nothing about stays joined."""
    word = word_of([ruling(1, "join", "abc"), ruling(2, "split", "c", "ab")])
    assert word.unit("a") == frozenset("ab")
    assert word.parts("c", "ab")


def test_a_later_join_mends_an_earlier_split() -> None:
    """The last word counts."""
    word = word_of([ruling(1, "split", "a", "b"), ruling(2, "join", "ab")])
    assert word.unit("a") == frozenset("ab")
    assert not word.parts("a", "b")


def test_a_later_split_is_not_gone_round() -> None:
    """Two earlier joins by way of a third document do not join what was split since."""
    word = word_of([ruling(1, "join", "ab"), ruling(2, "join", "bc"), ruling(3, "split", "a", "c")])
    assert word.parts("a", "c")
    assert word.unit("b") == frozenset("bc")


@given(st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from("abcdef"), min_size=1)),
                max_size=6), st.randoms())  # fmt: skip
def test_a_word_never_contradicts_itself(told: list[tuple[bool, set[str]]], random: Any) -> None:
    """No two documents are both joined and parted, and the order of the rulings' rows is no matter.

    The last ruling always holds in full.
    """
    rulings = [
        Ruling(n, "join" if joins else "split", frozenset(named),
               frozenset() if joins else frozenset("abcdef") - named)
        for n, (joins, named) in enumerate(told)
    ]  # fmt: skip
    word = word_of(rulings)
    assert all(not word.parts({name}, word.unit(name)) for name in "abcdef")
    shuffled = random.sample(rulings, len(rulings))
    assert word_of(shuffled) == word
    if rulings:
        last = rulings[-1]
        assert all(last.documents <= word.unit(name) for name in last.documents)
        assert not last.others or word.parts(last.documents, last.others)


def witness(text: str, **told: Any) -> Witness:
    made = case(text, **told)
    found = witness_of(made.record, made.text)
    assert found is not None
    return found


def test_what_a_person_joined_is_one_though_it_contradicts_itself() -> None:
    """And a later document may agree with either side: what it contradicts was set aside."""
    wrong, right = witness("a", ordinal=5, **RIYADH), witness("b", ordinal=6, **RIYADH)
    later = witness("c", ordinal=5, **RIYADH)
    assert len(resolve([wrong, right, later])) == 2
    joined = Ruling(1, "join", frozenset({wrong.document_id, right.document_id}))
    (group,) = resolve([wrong, right, later], word=word_of([joined]))
    assert len(group.reasons) == 3
    stranger = witness("d", ordinal=7, **RIYADH)
    assert len(resolve([wrong, right, later, stranger], word=word_of([joined]))) == 2


def test_a_document_between_two_that_were_split_joins_one_of_them() -> None:
    """No later tie brings together what a person has parted."""
    one, other = witness("a", **RIYADH), witness("b", **RIYADH)
    apart = Ruling(1, "split", frozenset({one.document_id}), frozenset({other.document_id}))
    between = [witness(f"c {number}", **RIYADH) for number in range(5)]
    groups = resolve([one, other, *between], word=word_of([apart]))
    homes = {name: group.id for group in groups for name in group.reasons}
    assert homes[one.document_id] != homes[other.document_id]
    assert len(resolve([one, other, *between])) == 1


async def test_a_person_joins_two_meetings(store: Store) -> None:
    """The older id stays, the newer redirects, and the reason names the person."""
    one, other = case("أ", name="one", **RIYADH), case("ب", name="other", **CAIRO)
    await store.take(one, other)
    older, newer = [e.meeting.id for e in await store.events() if e.meeting]
    ruled = await store.desk.join(wish(newer, other=older))
    assert set(ruled.homes.values()) == {older}
    (meeting,) = await store.meetings()
    assert meeting.id == older
    assert all("joined by Leila: she knows" in s.reasons for s in meeting.sources)
    event = (await store.events())[-1]
    assert (event.outcome, event.merged_meeting_ids) == ("meetings.merged", (newer,))
    assert event.cause is not None
    assert (event.cause.act, event.cause.who) == ("documents.joined", "Leila")
    assert await store.shelves.moved_to(newer) == older
    with pytest.raises(MovedError, match=older):
        await store.desk.split(wish(newer, other))


async def test_a_person_splits_a_meeting(store: Store) -> None:
    """The parted documents are a meeting of their own, published once; the rest keeps the id."""
    told = [case(f"وثيقة {n}", name=f"{n}", **RIYADH) for n in range(4)]
    await store.take(*told)
    (was,) = await store.meetings()
    ruled = await store.desk.split(wish(was.id, told[2], told[3]))
    assert await store.names() == {frozenset({"0", "1"}), frozenset({"2", "3"})}
    assert ruled.homes[told[0].id] == was.id
    published = [e for e in await store.events() if e.outcome == "statement.published"]
    assert [e.meeting.id for e in published if e.meeting] == [was.id, ruled.homes[told[2].id]]
    updated = [e for e in await store.events() if e.outcome == "meeting.updated"]
    assert [e.meeting.id for e in updated if e.meeting] == [was.id]


async def test_a_word_outlasts_later_documents_and_new_readings(store: Store) -> None:
    """Ties to both sides, a newer extractor, a correction: what was parted stays parted."""
    spa = {"source": "spa/a.txt"}
    one = case("the first of two reports from Riyadh", name="one", **RIYADH, **spa)
    other = case("ب", name="other", **RIYADH)
    await store.take(one, other)
    (was,) = await store.meetings()
    await store.desk.split(wish(was.id, other))
    await store.take(*(case(f"بينهما {n}", **RIYADH) for n in range(3)))
    await store.take(one.read_again(name="one", extractor="9", **RIYADH, **spa))
    corrected = case("the first of two reports from Riyadh, mended", name="new", **RIYADH, **spa)
    await store.take(corrected.later(5))
    homes = {s.document_id: m.id for m in await store.meetings() for s in m.sources}
    assert homes[corrected.id] != homes[other.id]
    assert len(await store.meetings()) == 2


async def test_what_was_joined_stays_joined(store: Store) -> None:
    """Read as telling of no meeting, and then of one again, a document comes back to its mates."""
    one, other = case("أ", name="one", **RIYADH), case("ب", name="other", **CAIRO)
    await store.take(one, other)
    older = (await store.events())[0].meeting
    assert older is not None
    await store.desk.join(wish(older.id, other))
    await store.take(other.read_again(name="other", kind="mention"))
    assert await store.names() == {frozenset({"one"})}
    await store.take(other.read_again(name="other", extractor="3", **CAIRO))
    assert await store.names() == {frozenset({"one", "other"})}


async def test_a_ruling_can_be_undone(store: Store) -> None:
    """Documents are decided on as if it had never been; what was alerted is not alerted again."""
    one, other = case("أ", name="one", **RIYADH), case("ب", name="other", **CAIRO)
    await store.take(one, other)
    older = (await store.events())[0].meeting
    assert older is not None
    ruled = await store.desk.join(wish(older.id, other))
    undone = await store.desk.undo(ruled.ruling.id, "Omar", "she was wrong")
    assert await store.names() == {frozenset({"one"}), frozenset({"other"})}
    assert len(set(undone.homes.values())) == 2
    assert (await store.outcomes()).count("statement.published") == 2
    kept = await store.shelves.ruling(ruled.ruling.id)
    assert kept is not None
    assert (kept["who"], kept["undone_by"]) == ("Leila", "Omar")
    with pytest.raises(RefusedError, match="undone before"):
        await store.desk.undo(ruled.ruling.id, "Omar", "again")
    assert all(s.reasons == () for m in await store.meetings() for s in m.sources)


async def test_an_undone_split_lets_ties_speak_again(store: Store) -> None:
    """The parts are one meeting once more, under the older id."""
    one, other = case("أ", **RIYADH), case("ب", **RIYADH)
    await store.take(one, other)
    (was,) = await store.meetings()
    ruled = await store.desk.split(wish(was.id, other))
    await store.desk.undo(ruled.ruling.id, "Omar", "it is one")
    (now,) = await store.meetings()
    assert (now.id, len(now.sources)) == (was.id, 2)
    assert await store.shelves.moved_to(ruled.homes[other.id]) == was.id


async def test_wishes_that_cannot_be_are_refused(store: Store) -> None:
    """Each with one line that says why; nothing is written."""
    one, other = case("أ", **RIYADH), case("ب", coalition="nato", **CAIRO)
    mention = case("ج", kind="mention")
    await store.take(one, other, mention)
    mine, theirs = [e.meeting.id for e in await store.events() if e.meeting]
    with pytest.raises(RefusedError, match="another coalition"):
        await store.desk.join(wish(mine, other=theirs))
    for stranger in (other, mention):
        with pytest.raises(RefusedError, match="is of no meeting of imctc"):
            await store.desk.join(wish(mine, stranger))
    with pytest.raises(RefusedError, match="is not of meeting"):
        await store.desk.split(wish(mine, other))
    with pytest.raises(RefusedError, match="parted from all of its documents"):
        await store.desk.split(wish(mine, one))
    with pytest.raises(UnknownError, match="no meeting"):
        await store.desk.split(wish("m-0", one))
    with pytest.raises(UnknownError, match="no ruling 7"):
        await store.desk.undo(7, "Omar", "why not")
    assert await store.shelves.rulings(mine) == []


async def test_redirects_lead_through_chains_of_merges(store: Store) -> None:
    """Each id that was ever given leads straight to the meeting that lives, and stays so."""
    told = [case(f"وثيقة {n}", ordinal=n, start_date=f"202{n}-01-01") for n in range(5)]
    await store.take(*told)
    ids = [e.meeting.id for e in await store.events() if e.meeting]
    for older, newer in ((3, 4), (2, 3), (0, 1), (0, 2)):
        await store.desk.join(wish(ids[newer], other=ids[older]))
    (meeting,) = await store.meetings()
    assert meeting.id == ids[0]
    assert [await store.shelves.moved_to(each) for each in ids[1:]] == [ids[0]] * 4
    ruled = await store.desk.split(wish(ids[0], told[3]))
    assert ruled.homes[told[3].id] not in ids
    assert [await store.shelves.moved_to(each) for each in ids[1:]] == [ids[0]] * 4
    homes = [e.meeting.id for e in await store.events() if e.outcome == "statement.published"
             and e.meeting]  # fmt: skip
    assert len(homes) == len(set(homes)) == 5


async def test_workers_that_remember_a_meeting_hear_of_a_ruling(open_store: OpenStore) -> None:
    """What one worker was told holds for the next document at another."""
    workers = [await open_store() for _ in range(2)]
    one, other = case("أ", name="one", **RIYADH), case("ب", name="other", **RIYADH)
    await workers[0].take(one)
    await workers[1].take(other)
    (was,) = await workers[0].meetings()
    await workers[0].desk.split(wish(was.id, other))
    await workers[1].take(case("ج", name="late", **RIYADH))
    names = await workers[1].names()
    assert len(names) == 2
    assert not any({"one", "other"} <= each for each in names)
