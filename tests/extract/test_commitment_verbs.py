"""Promises about commitments: which verbs and verbal phrases are acts, in all their forms."""

from __future__ import annotations

import pytest

from services.extract.grammars.commitments import read_commitments
from tests.extract.conftest import Open


def acts_of(open_text: Open, text: str) -> list[str]:
    """Return the acts of a text in their order."""
    return [commitment.act for commitment in read_commitments(open_text(text))]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("تبادل المجتمعون وجهات النظر حول الأزمة.", "review"),
        ("أجرى الوزراء مباحثات حول أمن البحر الأحمر.", "review"),
        ("ركز الاجتماع على خطر المسيرات.", "review"),
        ("وقف القادة إلى جانب السودان.", "support"),
        ("أجمع الوزراء على رفض التدخل.", "agree"),
        ("ألح المجتمعون على أن الحل سياسي.", "affirm"),
        ("كلف المجلس الأمانة بإعداد تقرير.", "call_on"),
        ("قام المشاركون بمراجعة الخطة.", "review"),
        ("تم خلال الاجتماع استعراض الموقف الأمني.", "review"),
        ("جرى بحث سبل التعاون بين الوزراء.", "review"),
        ("تقرر عقد الاجتماع المقبل في عمان.", "agree"),
        ("اختتم الوزراء أعمالهم بالمصادقة على الخطة.", "adopt"),
        ("أعرب الوزراء عن قلقهم من الوضع وإدانتهم للهجوم.", "condemn"),
        ("The ministers gave their full backing to the envoy.", "support"),
        ("The group took stock of the campaign.", "review"),
        ("Defence chiefs heard a briefing on the front.", "review"),
        ("The leaders paid warm tribute to the troops.", "welcome"),
        ("Members noted with deep appreciation the gift.", "welcome"),
        ("Participants voiced their indignation at the raid.", "condemn"),
        ("The council demanded the release of the crew.", "call_on"),
        ("We will never relent in this fight.", "resolve"),
        ("It was unanimously agreed to meet yearly.", "agree"),
        ("A new cell was set up by the allies.", "launch"),
        ("All states were urged to comply.", "call_on"),
        ("Les ministres ont donné leur plein accord au projet.", "adopt"),
        ("Les chefs d'Etat ont rendu un vibrant hommage aux soldats.", "welcome"),
        ("Les participants ont procédé à l'examen du plan.", "review"),
        ("Les ministres ont apporté tout leur soutien au Niger.", "support"),
        ("Les participants exigent la libération des otages.", "call_on"),
        ("La réunion a porté sur la situation au Sahel.", "review"),
        ("Les ministres ont magnifié la bravoure des troupes.", "welcome"),
        ("Ont été passées en revue les menaces communes.", "review"),
        ("Il a également été convenu de se réunir chaque année.", "agree"),
        ("Le sommet a été marqué par la signature d'un protocole.", "adopt"),
        ("Le conseil a lu le rapport et en a approuvé les conclusions.", "adopt"),
        ("Les ministres ont tenu à remercier le Tchad.", "thank"),
        ("The meeting ended with the adoption of a charter.", "adopt"),
        ("The statement went on to urge restraint.", "call_on"),
        ("Also approved were rules for the joint fund.", "adopt"),
        ("أقر القادة خطة النشر.", "adopt"),
        (
            "أنهى المجلس أعمال دورته العاشرة، التي عقدت في عمان، بالمصادقة على الخطة.",
            "adopt",
        ),
        ("Les ministres ont marqué leur détermination à agir.", "resolve"),
    ],
)
def test_every_way_to_say_an_act(open_text: Open, text: str, act: str) -> None:
    """Verbs with their own nouns, passives, closings, demands and promises."""
    assert acts_of(open_text, "The ministers met.\n" + text) == [act]


@pytest.mark.parametrize(
    "text",
    [
        "أجرى الوزراء فحوصا طبية.",
        "أقر المشاركون بأن الطريق طويل.",
        "تبادل الوزراء الهدايا.",
        "تم إطلاق النار على الدورية.",
        "وقف الوزراء دقيقة صمت.",
        "أعرب المشاركون عن أملهم في دعم الأمم المتحدة.",
        "The ministers took a photograph.",
        "The ministers gave a dinner.",
        "The leaders expressed hope for more support from donors.",
        "The force was established in 2014.",
        "Les ministres ont pris le train.",
        "Les ministres ont exprimé leur préoccupation face au manque de soutien.",
        "Les chefs d'Etat ont donné une conférence de presse.",
        "Les ministres en charge de la défense sont là.",
    ],
)
def test_the_same_verbs_with_other_words_are_no_act(open_text: Open, text: str) -> None:
    """A dinner given, a photograph taken, hope and concern expressed decide nothing."""
    assert acts_of(open_text, "The ministers met.\n" + text) == []


def test_a_list_gives_one_act_for_each_item(open_text: Open) -> None:
    """What was decided item by item is agreed item by item; a title among the items is none."""
    text = (
        "وأضاف البيان أن المجلس اتخذ القرارات التالية:\n"
        "1- زيادة التنسيق بين القيادات المشتركة.\n"
        "2- إنشاء مركز للإنذار.\n"
        "3- المجال البحري"
    )
    english = "The ministers agreed to:\n- expand joint patrols in the gulf;\n- launch a fund;"
    assert acts_of(open_text, text) == ["agree", "launch"]
    assert acts_of(open_text, english) == ["agree", "launch"]


def test_items_without_bullets_are_a_list_too(open_text: Open) -> None:
    """In Arabic the lines under "decided the following:" are its items until a verb comes."""
    text = (
        "وبهذا الشأن قرر المجلس الآتي:\n"
        "زيادة التعاون بين مراكز القيادة في الدول الأعضاء.\n"
        "تسريع أعمال فريق الإنذار المشترك.\n"
        "وشكر المجلس الدولة المضيفة."
    )
    assert acts_of(open_text, text) == ["agree", "agree", "thank"]


def test_a_colon_without_a_list_keeps_its_act(open_text: Open) -> None:
    """A clause that ends in a colon is an act of its own where no items follow."""
    assert acts_of(open_text, "The ministers condemned the raid:\nIt killed ten people.") == [
        "condemn"
    ]
