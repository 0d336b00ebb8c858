"""Dates: every calendar and order that the press of these countries uses."""

from __future__ import annotations

from datetime import date

import pytest

from services.extract.grammars.dates import read_dates, resolve
from services.extract.grammars.published import read_head
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
    ],
)
def test_dates_become_days(open_text: Open, text: str, value: str) -> None:
    """Levantine, Maghrebi and Hijri months, and digits, are one calendar in the record."""
    assert value in [d.value for d in read_dates(open_text(text))]


@pytest.mark.parametrize(
    "text", ["31/02/2020", "resolution 2254 of the Council", "S/RES/2379 (2017)", "le mai dernier"]
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


@pytest.mark.parametrize(
    ("text", "published", "town"),
    [
        ("Oslo, 4 March 2020 (Agencies) - The ministers met.", "2020-03-04", "Oslo"),
        ("نواكشوط 9 ماي 2019 (وكالات) - التقى الوزراء.", "2019-05-09", "Nouakchott"),
        ("الدوحة 10 محرم 1444 هـ الموافق 08 أغسطس 2022 م\nاجتمع الوزراء.", "2022-08-08", "Doha"),
        ("Fin de la réunion.\nFait à Dakar, le 2 juin 2018", "2018-06-02", None),
        (" date 2021-03 The ministers met in Oslo.", "2021-03", None),
        ("The group was founded in Oslo and met again on 4 March 2020 in Bergen.", None, None),
    ],
)
def test_a_head_tells_when_and_where_a_text_was_published(
    open_text: Open, text: str, published: str | None, town: str | None
) -> None:
    """Datelines, labels and date lines count; a date in the story does not."""
    reading = open_text(text)
    head = read_head(reading, read_dates(reading))
    assert head.published == published
    if town:
        assert head.town is not None
        assert head.town.id == town
