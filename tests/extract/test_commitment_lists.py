"""Promises about who acts together and about lists: heads, items, participles and nouns."""

from __future__ import annotations

import pytest

from services.extract.grammars.commitments import read_commitments
from tests.extract.conftest import Open

_LEADS = {
    "ar": "اجتمع وزراء دفاع التحالف في الرياض.\n",
    "en": "The ministers of the coalition met in Paris.\n",
    "fr": "Les ministres de la coalition se sont réunis à Paris.\n",
}


@pytest.mark.parametrize(
    ("lang", "text", "acts"),
    [
        ("en", "Delegates condemned the attack.", "condemn"),
        ("en", "Heads of delegation condemned the attack.", "condemn"),
        ("en", "The partners condemned the attack.", "condemn"),
        ("en", "The five condemned the attack.", "condemn"),
        ("en", "The final statement condemned the attack.", "condemn"),
        ("en", "Thirty-five countries condemned the attack.", "condemn"),
        ("en", "Some 35 countries condemned the attack.", "condemn"),
        ("en", "The 26 nations condemned the attack.", "condemn"),
        ("en", "Army chiefs condemned the attack.", "condemn"),
        ("en", "Military commanders condemned the attack.", "condemn"),
        ("en", "Attendees condemned the attack.", "condemn"),
        ("en", "The communique condemned the attack.", "condemn"),
        ("en", "The text condemns the attack.", "condemn"),
        ("en", "The members of the coalition condemned the attack.", "condemn"),
        ("en", "Coalition defence chiefs condemned the attack.", "condemn"),
        ("en", "Allied ministers condemned the attack.", "condemn"),
        ("en", "European ministers condemned the attack.", "condemn"),
        ("en", "African leaders condemned the attack.", "condemn"),
        ("en", "Those present condemned the attack.", "condemn"),
        ("en", "All of them condemned the attack.", "condemn"),
        ("en", "In their statement, they condemned the attack.", "condemn"),
        ("en", "Ministers and generals condemned the attack.", "condemn"),
        ("en", "The foreign and defence ministers condemned the attack.", "condemn"),
        ("en", "The gathering condemned the attack.", "condemn"),
        ("en", "The region's leaders condemned the attack.", "condemn"),
        ("en", "Ministers, meeting in Riga, condemned the attack.", "condemn"),
        ("en", "Ministers from 35 countries condemned the attack.", "condemn"),
        ("en", "Ministers condemn attack", "condemn"),
        ("en", "The ministers stressed unity. They also called for restraint.", "affirm+call_on"),
        (
            "en",
            "Ministers stressed unity, calling for restraint, and called for talks.",
            "affirm+call_on",
        ),
        ("en", '"We adopted a plan," the ministers said in a statement.', "adopt"),
        ("en", "The statement condemned the attack and called on Iran to stop.", "condemn+call_on"),
        (
            "en",
            "They condemned the attack, welcomed the truce and called for talks.",
            "condemn+welcome+call_on",
        ),
        ("en", "He said the coalition had agreed to meet in May.", "agree"),
        ("en", "The secretary-general said the ministers agreed to meet in May.", "agree"),
        ("en", "According to the chairman, ministers agreed to meet in May.", "agree"),
        ("en", "Ministers agreed to meet in May, the spokesman said.", "agree"),
        ("en", "The ministers, it was announced, condemned the attack.", "condemn"),
        ("fr", "Les délégués ont condamné l'attaque.", "condemn"),
        ("fr", "Les 35 pays ont condamné l'attaque.", "condemn"),
        ("fr", "Trente-cinq pays ont condamné l'attaque.", "condemn"),
        ("fr", "Les capitales alliées ont condamné l'attaque.", "condemn"),
        ("fr", "Les commandants ont condamné l'attaque.", "condemn"),
        ("fr", "Le communiqué final condamne l'attaque.", "condemn"),
        ("fr", "Le texte condamne l'attaque.", "condemn"),
        ("fr", "Dans leur déclaration, ils condamnent l'attaque.", "condemn"),
        ("fr", "Dans le communiqué, les ministres condamnent l'attaque.", "condemn"),
        ("fr", "Réunis à Paris, les ministres ont condamné l'attaque.", "condemn"),
        ("fr", "Les chefs de la diplomatie des pays membres ont condamné l'attaque.", "condemn"),
        ("fr", "Les uns et les autres ont condamné l'attaque.", "condemn"),
        ("fr", "Les Européens ont condamné l'attaque.", "condemn"),
        ("fr", "Les Vingt-Sept ont condamné l'attaque.", "condemn"),
        ("fr", "Les Cinq ont condamné l'attaque.", "condemn"),
        ("fr", "Les ministres africains ont condamné l'attaque.", "condemn"),
        ("fr", "Ministres et généraux ont condamné l'attaque.", "condemn"),
        ("fr", "Les ministres l'ont fermement condamné.", "condemn"),
        ("fr", "Les ministres condamnent l'attaque", "condemn"),
        ("fr", "Selon le président, les ministres ont décidé de se revoir.", "agree"),
        ("fr", "Les ministres ont décidé de se revoir, a indiqué le porte-parole.", "agree"),
        (
            "fr",
            "Les ministres ont condamné l'attaque, avant d'appeler "
            "à la retenue et ont exhorté au dialogue.",
            "condemn+call_on",
        ),
        ("fr", "Ils ont condamné l'attaque et remercié le Tchad.", "condemn+thank"),
        ("ar", "أدان المندوبون الهجوم.", "condemn"),
        ("ar", "أدان رؤساء الوفود الهجوم.", "condemn"),
        ("ar", "أدان الشركاء الهجوم.", "condemn"),
        ("ar", "أدانت الدول الخمس الهجوم.", "condemn"),
        ("ar", "أدانت 35 دولة الهجوم.", "condemn"),
        ("ar", "أدانت خمس وثلاثون دولة الهجوم.", "condemn"),
        ("ar", "أدان قادة الجيوش الهجوم.", "condemn"),
        ("ar", "أدان القادة العسكريون الهجوم.", "condemn"),
        ("ar", "أدان الحاضرون الهجوم.", "condemn"),
        ("ar", "أدان البيان الختامي الهجوم.", "condemn"),
        ("ar", "أدانت الوثيقة الختامية الهجوم.", "condemn"),
        ("ar", "وأدان نص البيان الهجوم.", "condemn"),
        ("ar", "أدان أعضاء التحالف الهجوم.", "condemn"),
        ("ar", "أدان وزراء الدفاع والخارجية الهجوم.", "condemn"),
        ("ar", "الوزراء يدينون الهجوم", "condemn"),
        ("ar", "الوزراء أدانوا الهجوم.", "condemn"),
        ("ar", "أدان الجميع الهجوم.", "condemn"),
        ("ar", "أدانت العواصم المشاركة الهجوم.", "condemn"),
        ("ar", "أدان الوزراء في بيانهم الهجوم.", "condemn"),
        ("ar", "وفي بيانهم الختامي، أدان الوزراء الهجوم.", "condemn"),
        ("ar", "وجاء في البيان أن الوزراء يدينون الهجوم.", "condemn"),
        ("ar", "وقال البيان إن المجتمعين يدينون الهجوم.", "condemn"),
        ("ar", "وأوضح البيان أن الوزراء أدانوا الهجوم.", "condemn"),
        ("ar", "وقال رئيس اللجنة إن الوزراء اتفقوا على عقد اجتماع آخر.", "agree"),
        ("ar", "وأضاف أن التحالف قرر تمديد المهمة.", "agree"),
        ("ar", "وبحسب المتحدث، اتفق الوزراء على عقد اجتماع آخر.", "agree"),
        ("ar", "أدان الوزراء الهجوم ودعوا إلى الحوار.", "condemn+call_on"),
        ("ar", "أدان الوزراء الهجوم، ورحبوا بالهدنة، ودعوا إلى الحوار.", "condemn+welcome+call_on"),
        ("ar", "أدان الاجتماع الهجوم كما دعا إلى الحوار.", "condemn+call_on"),
        ("ar", "وأكد في بيان ختامي ضرورة الحوار.", "affirm"),
        ("ar", "وأكدت القمة في ختام أعمالها ضرورة الحوار.", "affirm"),
        ("ar", "وشددت القمة على ضرورة الحوار.", "affirm"),
        (
            "en",
            "The ministers:\n- condemned the attack;\n- approved a plan;\n- called for talks.",
            "condemn+adopt+call_on",
        ),
        (
            "fr",
            "Les ministres ont :\n"
            "- condamné l'attaque ;\n- approuvé un plan ;\n- appelé au dialogue.",
            "condemn+adopt+call_on",
        ),
        (
            "fr",
            "Les ministres :\n"
            "- condamnent l'attaque ;\n- approuvent un plan ;\n- appellent au dialogue.",
            "condemn+adopt+call_on",
        ),
        (
            "en",
            "The ministers agreed to:\n"
            "- step up patrols in the strait;\n- share radar pictures every day.",
            "agree+agree",
        ),
        (
            "fr",
            "Les ministres ont décidé de :\n"
            "- renforcer les patrouilles dans le golfe ;\n"
            "- partager chaque jour leurs images radar.",
            "agree+agree",
        ),
        ("ar", "الوزراء:\n- يدينون الهجوم.\n- يعتمدون الخطة.", "condemn+adopt"),
        (
            "ar",
            "وصدر عن الاجتماع ما يلي:\n"
            "1. إدانة الهجوم على المدينة.\n"
            "2. اعتماد خطة العمل المشتركة.\n3. دعوة الأطراف إلى الحوار.",
            "condemn+adopt+call_on",
        ),
        (
            "ar",
            "اتفق الوزراء على ما يلي:\n"
            "- تكثيف الدوريات البحرية في الخليج.\n- تبادل صور الرادار يوميا بين الدول.",
            "agree+agree",
        ),
        (
            "ar",
            "أسفر الاجتماع عن عدة قرارات، أبرزها: إنشاء مركز مشترك، "
            "واعتماد خطة العمل، وتكليف اللجنة بمتابعة التنفيذ.",
            "launch+adopt+call_on",
        ),
        (
            "ar",
            "خرج الاجتماع بقرارات منها: إطلاق صندوق للتمويل، والترحيب بانضمام كينيا.",
            "launch+welcome",
        ),
    ],
)
def test_every_group_and_every_list(open_text: Open, lang: str, text: str, acts: str) -> None:
    """Groups by many names, verbs that share them, and lists in every form."""
    read = read_commitments(open_text(_LEADS[lang] + text))
    assert "+".join(c.act for c in read) == acts
