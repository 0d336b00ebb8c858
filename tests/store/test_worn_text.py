"""What is written in reports of any meeting ties none of them together."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.store.meetings import cluster
from shared.database import Database
from shared.migrating import migrate
from tests.store.conftest import Store
from tests.store.makers import Case, case
from tests.store.test_meetings import groups

STANDING = (
    "The coalition was founded years ago in one city and comprises many states of three parts"
)
NEWS = "they have today taken a decision that nobody had expected of them before noon in the hall"
MONTHS = ("2021-01-10", "2022-05-10", "2023-09-10")


def report(number: int, text: str, **facts: Any) -> Case:
    own = " ".join(f"word{number}x{n}" for n in range(12))
    return case(f"{own} {text}", name=f"{number}", **facts)


def test_a_paragraph_that_ends_reports_of_three_months_ties_no_report() -> None:
    """Undated reports that have only that paragraph in common with others stay alone."""
    dated = [report(n, STANDING, start_date=day) for n, day in enumerate(MONTHS)]
    undated = [report(n, STANDING) for n in (3, 4)]
    assert len(groups(*dated, *undated)) == 5
    # While only two months have it, it counts as news.
    assert len(groups(*dated[:2], *undated)) == 2


def test_news_beside_a_worn_paragraph_still_tie() -> None:
    """The words that two reports share beyond what all have make them one meeting."""
    dated = [report(n, STANDING, start_date=day) for n, day in enumerate(MONTHS)]
    one, other = (report(n, f"{NEWS} word{n} {STANDING}") for n in (3, 4))
    assert frozenset({"3", "4"}) in groups(*dated, one, other)


async def test_a_paragraph_that_proves_worn_parts_what_it_joined(store: Store) -> None:
    """Reports that were joined by it go their own ways once a third month has it."""
    first, second, third = (report(n, STANDING, start_date=d) for n, d in enumerate(MONTHS))
    undated = [report(n, STANDING) for n in (3, 4)]
    await store.take(first, second, *undated)
    assert len(await store.meetings()) == 2
    await store.take(third)
    assert len(await store.meetings()) == 5
    await store.take(report(5, STANDING))
    assert len(await store.meetings()) == 6


async def test_a_reason_that_proves_worn_is_told_no_more(store: Store) -> None:
    """Reports that also agree in their ordinal stay together, for that reason alone."""
    told = {"ordinal": 2, "body": "defence_ministers"}
    await store.take(*(report(n, STANDING, **told) for n in (3, 4)))
    assert len((await store.meetings())[0].sources[0].reasons) == 2
    await store.take(*(report(n, STANDING, start_date=d, ordinal=1) for n, d in enumerate(MONTHS)))
    (both,) = (m for m in await store.meetings() if m.ordinal == 2)
    assert {s.reasons for s in both.sources} == {("same ordinal and body: 2, defence_ministers",)}


TEXTS = st.lists(st.sampled_from([STANDING, NEWS, "nothing more"]), max_size=2, unique=True)
REPORTS = st.lists(
    st.tuples(
        TEXTS.map(" and then ".join),
        st.fixed_dictionaries(
            {},
            optional={
                "ordinal": st.integers(1, 2),
                "body": st.just("defence_ministers"),
                "start_date": st.sampled_from([*MONTHS, "2023-09-11"]),
                "city": st.sampled_from(["Riyadh", "Rome"]),
            },
        ),
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS, st.randoms(use_true_random=False))
def test_reports_with_any_texts_in_any_order_are_the_same_meetings(told: Any, random: Any) -> None:
    """Decided one by one, whatever wears out on the way, as if all were known at once."""
    reports = [report(n, text, **facts) for n, (text, facts) in enumerate(told)]
    random.shuffle(reports)
    assert asyncio.run(_taken(reports)) == groups(*reports)


async def _taken(reports: list[Case]) -> set[frozenset[str]]:
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            database = Database(f"sqlite:///{folder}/store.db")
            stack.push_async_callback(database.close)
            await migrate(database, "services.store")
            store = Store(database)
            await store.take(*reports)
            found = {m.id: {s.name: s.reasons for s in m.sources} for m in await store.meetings()}
            expected = cluster((each.record, each.text) for each in reports)
            names = {each.id: each.record.document.name for each in reports}
            assert sorted(map(_sorted, found.values())) == sorted(
                _sorted({names[d]: tuple(r.text for r in why) for d, why in g.reasons.items()})
                for g in expected
            )
            return await store.names()


def _sorted(reasons: dict[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return sorted(reasons.items())
