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
        ("الاثنتي عشرة دولة", [12]),
        ("ألف ومئتي جندي", [1_200]),
        ("148 مليوناً و712 ألف دولار", [148_712_000]),
        ("ملياراً و600 مليون جنيه", [1_600_000_000]),
        ("خمسة ملايين و200 ألف يورو", [5_200_000]),
        ("5 ملايين و3 دول", [5_000_000, 3]),
        ("خمسة ملايين و3 ملايين أخرى", [5_000_000, 3_000_000]),
        ("ثلاثمئة ألف دولار", [300_000]),
        ("مليارا دولار", [2_000_000_000]),
        ("مليارا ونصف المليار كرونة", [1_500_000_000]),
        ("نصف مليار دولار", [500_000_000]),
        ("خمسة ملايين ونصف المليون دولار", [5_500_000]),
        ("خمسون مليونا من الدولارات", [50_000_000]),
        ("مائة وخمس وعشرين دولة", [125]),
        ("quatre-vingt-dix-neuf pays et le reste", [99]),
        ("deux cent cinquante mille euros et le reste", [250_000]),
        ("pour les 1,5 Md€", [1_500_000_000]),
        ("pour un demi-milliard d'euros dans les", [500_000_000]),
        ("pour les deux douzaines de pays", [24]),
        ("two dozen countries", [24]),
        ("half a dozen countries", [6]),
        ("half a billion dollars", [500_000_000]),
        ("one hundred and twenty nations", [120]),
        ("one and a half billion dollars", [1_500_000_000]),
        ("$1.5bn", [1_500_000_000]),
        ("$60 mln", [60_000_000]),
        ("$1,200,000.50", [1200000.5]),
    ],
)
def test_numbers_are_read(open_text: Open, text: str, values: list[float]) -> None:
    """A number is one value however it is written."""
    assert [n.value for n in read_numbers(open_text(text))] == values


def test_a_round_figure_says_so(open_text: Open) -> None:
    """Une cinquantaine is about fifty."""
    (number,) = [n for n in read_numbers(open_text("avec la cinquantaine de pays")) if n.value > 1]
    assert (number.value, number.about) == (50, True)


@pytest.mark.parametrize(
    "text",
    [
        "millions of people in the region have fled",
        "several dozen countries",
        "dozens of countries",
        "plusieurs dizaines de pays dans la région",
        "عشرات الملايين",
    ],
)
def test_what_is_not_told_is_no_number(open_text: Open, text: str) -> None:
    """Bare millions and dozens are not counted."""
    assert read_numbers(open_text(text)) == ()
