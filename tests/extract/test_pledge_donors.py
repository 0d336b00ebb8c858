"""Promises about donors: whose sum it is where several states, speakers or currencies are named."""

from __future__ import annotations

import pytest

from services.extract.grammars.numbers import read_numbers
from services.extract.grammars.pledges import read_pledges
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "pledges"),
    [
        (
            "Oslo, Berne et Vienne verseront 12, 8 et 4 millions d'euros.",
            [("NO", 12e6, "EUR"), ("CH", 8e6, "EUR"), ("AT", 4e6, "EUR")],
        ),
        (
            "Norway, Kenya and Qatar will give 12, 8 and 4 million dollars.",
            [("NO", 12e6, "USD"), ("KE", 8e6, "USD"), ("QA", 4e6, "USD")],
        ),
        ("تعهدت قطر بثلاثة ملايين دينار كويتي.", [("QA", 3e6, "KWD")]),
        ("تعهدت الكويت بخمسة ملايين دينار تونسي.", [("KW", 5e6, "TND")]),
        ("وأوضح الموفد الأمريكي أن الأعضاء تعهدوا بنحو مليار دولار.", [(None, 1e9, "USD")]),
        ("Estonia adds €7 million for radios.", [("EE", 7e6, "EUR")]),
        ("La Suède a mis 30 millions d'euros dans le fonds.", [("SE", 30e6, "EUR")]),
        ("The members made over EUR 3 billion in new commitments.", [(None, 3e9, "EUR")]),
        (
            "Qatar's envoy recalled what his country did, and Norway promised 9 million euros.",
            [("NO", 9e6, "EUR")],
        ),
    ],
)
def test_a_sum_is_whose_it_is_said_to_be(
    open_text: Open, text: str, pledges: list[tuple[str | None, float, str]]
) -> None:
    """Lists are given in turn; a currency's state gives nothing; all together are no one donor."""
    reading = open_text(text)
    found = read_pledges(reading, read_numbers(reading), ())
    assert [(p.donor, p.amount, p.currency) for p in found] == pledges
