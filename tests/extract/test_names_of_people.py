"""Promises about names: where they begin and end, whom one name means, and what is no person."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from tests.extract.conftest import Open


def names_of(open_text: Open, text: str) -> list[str]:
    """Return the names of a text in their order."""
    return [person.name for person in read_people(open_text(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("استقبل الفريق الركن بحري سالم بن راشد العجمي الوفد.", "سالم بن راشد العجمي"),
        ("حضر العقيد الحقوقي ناصر أبو شامة اللقاء.", "ناصر أبو شامة"),
        ("قال الأمين العام لحلف شمال الأطلسي (الناتو) بيتر فاندام إن الحلف موحد.", "بيتر فاندام"),
        ("التقى نظيره الغابوني عبد الله مبوما على هامش القمة.", "عبد الله مبوما"),
        ("ألقى سماحة الشيخ عبدالعزيز آل حمدان محاضرة.", "عبدالعزيز آل حمدان"),
        ("أكدت وزيرة الدولة نورة بنت سعد الكعبي أن العمل مستمر.", "نورة بنت سعد الكعبي"),
        ("وصل اللواء سليم الحمدون.", "سليم الحمدون"),
        ("قال وزير الداخلية كريم الصالحي Karim Salhi إن الأمن مستتب.", "كريم الصالحي"),
        ("التقى وزير الدفاع اليوم في مكتبه اللواء سمير حداد قائد الدرك.", "سمير حداد"),
        ("Air Chief Marshal Sohail Rana (Ret.) attended.", "Sohail Rana"),
        ("Iraqi Prime Minister Karim al-Abbas attended.", "Karim al-Abbas"),
        ("Le général de corps d'armée aérienne Yao N'Guessan a parlé.", "Yao N'Guessan"),
        ("Le contrôleur général Awa DIAKITÉ a présidé la réunion.", "Awa DIAKITÉ"),
        ("Le vice-amiral d'escadre Luc van der Velde était présent.", "Luc van der Velde"),
        ("S.E.M. Sidi Ould Zein, ministre de la Défense, a parlé.", "Sidi Ould Zein"),
        ("Colonel Mossa Ag Attaher led the talks.", "Mossa Ag Attaher"),
        ("President A.B.C. Mwale, chair of the organ, spoke.", "A.B.C. Mwale"),
    ],
)
def test_a_rank_or_an_office_brings_a_whole_name(open_text: Open, text: str, name: str) -> None:
    """Particles, compounds, initials and capitals belong to the name; ranks and asides do not."""
    assert names_of(open_text, text) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "حضر وزيرا الخارجية القطري سالم المري والعماني بدر الحارثي.",
            ["سالم المري", "بدر الحارثي"],
        ),
        (
            "شارك رئيس أركان الجيش الغاني اللواء كوفي منسا والنيجيري الفريق عمر بيلو.",
            ["كوفي منسا", "عمر بيلو"],
        ),
        ("وحضر وزراء خارجية: مصر سامي فؤاد، وجيبوتي عمر جيلي.", ["سامي فؤاد", "عمر جيلي"]),
        ("تحدث خالد منصور، مبعوث الرئيس، إلى الصحافة.", ["خالد منصور"]),
        ("ترأس الجلسة البلجيكي مارك ديبون والهولندي بيتر سميت.", ["مارك ديبون", "بيتر سميت"]),
        (
            "Viktor Petrenko of Belarus and Sara Lind of Sweden came.",
            ["Viktor Petrenko", "Sara Lind"],
        ),
    ],
)
def test_a_list_names_each_of_them(open_text: Open, text: str, names: list[str]) -> None:
    """One office and several states, or a name without a title before it."""
    assert names_of(open_text, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("President Zelensky thanked the allies.", ["Zelensky"]),
        ("Putin was not invited, the hosts said.", ["Putin"]),
        ("قال الرئيس ماكرون إن القوة جاهزة.", ["ماكرون"]),
        ("The Biden administration agreed.", []),
        ("وصل إلى مطار محمد السادس.", []),
    ],
)
def test_widely_known_people_need_no_full_name(
    open_text: Open, text: str, names: list[str]
) -> None:
    """One word is enough for them, but not where it is an attribute or a place."""
    assert names_of(open_text, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Photo by Sgt. Anna Miller",
        "(Paul Durand, édité par Marie Blanc)",
        "By Sarah Jones",
        "Saudi Defence Minister Opens Second Meeting Of Coalition In Riyadh",
        "L'École de maintien de la paix Jean Kouassi a accueilli la réunion.",
        "Aéroport international Président Michel Bayala",
        "وصلت الفرقاطة الأمير سلطان إلى الميناء.",
        "دعا ممثلو الدول المشاركة وفقا لما تقرر إلى الهدوء.",
        "They met at the Kofi Annan Centre.",
        "The King Khalid Military City hosted the drill.",
        "The UN General Assembly met; the General Secretariat wrote.",
        "An officer of Mozambique's General Staff spoke.",
        "The Assistant Secretary of the Treasury for Terrorist Financing spoke.",
        "الملك ورئيسة الوزراء الإيطالية يقودان جولة.",
        "وأشاد معالي الأمين العام في كلمته بما يوليه الملك.",
        "وشكر معالي القائد العام لما لقيه من دعم.",
    ],
)
def test_credits_places_and_headlines_name_nobody(open_text: Open, text: str) -> None:
    """Nor are schools, ships, bodies with "General" in their names and what follows a title."""
    assert names_of(open_text, text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "وقال الأمير فيصل بن خالد بن عبدالعزيز إن العمل مستمر. "
            "وأضاف الأمير فيصل بن خالد بن عبد العزيز آل حمد.",
            ["فيصل بن خالد بن عبد العزيز آل حمد"],
        ),
        (
            "Polish Defence Minister Jan Kowalski spoke. "
            "Polish Defence Minister Jan Kovalski left.",
            ["Jan Kowalski"],
        ),
        (
            "Polish Minister Jan Kowalski spoke. Czech Minister Jan Kovalski left.",
            ["Jan Kowalski", "Jan Kovalski"],
        ),
    ],
)
def test_one_person_is_listed_once(open_text: Open, text: str, names: list[str]) -> None:
    """Other spellings join; a misspelling only with the same office or state."""
    assert names_of(open_text, text) == names
