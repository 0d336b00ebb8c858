"""Whatever comes, is corrected, withdrawn, ruled and undone: as if all were known at once."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.store.adapters import docket
from services.store.adapters.overruling import MovedError, RefusedError, Wish
from services.store.marks import worn_marks
from services.store.meetings import resolve
from services.store.merge import merge
from services.store.rulings import Ruling, word_of
from services.store.tally import Member
from services.store.witness import witness_of
from tests.store.conftest import Store, empty_store, values_of
from tests.store.makers import Case, case
from tests.store.test_meetings import FACTS

RIYADH = {"body": "defence_ministers", "city": "Riyadh", "start_date": "2024-02-03"}
USUAL: list[dict[str, Any]] = [RIYADH, RIYADH, {**RIYADH, "ordinal": 1}, {**RIYADH, "ordinal": 2}]
TOLD = st.one_of(st.sampled_from(USUAL), FACTS)  # for much is told of one meeting
NUMBER = st.integers(0, 9)  # which of the documents that are there, which meeting, which ruling
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), TOLD, st.none()),
        st.tuples(st.just("take"), TOLD, st.sampled_from([None, "spa/a.txt", "b.txt"])),
        st.tuples(st.just("reread"), NUMBER, TOLD),
        st.tuples(st.just("withdraw"), NUMBER, st.none()),
        st.tuples(st.just("join"), NUMBER, NUMBER),
        st.tuples(st.just("split"), NUMBER, NUMBER),
        st.tuples(st.just("undo"), NUMBER, st.none()),
    ),
    min_size=3,
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_meetings_are_what_documents_and_persons_say(steps: list[Any]) -> None:
    """One step after the other: the meetings that all that counts makes under all that was ruled.

    And no meeting is published twice.
    """
    asyncio.run(_compare(steps))


async def _compare(steps: list[Any]) -> None:
    async with empty_store() as store:
        story = Story(store)
        for step in [("take", {}, None), *steps]:
            await story.go_on(*step)
        found = sorted(json.dumps(values_of(m)) for m in await story.store.meetings())
        assert found == sorted(await story.expected())
        published: dict[tuple[str, int], str] = {}
        for event in await story.store.events():
            if event.outcome == "statement.published" and event.meeting:
                # What is announced again, because it was sent again, has the key it had.
                published.setdefault((event.document_id, event.version), event.meeting.id)
        assert len(published) == len(set(published.values()))


class Story:
    """What happened to a store, and what counts after it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told: list[Case] = []
        self.withdrawn: set[str] = set()
        self.rulings: list[int] = []

    async def go_on(self, what: str, one: Any, other: Any) -> None:
        """Let one more thing happen; what cannot be is refused and changes nothing."""
        with suppress(RefusedError, MovedError):
            await getattr(self, what)(one, other)

    async def take(self, facts: dict[str, Any], source: str | None) -> None:
        number = len(self.told)
        text = f"all that the agency wrote that day into {source}, for the time number {number}"
        told = case(text if source else f"document {number}", source=source, **facts).later(number)
        self.told.append(told)
        await self.store.take(told)

    async def reread(self, number: int, facts: dict[str, Any]) -> None:
        old = self.told[number % len(self.told)]
        source = old.record.document.source
        again = old.read_again(extractor="2", source=source, **facts)
        self.told[self.told.index(old)] = again
        await self.store.desk.keep_record(again.extracted)

    async def withdraw(self, number: int, _: None) -> None:
        gone = self.told[number % len(self.told)]
        self.withdrawn.add(gone.id)
        await self.store.desk.withdraw(gone.id, None, None)

    async def join(self, number: int, other: int) -> None:
        if meetings := await self.store.meetings():
            one, two = (meetings[n % len(meetings)].id for n in (number, other))
            ruled = await self.store.desk.join(Wish(one, "Leila", "so it is", other=two))
            self.rulings.append(ruled.ruling.id)

    async def split(self, number: int, _: int) -> None:
        leaving = self.told[number % len(self.told)]
        home = (await self.store.document(leaving))["meeting_id"]
        if home is not None:
            wish = Wish(home, "Leila", "so it is", frozenset({leaving.id}))
            self.rulings.append((await self.store.desk.split(wish)).ruling.id)

    async def undo(self, number: int, _: None) -> None:
        if self.rulings:
            await self.store.desk.undo(self.rulings[number % len(self.rulings)], "Omar", "not so")

    async def expected(self) -> list[str]:
        """Return the merged meetings of all that counts, decided at once."""
        counting = {each.id: each for each in self.told if self._counts(each)}
        made = (witness_of(each.record, each.text) for each in counting.values())
        witnesses = [witness for witness in made if witness is not None]
        word = word_of(await self._rulings())
        return [
            json.dumps(values_of(merge("m", [Member(counting[d].record, reasons=why)
                                             for d, why in group.reasons.items()])))
            for group in resolve(witnesses, worn_marks(witnesses), word)
        ]  # fmt: skip

    def _counts(self, each: Case) -> bool:
        """Tell whether a document is neither withdrawn nor followed by a later version."""
        source = each.record.document.source
        later = (o for o in self.told if o.arrival > each.arrival)
        followed = any(o.record.document.source == source for o in later)
        return each.id not in self.withdrawn and not (source and followed)

    async def _rulings(self) -> list[Ruling]:
        async with self.store.database.reading() as db:
            names = [each.id for each in self.told]
            return await db.run_sync(lambda connection: docket.rulings_of(connection, names))
