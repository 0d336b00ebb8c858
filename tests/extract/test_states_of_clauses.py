"""Which state a person serves by the clause that names them."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("OTTAWA, 3 May - Poland, whose Minister, Marek Bielski, had asked for it, agreed.", "PL"),
        ("OTTAWA, 3 May - In Warsaw, the defence minister, Marek Bielski, welcomed it.", "PL"),
        ("OTTAWA, 3 May - Mali and its defence minister, Issa Boubé, thanked them.", "ML"),
        ("OTTAWA, 3 May - Norway: Defence Minister Ingrid Dahl.", "NO"),
        ("Rabat, 3 mai - À Nairobi, le ministre de la Défense, Peter Mwangi, a salué cela.", "KE"),
        (
            "Rabat, 3 mai - Le Mali et son ministre de la Défense, le général Issa Boubé, ont dit.",
            "ML",
        ),
        ("Rabat, 3 mai - Pour le Niger, le général Issa Boubé a pris la parole.", "NE"),
        ("الرباط 3 مايو - وفي نيروبي رحب وزير الدفاع بيتر موانغي بالقرار.", "KE"),
        ("الرباط 3 مايو - أما كينيا، ووزير دفاعها بيتر موانغي، فقد تعهدت بسفينة.", "KE"),
        ("الرباط 3 مايو - وعن النيجر، تحدث الفريق عيسى بوبي.", "NE"),
    ],
)
def test_a_clause_tells_the_state_of_whom_it_names(open_text: Open, text: str, state: str) -> None:
    """It is about a state, is set in its capital, or a word between points back to it."""
    assert [p.country for p in read_people(open_text(text))] == [state]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("OTTAWA, 3 May - The Defence Minister, Paul Martin, warned of Russia.", "CA"),
        (
            "OTTAWA, 3 May - Poland was thanked; the Defence Minister, Paul Martin, spoke.",
            "CA",
        ),
        ("OTTAWA, 3 May - After his talks in Mali, Defence Minister Paul Martin flew home.", "CA"),
        ("OTTAWA, 3 May - Asked about Ukraine, Defence Minister Paul Martin said nothing.", "CA"),
        ("OTTAWA, 3 May - With Ukraine in mind, the Secretary General, Anna Berg, agreed.", None),
        ("OTTAWA, 3 May - Kenya sent soldiers, Ambassador Peter Oloo said.", None),
        ("Rabat, 3 mai - Le Kenya a envoyé des troupes, a dit le général Paul Yao.", None),
        ("الرباط 3 مايو - وبحث وزير الدفاع عمر بناني الوضع في مالي.", "MA"),
        ("الرباط 3 مايو - وبعد زيارة إلى مالي عاد وزير الدفاع عمر بناني إلى البلاد.", "MA"),
    ],
)
def test_a_state_that_a_clause_only_touches_on_is_nobodys(
    open_text: Open, text: str, state: str | None
) -> None:
    """Threats, talks and visits are no office; an envoy speaks of states that he does not serve."""
    assert [p.country for p in read_people(open_text(text))] == [state]
