"""Promises about quotes: speakers told by a rank, an office of a state, or a text."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Open
from tests.extract.test_quotes import quotes_of


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Le colonel Assimi Goïta a reçu l'amiral Brad Cooper. L'amiral a souligné que « rien "
            "ne sera possible sans nos partenaires ».",
            "Brad Cooper",
        ),
        (
            "General Michael Kurilla met Iraqi Defence Minister Thabet al-Abbasi in Baghdad. "
            '"We are here at the invitation of Iraq," the general said.',
            "Michael Kurilla",
        ),
        (
            'استقبل الوزير ثابت العباسي الجنرال كيفن لامبرت في بغداد. وقال الجنرال: "نحن هنا بدعوة '
            'من الحكومة العراقية".',
            "كيفن لامبرت",
        ),
        (
            "التقى رئيس الأركان الجزائري الفريق أول السعيد شنقريحة واللواء المالي عمر ديارا في "
            'تمنراست. وأشار الفريق أول إلى أن "أمن كل بلد من بلداننا يبدأ من بيت جاره".',
            "السعيد شنقريحة",
        ),
        (
            "التقى وزير الخارجية التركي هاكان فيدان ووزير الخارجية السوري أسعد الشيباني في عمان. "
            'وقال الوزير التركي إن "محاربة داعش يجب أن تكون بأيدي أبناء المنطقة".',
            "هاكان فيدان",
        ),
        (
            "Turkish Foreign Minister Hakan Fidan met Iraqi Foreign Minister Fuad Hussein. The "
            'Turkish minister said the fight "must be in the hands of the region".',
            "Hakan Fidan",
        ),
        (
            "Le président français Emmanuel Macron et le président burkinabè Roch Marc Christian "
            "Kaboré étaient là. M. Macron a plaidé pour des résultats. Son homologue burkinabè a, "
            "lui, prévenu que « l'ennemi n'attend pas nos calendriers ».",
            "Roch Marc Christian Kaboré",
        ),
        (
            "حضر الأمين العام لمجلس التعاون الأستاذ سالم بن علي المنصوري، واللواء عيسى بن راشد "
            "المهيري الأمين العام المساعد للشؤون العسكرية. وقال معالي الأمين العام: "
            '"إن أمن دولنا كل لا يتجزأ ولا يقبل القسمة".',
            "سالم بن علي المنصوري",
        ),
    ],
)
def test_a_rank_or_an_office_of_a_state_means_its_bearer(
    open_text: Open, text: str, speaker: str
) -> None:
    """Who is called "the general" or "the Turkish minister" keeps the name told before."""
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Hakan Fidan, the Turkish foreign minister, was in Amman. The Turkish defence minister "
            'said the fight "must be in the hands of the region".',
            "Turkish defence minister",
        ),
        (
            "Le colonel Assimi Goïta a ouvert la réunion. « Rien ne sera possible sans nos "
            "partenaires », a dit un ambassadeur européen.",
            "un ambassadeur européen",
        ),
    ],
)
def test_another_office_is_another_speaker(open_text: Open, text: str, speaker: str) -> None:
    """A state has more than one minister; an unnamed person is nobody of those named."""
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "German Foreign Minister Heiko Maas, who joined by video with his French colleague "
            'Jean-Yves Le Drian, warned: "We are not out of the woods yet."',
            "Heiko Maas",
        ),
        (
            'The ministers, in a joint statement, vowed to "stand together to the end".',
            "The ministers",
        ),
        (
            "Le ministre de la Défense, Imed Memmich, était là. Il a, dans ce contexte, souligné "
            "que « le traitement sécuritaire ne suffit pas ».",
            "Imed Memmich",
        ),
        (
            "18:40 وزير الدفاع الأميركي لويد أوستن، الذي ترأس الاجتماع: "
            '"لن يشتري أحد أمن أوروبا بأرضنا"',
            "لويد أوستن",
        ),
        (
            "افتتح الاجتماع اللواء محمد الشهري بكلمة نوه فيها بما تحقق، وقال: "
            '"البحر لا يعترف بالحدود بين دولنا".',
            "محمد الشهري",
        ),
        (
            "Le Premier ministre haïtien, Alix Didier Fils-Aimé, a parlé d'« un tournant que le "
            "peuple attend depuis trop longtemps ».",
            "Alix Didier Fils-Aimé",
        ),
        (
            "Mohamed Ali al-Hakim of Iraq, Heiko Maas of Germany — “We are not out of the woods” — "
            "and Mevlut Cavusoglu of Turkey spoke.",
            "Heiko Maas",
        ),
        (
            'وقالت وزيرة الجيوش الفرنسية فلورانس بارلي إن فرنسا "تقدر عاليا رئاسة موريتانيا هذا '
            'العام"، في حين ذكر وزير الدفاع الإيطالي لورينزو غويريني بالأمن البحري.',
            "فلورانس بارلي",
        ),
        (
            'وقال وزير الخارجية العراقي فؤاد حسين إن التنظيم "لا يعترف بالحدود ولا بالهويات".',
            "فؤاد حسين",
        ),
    ],
)
def test_an_aside_does_not_part_speaker_and_words(open_text: Open, text: str, speaker: str) -> None:
    """Relative clauses, adverbials in commas and dashes leave the subject where it was."""
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "« La situation demeure très préoccupante », souligne le communiqué final.",
            "le communiqué final",
        ),
        (
            '"The Council commends all who have paid their share," the communique reads in part.',
            "the communique",
        ),
        ('وجاء في البيان المشترك أن الوزراء "أعادوا تأكيد دعمهم الكامل للعراق".', "الوزراء"),
        (
            'Defence Secretary John Healey said:\n"What we build today will guard our own skies."',
            "John Healey",
        ),
    ],
)
def test_a_text_or_a_line_before_tells_the_speaker(
    open_text: Open, text: str, speaker: str
) -> None:
    """A communique speaks for itself unless it tells of a group; a colon brings what follows."""
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == [speaker]


def test_the_words_of_somebody_unread_are_not_the_last_speakers(open_text: Open) -> None:
    """A head of its own before a colon ends the speech before it."""
    text = (
        '"Unity is our strength, and numbers too," said Latvian Minister Andris Sprūds. Kovač: '
        '"What we build today will guard our own skies".'
    )
    assert [said_by for said_by, _ in quotes_of(open_text, text)][:1] == ["Andris Sprūds"]
    assert len(quotes_of(open_text, text)) == 1


def test_who_spoke_comes_before_where_it_can_be_read(open_text: Open) -> None:
    """A source behind the words is no speaker where the sentence has one."""
    text = (
        "Les participants ont souligné « la nécessité de poursuivre ces efforts au Sahel », "
        "selon la même source."
    )
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == ["Les participants"]
