"""Days that stand near a meeting and are another's, and days of texts without a dated head."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Extract

STATEMENT = " The ministers of NATO agreed on a plan and condemned the attacks."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "OSLO, May 14, 2024 (Reuters) - NATO defence ministers met on Tuesday." + STATEMENT,
            "2024-05-14",
        ),
        (
            "OSLO, May 14, 2024 (Reuters) - NATO defence ministers, whose previous meeting took "
            "place on 3 April, met in Oslo." + STATEMENT,
            None,
        ),
        (
            "OSLO, May 14, 2024 (Reuters) - NATO, founded on 4 April 1949, held a meeting of its "
            "defence ministers in Oslo." + STATEMENT,
            None,
        ),
        (
            "OSLO, May 14, 2024 (Reuters) - Recalling the pact signed on 2 May 2024, the defence "
            "ministers of NATO held a meeting in Oslo." + STATEMENT,
            None,
        ),
        (
            "أوسلو 14 مايو 2024 (رويترز) - عقد وزراء دفاع حلف الناتو اجتماعا أمس في أوسلو، "
            "واتفقوا على خطة.",
            "2024-05-13",
        ),
        (
            "أوسلو 14 مايو 2024 (رويترز) - اتفق وزراء دفاع حلف الناتو في اجتماع بأوسلو على خطة "
            "عملا بالبيان المؤرخ 2 مايو.",
            None,
        ),
    ],
)
def test_a_day_of_the_background_is_not_that_of_the_meeting(
    extract: Extract, text: str, day: str | None
) -> None:
    """Foundings, earlier meetings and recalled papers have their own days."""
    meeting = extract(text).meeting
    assert meeting is not None
    assert meeting.start_date == day


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("الدوحة في 18 سبتمبر /قنا/ اجتمع وزراء الناتو اليوم الخميس 18 سبتمبر 2025.", "2025-09-18"),
        ("Bruxelles, mars 2022. Les ministres de l'Otan se sont réunis.", "2022-03"),
        (
            "Lettre d'information - n° 41 - 24 novembre 2022\nLes ministres de l'Otan se sont "
            "réunis mardi à Oslo.",
            "2022-11-24",
        ),
        (
            "De notre envoyé spécial à Oslo - publié le jeudi 26 juin 2025 à 06h12\nLes ministres "
            "de l'Otan se sont réunis mercredi.",
            "2025-06-26",
        ),
        (
            "VILNIUS (ELTA) - NATO will meet in Riga, an aide announced on Monday, June 10, 2024.",
            "2024-06-10",
        ),
        ("NATO ministers met on Monday, June 10, 2024, and agreed on a plan.", None),
    ],
)
def test_the_day_of_publication_stands_elsewhere_too(
    extract: Extract, text: str, published: str | None
) -> None:
    """A dateline without its year, a newsletter's title, a day of saying."""
    assert extract(text).document.published == published
