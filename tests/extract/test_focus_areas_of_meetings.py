"""Promises about focus areas: synonyms by object, names that are no field, visits of two states."""

from __future__ import annotations

import pytest

from services.extract.grammars.focus_areas import read_focus_areas
from tests.extract.conftest import Open


def areas_of(open_text: Open, text: str, *, visits: bool = False) -> set[str]:
    """Return the ids of the focus areas of a text."""
    return {area.id for area in read_focus_areas(open_text(text), visits=visits)}


@pytest.mark.parametrize(
    ("area", "text"),
    [
        ("cyber", "أكد المجتمعون ضرورة مجابهة الهجمات السيبرنية."),
        ("cyber", "واتفقوا على مواجهة الجرائم السيبيرية."),
        ("cyber", "They agreed to set up a cell on cyber incidents."),
        ("maritime_security", "The ministers discussed counter-terrorism at sea."),
        ("maritime_security", "Ils ont évoqué l'exercice naval de l'automne."),
        ("border_security", "They asked for drones for the borders of the coastal states."),
        ("border_security", "حول تأمين ومراقبة الحدود بين الدول الأربع."),
        ("border_security", "Ils ont parlé des frontières des États riverains."),
        ("detainees", "وناقشوا إعادة المحتجزين وأسرهم إلى بلدانهم."),
        ("detainees", "They spoke of the fate of surrendered fighters."),
        ("detainees", "Le sort des combattants repentis a été évoqué."),
        ("counter_financing", "They discussed new payment technologies used by terrorists."),
        ("counter_financing", "Ils ont examiné les moyens de paiement mobile des groupes."),
        ("counter_financing", "وبحثوا تقنيات الدفع الإلكتروني التي تستغلها الجماعات."),
        ("intelligence", "Les comptes rendus de renseignement seront transmis chaque jour."),
        ("intelligence", "ويرفع المركز تقارير استخبارية يومية."),
        ("intelligence", "Daily intelligence reports will go to headquarters."),
        ("military", "Ils ont adopté le plan de campagne."),
        ("military", "وجددوا تأكيد أهمية التنسيق الميداني."),
        ("military", "They approved the operational plan for the dry season."),
        ("political_solution", "They welcomed the region's efforts towards a ceasefire."),
        ("political_solution", "ورحبوا بجهود التهدئة التي تبذلها قطر."),
        ("political_solution", "Ils saluent les efforts en vue d'un cessez-le-feu."),
        ("capacity_building", "وصادقوا على برنامج التدريبات لسنة 2018."),
    ],
)
def test_a_field_is_known_by_its_objects(open_text: Open, area: str, text: str) -> None:
    """What is done to whom tells the field, in any language."""
    assert area in areas_of(open_text, text)


@pytest.mark.parametrize(
    ("area", "text"),
    [
        ("military", "وأقر الوزراء لائحة مركز العمليات المشتركة."),
        ("military", "استقبله في مقر القيادة المشتركة."),
        ("media", "وذكر بيان لخلية الإعلام الأمني أن الاجتماع اختتم."),
        ("border_security", "استضافته المديرية العامة لحرس الحدود."),
        ("stabilization", "The ministers adopted the Strategic Development Plan 2025-2029."),
        ("political_solution", "The Mediation and Security Council last met in May."),
        ("capacity_building", "A platform in which 31 countries share experience."),
        ("foreign_fighters", "كما نددوا بأنشطة المرتزقة."),
        ("media", "والتصدي للخطاب المتطرف."),
        ("maritime_security", "Le commandant des garde-côtes était présent."),
    ],
)
def test_names_and_what_is_only_mentioned_are_no_field(
    open_text: Open, area: str, text: str
) -> None:
    """Centres, councils, plans by name and heads of services tell no field of the meeting."""
    assert area not in areas_of(open_text, text)


@pytest.mark.parametrize(
    "text",
    [
        "وتناول اللقاء سبل تعزيز التعاون العسكري والتدريب المشترك بين البلدين.",
        "L'entretien a porté sur la formation des officiers et la coopération militaire.",
        "The two officers agreed to exchange instructors and hold a joint exercise.",
    ],
)
def test_what_two_states_do_is_no_field_of_a_coalition(open_text: Open, text: str) -> None:
    """Visits tell of it; at a meeting the same words are a field."""
    assert not areas_of(open_text, text, visits=True)
    assert areas_of(open_text, text)


def test_a_visit_tells_the_fields_of_the_coalition_it_names(open_text: Open) -> None:
    """Beside the coalition's name, training is one of them."""
    text = "وتناول اللقاء برامج التحالف الإسلامي العسكري لمحاربة الإرهاب، ومنها تأهيل المدربين."
    assert "capacity_building" in areas_of(open_text, text, visits=True)
