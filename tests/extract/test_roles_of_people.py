"""Promises about roles and states: what each person did, and whom they serve."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from tests.extract.conftest import Open


def roles_of(open_text: Open, text: str) -> list[str]:
    """Return the roles of a text's people in their order."""
    return [person.role for person in read_people(open_text(text))]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("عقدت القمة التي ترأسها الرئيس الغاني جون بواتنغ.", ["chair"]),
        ("ترأس الاجتماع وزير الدفاع بيتر شميدت مع نظيره الإيطالي ماركو روسي.", ["chair", "chair"]),
        ("وكان وزير الدفاع القطري سعود المري قد ترأس الجلسة.", ["chair"]),
        ("يتولى وزير الدفاع السوداني ياسر حسن افتتاحها.", ["speaker"]),
        ("La réunion, que présidera le ministre belge Luc Maes, s'ouvre lundi.", ["chair"]),
        ("Le général Paul Yao, chef d'état-major, dirigera les débats.", ["chair"]),
        (
            "It was chaired by General A. Musa of Nigeria, Colonel Sadio Keita of Mali and "
            "General Ali Mody of Niger.",
            ["chair", "chair", "chair"],
        ),
        ("Swedish Minister Sara Lind opened the meeting.", ["speaker"]),
        ("استقبل وزير الدفاع العراقي ثابت حسن السفير الفرنسي جان مارتن.", ["host", "participant"]),
        ("وذلك في اجتماع دعا إليه وزير الخارجية المصري سامي فؤاد.", ["host"]),
        ("Vice Adm. Tom Reed welcomed Vice Adm. Hans Boer to the base.", ["host", "participant"]),
        ("The delegation paid a courtesy call on Kenyan Minister Paul Njoroge.", ["host"]),
        (
            "وحضر القمة كل من الرئيس الغابوني علي أوبام والكونغولي دونيه ساسو.",
            ["participant", "participant"],
        ),
        ("وحضور رئيس الأركان اللواء حسن عيد.", ["participant"]),
        ("Among those present were the Italian ambassador, Anna Bruni.", ["participant"]),
        ("Le sommet, auquel est attendu le président ghanéen John Boateng.", ["participant"]),
        ("The ministers were briefed by Ukrainian Minister Ivan Kovalenko.", ["speaker"]),
        ("The statement was read out by Colonel Pilot Turki Salem.", ["speaker"]),
        ("« Nous sommes prêts », a renchéri le général Lo Adeyemi.", ["speaker"]),
        ("« Nous tiendrons », a lancé à l'ouverture le général Paul Yao.", ["speaker"]),
    ],
)
def test_who_chaired_hosted_spoke_and_took_part(
    open_text: Open, text: str, roles: list[str]
) -> None:
    """Verbs before and after, in any tense, shared by those in a list."""
    assert roles_of(open_text, text) == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("افتتح الاجتماع وزير الدفاع العراقي ثابت حسن.", ["speaker"]),
        ("La réunion a été officiellement ouverte par le ministre belge Luc Maes.", ["speaker"]),
        ("The meeting will be opened by H.E. Mr. John Boateng of Ghana.", ["speaker"]),
        (
            "Prime Minister Anne Roy opened the day; the meeting was chaired by General Paul Yao.",
            ["speaker", "chair"],
        ),
        ("حضر الجلسة رئيس المجلس الأوروبي جان مارتن.", ["participant"]),
        ("حضر الجلسة وزير الدفاع القطري سعود المري رئيس المجلس.", ["chair"]),
        ("حضر القمة ضيف الشرف الرئيس الغاني جون بواتنغ.", ["participant"]),
        ("شارك وزير الدفاع الأردني سامي فؤاد عبر الفيديو.", ["participant"]),
        ("عبر وزير الدفاع الأردني سامي فؤاد عن أمله في السلام.", ["speaker"]),
        ("يذكر أن وزير الدفاع الأردني سامي فؤاد ترأس وفد بلاده.", ["participant"]),
    ],
)
def test_who_opens_speaks_and_heads_of_other_bodies_chair_nothing(
    open_text: Open, text: str, roles: list[str]
) -> None:
    """To open a meeting is to speak there; prepositions and impersonal verbs say nothing."""
    assert roles_of(open_text, text) == roles


@pytest.mark.parametrize(
    "text",
    [
        "تولى المنصب خلفا لنظيره البوركيني روش سانكارا.",
        "نقل تحيات الرئيس التشادي إدريس صالح.",
        "He spoke on behalf of Canadian Minister Anne Roy.",
        "The ministers demanded the release of President Ali Bello.",
        "Il remplace le ministre malien Sadio Keita.",
        "الاجتماع شهد تكريما لوفاة الوزير سامي فؤاد.",
    ],
)
def test_who_is_only_spoken_of_is_mentioned(open_text: Open, text: str) -> None:
    """The replaced, the represented, the dead and the prisoners took no part."""
    assert roles_of(open_text, text) == ["mentioned"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("RIYADH — President Emmanuel Macron arrived.", ["FR"]),
        ("Paris (AFP) - L'ambassadeur Paul Roux a parlé.", [None]),
        ("توجه وزير الدفاع موريس حداد إلى بغداد.", [None]),
        ("قال قائد بعثة حلف الناتو في العراق الفريق ماركو روسي.", [None]),
        ("سفير تونس بإيطاليا سمير بن علي حضر.", ["TN"]),
        ("La délégation malienne est conduite par le général Sadio Keita.", ["ML"]),
        (
            "En présence de ses collègues du Niger, le général Ali Mody et du Burkina Faso, "
            "le général Paul Simporé.",
            ["NE", "BF"],
        ),
        (
            "The ministers of Mali and Niger, respectively Sadio Keita and Ali Mody, agreed.",
            ["ML", "NE"],
        ),
        ("Les ministres du Mali (Sadio Keita ) et du Niger (Ali Mody ) sont là.", ["ML", "NE"]),
        ("Emmanuel Macron, reçu à Berlin, a parlé.", [None]),
        ("It was attended by the US Ambassador to Yemen Matthew Toller.", ["US"]),
        ("They discussed the crisis in Yemen through the UN envoy Martin Griffin.", [None]),
        (
            "RIYADH - Kuwaiti Foreign Minister Sami Hamad and Chief of Staff Ali Saleh attended.",
            ["KW", "KW"],
        ),
    ],
)
def test_the_state_is_told_by_the_text(
    open_text: Open, text: str, countries: list[str | None]
) -> None:
    """Lists, delegations and well-known holders tell it; a place of travel or posting does not."""
    assert [person.country for person in read_people(open_text(text))] == countries
