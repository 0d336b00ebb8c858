"""The documents of the corpus, in whatever order, few or many at once: the same meetings.

As many orders as `COMMUNIQUE_ORDERS` says are tried (4 if it is not set); of a failing one,
Hypothesis prints the order. The corpus is what stands in this repository, and beside it.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections import Counter
from contextlib import AsyncExitStack
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.documents.reading import files_of, read_documents
from services.store.meetings import cluster
from services.store.merge import merge
from services.store.tally import Member
from tests.store.conftest import Store, empty_store, opened, values_of
from tests.store.makers import Case

HERE = Path(__file__).parent.parent.parent
CORPUS = [
    HERE / "seeds",
    HERE / "tests" / "gold" / "open",
    *filter(Path.is_dir, [HERE.parent / "shared" / "corpus" / "dev"]),
]
ORDERS = int(os.environ.get("COMMUNIQUE_ORDERS", "4"))
AT_ONCE = (1, 1, 2, 7, 40, 1000)  # documents that come together
WORKERS = 4


@cache
def corpus() -> tuple[Case, ...]:
    """Return every document with the record that the extractor reads."""
    unread: list[Path] = []
    read = read_documents(files_of(CORPUS), unread)
    cases = tuple(Case(each.text, each.record) for each in read)
    assert cases
    assert not unread
    return cases


@cache
def expected() -> list[str]:
    """Return the meetings of the corpus, resolved and merged with all documents known."""
    records = {each.id: each.record for each in corpus()}
    groups = cluster((each.record, each.text) for each in corpus())
    return sorted(
        _told(merge("m", [Member(records[d], reasons=why) for d, why in group.reasons.items()]))
        for group in groups
    )


@pytest.mark.timeout(240 + 30 * ORDERS)
@settings(max_examples=ORDERS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_meetings_of_the_corpus_do_not_depend_on_the_order(chance: random.Random) -> None:
    """One at a time or many at once, documents before records or behind: 0 differences."""
    asyncio.run(_in_one_order(chance))


@pytest.mark.postgres
async def test_workers_side_by_side_find_the_same_meetings(postgres_url: str) -> None:
    """Four workers on one PostgreSQL, each with a share of the corpus, all at once."""
    async with AsyncExitStack() as stack:
        stores = [await opened(stack, postgres_url) for _ in range(WORKERS)]
        coming = _in_disorder(random.Random(20240203))  # noqa: S311 - an order, no secret
        await asyncio.gather(
            *(_bring(store, coming[at::WORKERS], (1,)) for at, store in enumerate(stores))
        )
        await _same_as_expected(stores[0])


async def _in_one_order(chance: random.Random) -> None:
    async with empty_store() as store:
        await _bring(store, _in_disorder(chance), chance.sample(AT_ONCE, 3))
        await _same_as_expected(store)


def _in_disorder(chance: random.Random) -> list[Any]:
    """Return the corpus' events: documents in any order, each near its record."""
    cases = list(corpus())
    chance.shuffle(cases)
    places = [
        (at + chance.choice((0, 0, 0, -3.5, 12.5)), event)
        for at, each in enumerate(cases)
        for event in ((each.later(at), "document"), (each, "record"))
    ]
    return [event for _, event in sorted(places, key=lambda place: place[0])]


async def _bring(store: Store, events: list[Any], at_once: list[int] | tuple[int, ...]) -> None:
    left = iter(events)
    sizes = list(at_once)
    while together := list(islice(left, sizes[0])):
        await asyncio.gather(*(_take(store, *event) for event in together))
        sizes.append(sizes.pop(0))


async def _take(store: Store, each: Case, what: str) -> None:
    if what == "document":
        await store.desk.keep_document(each.received, each.text)
    else:
        await store.desk.keep_record(each.extracted)


async def _same_as_expected(store: Store) -> None:
    """Compare meetings and merged records, and how often each was published."""
    found = await store.meetings()
    assert sorted(map(_told, found)) == expected()
    homes = {meeting.id for meeting in found}
    published, merged = Counter[str](), Counter[str]()
    for event in await store.events():
        if event.meeting is None:
            continue
        if event.outcome == "statement.published":
            published[event.meeting.id] += 1
        merged.update(event.merged_meeting_ids)
    assert max(published.values()) == 1
    with_statement = {m.id for m in found if any(s.kind == "statement" for s in m.sources)}
    assert with_statement <= published.keys()
    assert published.keys() - homes <= merged.keys()


def _told(meeting: Any) -> str:
    return json.dumps(values_of(meeting), sort_keys=True, ensure_ascii=False)
