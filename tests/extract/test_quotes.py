"""Promises about quotes: whose words, and which words are nobody's."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from services.extract.grammars.quotes import read_quotes
from tests.extract.conftest import Open


def quotes_of(open_text: Open, text: str) -> list[tuple[str | None, str]]:
    """Return speaker and words of each quote."""
    reading = open_text(text)
    return [(q.speaker, q.text) for q in read_quotes(reading, read_people(reading))]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "وقال وزير الدفاع العراقي ثابت العباسي: «لن نسمح بعودة الإرهاب إلى مدننا».",
            "ثابت العباسي",
        ),
        ('وأكدت دول التحالف حرصها على "مواصلة العمل حتى النهاية".', "دول التحالف"),
        (
            'وقال وزير الدفاع البريطاني إن لندن "ستقف مع حلفائها حتى النهاية".',
            "وزير الدفاع البريطاني",
        ),
        ('"We will not be tired out," said Polish President Andrzej Duda.', "Andrzej Duda"),
        (
            'Andrzej Duda, the president of Poland, spoke. "We will not be tired out," he said.',
            "Andrzej Duda",
        ),
        (
            "« La route est encore longue », a déclaré le général Kassoum Coulibaly.",
            "Kassoum Coulibaly",
        ),
        (
            "Le président français Emmanuel Macron était là. « La route est longue », a-t-il dit.",
            "Emmanuel Macron",
        ),
    ],
)
def test_words_belong_to_who_said_them(open_text: Open, text: str, speaker: str) -> None:
    """The speaker is the person by name, the office if unnamed, or the collective."""
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        'عقد الاجتماع تحت شعار "معا نبني مستقبلا آمنا للجميع" في الرياض.',
        'The session, held under the theme "Together for a safer common future", ended.',
        'They discussed the "traffic light" option.',
        'The ministers adopted the plan "A common sea for all its nations".',
        'وقال الوزير إن "الوضع صعب".',
    ],
)
def test_slogans_titles_and_scare_quotes_are_nobodys(open_text: Open, text: str) -> None:
    """Fewer than four words, a theme, or a document's title is no quote."""
    assert quotes_of(open_text, text) == []


def test_a_second_quotation_goes_on_with_its_speaker(open_text: Open) -> None:
    """Words that follow by themselves are the same speaker's."""
    text = (
        '"They are watching us closely," said Defence Minister Boris Pistorius, who was there. '
        '"History will remember who came."'
    )
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == ["Boris Pistorius"] * 2


def test_the_text_is_exactly_what_stands_between_the_marks(open_text: Open) -> None:
    """Not a letter more or less, spaces at the marks apart."""
    text = "« Nul n’est à l’abri, ni ici ni ailleurs », a prévenu le colonel Yark Damehame."
    assert quotes_of(open_text, text)[0][1] == "Nul n’est à l’abri, ni ici ni ailleurs"
