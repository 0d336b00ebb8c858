"""Promises about quotes: tweets are none, "in the words of" names a speaker, short names do too."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Open
from tests.extract.test_quotes import quotes_of


@pytest.mark.parametrize(
    "text",
    [
        'Foreign Minister Anna Lind tweeted: "We will not leave Iraq alone again".',
        '"We will not leave Iraq alone again," Foreign Minister Anna Lind wrote on X.',
        '"We will not leave Iraq alone again," Foreign Minister Anna Lind said in a post on X.',
        "« Nous ne lâcherons pas l'Irak », a tweeté la ministre Anna Lind.",
        "« Nous ne lâcherons pas l'Irak », a écrit sur X la ministre Anna Lind.",
        'وكان الوزير أنور قرقاش قد غرّد قبيل الاجتماع بأن "الإغاثة ذراع الحل السياسي".',
        'وكتب الوزير أنور قرقاش على منصة إكس: "الإغاثة ذراع الحل السياسي لا بديل عنه".',
        'وقال الوزير أنور قرقاش في تغريدة على حسابه: "الإغاثة ذراع الحل السياسي".',
    ],
)
def test_words_of_a_tweet_are_no_quote(open_text: Open, text: str) -> None:
    """Words that a person wrote in a tweet are not spoken."""
    assert quotes_of(open_text, text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            'Foreign Minister Anna Lind wrote in a letter: "We will not leave Iraq alone again".',
            "Anna Lind",
        ),
        (
            'Foreign Minister Anna Lind said on X-ray inspections: "We will not search at random".',
            "Anna Lind",
        ),
        (
            'غرد الوزير أنور قرقاش بأن "الإغاثة ذراع الحل السياسي"، ثم قال: "لن نقبل إغلاق ميناء".',
            "أنور قرقاش",
        ),
        ('قال الوزير أنور قرقاش على المنصة: "الإغاثة ذراع الحل السياسي".', "أنور قرقاش"),
        (
            "وتبقى القوة، بحسب تعبير الرئيس الفرنسي إيمانويل ماكرون، "
            '"اقتراحاً تحمله دول عدة، لا كلها".',
            "إيمانويل ماكرون",
        ),
        (
            "La force reste, selon la formule du président français Emmanuel Macron, « une idée "
            "portée par plusieurs pays ».",
            "Emmanuel Macron",
        ),
        (
            "La force reste, pour reprendre l'expression d'Emmanuel Macron, « une idée portée par "
            "plusieurs pays ».",
            "Emmanuel Macron",
        ),
        (
            "ورد عليه وزير الدفاع الأوكراني رستم عمروف: «السلام العادل يبدأ من السماء».",
            "رستم عمروف",
        ),
        (
            'Defence Minister Ng Eng Hen was host. "We\'re the grandmother of such meetings," Dr '
            "Ng quipped.",
            "Ng Eng Hen",
        ),
        (
            "Le ministre Gilbert Kabanda Kurhenga était là. M. Kabanda a dit : « On ne négocie "
            "pas avec un fusil sur la tempe. »",
            "Gilbert Kabanda Kurhenga",
        ),
    ],
)
def test_spoken_words_keep_their_speaker(open_text: Open, text: str, speaker: str) -> None:
    """Letters and platforms are no tweets; a speaker may be named by a source or a short name."""
    assert [by for by, _ in quotes_of(open_text, text)] == [speaker]
