"""Promises about who spoke by a noun of speech, and whose words a preposition brings."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Open
from tests.extract.test_roles_of_people import roles_of


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("General Peter Oloo and Minister Anne Roy delivered opening statements.", ["speaker"] * 2),
        ("Keynote speakers include Adm. Paul Reed and Gen. Anne Roy.", ["speaker"] * 2),
        (
            "Le ministre malien Paul Yao et le général Marc Diop se sont exprimés à l'ouverture.",
            ["speaker", "speaker"],
        ),
        ("Lecture a été donnée par le colonel Serge Ondo du communiqué.", ["speaker"]),
        ("Le général Paul Yao, directeur du Centre, exposera le bilan.", ["speaker"]),
        ("Les orateurs sont le général Paul Yao et le colonel Marc Diop.", ["speaker"] * 2),
        ("ومن المتحدثين اللواء حسن علي والفريق سامي فؤاد.", ["speaker", "speaker"]),
        ("أدار أعمالها معالي الشيخ سعود بن علي.", ["chair"]),
        ("In the late afternoon General Peter Oloo took part.", ["participant"]),
        # Statements of others, and those of whom nothing but silence tells.
        ("Financial statements were lost, General Peter Oloo was told.", ["mentioned"]),
        ("Members stood in silence for the late Brigadier Arun Pillay.", ["mentioned"]),
    ],
)
def test_who_makes_a_statement_speaks(open_text: Open, text: str, roles: list[str]) -> None:
    """All of a list of speakers, and those who share the verb."""
    assert roles_of(open_text, text) == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "وضمت قائمة الحضور، بحسب البنتاغون، الفريق حسن علي (السعودية)، "
            "واللواء سامي فؤاد (قطر).",
            ["participant", "participant"],
        ),
        ("الوضع هادئ بحسب اللواء حسن علي.", ["speaker"]),
    ],
)
def test_a_source_between_commas_is_not_the_next_person(
    open_text: Open, text: str, roles: list[str]
) -> None:
    """According to the ministry, General X: the ministry says it."""
    assert roles_of(open_text, text) == roles
