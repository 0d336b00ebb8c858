"""Dates: every calendar and order that the press of these countries uses."""

from __future__ import annotations

from datetime import date

import pytest

from services.extract.grammars.dates import read_dates, resolve
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 كانون الثاني 2022", "2022-01-12"),
        ("4 فيفري 2019", "2019-02-04"),
        ("17 يوليوز 2020", "2020-07-17"),
        ("٥ مايو ٢٠٢١", "2021-05-05"),
        ("10 محرم 1444 هـ", "2022-08-08"),
        ("3 / 9 / 1442هـ", "2021-04-15"),
        ("في شهر أكتوبر من عام 2018", "2018-10"),
        ("في الخامس عشر من مايو 2027", "2027-05-15"),
        ("Oslo - 14/11/2024. The group met", "2024-11-14"),
        ("le 1er mars 2023", "2023-03-01"),
        ("mercredi 8 déc. 2021", "2021-12-08"),
        ("September 9, 2014", "2014-09-09"),
        ("the 3rd of May 2019", "2019-05-03"),
        ("2020-11-30", "2020-11-30"),
        ("30/11/2020", "2020-11-30"),
        ("15 تشرين1/أكتوبر 2016", "2016-10-15"),
        ("3 ديسمبر / كانون الأول 2024", "2024-12-03"),
        ("3 كانون الأول (ديسمبر) 2024", "2024-12-03"),
        ("8 جويلية 2023", "2023-07-08"),
        ("3 شتنبر 2023", "2023-09-03"),
        ("السادس والعشرين من نوفمبر 2017", "2017-11-26"),
        ("الأول من شهر رجب لعام 1445هـ", "2024-01-13"),
        ("30 جمادى الأولى 1436هـ", "2015-03-21"),
        ("1445/7/22هـ", "2024-02-03"),
        ("Rajab 22, 1445", "2024-02-03"),
        ("22/7/1445 هـ الموافق 3 / 2 / 2024م", "2024-02-03"),
        ("3.2.2024", "2024-02-03"),
        ("2024/02/03", "2024-02-03"),
        ("12/14/2023", "2023-12-14"),
        ("02/03/24", "2024-03-02"),
        ("Feb. 3, 2024", "2024-02-03"),
        ("February the 3rd, 2024", "2024-02-03"),
        ("the twenty-sixth of November 2017", "2017-11-26"),
        ("le 3 févr. 2024 dans la capitale", "2024-02-03"),
        ("2024-02-03T10:00:00Z", "2024-02-03"),
    ],
)
def test_dates_become_days(open_text: Open, text: str, value: str) -> None:
    """Levantine, Maghrebi and Hijri months, and digits, are one calendar in the record."""
    assert value in [d.value for d in read_dates(open_text(text))]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2020",
        "resolution 2254 of the Council",
        "S/RES/2379 (2017)",
        "le mai dernier",
        "may 2 countries join",
        "version 3.2.24",
        "the season 2023/24",
        "31 رجب 1445",
    ],
)
def test_what_is_no_date_is_not_read(open_text: Open, text: str) -> None:
    """Impossible days and numbers of resolutions are no dates."""
    assert [d for d in read_dates(open_text(text)) if d.value] == []


@pytest.mark.parametrize(
    ("text", "forward", "day"),
    [
        ("أمس", False, date(2022, 5, 10)),
        ("بعد غد", False, date(2022, 5, 13)),
        ("on Tuesday", False, date(2022, 5, 10)),
        ("on Tuesday", True, date(2022, 5, 17)),
        ("ce mercredi", False, date(2022, 5, 11)),
        ("le 3 janvier", False, date(2022, 1, 3)),
    ],
)
def test_days_are_told_from_the_day_of_publication(
    open_text: Open, text: str, forward: bool, day: date
) -> None:
    """A weekday is the last one, in a preview the next; a day without a year is the nearest."""
    (mention,) = read_dates(open_text(text))
    assert resolve(mention, date(2022, 5, 11), forward) == day
