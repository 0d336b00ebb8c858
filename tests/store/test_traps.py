"""What could join two meetings or part one, each trap with texts or records of our own."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from tests.store.conftest import Store
from tests.store.makers import Case, case
from tests.store.reading import read
from tests.store.test_meetings import groups, reasons

DEFENCE: dict[str, Any] = {"body": "defence_ministers", "city": "Riyadh", "country": "SA"}
DAY: dict[str, Any] = {"start_date": "2024-02-03", "end_date": "2024-02-03"}
RUN = "that they would not rest until every village along the river is safe again for its people"


def apart(*cases: Case) -> bool:
    """Tell whether every document is a meeting of its own, whatever comes first."""
    found = {frozenset(map(frozenset, groups(*order))) for order in permutations(cases)}
    return found == {frozenset(frozenset({each.record.document.name}) for each in cases)}


def together(*cases: Case) -> bool:
    """Tell whether all documents are one meeting, whatever comes first."""
    found = {frozenset(map(frozenset, groups(*order))) for order in permutations(cases)}
    return found == {frozenset({frozenset(each.record.document.name for each in cases)})}


# Two meetings of one coalition within weeks or days.


def test_two_meetings_in_one_city_within_a_week_are_two() -> None:
    """Chiefs of staff prepare what the ministers decide five days later, in the same place."""
    chiefs = case("Chiefs", body="chiefs_of_staff", city="Riyadh", start_date="2024-02-03")
    ministers = case("Ministers", body="defence_ministers", city="Riyadh", start_date="2024-02-08")
    assert apart(chiefs, ministers)


def test_two_meetings_of_one_body_within_a_week_are_two() -> None:
    """An extraordinary meeting follows the ordinary one: the days alone tell them apart."""
    ordinary = case("Ordinary", **DEFENCE, start_date="2024-02-03")
    extraordinary = case("Extraordinary", **DEFENCE, start_date="2024-02-08")
    assert apart(ordinary, extraordinary)


def test_a_report_between_two_meetings_goes_with_the_nearer() -> None:
    """It gives its own date only, a day after the second of two meetings of that body."""
    first = case("First", name="1", **DEFENCE, start_date="2024-02-03")
    second = case("Second", name="2", **DEFENCE, start_date="2024-02-13")
    report = case("Report", name="r", body="defence_ministers", published="2024-02-14")
    for order in permutations([first, second, report]):
        assert groups(*order) == {frozenset({"1"}), frozenset({"2", "r"})}


# An earlier meeting told as background.

BACKGROUND = """\
Nouakchott, 18 June 2024 - The defence ministers of the G5 Sahel met today in Nouakchott. In a \
joint statement they condemned the attack on the market and agreed to launch joint patrols.

The ministers last met in Niamey on 12 January 2023, when they adopted the plan now under way.
"""
EARLIER = """\
Niamey, 12 January 2023 - The defence ministers of the G5 Sahel met today in Niamey. In a joint \
statement they adopted a plan for the borders and reaffirmed their determination to carry it out.
"""


def test_an_earlier_meeting_told_as_background_is_not_joined() -> None:
    """The paragraph about the last meeting makes no source of that one."""
    assert apart(read(BACKGROUND, "later.txt"), read(EARLIER, "earlier.txt"))


# A series with the same place every year.


def test_a_series_in_one_place_is_a_meeting_a_year() -> None:
    """The same body in the same city in the same month, four years on end."""
    yearly = [
        case(f"Year {year}", **DEFENCE, start_date=f"{year}-02-03") for year in range(2021, 2025)
    ]
    assert apart(*yearly)


def test_a_document_of_a_series_without_a_date_joins_none_of_it() -> None:
    """It could be any year's."""
    yearly = [case(f"{year}", **DEFENCE, start_date=f"{year}-02-03") for year in (2022, 2023)]
    assert apart(*yearly, case("Some year", **DEFENCE))


def test_a_series_that_repeats_its_formulas_is_a_meeting_a_year() -> None:
    """Equal words, equal place, equal theme: the years outweigh them all."""
    told: dict[str, Any] = {**DEFENCE, "theme": "stronger together"}
    assert apart(
        *(case(f"{y} They said {RUN}", **told, start_date=f"{y}-02-03") for y in (2021, 2022, 2023))
    )


# A document without date and place.


def test_without_date_place_and_shared_words_a_document_stays_alone() -> None:
    """Body and coalition are no tie."""
    dated = case("Dated", **DEFENCE, **DAY)
    assert apart(dated, case("Undated", body="defence_ministers"), case("Bare"))


async def test_a_tie_that_comes_a_week_later_joins_what_stood_alone(store: Store) -> None:
    """The older id stays, the newer leads to it, and nobody is alerted a third time."""
    alone = case(f"They said {RUN}", name="alone")
    dated = case("The ministers met", name="dated", **DEFENCE, **DAY)
    await store.take(alone, dated)
    assert await store.outcomes() == ["statement.published"] * 2
    tie = case(f"In Riyadh they said {RUN} on Saturday", name="tie", **DEFENCE, **DAY)
    await store.take(tie)
    event = (await store.events())[-1]
    assert event.outcome == "meetings.merged"
    assert await store.names() == {frozenset({"alone", "dated", "tie"})}


async def test_a_document_that_stood_alone_keeps_its_id(store: Store) -> None:
    """What was linked to when it had no date and place still leads there."""
    alone = case(f"They said {RUN}", name="alone")
    await store.take(alone)
    (before,) = await store.meetings()
    await store.take(case(f"They said {RUN} on Saturday", name="dated", **DEFENCE, **DAY))
    (after,) = await store.meetings()
    assert after.id == before.id
    assert (await store.outcomes())[1] == "meeting.updated"


# A preview and its later statement; a statement without a meeting.


async def test_a_preview_and_its_later_statement_are_one(store: Store) -> None:
    """Announced once, published once, under one id; the statement need not repeat the day."""
    preview = case("They will meet", name="p", kind="preview", published="2024-01-20", **DEFENCE,
                   start_date="2024-02-03")  # fmt: skip
    statement = case("They met", name="s", body="defence_ministers", published="2024-02-03")
    await store.take(preview, statement)
    assert await store.outcomes() == ["meeting.announced", "statement.published"]
    assert await store.names() == {frozenset({"p", "s"})}


def test_the_preview_of_the_next_meeting_is_not_joined_to_the_last() -> None:
    """It comes out in the month of one meeting and tells of another."""
    last = case("They met", **DEFENCE, **DAY)
    following = case("They will meet", kind="preview", published="2024-02-04", **DEFENCE,
                     start_date="2024-03-10")  # fmt: skip
    assert apart(last, following)


def test_a_statement_without_a_meeting_stands_alone() -> None:
    """The coalition condemns an attack a day before its ministers meet."""
    statement = case("The coalition condemned the attack", published="2024-02-02")
    assert apart(statement, case("Ministers met", **DEFENCE, **DAY))


def test_two_reports_of_a_statement_without_a_meeting_are_one() -> None:
    """They share its words, or in two languages who signed what on which day."""
    signed: dict[str, Any] = {"people": [{"name": "Khalid bin Salman"}], "resolutions": [2254]}
    arabic: dict[str, Any] = {"people": [{"name": "خالد بن سلمان"}], "resolutions": [2254]}
    one = case(f"The coalition said {RUN}.", name="1", published="2024-02-02", **signed)
    other = case(f"As it said yesterday {RUN}", name="2", published="2024-02-03")
    translated = case("وقال التحالف", name="3", published="2024-02-02", **arabic)
    assert together(one, other, translated)


# Hijri and Gregorian dates of one day; time zones that shift a day.

HIJRI = """\
الرياض 23 رجب 1445 هـ / عقد وزراء دفاع دول التحالف الإسلامي العسكري لمحاربة الإرهاب اليوم في \
الرياض اجتماعهم، وأكدوا في بيان ختامي عزمهم على مكافحة الإرهاب.
"""
GREGORIAN = """\
Riyadh, 4 February 2024 - The defence ministers of the Islamic Military Counter Terrorism \
Coalition met today in Riyadh. In a final communiqué they welcomed the new members \
and condemned terrorism.
"""


@pytest.mark.parametrize("day", ["3 February 2024", "4 February 2024", "5 February 2024"])
def test_hijri_and_gregorian_dates_of_one_day_agree(day: str) -> None:
    """23 Rajab 1445 was 4 February 2024; sightings of the moon differ by a day."""
    hijri, gregorian = read(HIJRI, "h"), read(GREGORIAN.replace("4 February 2024", day), "g")
    assert hijri.record.meeting is not None
    assert hijri.record.meeting.start_date == "2024-02-04"
    assert together(hijri, gregorian)


def test_a_time_zone_that_shifts_a_day_parts_nothing() -> None:
    """It is Saturday evening in Washington and Sunday in Riyadh, also at the end of a month."""
    told: dict[str, Any] = {"body": "defence_ministers", "city": "Riyadh"}
    saturday = case("Saturday", **told, start_date="2024-03-31")
    sunday = case("Sunday", **told, start_date="2024-04-01")
    assert together(saturday, sunday)
    assert "a day apart, same place and body" in reasons(saturday, sunday)


def test_two_days_are_two_meetings() -> None:
    """No time zone shifts two."""
    assert apart(case("1", **DEFENCE, start_date="2024-02-03"), case("2", **DEFENCE,
                 start_date="2024-02-05"))  # fmt: skip


def test_days_that_shift_never_chain_into_a_week() -> None:
    """A meeting holds no two documents that contradict each other, so a day is all there is."""
    daily = [case(f"{day}", **DEFENCE, start_date=f"2024-02-0{day}") for day in range(3, 8)]
    for group in groups(*daily):
        assert len(group) <= 2
