"""The meeting: who met, for which time, when, where, under which slogan."""

from __future__ import annotations

import pytest

from shared.record import Meeting
from tests.extract.conftest import Extract

IMCTC_AR = "التحالف الإسلامي العسكري لمحاربة الإرهاب"


def _meeting(extract: Extract, text: str) -> Meeting:
    meeting = extract(text).meeting
    assert meeting is not None
    return meeting


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Amman, le 5 juin 2027 (Petra) - Les ministres de la Défense des pays "
            "membres de la Coalition "
            "islamique militaire contre le terrorisme ont tenu samedi à Amman "
            "leur troisième réunion. "
            "Ils ont approuvé un plan d'action.",
            ("defence_ministers", 3, "2027-06-05", "2027-06-05", "Amman", "JO"),
            id="fr-weekday",
        ),
        pytest.param(
            "عمّان 6 حزيران 2027 (بترا) - اختتم وزراء دفاع دول "
            + IMCTC_AR
            + " اجتماعهم الثالث في مدينة "
            "العقبة أمس السبت، واتفقوا على إطلاق برنامج تدريبي.",
            ("defence_ministers", 3, "2027-06-05", "2027-06-05", "Aqaba", "JO"),
            id="ar-yesterday",
        ),
        pytest.param(
            "LONDON, Sept 3, 2026 (Agencies) - Foreign ministers of the Global "
            "Coalition to Defeat ISIS "
            "met in Madrid on 1 and 2 September 2026 and adopted a communique.",
            ("foreign_ministers", None, "2026-09-01", "2026-09-02", "Madrid", "ES"),
            id="en-two-days",
        ),
        pytest.param(
            "البيان الختامي لقمة رؤساء دول كونفدرالية دول الساحل\nباماكو، 23 ديسمبر 2025\n"
            "1. أشاد القادة بالتقدم المحرز في تفعيل القوة الموحدة.",
            ("heads_of_state", None, "2025-12-23", "2025-12-23", "Bamako", "ML"),
            id="ar-communique-head",
        ),
        pytest.param(
            "Dakar, 9 mars 2025 - Les chefs d'Etat du G5 Sahel ont adopté une "
            "feuille de route au terme "
            "d'un sommet de deux jours achevé samedi à Nouakchott.",
            ("heads_of_state", None, "2025-03-07", "2025-03-08", "Nouakchott", "MR"),
            id="fr-length",
        ),
        pytest.param(
            "TAMPA, March 3, 2025 - The 25th meeting of the Ukraine Defense "
            "Contact Group will be held at "
            "Ramstein Air Base, Germany, on Friday, the Pentagon said on Monday.",
            (None, 25, "2025-03-07", "2025-03-07", "Ramstein", "DE"),
            id="en-preview",
        ),
    ],
)
def test_a_meeting_is_read_from_its_sentences(
    extract: Extract,
    text: str,
    expected: tuple[str | None, int | None, str, str, str, str],
) -> None:
    """Body, ordinal, days and place come from what is said of this meeting."""
    m = _meeting(extract, text)
    assert (m.body, m.ordinal, m.start_date, m.end_date, m.city, m.country) == expected


def test_an_earlier_meeting_gives_nothing(extract: Extract) -> None:
    """The first meeting, recalled at the end, is not the one reported."""
    m = _meeting(
        extract,
        "الرياض 4 مارس 2026 (واس) - اتفق وزراء دفاع دول "
        + IMCTC_AR
        + " في ختام اجتماعهم الثالث أمس في جدة "
        "على إنشاء مركز.\nيذكر أن الاجتماع الأول عقد في الرياض في نوفمبر 2017.",
    )
    assert (m.ordinal, m.city, m.start_date) == (3, "Jeddah", "2026-03-03")


@pytest.mark.parametrize(
    "words",
    ["the first meeting in person in two years", "the first of its kind on African soil"],
)
def test_a_first_of_another_count_is_no_ordinal(extract: Extract, words: str) -> None:
    """First in years is not first of the coalition's meetings."""
    m = _meeting(
        extract,
        "ROME, May 4, 2023 - Ministers of the Global Coalition to Defeat ISIS "
        "agreed in Rome on Wednesday to "
        f"share more data. It was {words}.",
    )
    assert m.ordinal is None


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        (
            "عقد وزراء دفاع دول التحالف الإسلامي العسكري لمحاربة الإرهاب اجتماعهم في مسقط تحت شعار "
            "«معاً ضد التطرف»، واتفقوا على خطة عمل.",
            "معاً ضد التطرف",
        ),
        (
            "Les chefs d'Etat du G5 Sahel ont tenu leur sommet à Dakar sous le "
            "thème : « Ensemble pour "
            "la paix » et ont adopté un plan.",
            "Ensemble pour la paix",
        ),
        (
            "Members of the Combined Maritime Forces agreed at a meeting in Manama, held under the "
            "theme “One sea, one watch,” to patrol together.",
            "One sea, one watch",
        ),
    ],
)
def test_the_slogan_stands_in_quotation_marks(extract: Extract, text: str, theme: str) -> None:
    """A slogan is taken as written, without its marks."""
    assert _meeting(extract, text).theme == theme


def test_a_tweet_dates_a_meeting_that_nothing_else_dates(extract: Extract) -> None:
    """The time stamp of a tweet that reports the meeting is its day, as an inference."""
    m = _meeting(
        extract,
        "Les ministres de la Défense de la Coalition islamique militaire contre le "
        "terrorisme ont adopté un "
        "plan lors de leur réunion.\n"
        "انطلاق الاجتماع الثالث لوزراء دفاع التحالف الإسلامي بالرياض "
        "pic.twitter.com/a1b2 — وزارة الدفاع "
        "(@mod) May 11, 2026",
    )
    assert (m.start_date, m.city, m.basis) == ("2026-05-11", "Riyadh", "inferred")
