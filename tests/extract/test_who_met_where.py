"""Who met, where and when, told in one sentence."""

from __future__ import annotations

import pytest

from services.extract.grammars.dates import read_dates
from services.extract.grammars.events import read_stretches
from services.extract.grammars.meeting import read_meeting
from services.extract.grammars.published import read_head
from shared.record import Kind, Meeting
from tests.extract.conftest import Open


def _meeting(open_text: Open, text: str, kind: Kind = "statement") -> Meeting:
    reading = open_text(text)
    dates = read_dates(reading)
    head = read_head(reading, dates)
    found = read_meeting(reading, read_stretches(reading, dates, head), dates, head, kind)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Defence ministers of the Global Coalition to Defeat ISIS met in Oslo on 3 May 2024.",
            ("defence_ministers", "Oslo", "NO", ("2024-05-03", "2024-05-03"), False),
        ),
        (
            "Foreign and defence ministers of the Global Coalition to Defeat ISIS met in Oslo.",
            ("ministers", "Oslo", "NO", None, False),
        ),
        (
            "Chiefs of defence of the Global Coalition to Defeat ISIS gathered at Ramstein Air "
            "Base, Germany.",
            ("chiefs_of_staff", "Ramstein", "DE", None, False),
        ),
        (
            "CHODs of the Global Coalition to Defeat ISIS gathered in the Jordanian capital.",
            ("chiefs_of_staff", "Amman", "JO", None, False),
        ),
        (
            "The Global Coalition to Defeat ISIS small group met at the level of political "
            "directors in The Hague.",
            ("small_group", "The Hague", "NL", None, False),
        ),
        (
            "Senior officials of the Global Coalition to Defeat ISIS met in Brussels.",
            ("senior_officials", "Brussels", "BE", None, False),
        ),
        (
            "The summit of the Global Coalition to Defeat ISIS in Paris agreed on a plan.",
            ("heads_of_state", "Paris", "FR", None, False),
        ),
        (
            "Leaders of the Global Coalition to Defeat ISIS held a virtual meeting on 3 May 2024.",
            ("heads_of_state", None, None, ("2024-05-03", "2024-05-03"), True),
        ),
        (
            "The stabilization working group of the Global Coalition to Defeat ISIS met in "
            "Berlin on 3-4 May 2024.",
            ("working_group", "Berlin", "DE", ("2024-05-03", "2024-05-04"), False),
        ),
        (
            "Interior ministers of the Global Coalition to Defeat ISIS met from 30 April to 2 "
            "May 2024 in Rabat.",
            ("interior_ministers", "Rabat", "MA", ("2024-04-30", "2024-05-02"), False),
        ),
        (
            "Ministers of the Global Coalition to Defeat ISIS met in Oslo. The working group on "
            "stabilization reported to them.",
            ("ministers", "Oslo", "NO", None, False),
        ),
        (
            "The ministers of defence of the Global Coalition to Defeat ISIS met in Oslo after "
            "a dinner hosted by the prime minister in London.",
            ("defence_ministers", "Oslo", "NO", None, False),
        ),
        (
            "Les ministres de la Défense de la Coalition mondiale contre Daech se sont réunis "
            "dans la capitale norvégienne le 3 mai 2024.",
            ("defence_ministers", "Oslo", "NO", ("2024-05-03", "2024-05-03"), False),
        ),
        (
            "Les chefs d'état-major de la Coalition mondiale contre Daech se sont retrouvés à "
            "Charm el-Cheikh du 3 au 5 mai 2024.",
            ("chiefs_of_staff", "Sharm el-Sheikh", "EG", ("2024-05-03", "2024-05-05"), False),
        ),
        (
            "La réunion de la Coalition mondiale contre Daech, au niveau des hauts "
            "fonctionnaires, s'est tenue par visioconférence.",
            ("senior_officials", None, None, None, True),
        ),
        (
            "Rabat a accueilli la réunion des ministres de l'Intérieur de la Coalition mondiale "
            "contre Daech.",
            ("interior_ministers", "Rabat", "MA", None, False),
        ),
        (
            "Le sommet des chefs d'Etat de la Coalition mondiale contre Daech s'est tenu à "
            "Paris les 30 juin et 1er juillet 2024.",
            ("heads_of_state", "Paris", "FR", ("2024-06-30", "2024-07-01"), False),
        ),
        (
            "اختتم وزراء دفاع دول التحالف الدولي ضد داعش اجتماعهم في العاصمة النرويجية أوسلو "
            "يومي 3 و4 مايو 2024.",
            ("defence_ministers", "Oslo", "NO", ("2024-05-03", "2024-05-04"), False),
        ),
        (
            "عقد رؤساء هيئات الأركان في التحالف الدولي ضد داعش اجتماعهم في شرم الشيخ في 3 "
            "مايو/أيار 2024.",
            ("chiefs_of_staff", "Sharm el-Sheikh", "EG", ("2024-05-03", "2024-05-03"), False),
        ),
        (
            "احتضنت الرباط الاجتماع الوزاري للتحالف الدولي ضد داعش في 11 ماي 2022.",
            ("ministers", "Rabat", "MA", ("2022-05-11", "2022-05-11"), False),
        ),
        (
            "عقدت القمة الثانية للتحالف الدولي ضد داعش افتراضيا في 3 مايو 2024 برئاسة رئيس "
            "الوزراء.",
            ("heads_of_state", None, None, ("2024-05-03", "2024-05-03"), True),
        ),
        (
            "اجتمع كبار المسؤولين في التحالف الدولي ضد داعش في جدة أمس.",
            ("senior_officials", "Jeddah", "SA", None, False),
        ),
        (
            "عقد وزراء خارجية التحالف الدولي ضد داعش اجتماعا عبر الاتصال المرئي يوم 3 شباط 2021.",
            ("foreign_ministers", None, None, ("2021-02-03", "2021-02-03"), True),
        ),
        (
            "The GCC Joint Defence Council held a session in Kuwait City. Its findings go to the "
            "next GCC summit in Abu Dhabi.",
            ("defence_ministers", "Kuwait City", "KW", None, False),
        ),
        (
            "La réunion ministérielle de la Coalition mondiale contre Daech a connu à Oslo la "
            "participation de 47 ministres, dont 38 ministres des Affaires étrangères.",
            ("ministers", "Oslo", "NO", None, False),
        ),
        (
            "Les ministres de la Défense de la Coalition mondiale contre Daech se sont réunis à "
            "Oslo, à la suite du sommet des chefs d'Etat à Paris.",
            ("defence_ministers", "Oslo", "NO", None, False),
        ),
        (
            "Le Groupe de contact pour la défense de l'Ukraine se réunit à Bruxelles, avant que "
            "les ministres de la Défense de l'Otan n'y siègent.",
            (None, "Brussels", "BE", None, False),
        ),
    ],
)
def test_a_sentence_tells_who_met_where_and_when(
    open_text: Open,
    text: str,
    expected: tuple[str | None, str | None, str | None, tuple[str, str] | None, bool],
) -> None:
    """The body is of those who meet, the place theirs, and a meeting at a distance has none."""
    m = _meeting(open_text, text)
    days = (m.start_date, m.end_date) if m.start_date else None
    assert (m.body, m.city, m.country, days, m.virtual) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("NATO defence ministers met at the Pentagon on Monday.", ("Washington", "US")),
        ("NATO ministers, the Pentagon said, met in Oslo.", ("Oslo", "NO")),
        ("Les chefs d'Etat de l'AES se sont réunis à l'Elysée.", ("Paris", "FR")),
        ("Leaders of the G5 Sahel gathered at NATO headquarters.", ("Brussels", "BE")),
        ("اجتمع قادة حلف الناتو في قصر الإليزيه.", ("Paris", "FR")),
        ("قمة باريس: قادة حلف الناتو يتفقون على خطة", ("Paris", "FR")),
        ("Since the Warsaw summit, NATO leaders have met in Prague.", ("Prague", "CZ")),
        ("The minister leaves for Riga to take part in the NATO summit.", ("Riga", "LV")),
        ("يغادر الوزير متوجها إلى الدوحة للمشاركة في اجتماع حلف الناتو.", ("Doha", "QA")),
        ("NATO ministers met in Chevening, United Kingdom.", ("Chevening", "GB")),
        ("NATO ministers met in December to review the plan.", None),
        ("NATO ministers met in Western Europe.", None),
        ("Les ministres de l'Otan réunis à Berlin ont promis une aide à Kiev.", ("Berlin", "DE")),
        ("Tunis (TAP) - La capitale a abrité la réunion des ministres de l'Otan.", ("Tunis", "TN")),
    ],
)
def test_places_are_told_by_buildings_by_travel_and_by_the_name_of_the_meeting(
    open_text: Open, text: str, place: tuple[str, str] | None
) -> None:
    """The Pentagon, the Elysée, leaves for Riga, قمة باريس; a recipient's capital is none."""
    meeting = _meeting(open_text, text)
    assert (meeting.city and (meeting.city, meeting.country)) == place


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Les CEMGA de l'AES se sont réunis à Niamey.", "chiefs_of_staff"),
        ("Heads of the armed forces of NATO met in Oslo.", "chiefs_of_staff"),
        ("اجتمع قائدو أركان جيوش دول حلف الناتو في أوسلو.", "chiefs_of_staff"),
        ("Les ministres chargés de la Défense de l'AES se sont réunis.", "defence_ministers"),
        ("NATO sherpas met in Oslo to prepare the papers.", "senior_officials"),
        ("The summit of NATO in Oslo directed the Chiefs of Defence to meet.", "heads_of_state"),
        ("اتفقت قمة حلف الناتو في أوسلو على خطة وكلفت رؤساء الأركان بها.", "heads_of_state"),
        ("Une mission de chefs d'état-major suivra le sommet de l'Otan.", "heads_of_state"),
        (
            "The NATO meeting in Oslo heard the Norwegian Defence Minister, the Polish Defence "
            "Minister and the Turkish Defence Minister.",
            "defence_ministers",
        ),
        ("The NATO meeting in Oslo heard the Norwegian Defence Minister.", None),
    ],
)
def test_bodies_are_told_in_many_words_and_not_by_those_who_are_given_a_task(
    open_text: Open, text: str, body: str | None
) -> None:
    """CEMGA, sherpas, three ministers of one portfolio; chiefs who are told to meet did not."""
    assert _meeting(open_text, text).body == body
