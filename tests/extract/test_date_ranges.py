"""Ranges of days, and days that only the date of publication makes days of a year."""

from __future__ import annotations

from datetime import date

import pytest

from services.extract.grammars.dates import month_of, read_dates, resolve, resolve_range
from tests.extract.conftest import Open

WEDNESDAY = date(2024, 5, 15)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("26-27 November 2017", "2017-11-26", "2017-11-27"),
        ("November 26-27, 2017", "2017-11-26", "2017-11-27"),
        ("Nov. 26 and 27, 2017", "2017-11-26", "2017-11-27"),
        ("on 22 / 23 June 2020", "2020-06-22", "2020-06-23"),
        ("3, 4 and 5 July 2021", "2021-07-03", "2021-07-05"),
        ("Thursday 8 - Friday 9 February 2024", "2024-02-08", "2024-02-09"),
        ("30 June - 1 July 2024", "2024-06-30", "2024-07-01"),
        ("from June 30 to July 2, 2024", "2024-06-30", "2024-07-02"),
        ("31 December 2023 to 1 January 2024", "2023-12-31", "2024-01-01"),
        ("26-27/11/2017", "2017-11-26", "2017-11-27"),
        ("du 3 au 5 mai 2024", "2024-05-03", "2024-05-05"),
        ("du mardi 3 au jeudi 5 mai 2024", "2024-05-03", "2024-05-05"),
        ("les 1er et 2 juillet 2021", "2021-07-01", "2021-07-02"),
        ("entre le 3 et le 5 juillet 2021", "2021-07-03", "2021-07-05"),
        ("le 28 février et le 1er mars 2021", "2021-02-28", "2021-03-01"),
        ("من 3 إلى 5 مايو 2024", "2024-05-03", "2024-05-05"),
        ("من الثالث إلى الخامس من مايو 2024", "2024-05-03", "2024-05-05"),
        ("يومي الثلاثاء والأربعاء 26 و27 نوفمبر 2017", "2017-11-26", "2017-11-27"),
        ("30 يونيو - 1 يوليو 2024", "2024-06-30", "2024-07-01"),
        ("Monday and Tuesday", "2024-05-13", "2024-05-14"),
        ("lundi et mardi", "2024-05-13", "2024-05-14"),
        ("الأحد والاثنين", "2024-05-12", "2024-05-13"),
        ("غدا وبعد غد", "2024-05-16", "2024-05-17"),
    ],
)
def test_two_days_that_open_and_end_a_meeting_are_one_range(
    open_text: Open, text: str, first: str, last: str
) -> None:
    """Across months and years too, with weekdays between, in words and in digits."""
    (mention,) = read_dates(open_text(text))
    days = resolve_range(mention, WEDNESDAY)
    assert days == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2024-05-15"),
        ("hier dans la capitale", "2024-05-14"),
        ("أمس الثلاثاء", "2024-05-14"),
        ("اليوم الأربعاء", "2024-05-15"),
        ("the day after tomorrow", "2024-05-17"),
        ("last Friday", "2024-05-10"),
        ("next Friday", "2024-05-17"),
        ("le mardi 12 avril dernier pour la", "2024-04-12"),
        ("la réunion de mardi prochain dans la", "2024-05-21"),
        ("vendredi dernier dans la capitale", "2024-05-10"),
        ("الثلاثاء المقبل", "2024-05-21"),
        ("الأحد الماضي", "2024-05-12"),
        ("in three days", "2024-05-18"),
        ("three days ago", "2024-05-12"),
        ("10 days ago", "2024-05-05"),
        ("il y a trois jours dans la", "2024-05-12"),
        ("dans les pays, dans trois jours", "2024-05-18"),
        ("قبل يومين", "2024-05-13"),
        ("بعد ثلاثة أيام", "2024-05-18"),
    ],
)
def test_days_are_counted_from_the_date_of_publication(
    open_text: Open, text: str, day: str
) -> None:
    """Last and next, ago and in so many days; a weekday beside "today" is the same day."""
    (mention,) = read_dates(open_text(text))
    assert resolve(mention, WEDNESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "after three days of talks",
        "two days before the summit",
        "for the three days",
        "après trois jours de travaux dans la capitale",
        "بعد ثلاثة أيام من المباحثات",
        "في اليوم الثاني",
        "اليوم العالمي للسلام",
        "اثنين من الوزراء",
        "the two sides sat down",
        "ordre du jour de la réunion",
    ],
)
def test_lengths_and_ordinal_days_are_no_dates(open_text: Open, text: str) -> None:
    """Three days of talks, the second day, world days and the order of the day are none."""
    assert read_dates(open_text(text)) == ()


@pytest.mark.parametrize(
    ("text", "forward", "month"),
    [
        ("last month", False, "2024-04"),
        ("الشهر المقبل", False, "2024-06"),
        ("in March", False, "2024-03"),
        ("in January", True, "2025-01"),
        ("في تموز/يوليو 2021", False, "2021-07"),
        ("كانون الأول (ديسمبر) 2022", False, "2022-12"),
    ],
)
def test_a_month_without_a_day_is_a_month(
    open_text: Open, text: str, forward: bool, month: str
) -> None:
    """Double names of months are one; a month without its year is the nearest, or the next."""
    (mention,) = read_dates(open_text(text))
    assert month_of(mention, WEDNESDAY, forward) == month
