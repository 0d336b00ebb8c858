"""Promises about which sentences tell the fields of a meeting: not those of another one."""

from __future__ import annotations

import pytest

from services.extract.grammars.focus_areas import read_focus_areas
from tests.extract.conftest import Extract, Open

_EN = (
    "BRUSSELS, 14 March 2024 - Defence ministers of NATO met in Brussels today and adopted a "
    "plan for cyber defence. "
)
_FR = (
    "Bruxelles, 14 mars 2024 - Les ministres de la Défense de l'OTAN se sont réunis aujourd'hui "
    "à Bruxelles et ont adopté un plan de cyberdéfense. "
)
_AR = (
    "بروكسل 14 مارس 2024 - اجتمع وزراء دفاع حلف شمال الأطلسي اليوم في بروكسل "
    "وأقروا خطة للدفاع السيبراني. "
)


@pytest.mark.parametrize(
    "text",
    [
        _EN + "At the previous meeting they had agreed on the treatment of detainees.",
        _EN + "In June 2021 the ministers adopted a plan against terrorist financing.",
        _EN + "At last year's conference, allies pledged to share intelligence.",
        _FR + "La précédente réunion avait porté sur le sort des détenus.",
        _FR
        + "En juin 2021, les ministres avaient adopté un plan contre le financement du terrorisme.",
        _AR + "وكانت الدورة السابقة قد صادقت على خطة لمكافحة تمويل الإرهاب.",
        _AR + "يذكر أن الحلف أطلق عام 2015 برنامجا لإعادة المحتجزين إلى بلدانهم.",
        _AR + "وكان الوزراء قد وقعوا يوم 11 سبتمبر 2021 بيانا حول تبادل المعلومات الاستخباراتية.",
    ],
)
def test_another_meeting_tells_no_field_of_this_one(extract: Extract, text: str) -> None:
    """Only the field of the reported meeting is its own."""
    assert {area.id for area in extract(text).focus_areas} == {"cyber"}


@pytest.mark.parametrize(
    ("area", "text"),
    [
        ("stabilization", _EN + "They renewed the stabilisation strategy adopted in June 2018."),
        (
            "counter_financing",
            _EN + "They heard the chiefs of staff, who had met a day earlier, and agreed to fight "
            "terrorist financing.",
        ),
        (
            "detainees",
            _FR + "Ils ont évoqué le sort des détenus, transférés en juin 2018.",
        ),
        ("intelligence", _AR + "وكان الوزراء قد اتفقوا في ختام أشغالهم على تبادل المعلومات."),
        ("detainees", _AR + "وبحثوا إعادة المحتجزين الذين نقلوا عام 2018."),
    ],
)
def test_a_date_behind_a_field_does_not_unsay_it(extract: Extract, area: str, text: str) -> None:
    """What was adopted or began earlier may be what this meeting speaks of."""
    assert area in {found.id for found in extract(text).focus_areas}


@pytest.mark.parametrize(
    "text",
    [
        _EN + "Also present was Major General Jane Miller, chief of the Joint Staff.",
        _FR + "Le général Paul Durand, commandant des forces spéciales, a assisté à la réunion.",
        _AR + "وقال منسق الاتصالات الاستراتيجية في الحلف، جون ميلر، إن الخطة جاهزة.",
    ],
)
def test_the_title_of_a_person_is_no_field(extract: Extract, text: str) -> None:
    """What somebody is in charge of was not thereby on the agenda."""
    record = extract(text)
    assert record.people
    assert {area.id for area in record.focus_areas} == {"cyber"}


@pytest.mark.parametrize(
    "text",
    [
        "The statement made no mention of a joint force.",
        "Ministers did not discuss the fate of detainees.",
        "Le communiqué n'évoque pas la force conjointe.",
        "Les ministres n'ont pas abordé le sort des détenus.",
        "ولم يتطرق البيان إلى إنشاء قوة مشتركة.",
        "ولم يناقش الوزراء إعادة المحتجزين.",
    ],
)
def test_what_was_left_out_is_no_field(open_text: Open, text: str) -> None:
    """A page may tell what was not spoken of."""
    assert not read_focus_areas(open_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "Panels will look at narcotics trafficking.",
        "Ministers spoke of human trafficking and organised crime.",
        "Ils ont évoqué le trafic de drogue et la traite d'êtres humains.",
        "وبحثوا الاتجار بالبشر والجريمة المنظمة.",
        "The eight capability coalitions reported.",
    ],
)
def test_what_is_only_near_a_field_is_none(open_text: Open, text: str) -> None:
    """Smuggled goods name no border, and groups named after capabilities build none."""
    assert not {a.id for a in read_focus_areas(open_text(text))} & {
        "border_security",
        "capacity_building",
    }


@pytest.mark.parametrize(
    "text",
    [
        "They agreed to stop the smuggling of arms along their common borders.",
        "Ils luttent contre les trafics aux frontières et la contrebande transfrontalière.",
        "واتفقوا على منع التهريب عبر الحدود.",
    ],
)
def test_smuggling_across_borders_is_of_borders(open_text: Open, text: str) -> None:
    """Beside the border it is."""
    assert "border_security" in {a.id for a in read_focus_areas(open_text(text))}
