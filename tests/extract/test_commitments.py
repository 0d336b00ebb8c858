"""Promises about commitments: the act of the main verb, and whose act it is."""

from __future__ import annotations

import pytest

from services.extract.grammars.commitments import read_commitments
from tests.extract.conftest import Open


def acts_of(open_text: Open, text: str) -> list[str]:
    """Return the acts of a text in their order."""
    return [commitment.act for commitment in read_commitments(open_text(text))]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("أكد الوزراء أهمية التعاون.", ["affirm"]),
        ("يرحب المشاركون بانضمام كينيا ويدينون الهجوم الأخير.", ["welcome", "condemn"]),
        ("نحن وزراء الدفاع، نحث الدول على الوفاء بتعهداتها.", ["call_on"]),
        ("وناقش الاجتماع تطورات الوضع في البحر الأحمر.", ["review"]),
        ("تم الاتفاق على تعزيز الدوريات.", ["agree"]),
        ("Ministers welcomed the offer and urged members to contribute.", ["welcome", "call_on"]),
        (
            "We condemn the attack, support the inquiry and thank Kenya.",
            ["condemn", "support", "thank"],
        ),
        ("The coalition's members have approved the new plan.", ["adopt"]),
        (
            "Les ministres ont condamné l'attaque et salué le courage des soldats.",
            ["condemn", "welcome"],
        ),
        ("Les participants se félicitent des progrès accomplis.", ["welcome"]),
        ("Les chefs d'Etat mettent en garde contre toute ingérence.", ["warn"]),
    ],
)
def test_each_main_verb_of_a_collective_is_an_act(
    open_text: Open, text: str, acts: list[str]
) -> None:
    """One commitment for each coordinate main verb of ministers, participants or their meeting."""
    assert acts_of(open_text, text) == acts


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("اتفق الوزراء على إنشاء صندوق مشترك.", "launch"),
        ("اتفق الوزراء على مواصلة التنسيق.", "agree"),
        ("وافق المجتمعون على تأسيس مركز للتدريب.", "launch"),
        ("قرر القادة إدانة العدوان.", "condemn"),
        ("The ministers agreed on Tuesday to establish a task force.", "launch"),
        ("The ministers agreed to meet again in June.", "agree"),
        ("Les ministres ont décidé la création d'un état-major commun.", "launch"),
        ("Les ministres sont convenus de se revoir en juin.", "agree"),
    ],
)
def test_of_agree_to_x_the_x_counts(open_text: Open, text: str, act: str) -> None:
    """Agreeing to establish is launching; agreeing to what is no act of its own stays agreeing."""
    assert acts_of(open_text, text) == [act]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("أعرب الوزراء عن ارتياحهم للنتائج.", "welcome"),
        ("جدد المشاركون تصميمهم على هزيمة التنظيم.", "resolve"),
        ("رفع القادة خالص امتنانهم إلى المملكة.", "thank"),
        ("أعرب الوزراء عن تقديرهم لقطر على استضافة الاجتماع.", "thank"),
        ("They expressed their gratitude to Jordan. ", "thank"),
        ("Les ministres ont exprimé leur solidarité avec le Bénin.", "support"),
    ],
)
def test_a_light_verb_takes_the_act_of_its_noun(open_text: Open, text: str, act: str) -> None:
    """To express thanks is to thank, to renew one's determination is to resolve."""
    assert acts_of(open_text, "اجتمع الوزراء.\nThe ministers met.\n" + text) == [act]


@pytest.mark.parametrize(
    "text",
    [
        "أكد وزير الدفاع المصري عبدالمجيد صقر أهمية التعاون.",
        "أعلنت السويد مساعدة جديدة.",
        "أعرب الوزراء عن قلقهم من تدهور الوضع.",
        "لم يعتمد الوزراء الخطة.",
        "أسهمت المملكة في دعم التحالف ورفض التطرف.",
        "Britain welcomed the decision.",
        "The ministers expressed concern at the delay.",
        "Members did not adopt the plan.",
        "The coalition, established in 2014, has 80 members.",
        "The meeting will review the training plan.",
        "Le ministre français a salué cette décision.",
        "Ils n'ont pas adopté le budget.",
        "Le texte que les ministres pourraient adopter reste secret.",
    ],
)
def test_what_one_state_did_or_nobody_did_is_no_commitment(open_text: Open, text: str) -> None:
    """Single persons and states, mere concern, denials, plans and participles give none."""
    assert acts_of(open_text, text) == []


def test_a_verb_without_subject_has_the_last_one(open_text: Open) -> None:
    """An Arabic verb that leaves its subject out continues the statement, or the single speaker."""
    statement = "وشدد البيان على وحدة الصف.\nودعا إلى نبذ العنف."
    speaker = "وشدد وزير الخارجية القطري محمد آل ثاني على وحدة الصف.\nودعا إلى نبذ العنف."
    assert acts_of(open_text, statement) == ["affirm", "call_on"]
    assert acts_of(open_text, speaker) == []


def test_an_act_of_the_coalition_that_somebody_reports_counts(open_text: Open) -> None:
    """ "He said that the coalition adopted …" tells an act of the coalition."""
    text = "وقال وزير الخارجية العراقي فؤاد حسين إن اجتماع التحالف الدولي اعتمد خطة جديدة."
    assert acts_of(open_text, text) == ["adopt"]


def test_direct_speech_is_nobodys_act(open_text: Open) -> None:
    """What stands in quotation marks is a quotation."""
    text = "The ministers met. “We condemn them and we urge restraint,” she said."
    assert acts_of(open_text, text) == []


def test_a_headline_repeats_and_adds_nothing(open_text: Open) -> None:
    """The headline of an act is evidence of that act."""
    text = (
        "Ministers launch fund against terrorism\n\n"
        "RIYADH, May 2, 2024 - Defence ministers of the coalition agreed to launch a fund."
    )
    (commitment,) = read_commitments(open_text(text))
    assert commitment.act == "launch"
    assert len(commitment.evidence) == 2


def test_evidence_is_the_clause_of_the_act(open_text: Open) -> None:
    """Two acts of one sentence have each its own words."""
    text = "Ministers welcomed the offer and urged members to contribute."
    welcome, urge = read_commitments(open_text(text))
    assert welcome.evidence[0].text.startswith("Ministers welcomed the offer")
    assert urge.evidence[0].text == "urged members to contribute"


def test_a_list_of_what_was_agreed_gives_its_items(open_text: Open) -> None:
    """Under "agreed on the following:" each item is an act of its own, noun or verb."""
    arabic = (
        "عقد رؤساء أركان دول التحالف اجتماعهم، واتفقوا على ما يلي:\n"
        "- التأكيد على وحدة الصف.\n"
        "- إدانة الهجمات على السفن.\n"
        "- تشكيل لجنة فنية."
    )
    english = "The Council:\n- Welcomes the results;\n- Urges all parties to show restraint."
    assert acts_of(open_text, arabic) == ["affirm", "condemn", "launch"]
    assert acts_of(open_text, english) == ["welcome", "call_on"]
