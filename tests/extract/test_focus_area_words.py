"""Promises about focus areas: each field in the words of three languages, and what is none."""

from __future__ import annotations

import pytest

from services.extract.grammars.focus_areas import read_focus_areas
from tests.extract.conftest import Open


def areas_of(open_text: Open, text: str) -> set[str]:
    """Return the ids of a text's focus areas."""
    return {area.id for area in read_focus_areas(open_text(text))}


@pytest.mark.parametrize(
    ("area", "texts"),
    [
        (
            "ideology",
            [
                "بحث المجتمعون مكافحة التطرف ونشر قيم التسامح.",
                "They discussed violent extremism among the young.",
                "Ils ont évoqué la lutte contre la radicalisation.",
            ],
        ),
        (
            "media",
            [
                "اتفقوا على مواجهة الدعاية الإرهابية.",
                "The meeting looked at extremist content and disinformation.",
                "Terrorists must be kept off social media.",
                "Les ministres ont parlé de communication stratégique.",
            ],
        ),
        (
            "military",
            [
                "بحث القادة نشر قوات إضافية على الجبهة.",
                "They reviewed the mandate of the regional force.",
                "Ils ont examiné le déploiement de deux bataillons.",
                "They promised more artillery and howitzers.",
            ],
        ),
        (
            "counter_financing",
            [
                "أكدوا ضرورة تجفيف منابع التمويل.",
                "They vowed to cut off the group's money.",
                "Il faut tarir les fonds du groupe.",
                "They called for action against money laundering.",
            ],
        ),
        (
            "foreign_fighters",
            ["ناقشوا عودة المقاتلين الأجانب.", "The return of foreign fighters was raised."],
        ),
        (
            "stabilization",
            [
                "دعوا إلى إعادة إعمار المدن المحررة.",
                "They backed early recovery in retaken areas.",
                "Ils soutiennent le retour des services de base.",
            ],
        ),
        (
            "intelligence",
            [
                "أوصوا بتبادل المعلومات بين الأجهزة.",
                "Members will pool more of their intelligence.",
                "Ils veulent mieux partager leurs renseignements.",
            ],
        ),
        (
            "border_security",
            [
                "شددوا على ضبط الحدود.",
                "Patrols along the common border will be stepped up.",
                "La surveillance conjointe de la frontière sera renforcée.",
            ],
        ),
        (
            "maritime_security",
            [
                "أكدوا حماية الملاحة في مضيق هرمز.",
                "Attacks on merchant vessels were condemned.",
                "La lutte contre la piraterie reste une priorité.",
            ],
        ),
        (
            "humanitarian",
            [
                "طالبوا بإيصال المساعدات إلى المحاصرين.",
                "They asked for safe passage for relief convoys.",
                "Ils demandent un couloir humanitaire.",
            ],
        ),
        (
            "detainees",
            [
                "بحثوا أوضاع مخيم الهول.",
                "They urged states to repatriate their nationals.",
                "Le sort des combattants détenus a été évoqué.",
            ],
        ),
        (
            "capacity_building",
            [
                "اتفقوا على برامج تدريبية للضباط.",
                "They will build local capacity.",
                "Il s'agit de former des pilotes.",
            ],
        ),
        (
            "cyber",
            [
                "ناقشوا الجرائم السيبرانية.",
                "Cyber-attacks were on the agenda.",
                "La cybersécurité est au programme.",
            ],
        ),
        (
            "political_solution",
            [
                "أكدوا أن لا بديل عن تسوية سياسية.",
                "They called for a negotiated settlement.",
                "Ils appellent à une issue négociée.",
            ],
        ),
        (
            "air_defence",
            [
                "بحثوا منظومات الدفاع الجوي.",
                "More Patriot batteries were promised.",
                "They will link their early warning against ballistic missiles.",
                "Ils livreront des systèmes sol-air.",
            ],
        ),
    ],
)
def test_a_field_is_known_by_its_words(open_text: Open, area: str, texts: list[str]) -> None:
    """Whatever words the press has for a field, its id is the same."""
    for text in texts:
        assert area in areas_of(open_text, text), text


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوزير إلى الحدود.",
        "The road runs to the border.",
        "They raised money for a museum.",
        "Les troupes de théâtre ont joué.",
        "The mission of the school is known.",
        "The Operations and Training Committee met.",
        "اجتمعت لجنة العمليات والتدريب.",
        "The ministers will share a meal.",
        "Le ministre a passé la frontière.",
        "They finance the stadium.",
        "The minister posted a picture on social media.",
        "The bloc's early warning office reported on the harvest.",
        "طالبوا بالإفراج عن الرهائن والمحتجزين.",
        "La banque et un fonds de stabilisation des prix.",
    ],
)
def test_everyday_words_alone_name_no_field(open_text: Open, text: str) -> None:
    """Borders, money and troops count only beside what is done about them; names never."""
    assert areas_of(open_text, text) == set()


def test_evidence_of_a_pair_holds_both_words(open_text: Open) -> None:
    """What is done and about what stand in one span."""
    (area,) = read_focus_areas(open_text("They vowed to cut off all the money."))
    assert area.evidence[0].text == "cut off all the money"
