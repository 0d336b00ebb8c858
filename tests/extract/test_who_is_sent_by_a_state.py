"""Promises about persons whose state is told by who sent them, and by the agency of a town."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Accra. La Tanzanie avait délégué son haut-commissaire au Kenya, John Massawe.", ["TZ"]),
        ("Le Cameroun y dépêche Joseph Essomba, chargé de la Défense.", ["CM"]),
        ("Kenya sent Ambassador Peter Oloo to the meeting.", ["KE"]),
        ("Britain dispatched its armed forces minister, Paul Harding.", ["GB"]),
        ("وأوفدت تونس السفير حسن المرزوقي.", ["TN"]),
        ("أوفدت برلين السفير ينس شولتز، وبغداد السفير سالم الجبوري.", ["DE", "IQ"]),
        # A sum that is sent, and the town of a post, send nobody.
        ("Kenya sent soldiers, Ambassador Peter Oloo said in Paris.", [None]),
        ("Le Cameroun a envoyé des troupes, a dit le général Paul Yao.", [None]),
    ],
)
def test_whom_a_state_sends_serves_it(
    open_text: Open, text: str, expected: list[str | None]
) -> None:
    """Also where a list leaves out the verb, and where the person is posted elsewhere."""
    assert [p.country for p in read_people(open_text(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ومثّل دولة الكويت في الاجتماع رئيس وحدة التحريات المالية حمد العنزي.", ["KW"]),
        ("وكان المغرب، الذي مثله في اللقاء مدير القضايا الشاملة إسماعيل الشقيري، قد حضر.", ["MA"]),
        ("أما كندا، ممثلةً بوزيرة الدفاع إميلي تريفور، فوعدت بمليار دولار.", ["CA"]),
        ("وعن الجانب البولندي السفير كريستوف نوفاك والجنرال يان كوفالسكي.", ["PL", "PL"]),
        ("وحضر من الجانب العراقي الفريق حسن العبيدي واللواء سالم الجبوري.", ["IQ", "IQ"]),
        ("وأعلنت برلين على لسان السفير سامي شولتز تقديم صواريخ.", ["DE"]),
        ("La Suisse, par la voix de l'ambassadrice Anne Roche, a promis deux millions.", ["CH"]),
        ("يمثل واشنطن المنسق كريستوفر هيل، وروما المبعوث لويجي روسي.", ["US", "IT"]),
        # To meet a side is not to be of it; "such as" brings no representative.
        ("واجتمع اللواء سالم الجبوري مع الجانب البولندي.", [None]),
        ("والتقى دولا مثل قطر، وحضر اللواء سالم الجبوري.", [None]),
    ],
)
def test_who_speaks_or_sits_for_a_state_is_its_own(
    open_text: Open, text: str, expected: list[str | None]
) -> None:
    """Where the meeting stands between, where the state stands before, and by sides."""
    assert [p.country for p in read_people(open_text(text))] == expected


@pytest.mark.parametrize(
    ("head", "country"),
    [
        ("Dakar, 6 mai (APS) – ", "SN"),
        ("Alger, 6 mai (APS) – ", "DZ"),
        ("Bujumbura, 6 mai (ABP) – ", "BI"),
        ("Cotonou, 6 mai (ABP) – ", "BJ"),
        ("Conakry, 6 mai (AGP) – ", "GN"),
        ("Paris, 6 mai (MAP) – ", "MA"),
    ],
)
def test_agencies_with_the_same_letters_are_told_apart_by_the_town(
    open_text: Open, head: str, country: str
) -> None:
    """The agency tells the state also where it reports from abroad."""
    text = f"{head}Le ministre de la Défense, Omar Niang, a parlé."
    assert [p.country for p in read_people(open_text(text))] == [country]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "حضر وزير الدفاع بدولة قطر الشيخ جاسم علي، ووزير الدفاع في بوركينا فاسو العميد "
            "بيير ويدراوغو.",
            ["QA", "BF"],
        ),
        ("حضر الأمين العام بوزارة الدفاع بسلطنة عمان الدكتور هلال المعمري.", ["OM"]),
        ("حضر السفير القطري في تونس حسن علي.", ["QA"]),
    ],
)
def test_where_an_office_is_held_tells_its_state(
    open_text: Open, text: str, expected: list[str | None]
) -> None:
    """An Arabic office in a state is of the state; an embassy's is of the one that sent it."""
    assert [p.country for p in read_people(open_text(text))] == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Le Bénin avait délégué le général Paul Yao.", "participant"),
        ("Kenya sent Ambassador Peter Oloo.", "participant"),
        ("أوفدت تونس السفير حسن المرزوقي.", "participant"),
        ("Kenya sent its defence minister, Peter Oloo.", "participant"),
        ("Kenya sent General Peter Oloo a letter.", "mentioned"),
        ("Kenya sent a letter about General Peter Oloo.", "mentioned"),
    ],
)
def test_who_is_sent_takes_part(open_text: Open, text: str, role: str) -> None:
    """Whom a state sends sits there for it."""
    assert [p.role for p in read_people(open_text(text))] == [role]
