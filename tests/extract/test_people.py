"""Promises about people: who is named, for which state, and in which part."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from shared.record import Person
from tests.extract.conftest import Open


def people_of(open_text: Open, text: str) -> dict[str, Person]:
    """Return the people of a text by their names."""
    return {person.name: person for person in read_people(open_text(text))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "وقال وزير الخارجية القطري محمد بن عبدالرحمن آل ثاني إن الاجتماع ناجح.",
            "محمد بن عبدالرحمن آل ثاني",
        ),
        ("التقى الأمين العام لجامعة الدول العربية أحمد أبو الغيط الوفد.", "أحمد أبو الغيط"),
        ("حضر اللواء الركن سعيد بن حمد الهاجري الاجتماع.", "سعيد بن حمد الهاجري"),
        ("أعلن وزير الدفاع البلجيكي تيو فرانكن مساهمة جديدة.", "تيو فرانكن"),
        ("وأكد رئيس الأركان الفريق المختار ولد أحمد أن القوة جاهزة.", "المختار ولد أحمد"),
        ("وقالت رئيسة الوزراء الدنماركية ميته فريدريكسن إن الدعم مستمر.", "ميته فريدريكسن"),
        ("Dutch Defence Minister Ruben Brekelmans attended the talks.", "Ruben Brekelmans"),
        (
            "The meeting was chaired by Gen. Abdul Rahman bin Saleh Al-Bunyan.",
            "Abdul Rahman bin Saleh Al-Bunyan",
        ),
        ("Kaja Kallas, Estonia's prime minister, spoke first.", "Kaja Kallas"),
        (
            "Le ministre malien de la Défense, le colonel Sadio Camara, était présent.",
            "Sadio Camara",
        ),
        (
            "Mohamed Ould Cheikh El Ghazouani, Président de la Mauritanie, a ouvert la session.",
            "Mohamed Ould Cheikh El Ghazouani",
        ),
        ("La réunion a été ouverte par l'Espagnole Margarita Robles.", "Margarita Robles"),
    ],
)
def test_a_name_ends_where_the_person_ends(open_text: Open, text: str, name: str) -> None:
    """The name is what the text calls the person: no title in it, no word of the sentence."""
    assert list(people_of(open_text, text)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "أكد وزير الدفاع على أهمية التعاون.",
        "وصل فريق عمل مشترك إلى المدينة.",
        "أشاد الوزراء بدور دولة الكويت.",
        "شارك رئيس هيئة الأركان العامة في الاجتماع.",
        "The Prime Minister will attend the Munich Security Conference.",
        "The Working Group on Stabilization met at Bayan Palace.",
        "Le ministre de la Défense a visité la Force conjointe à Sévaré.",
    ],
)
def test_an_office_alone_is_nobody(open_text: Open, text: str) -> None:
    """Office-holders whom the text does not name are left out, and so are bodies and places."""
    assert people_of(open_text, text) == {}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("وزير الخارجية الأردني أيمن الصفدي وصل اليوم.", "JO"),
        ("السيد حمود بن فيصل البوسعيدي وزير الداخلية بسلطنة عمان.", "OM"),
        ("Germany's new defence minister, Boris Pistorius, spoke.", "DE"),
        ("Pakistan was represented by its Defence Minister, Khawaja Asif.", "PK"),
        ("Secretary of Defense Lloyd Austin presided.", "US"),
        ("Les présidents Roch Kaboré (Burkina Faso) et Bah N'Daw (Mali) sont attendus.", "BF"),
        ("Le ministre de la Défense du Nigeria, Mohammed Badaru, a parlé.", "NG"),
        ("NATO Secretary General Mark Rutte welcomed the news.", None),
        ("الأمين العام لمنظمة التعاون الإسلامي حسين إبراهيم طه يزور المقر.", None),
    ],
)
def test_the_country_is_that_of_the_office(open_text: Open, text: str, country: str | None) -> None:
    """Adjective, possessive, complement or representation tell it; bodies have none."""
    assert next(iter(people_of(open_text, text).values())).country == country


def test_a_dateline_gives_a_minister_the_country_and_says_so(open_text: Open) -> None:
    """What the title does not tell is filled in from the dateline, and marked as inferred."""
    text = "عمان 12 آذار 2024 (بترا) - قال وزير الخارجية أيمن الصفدي إن التعاون مستمر."
    person = people_of(open_text, text)["أيمن الصفدي"]
    assert (person.country, person.basis) == ("JO", "inferred")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "ترأس الاجتماع وزير الدفاع المصري عبدالمجيد صقر ونظيره الأردني أيمن الصفدي.",
            ["chair", "chair"],
        ),
        ("عقد الاجتماع بدعوة من وزير الخارجية العراقي فؤاد حسين.", ["host"]),
        ("وأوضح وزير الداخلية الكويتي فهد يوسف الصباح أن النتائج طيبة.", ["speaker"]),
        ("بحضور وزير الدفاع التركي يشار غولر.", ["participant"]),
        ("شكر الوزراء الملك عبدالله الثاني على الدعم.", ["mentioned"]),
        ("The session was chaired by U.S. General Mark Milley.", ["chair"]),
        ("Italian Foreign Minister Antonio Tajani will host the talks.", ["host"]),
        ("“We are ready,” said Polish President Andrzej Duda.", ["speaker"]),
        ("Sous la présidence de M. Issoufou Mahamadou, la conférence s'est réunie.", ["chair"]),
        ("À l'invitation du président tchadien Idriss Déby, le sommet s'est tenu.", ["host"]),
        ("Le président nigérien succède au Mauritanien Mohamed Ould Ghazouani.", ["mentioned"]),
    ],
)
def test_the_role_is_what_the_person_did(open_text: Open, text: str, roles: list[str]) -> None:
    """Chair, host, speaker, participant, or only mentioned; shared where "and" shares the verb."""
    assert [person.role for person in people_of(open_text, text).values()] == roles


@pytest.mark.parametrize(
    "text",
    [
        "Troops landed at Prince Sultan Air Base and King Khalid International Airport.",
        "Le porte-avions Charles de Gaulle a quitté Toulon.",
        "وصل الوفد إلى مطار الملك خالد الدولي ثم إلى قاعدة الأمير سلطان الجوية.",
    ],
)
def test_a_place_named_after_somebody_is_nobody(open_text: Open, text: str) -> None:
    """Airports, bases and ships keep their names to themselves."""
    assert people_of(open_text, text) == {}


def test_a_title_is_the_office_without_rank_and_name(open_text: Open) -> None:
    """The title is as written, with its state, without the holder's rank or style."""
    arabic = people_of(
        open_text, "قال رئيس أركان الجيش النيجري الجنرال موسى سالاو بارمو إن القوة جاهزة."
    )
    english = people_of(open_text, "Turkish Foreign Minister Hakan Fidan spoke.")
    assert arabic["موسى سالاو بارمو"].title == "رئيس أركان الجيش النيجري"
    assert english["Hakan Fidan"].title == "Turkish Foreign Minister"


def test_long_and_short_forms_are_one_person(open_text: Open) -> None:
    """A person is listed once, with the fullest name, and a short form may tell the role."""
    arabic = people_of(
        open_text,
        "استقبل وزير الخارجية الكويتي الشيخ صباح خالد الحمد الصباح الوفود.\n"
        "وأضاف الشيخ صباح الخالد أن الاجتماع مهم.",
    )
    french = people_of(
        open_text,
        "La réunion était présidée par le prince Khalid bin Salman bin Abdulaziz.\n"
        "« Le travail commence à peine », a dit le prince Khalid.",
    )
    assert list(arabic) == ["صباح خالد الحمد الصباح"]
    assert list(french) == ["Khalid bin Salman bin Abdulaziz"]


def test_two_people_of_one_family_stay_two(open_text: Open) -> None:
    """A shared family name joins nobody."""
    text = "رئيس الوزراء نواز شريف والفريق أول راحيل شريف حضرا الاجتماع."
    assert list(people_of(open_text, text)) == ["نواز شريف", "راحيل شريف"]


def test_a_list_behind_a_colon_took_part(open_text: Open) -> None:
    """Bullets under "took part:" are participants."""
    text = (
        "Ont pris part à la session les chefs d'Etat suivants :\n"
        "- S.E.M. Macky Sall, Président de la République du Sénégal ;\n"
        "- S.E.M. Bah N'Daw, Chef de l'Etat du Mali."
    )
    found = people_of(open_text, text)
    assert [(p.name, p.country, p.role) for p in found.values()] == [
        ("Macky Sall", "SN", "participant"),
        ("Bah N'Daw", "ML", "participant"),
    ]


def test_evidence_holds_title_and_name(open_text: Open) -> None:
    """The words a person was read from can be pointed at."""
    text = "Selon le ministre français des Armées, Sébastien Lecornu, l'aide suivra."
    (person,) = read_people(open_text(text))
    (evidence,) = person.evidence
    assert text[evidence.start : evidence.end] == evidence.text
    assert evidence.text == "ministre français des Armées, Sébastien Lecornu"
