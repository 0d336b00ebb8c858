"""Numbers: digits with separators and words in three languages."""

from __future__ import annotations

import pytest

from services.extract.grammars.numbers import read_numbers
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("مبلغ 100,000,000 ريال", [100_000_000]),
        ("مليارين ونصف المليار دولار", [2_500_000_000]),
        ("مئتا مليون دولار", [200_000_000]),
        ("بمئة مليون ريال", [100_000_000]),
        ("ثلاثمئة وخمسين مليونا", [350_000_000]),
        ("إثنتين وأربعين دولة", [42]),
        ("٧٤ عضوا", [74]),
        ("quarante et un pays et 2,4 milliards d'euros", [41, 2_400_000_000]),
        ("quatre-vingt-trois membres et soixante-quinze invités", [83, 75]),
        ("cent vingt millions de francs et 1 200 hommes", [120_000_000, 1200]),
        ("eighty-three members gave $2.5 billion and 1,200 men", [83, 2_500_000_000, 1200]),
        ("the members gave two and a half billion in 2019", [2_500_000_000, 2019]),
        ("the ministers promised €400m to the fund", [400_000_000]),
    ],
)
def test_numbers_are_read(open_text: Open, text: str, values: list[float]) -> None:
    """A number is one value however it is written."""
    assert [n.value for n in read_numbers(open_text(text))] == values


def test_a_round_figure_says_so(open_text: Open) -> None:
    """Une cinquantaine is about fifty."""
    (number,) = [n for n in read_numbers(open_text("avec la cinquantaine de pays")) if n.value > 1]
    assert (number.value, number.about) == (50, True)


def test_a_bare_scale_is_no_number(open_text: Open) -> None:
    """Millions of people are not counted."""
    assert read_numbers(open_text("millions of people in the region have fled")) == ()
