"""Promises about acts joined to others, and about verbs and participles that are none."""

from __future__ import annotations

import pytest

from services.extract.grammars.commitments import read_commitments
from tests.extract.conftest import Open
from tests.extract.test_commitment_lists import _LEADS


def acts_of(open_text: Open, lang: str, text: str) -> list[str]:
    """Return the acts of a text behind a lead that tells of a meeting."""
    return [c.act for c in read_commitments(open_text(_LEADS[lang] + text))]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (
            "وخلص الاجتماع إلى ما يأتي:\n"
            "أولاً: التأكيد على أن أمن البحر مسؤولية دوله، ورفض أي تدخل خارجي.\n"
            "ثانياً: اعتماد النظام الأساسي، وإنشاء مركز للإنذار المبكر.\n",
            ["affirm", "condemn", "adopt", "launch"],
        ),
        (
            "وخلص الاجتماع إلى ما يأتي:\n- إدانة الهجوم، وشكر الدولة المضيفة.\n",
            ["condemn", "thank"],
        ),
        (
            "وخلص الاجتماع إلى ما يأتي:\n- دعوة الدول إلى تعزيز التعاون، وإنشاء مراكز وطنية.\n",
            ["call_on"],
        ),
        ("واتفق الوزراء على تبادل المعلومات، وإنشاء مركز في الرياض.", ["agree", "launch"]),
        ("واتفق الوزراء على تبادل المعلومات وإنشاء مركز في الرياض.", ["agree"]),
        ("وأكد الوزراء ضرورة تبادل المعلومات، وإنشاء مركز في الرياض.", ["affirm"]),
    ],
)
def test_an_action_joined_to_another_is_one_of_its_own(
    open_text: Open, text: str, acts: list[str]
) -> None:
    """What is founded or rejected besides counts; objects of a call or of a need do not."""
    assert acts_of(open_text, "ar", text) == acts


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Les ministres ont déploré la perte de 70 soldats."),
        ("en", "The ministers deplored the loss of 70 soldiers."),
        ("en", "The ministers deplored the delay of the talks."),
        ("ar", "ودفع الجنوب ثمناً باهظاً للحرب."),
    ],
)
def test_mourning_and_nouns_are_no_act(open_text: Open, lang: str, text: str) -> None:
    """Losses deplored condemn nobody; a noun with its ending is no verb."""
    assert acts_of(open_text, lang, text) == []


@pytest.mark.parametrize(
    ("lang", "text", "acts"),
    [
        ("fr", "Les ministres ont déploré les attaques contre les civils.", ["condemn"]),
        ("en", "The ministers deplored the attacks on civilians.", ["condemn"]),
        ("ar", "وقد ثمّنا جهود الدولة المضيفة.", ["welcome"]),
        (
            "fr",
            "Les ministres ont salué la stratégie régionale, adoptée à Abuja, du bassin.",
            ["welcome"],
        ),
        (
            "fr",
            "Les ministres ont salué la cellule commune, appelée à suivre les trafics.",
            ["welcome"],
        ),
        ("fr", "Les CEMA se sont penchés sur la crise.", ["review"]),
        ("en", "The ministers decided to activate the depot.", ["agree"]),
    ],
)
def test_participles_hang_on_their_noun(
    open_text: Open, lang: str, text: str, acts: list[str]
) -> None:
    """A participle that agrees with a noun before it is no act of the meeting."""
    assert acts_of(open_text, lang, text) == acts
