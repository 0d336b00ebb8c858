"""Promises about quotes as agencies write them: marks of all kinds, and speakers in all places."""

from __future__ import annotations

import pytest

from services.extract.grammars.quotation import quoted_spans
from tests.extract.conftest import Open
from tests.extract.test_quotes import quotes_of


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("«قال لنا «نعم نوافق» ثم مضى» أمس", ["قال لنا «نعم نوافق» ثم مضي"]),
        ("He said: ''We are all ready now''.", ["we are all ready now"]),
        ("قال: ”نحن جاهزون للعمل معا“ أمس", ["نحن جاهزون للعمل معا"]),
        ("قال: “نحن جاهزون للعمل معا“ أمس", ["نحن جاهزون للعمل معا"]),
        ("He said: 'We are all ready now.' Then he left.", ["we are all ready now."]),
        ("The ministers' meeting and the states' role", []),
        ("L'accord de l'alliance d'hier", []),
        ("<<Nous sommes prêts à agir>>", ["nous sommes prets a agir"]),
        ("“We will go on\n\n“and we will win”", ["we will go on", "and we will win"]),
        ("« We will go on and on", []),
    ],
)
def test_marks_of_all_kinds_hold_words(open_text: Open, text: str, inside: list[str]) -> None:
    """Nested, turned round, single, double apostrophes, over paragraphs; never an apostrophe."""
    reading = open_text(text)
    assert [reading.lower[s:e].strip() for s, e in quoted_spans(reading)] == inside


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وصدر بيان جاء فيه أن «أمن الدول وحدة واحدة لا تتجزأ».", "بيان"),
        ("وكان وزير الدفاع القطري سعود المري قد أكد: «لن نتراجع عن هذه المهمة».", "سعود المري"),
        ("Pour le général Ali Brahim, « l'heure de passer aux actes a sonné ».", "Ali Brahim"),
        (
            "« La paix est ce que nous défendons », a lancé à l'ouverture le général Paul Yao.",
            "Paul Yao",
        ),
        (
            "Volodymyr Zelensky était là. « Nous avons des documents solides enfin », s'est réjoui "
            "le président ukrainien.",
            "Volodymyr Zelensky",
        ),
        ("“We will stay as long as needed,” Minister Sara Lind told reporters.", "Sara Lind"),
        ("“We will stay as long as needed,” noted Minister Sara Lind.", "Sara Lind"),
        (
            "“We will stay as long as needed,” Minister Sara Lind, who chaired the meeting, said.",
            "Sara Lind",
        ),
    ],
)
def test_the_speaker_stands_before_behind_or_in_an_office(
    open_text: Open, text: str, speaker: str
) -> None:
    """Verbs of any tense, an adverbial between, an office for a name told before, or a text."""
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "قال الأمين العام بيتر سميت إن الحلفاء سيدفعون لمبادرة «قائمة الاحتياجات ذات الأولوية».",
        "Minister Sara Lind said the initiative “A Safer Sea For All” would go on.",
        "تحدث الوزير سامي فؤاد عن عملية «العزم الصلب في الشمال».",
    ],
)
def test_names_in_marks_are_no_speech(open_text: Open, text: str) -> None:
    """What a noun like initiative or operation announces is its name."""
    assert quotes_of(open_text, text) == []
