"""The five seeds: what a careful analyst reads in them is in their records."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.record import Record
from tests.extract.conftest import Extract

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def seeds(extract: Extract) -> dict[str, Record]:
    """The records of the seeds by their number."""
    files = sorted(SEEDS.glob("*.txt"))
    return {f.name[:3]: extract(f.read_bytes().decode("utf-8-sig"), f.name) for f in files}


@pytest.mark.parametrize(
    ("number", "coalition", "body", "ordinal"),
    [
        ("000", "imctc", "defence_ministers", 2),
        ("001", "global-coalition-daesh", "foreign_ministers", None),
        ("002", "imctc", "defence_ministers", 1),
        ("003", "imctc", "defence_ministers", 2),
        ("004", "global-coalition-daesh", "foreign_ministers", None),
    ],
)
def test_every_seed_is_a_statement_of_its_coalition(
    seeds: dict[str, Record], number: str, coalition: str, body: str, ordinal: int | None
) -> None:
    """Coalition, body and ordinal of each seed."""
    record = seeds[number]
    assert record.kind == "statement"
    assert record.coalition is not None
    assert record.meeting is not None
    assert record.coalition.id == coalition
    assert (record.meeting.body, record.meeting.ordinal) == (body, ordinal)


def test_dates_and_places_of_the_seeds(seeds: dict[str, Record]) -> None:
    """Told days and towns are read; where a text tells none there is none."""
    told = {n: r.meeting and (r.meeting.start_date, r.meeting.city) for n, r in seeds.items()}
    assert told == {
        "000": (None, None),
        "001": (None, None),
        "002": (None, None),
        "003": ("2024-02-03", "Riyadh"),
        "004": ("2018-02-13", "Kuwait City"),
    }
    assert seeds["000"].meeting is not None
    assert seeds["000"].meeting.country == "SA"


def test_counts_money_and_resolutions_of_the_seeds(seeds: dict[str, Record]) -> None:
    """Two pledges, one resolution and four counts stand in the seeds."""
    pledges = {n: [(p.donor, p.amount, p.currency) for p in r.pledges] for n, r in seeds.items()}
    assert {n: p for n, p in pledges.items() if p} == {
        "003": [("SA", 100_000_000, "SAR")],
        "004": [("US", 200_000_000, "USD")],
    }
    assert [(r.body, r.number) for r in seeds["001"].resolutions] == [("UNSC", 2254)]
    counts = {n: [(a.unit, a.value, a.bound) for a in r.attendance] for n, r in seeds.items()}
    assert counts["002"] == [("member_states", 40, "at_least")]
    assert counts["003"] == [("member_states", 42, "exactly"), ("partner_states", 3, "exactly")]
    assert counts["004"] == [("countries_and_organizations", 75, "at_least")]


def test_people_and_focus_of_the_seeds(seeds: dict[str, Record]) -> None:
    """The chair of the Riyadh meeting and the areas it worked on."""
    assert [p.name for p in seeds["003"].people if p.role == "chair"] == [
        "Khalid bin Salman bin Abdulaziz"
    ]
    areas = {a.id for a in seeds["000"].focus_areas}
    assert areas == {"ideology", "media", "military", "counter_financing"}
