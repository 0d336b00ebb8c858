"""Ordinals: which meeting of the coalition's count it is, and what is another's number."""

from __future__ import annotations

import pytest

from services.extract.grammars.dates import read_dates
from services.extract.grammars.events import read_stretches
from services.extract.grammars.ordinals import read_ordinal
from services.extract.grammars.published import read_head
from tests.extract.conftest import Open


def _ordinal(open_text: Open, text: str) -> int | None:
    reading = open_text(text)
    dates = read_dates(reading)
    found = read_ordinal(reading, read_stretches(reading, dates, read_head(reading, dates)))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "The ministers of the Global Coalition to Defeat ISIS held their first meeting in "
            "Oslo.",
            1,
        ),
        (
            "The Council of the Global Coalition to Defeat ISIS held its 39th regular meeting "
            "in Oslo.",
            39,
        ),
        (
            "The Global Coalition to Defeat ISIS met in Oslo for its fourteenth ministerial.",
            14,
        ),
        (
            "Ministers of the Global Coalition to Defeat ISIS opened the 11th edition of their "
            "annual meeting.",
            11,
        ),
        (
            "The Global Coalition to Defeat ISIS ministers met in its 20th session in Oslo.",
            20,
        ),
        (
            "The ministers of the Global Coalition to Defeat ISIS met in Oslo for the third time.",
            3,
        ),
        (
            "The XIIth meeting of the Global Coalition to Defeat ISIS took place in Oslo.",
            12,
        ),
        (
            "The twenty-fifth meeting of the Global Coalition to Defeat ISIS took place in Oslo.",
            25,
        ),
        (
            "The Global Coalition to Defeat ISIS held its inaugural meeting in Oslo.",
            1,
        ),
        (
            "The second round of talks of the Global Coalition to Defeat ISIS took place in Oslo.",
            2,
        ),
        (
            "La 9ème réunion ministérielle de la Coalition mondiale contre Daech s'est tenue à "
            "Oslo.",
            9,
        ),
        (
            "La XIIIe réunion de la Coalition mondiale contre Daech s'est tenue à Oslo.",
            13,
        ),
        (
            "La treizième session des ministres de la Coalition mondiale contre Daech s'est "
            "tenue à Oslo.",
            13,
        ),
        (
            "Les ministres de la Coalition mondiale contre Daech se sont réunis pour la "
            "deuxième fois à Oslo.",
            2,
        ),
        (
            "La 2ème session ordinaire de leur Collège, au sommet de la Coalition mondiale "
            "contre Daech.",
            2,
        ),
        (
            "عقد وزراء التحالف الدولي ضد داعش اجتماعهم الثالث عشر في أوسلو.",
            13,
        ),
        (
            "عقد وزراء التحالف الدولي ضد داعش الاجتماع الـ13 في أوسلو.",
            13,
        ),
        (
            "عقد وزراء التحالف الدولي ضد داعش الاجتماع الـ 13 لهم في أوسلو.",
            13,
        ),
        (
            "عقد التحالف الدولي ضد داعش الاجتماع الوزاري الخامس عشر في أوسلو.",
            15,
        ),
        (
            "عقدت في أوسلو الدورة الحادية والأربعون لوزراء التحالف الدولي ضد داعش.",
            41,
        ),
        (
            "عقد وزراء التحالف الدولي ضد داعش أول اجتماع لهم في أوسلو.",
            1,
        ),
        (
            "عقد وزراء التحالف الدولي ضد داعش ثاني اجتماعاتهم في أوسلو.",
            2,
        ),
        (
            "عقد التحالف الدولي ضد داعش الاجتماع التأسيسي في أوسلو.",
            1,
        ),
        (
            "اجتمع وزراء التحالف الدولي ضد داعش في أوسلو للمرة الثالثة.",
            3,
        ),
        (
            "في ختام القمة الثانية والعشرين للتحالف الدولي ضد داعش في أوسلو.",
            22,
        ),
        (
            "النسخة الثالثة من مؤتمر التحالف الدولي ضد داعش في أوسلو.",
            3,
        ),
        ("The Ukraine Defense Contact Group was meeting for the 24th time in Ramstein.", 24),
        ("NATO ministers came together in Oslo for the third convening of the initiative.", 3),
    ],
)
def test_a_meeting_has_the_number_of_its_count(open_text: Open, text: str, number: int) -> None:
    """Words, digits, Roman capitals, editions and times met all count."""
    assert _ordinal(open_text, text) == number


@pytest.mark.parametrize(
    "text",
    [
        "The ministers of the Global Coalition to Defeat ISIS met for the third time this year "
        "in Oslo.",
        "It was the first meeting of the Global Coalition to Defeat ISIS since the fall of Mosul.",
        "On the third day of the meeting of the Global Coalition to Defeat ISIS, ministers "
        "agreed on a plan.",
        "First Lieutenant John Smith attended the meeting of the Global Coalition to Defeat ISIS.",
        "The Second Army hosted the meeting of the Global Coalition to Defeat ISIS in Oslo.",
        "The ministers of the Global Coalition to Defeat ISIS marked the fifth anniversary at "
        "their meeting in Oslo.",
        "Les ministres de la Coalition mondiale contre Daech ont tenu leur première réunion en "
        "présentiel depuis deux ans à Oslo.",
        "Le Premier ministre a ouvert la réunion de la Coalition mondiale contre Daech à Oslo.",
        "La réunion de la Coalition mondiale contre Daech s'est ouverte au deuxième jour du "
        "sommet à Oslo.",
        "هذا هو الاجتماع الأول للتحالف الدولي ضد داعش منذ ثلاث سنوات.",
        "اجتمع قادة التحالف الدولي ضد داعش في اليوم الثاني من القمة في أوسلو.",
        "حضر الفريق الأول فلان اجتماع التحالف الدولي ضد داعش في أوسلو.",
        "عقد وزراء التحالف الدولي ضد داعش اجتماعهم في الأول من مايو 2024.",
        "The Global Coalition to Defeat ISIS will meet in Oslo on the recommendations of its 41st "
        "session.",
    ],
)
def test_a_number_of_something_else_is_no_ordinal(open_text: Open, text: str) -> None:
    """Days, armies, ranks, anniversaries and firsts in years are not of the count."""
    assert _ordinal(open_text, text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Le sommet de l'AES s'est tenu à Niamey.", None),
        ("Le XIIIe sommet de l'AES s'est tenu à Niamey.", 13),
        ("La Ve réunion de l'AES s'est tenue à Niamey.", 5),
        ("XXe session du Conseil de l'Otan", 20),
        ("L'AES a conclu sa réunion vingtième et adopté une déclaration.", 20),
        ("L'AES a tenu sa réunion n° 20 à Niamey.", 20),
        ("La réunion, troisième volet du plan de l'Otan, s'est tenue.", None),
        ("Cette 27e édition du G5 Sahel a réuni 51 pays.", 27),
        ("La deuxième partie de la réunion de l'Otan a porté sur le budget.", None),
        ("NATO ministers held their 22nd round of talks.", 22),
        ("NATO held meeting No. 12 in Oslo.", 12),
        ("The first part of the NATO meeting was short.", None),
        ("عقد حلف الناتو الجولة 22 من المحادثات.", 22),
        ("عقد حلف الناتو الجولة الـ22 من محادثاته.", 22),
        ("حضر الاجتماع 27 وزيرا من حلف الناتو.", None),
        ("حضر الدورة 27 وزيرا من حلف الناتو.", None),
        ("الدورة العادية الـ41 لحلف الناتو", 41),
        ("الاجتماع (27) لحلف الناتو", 27),
    ],
)
def test_numbers_stand_behind_their_noun_too_and_articles_are_none(
    open_text: Open, text: str, number: int | None
) -> None:
    """Session n° 20, réunion vingtième, الجولة 22: and L of "Le sommet" is no Roman fifty."""
    assert _ordinal(open_text, text) == number
