"""Which state a person serves, where neither title nor name tells it."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from tests.extract.conftest import Open

Told = list[tuple[str, str | None]]


def told_by(open_text: Open, text: str) -> Told:
    """Return names and states in the order of the text."""
    return [(p.name, p.country) for p in read_people(open_text(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Accra, le 4 mai. Étaient présents :\n- Bénin : M. Kossi Adjavon, ministre de la "
            "Sécurité ;\n- Togo : Général Yawa Dogbé, ministre de la Défense ;",
            [("Kossi Adjavon", "BJ"), ("Yawa Dogbé", "TG")],
        ),
        (
            "Accra, le 4 mai. Ont pris part :\n- Colonel Omar Batié, ministre de l'Intérieur, de "
            "la Décentralisation et de la Sécurité du Burkina Faso ;",
            [("Omar Batié", "BF")],
        ),
        (
            "   The Hon Martin Ellery MP, Minister for Defence, Australia\n"
            "   The Hon Hassan Jalil, Senior Minister of Defence, Malaysia\n"
            "   The Hon Peter Hanare, Minister of Defence, New Zealand\n",
            [("Martin Ellery", "AU"), ("Hassan Jalil", "MY"), ("Peter Hanare", "NZ")],
        ),
        (
            "Mr Alan Reed, Director for Security, United Kingdom; Ms Anna Berg.",
            [("Alan Reed", "GB")],
        ),
        ("- الأردن: اللواء سالم بن حمد الهاجري.", [("سالم بن حمد الهاجري", "JO")]),
        # No entries: prose that only ends with a state, a post abroad, the next person's state.
        (
            "The Minister of Defence, Martin Ellery, spoke of the threats to Ukraine.",
            [("Martin Ellery", None)],
        ),
        ("Martin Ellery, ambassador to Mali.", [("Martin Ellery", None)]),
        (
            "LONDON - Martin Ellery, Minister of Defence, Egypt's minister Sameh Adel, met.",
            [("Martin Ellery", "GB"), ("Sameh Adel", "EG")],
        ),
    ],
)
def test_an_entry_of_a_list_tells_the_state_at_its_head_or_its_end(
    open_text: Open, text: str, expected: Told
) -> None:
    """Lines, bullets and what stands between semicolons; never the town of the meeting."""
    assert told_by(open_text, text)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("وعين المجتمعون الكازاخي إيمانغالي تاسماغوف أمينا عاما للمنظمة.", "KZ"),
        ("The Chadian Chief of Defence Staff (CDS), General Abakar Daoud, spoke.", "TD"),
        ("والتقى قائد الجيش الموريتاني المنتهية ولايته، الفريق محمد ولد سالم.", "MR"),
        ("اجتمع اللواء مهمان توري، رئيس أركان جيوش جمهورية مالي.", "ML"),
        ("Il a reçu à Djibouti l'ambassadeur d'Espagne, Albert Cerez.", "ES"),
        ("Il succède au Mauritanien Mohamed Ould Salem.", "MR"),
        ("Djibouti received Germany's ambassador to Mali, Albert Cerez.", "DE"),
        ("Il a vu l'ambassadeur de Russie, Igor Gromov, et l'envoyé de l'ONU, Jean Sima.", "RU"),
        ("Commodore Adam Frye, a Royal Navy officer who commands it, spoke.", "GB"),
        ("Adam Frye, a Kyrgyz diplomat, was named.", "KG"),
        ("Daniel Frye, un officier tchadien, a été nommé.", "TD"),
        ("Commodore Jeremy Blunt Royal Navy assumed command.", "GB"),
        ("Commodore Daryl Bates, Royal Australian Navy, took over.", "AU"),
        ("Vice Admiral John Mills, Commander, U.S. Naval Forces Central Command, spoke.", "US"),
        ("Admiral Naved Ashraf, Chief of Staff, Pakistan Navy, agreed.", "PK"),
        (
            "Major General Salem Harbi of the Presidency of State Security of Saudi Arabia spoke.",
            "SA",
        ),
        ("Il a vu son homologue française, la secrétaire d'État Claire Mérand.", "FR"),
        ("He met his British counterpart, General Mark Carlton, today.", "GB"),
        ("Il remercie le Ghana, dont le chef d'état-major, l'amiral Seth Amoa, recevait.", "GH"),
        # An adjective of a ship, of a deal, of the next person is not the speaker's.
        ("Commodore Adam Frye, a veteran of Iraqi waters, spoke.", None),
        ("Commodore Adam Frye met U.S. officials.", None),
        ("Vice Admiral John Mills, Commander, French Admiral Paul Martin spoke.", None),
        ("Major General Salem Harbi of the force that is going to guard Saudi Arabia spoke.", None),
    ],
)
def test_an_apposition_tells_the_state(open_text: Open, text: str, country: str | None) -> None:
    """Armed services, nouns of persons, institutions, and counterparts behind a comma."""
    assert told_by(open_text, text)[0][1] == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("الخرطوم (سونا) - قال الناطق باسم القوات المسلحة العميد أحمد خليفة الطاهر.", "SD"),
        ("المنامة / بنا / قال مدير عام خفر السواحل اللواء علاء بن سعيد.", "BH"),
        ("Kigali, le 3 mai - Le porte-parole de l'armée, le colonel Jean Bosco, a parlé.", "RW"),
        ("NAIROBI (KNA) - The police spokesman, Daniel Otieno, said so.", "KE"),
        ("NAIROBI (KNA) - Assistant Chief of Staff in charge of Plans Maj Gen David Keter.", "KE"),
        # Forces and unions of several states are nobody's.
        ("الرياض (واس) - قال قائد القوات المشتركة الفريق ناصر بن علي.", None),
        ("Paris, le 3 mai - Le porte-parole de la force mixte, le colonel Jean Bosco.", None),
        ("PARIS - The EU foreign policy chief, Daniel Otieno, spoke.", None),
        ("NAIROBI - The Chief of Staff of the African Standby Force, Gen. Brian Otieno.", None),
        ("Paris - Le chef de la diplomatie européenne Josep Borrell a parlé.", None),
        ("LONDON - Charles Michel, President of the European Council, will attend.", None),
    ],
)
def test_officers_of_a_state_are_of_the_state_that_writes(
    open_text: Open, text: str, country: str | None
) -> None:
    """An army's spokesman needs no state beside him in his own country's press."""
    assert told_by(open_text, text)[0][1] == country


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "La Mauritanie était représentée par le ministre de la Défense, M. Hanana Sidi, le "
            "général Diallo Saïdou et le général Brahim Vall.",
            ["MR", "MR", "MR"],
        ),
        (
            "ومثل موريتانيا قائد الأركان اللواء أحمد ولد الطالب، في حين قاد الوفد النيجري العقيد "
            "إبراهيم سعيد.",
            ["MR", "NE"],
        ),
    ],
)
def test_who_represents_a_state_is_its_own(
    open_text: Open, text: str, expected: list[str | None]
) -> None:
    """All of a list that represents a state; not the next clause's delegation."""
    assert [country for _, country in told_by(open_text, text)] == expected
