"""The head of a document: when and where it was published."""

from __future__ import annotations

import pytest

from services.extract.grammars.dates import read_dates
from services.extract.grammars.published import read_head
from tests.extract.conftest import Open

STORY = {
    "ar": "اجتمع وزراء دفاع الدول الأعضاء وناقشوا سبل التعاون في المجال العسكري، "
    "واتفقوا على مواصلة العمل المشترك خلال المرحلة المقبلة.",
    "en": "The ministers of defence of the member states discussed the ways of working together in "
    "the military field, and agreed to go on with the common fight against the group.",
    "fr": "Les ministres de la défense des Etats membres ont examiné les moyens de coopérer dans "
    "le domaine militaire, et sont convenus de poursuivre la lutte commune contre le groupe.",
}


@pytest.mark.parametrize(
    ("lang", "line", "published"),
    [
        (
            "en",
            "RIYADH (Reuters) - Defence ministers of the coalition met in Riyadh on Sunday.",
            None,
        ),
        ("ar", "الرياض 26 نوفمبر 2017 (واس) - اجتمع الوزراء.", "2017-11-26"),
        ("ar", "الرياض 03 صفر 1439 هـ الموافق 23 أكتوبر 2017 م واس", "2017-10-23"),
        ("fr", "Publié le 3 mai 2022 à 10h30", "2022-05-03"),
        ("fr", "Publié le : 03/05/2022 - 10:30", "2022-05-03"),
        ("en", "Posted on May 3, 2022 by admin", "2022-05-03"),
        ("en", "Published: May 3, 2022", "2022-05-03"),
        ("en", "Published 10:30 AM EDT, Tue May 3, 2022", "2022-05-03"),
        ("ar", "آخر تحديث: الثلاثاء 3 مايو 2022 - 10:30 بتوقيت غرينتش", "2022-05-03"),
        ("ar", "نشر في: 3 مايو، 2022", "2022-05-03"),
        ("ar", "تاريخ النشر: 2022/05/03", "2022-05-03"),
        ("ar", "كتب بواسطة محرر الشؤون العربية - 03/05/2022", "2022-05-03"),
        ("ar", "الثلاثاء، 3 مايو 2022 - 10:30 ص", "2022-05-03"),
        ("ar", "03 أيار 2022", "2022-05-03"),
        ("en", "Tuesday, May 3, 2022", "2022-05-03"),
        ("en", "May 3, 2022", "2022-05-03"),
        ("en", "3 May 2022", "2022-05-03"),
        ("en", "03.05.2022", "2022-05-03"),
        ("en", "Press Release - 3 May 2022", "2022-05-03"),
        (
            "en",
            "Media Note  Office of the Spokesperson  Washington, DC  May 3, 2022",
            "2022-05-03",
        ),
        ("fr", "Communiqué de presse - Paris, le 3 mai 2022", "2022-05-03"),
        ("fr", "Bruxelles, le 3 mai 2022", "2022-05-03"),
        (
            "fr",
            "Ouagadougou, 3 mai 2022 (AIB)-Les ministres de la Défense se sont réunis.",
            "2022-05-03",
        ),
        ("fr", "BAMAKO, 3 mai (Xinhua) -- Les ministres se sont réunis.", None),
        ("fr", "PARIS, 3 mai 2022 (AFP) - Les ministres se sont réunis.", "2022-05-03"),
        ("ar", "WASHINGTON, May 3, 2022 — Ministers met today.", "2022-05-03"),
        ("en", "MANAMA, Bahrain (May 3, 2022) – The coalition met.", "2022-05-03"),
        (
            "en",
            "RAMSTEIN AIR BASE, Germany, April 26, 2022 (Reuters) - Ministers met.",
            "2022-04-26",
        ),
        ("fr", "Par AFP, publié le 3 mai 2022", "2022-05-03"),
        ("fr", "Par Jean Dupont | Mis à jour le 3 mai 2022 à 11h", "2022-05-03"),
        ("en", "By John Smith, 3 May 2022", "2022-05-03"),
        ("ar", "بيروت - 3 أيار/مايو 2022 (أ ف ب)", "2022-05-03"),
        ("ar", "بغداد - واع - 3 أيار 2022", "2022-05-03"),
        ("ar", "الدوحة في 03 مايو /قنا/ اجتمع", None),
        ("ar", "الدوحة في 03 مايو 2022 /قنا/ اجتمع", "2022-05-03"),
        ("ar", "الكويت - 3 - 5 (كونا) -- اجتمع", None),
        ("ar", "الثلاثاء 03/05/2022", "2022-05-03"),
        ("en", "2022-05-03 10:30:00", "2022-05-03"),
        ("en", "2022-05-03T10:30:00+00:00", "2022-05-03"),
        ("en", "May 03, 2022 10:30 am", "2022-05-03"),
        ("en", "Last Updated: 03 May 2022", "2022-05-03"),
        ("en", "Date: 3 May 2022", "2022-05-03"),
        ("en", "Release date: 2022-05-03", "2022-05-03"),
        ("fr", "Date de publication : 3 mai 2022", "2022-05-03"),
        ("fr", "Mardi 3 mai 2022 à 10:30", "2022-05-03"),
        ("en", "Created: 03 May 2022", "2022-05-03"),
        ("ar", "التاريخ: 3-5-2022", "2022-05-03"),
        ("ar", "٣ مايو ٢٠٢٢", "2022-05-03"),
        ("ar", "صدر بالرياض في 3 مايو 2022", "2022-05-03"),
        ("ar", "حرر بالرباط في 3 ماي 2022", "2022-05-03"),
        ("fr", "Fait à Niamey, le 3 mai 2022", "2022-05-03"),
        ("en", "Done at Riyadh on 3 May 2022", "2022-05-03"),
        ("en", "Adopted in Washington, D.C. on 3 May 2022", "2022-05-03"),
    ],
)
def test_datelines_and_labels_of_all_agencies_date_a_text(
    open_text: Open, lang: str, line: str, published: str | None
) -> None:
    """Datelines, "published on", time stamps; a day without its year dates nothing."""
    reading = open_text(f"{line}\n{STORY[lang]}")
    assert read_head(reading, read_dates(reading)).published == published


@pytest.mark.parametrize(
    "text",
    [
        "القاهرة - أ ش أ - اجتمع الوزراء في 3 مايو 2022 بالقاهرة.",
        "وفي الـ 14 من ديسمبر 2015، تم الإعلان عن تشكيل التحالف بقيادة السعودية وبمشاركة "
        "دول كثيرة من المنطقة ومن خارجها.",
        "As it made known on March 25, 2020, the command of the coalition backs the decision of "
        "the government to heed the call for a ceasefire.",
    ],
)
def test_a_sentence_with_a_date_is_no_dateline(open_text: Open, text: str) -> None:
    """What opens a sentence or follows a verb is a day of the story."""
    reading = open_text(text)
    assert read_head(reading, read_dates(reading)).published is None


@pytest.mark.parametrize(
    ("text", "published", "town"),
    [
        ("Oslo, 4 March 2020 (Agencies) - The ministers met.", "2020-03-04", "Oslo"),
        ("نواكشوط 9 ماي 2019 (وكالات) - التقى الوزراء.", "2019-05-09", "Nouakchott"),
        ("الدوحة 10 محرم 1444 هـ الموافق 08 أغسطس 2022 م\nاجتمع الوزراء.", "2022-08-08", "Doha"),
        ("Fin de la réunion.\nFait à Dakar, le 2 juin 2018", "2018-06-02", None),
        ("Oslo, 3 juin 2020 [Agences] --- Les ministres se sont réunis.", "2020-06-03", "Oslo"),
        ("Oslo, mai 2020. Dans son bureau, le général attend.", "2020-05", None),
        ("Portrait\nThe Coast Review, autumn issue, 4 March 2020\nHe waits.", "2020-03-04", None),
        ("Récit\nDe notre envoyée au Cap — publié le mardi 3 mars 2020 à 6h", "2020-03-03", None),
        ("The fifth meeting of the group opened today, March 4, 2020.", "2020-03-04", None),
        ("اختتم الوزراء اليوم الأربعاء الموافق 4 مارس 2020 اجتماعهم.", "2020-03-04", None),
        (" date 2021-03 The ministers met in Oslo.", "2021-03", None),
        ("The group was founded in Oslo and met again on 4 March 2020 in Bergen.", None, None),
    ],
)
def test_a_head_tells_when_and_where_a_text_was_published(
    open_text: Open, text: str, published: str | None, town: str | None
) -> None:
    """Datelines, labels and date lines count; a date in the story does not."""
    reading = open_text(text)
    head = read_head(reading, read_dates(reading))
    assert head.published == published
    if town:
        assert head.town is not None
        assert head.town.id == town
