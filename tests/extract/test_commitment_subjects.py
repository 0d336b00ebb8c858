"""Promises about commitments: whose act it is, where the verb's subject stands or is left out."""

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
        ("وقدم المشاركون الشكر للدولة المضيفة.", ["thank"]),
        ("أكد البيان وحدة الصف، وقدم المشاركون الشكر للكويت.", ["affirm", "thank"]),
        ("المجلس طلب من الدول الأعضاء تقديم خططها.", ["call_on"]),
        (
            "ورحب الوزراء بالخطة ونددوا بالهجوم ودعوا إلى التهدئة.",
            ["welcome", "condemn", "call_on"],
        ),
        ("وشدد البيان على التعاون.\nوحث المجتمع الدولي على دعم الجهود.", ["affirm", "call_on"]),
        ("The ministers of the member states, meeting in Oslo, condemned the raid.", ["condemn"]),
        ("Our members reaffirmed the plan.", ["affirm"]),
        (
            "The rules were approved by the ministers, who also reviewed the budget.",
            ["adopt", "review"],
        ),
        ("At the Lisbon naval base, they approved the text. Ministers left.", []),
        ("The ministers met.\nAt the Lisbon naval base, they approved the text.", ["adopt"]),
        ("The Council frowned on delays: it deplored the losses.", ["condemn"]),
        (
            "Colonel John Smith, spokesman of the coalition, said it was determined to go on.",
            ["resolve"],
        ),
        ("The next session will be held in May, the Council agreed.", ["agree"]),
        ("Les ministres, qui siégeaient à Dakar, ont adopté la charte.", ["adopt"]),
        ("Les ministres ont, de même, insisté sur la formation.", ["affirm"]),
        ("Au camp Leclerc, les ministres ont validé le plan.", ["adopt"]),
        (
            "Les présidents Ali Bongo, Macky Sall et Alassane Ouattara ont condamné l'attaque.",
            ["condemn"],
        ),
        (
            "Jean Dupont (France), Paul Martin (Belgique), Karl Weber (Allemagne) et Luis Gomez "
            "(Espagne) ont institué un comité. Le G5 Sahel remercie.",
            ["launch", "thank"],
        ),
        (
            "Le Mali, le Burkina Faso et le Niger ont salué l'Alliance des Etats du Sahel.",
            ["welcome"],
        ),
    ],
)
def test_a_group_acts_wherever_its_noun_stands(open_text: Open, text: str, acts: list[str]) -> None:
    """Before the verb, behind it, as a pronoun, as a list of its members, or left out."""
    assert acts_of(open_text, text) == acts


@pytest.mark.parametrize(
    "text",
    [
        "Les deux ministres sont convenus de se revoir.",
        "The two ministers agreed to meet again.",
        "وأكد الجانبان أهمية التعاون.",
        "Ouvrant les travaux, Paul Martin, directeur de l'agence, a rendu hommage aux soldats.",
        "Les ministres ont tu le coût, que certains évaluent à dix millions.",
        "La réunion ouvre demain. Il sera soumis aux chefs d'Etat, a-t-il promis.",
        "Les chefs d'Etat sont attendus lundi, a confirmé le ministre malien.",
        "Les ministres ont reçu un texte signé par le président de la commission.",
        "The next meeting, he announced, will be in Brussels.",
        "Kenya, which met the group, delivered the food they had promised.",
        "The ministers stayed from the start to the moment people came back.",
        "Les ministres ne condamnent pas la frappe.",
        "Le Mali et le Niger ont salué la décision.",
        "تناول اللقاء العلاقات الثنائية.",
        "ولم يتوصل الوزراء إلى اتفاق.",
        "No agreement was reached by the ministers.",
        "Aucune décision n'a été adoptée par les ministres.",
    ],
)
def test_what_two_or_single_ones_did_is_none(open_text: Open, text: str) -> None:
    """Pairs, persons behind a group's noun, denials, participles and relative clauses are none."""
    assert acts_of(open_text, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "وكان القادة قد أقروا الخطة عام 2019. ثم التقوا في 2024.",
        "Pour rappel, les ministres avaient adopté une feuille de route.",
        "In 2014, the coalition's ministers adopted a plan. It met again in 2024.",
        "وفي عام 2015 اعتمد وزراء التحالف خطة، ثم اجتمعوا سنة 2024.",
    ],
)
def test_what_another_meeting_decided_is_background(open_text: Open, text: str) -> None:
    """Acts of an earlier meeting or of another year are none of this one."""
    assert acts_of(open_text, text) == []


def test_quoted_words_of_a_statement_are_its_acts(open_text: Open) -> None:
    """A quotation spoken by a group is its act; spoken by a person it is none."""
    statement = "“The coalition condemns the raid,” the joint statement said."
    person = "“The coalition condemns the raid,” said Foreign Minister John Smith."
    assert acts_of(open_text, statement) == ["condemn"]
    assert acts_of(open_text, person) == []


def test_a_person_may_quote_what_a_group_did(open_text: Open) -> None:
    """Past acts of a group in a person's words are the group's; wishes and views are the person's.

    What stands inside the marks has its subject there, and never lends one to the words outside.
    """
    report = "وقال الأمين العام علي حسن «إن أعضاء المجلس استعرضوا الأوضاع»."
    view = "“The coalition is strong,” said Minister John Smith, who praised Kenya."
    assert acts_of(open_text, report) == ["review"]
    assert acts_of(open_text, view) == []


@pytest.mark.parametrize(
    "text",
    [
        "Several ministers praised the host.",
        "Plusieurs ministres ont salué le pays hôte.",
        "وأشاد بعض الوزراء بالدولة المضيفة.",
        "وكان المجلس في دورته الأخيرة قد وافق على التعديل.",
    ],
)
def test_some_are_not_all_and_before_is_not_now(open_text: Open, text: str) -> None:
    """What some of a group did, or the group at an earlier session, is no act of this meeting."""
    assert acts_of(open_text, text) == []
