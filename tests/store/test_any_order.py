"""Decided one by one as they come, meetings are what they would be if all were known at once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.store.meetings import cluster
from services.store.merge import merge
from services.store.tally import Member
from tests.store.conftest import Store, empty_store, values_of
from tests.store.makers import Case, case
from tests.store.test_meetings import FACTS

ARRIVALS = st.lists(
    st.tuples(FACTS, st.booleans(), st.one_of(st.none(), FACTS)), min_size=1, max_size=7
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARRIVALS)
def test_meetings_do_not_depend_on_the_way_they_came_about(told: list[Any]) -> None:
    """Whatever comes in whatever order, overtaken or read anew: the same meetings and records.

    And no meeting is published twice, nor any with a statement left unpublished.
    """
    asyncio.run(_compare(told))


async def _compare(told: list[Any]) -> None:
    async with empty_store() as store:
        final = [await _bring(store, number, *each) for number, each in enumerate(told)]
        await _read_anew(store, told, final)
        found = sorted(json.dumps(values_of(m)) for m in await store.meetings())
        assert found == sorted(map(json.dumps, _expected(final)))
        await _published_once(store)


async def _bring(store: Store, number: int, facts: Any, overtaken: bool, _: Any) -> Case:
    brought = case(f"وثيقة رقم {number}", **facts)
    if overtaken:
        await store.desk.keep_record(brought.extracted)
    await store.desk.keep_document(brought.received, brought.text)
    if not overtaken:
        await store.desk.keep_record(brought.extracted)
    return brought


async def _read_anew(store: Store, told: list[Any], final: list[Case]) -> None:
    """Let a better extractor read some of the documents again."""
    for number, (_, _, anew) in enumerate(told):
        if anew is not None:
            final[number] = final[number].read_again(extractor="2", **anew)
            await store.desk.keep_record(final[number].extracted)


def _expected(cases: list[Case]) -> list[dict[str, Any]]:
    records = {each.id: each.record for each in cases}
    return [
        values_of(merge("m", [Member(records[d], reasons=why) for d, why in g.reasons.items()]))
        for g in cluster((each.record, each.text) for each in cases)
    ]


async def _published_once(store: Store) -> None:
    published = [e for e in await store.events() if e.outcome == "statement.published"]
    keys = [(event.document_id, event.version) for event in published]
    assert len(keys) == len(set(keys))
    homes = [event.meeting.id for event in published if event.meeting]
    assert len(homes) == len(set(homes))
