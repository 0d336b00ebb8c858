"""Money promised: who gives how much, and what is no promise."""

from __future__ import annotations

import pytest

from services.extract.grammars.numbers import read_numbers
from services.extract.grammars.pledges import read_pledges
from shared.record import Evidence, Person
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تعهدت السويد بتقديم 30 مليون كرونة للصندوق.", ("SE", 30e6, "SEK")),
        ("أعلن وزير الخارجية القطري مساهمة قدرها خمسون مليون ريال.", ("QA", 50e6, "QAR")),
        ("وأعلنت واشنطن تخصيص مئتي مليون دولار.", ("US", 200e6, "USD")),
        ("Le Canada a promis 12,5 millions de dollars au fonds.", ("CA", 12_500_000, "CAD")),
        ("L'Union européenne versera 40 millions d'euros.", ("Union européenne", 40e6, "EUR")),
        ("a package worth £75m from Britain was announced", ("GB", 75e6, "GBP")),
        ("Japan pledged ¥3 billion for the camps.", ("JP", 3e9, "JPY")),
        ("أعلن الوزير الهولندي في كييف أن بلاده ستقدم مليار يورو.", ("NL", 1e9, "EUR")),
        ("Members announced pledges of $300 million.", (None, 300e6, "USD")),
        ("ستخصص لندن 500 مليون جنيه إسترليني للدفاع الجوي.", ("GB", 500e6, "GBP")),
        ("خصصت الكويت 500 ألف دينار كويتي.", ("KW", 500e3, "KWD")),
        ("كما أعلن البنك الدولي تخصيص 300 مليون دولار.", ("البنك الدولي", 300e6, "USD")),
        ("ستقدم بلاده 40 مليون يورو، حسبما قال الوزير البلجيكي.", ("BE", 40e6, "EUR")),
        ("أعلن الوزير النرويجي عن تقديم مليارا ونصف المليار كرونة نروجية.", ("NO", 1.5e9, "NOK")),
        (
            '"We will provide another 1 billion euros this year", said the German minister.',
            ("DE", 1e9, "EUR"),
        ),
        (
            "A contribution of 50 million euros from the European Union was announced.",
            ("European Union", 50e6, "EUR"),
        ),
        (
            "Blinken announced nearly $148.7 million in U.S. stabilization assistance to Syria.",
            ("US", 148.7e6, "USD"),
        ),
        ("The package of $1.4 billion in aid comes from Germany.", ("DE", 1.4e9, "USD")),
        ("Canada announced C$4.5bn in new support.", ("CA", 4.5e9, "CAD")),
        (
            "Denmark pledged DKK 1.8 billion (about €241 million) in military aid.",
            ("DK", 1.8e9, "DKK"),
        ),
        ("50 millions d'euros ont été promis par l'Allemagne pour la force.", ("DE", 50e6, "EUR")),
        ("L'Algérie offrira 100 milliards de FCFA à la force conjointe.", ("DZ", 100e9, "XOF")),
        (
            "Une contribution française de 8 millions d'euros a été annoncée à la réunion.",
            ("FR", 8e6, "EUR"),
        ),
        (
            "Le pays compte sur les 8 millions d'euros qu'accordera la France dans la région.",
            ("FR", 8e6, "EUR"),
        ),
        (
            "Washington apportera 60 millions de dollars (environ 49 millions d'euros) dans "
            "la région.",
            ("US", 60e6, "USD"),
        ),
        (
            "Chacun des cinq pays du Sahel a promis 10 millions d'euros à la force.",
            (None, 10e6, "EUR"),
        ),
    ],
)
def test_a_pledge_has_donor_amount_and_currency(
    open_text: Open, text: str, expected: tuple[str | None, float, str]
) -> None:
    """A bare dollar or riyal is the donor's own; a capital stands for its state."""
    reading = open_text(text)
    (pledge,) = read_pledges(reading, read_numbers(reading), ())
    assert (pledge.donor, pledge.amount, pledge.currency) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "La France a annoncé 5 millions d'euros, et l'Italie 4 millions d'euros.",
            [("FR", 5e6), ("IT", 4e6)],
        ),
        (
            "Saudi Arabia and the UAE pledged $100 million and $30 million respectively.",
            [("SA", 100e6), ("AE", 30e6)],
        ),
        (
            "Les Pays-Bas et la Belgique donneront, respectivement, 100 et 30 millions d'euros.",
            [("NL", 100e6), ("BE", 30e6)],
        ),
        (
            "تعهدت السعودية والإمارات بتقديم 100 مليون و30 مليون يورو على التوالي.",
            [("SA", 100e6), ("AE", 30e6)],
        ),
        (
            "Germany pledged €20 million, Norway €15 million and Japan ¥3 billion for the fund.",
            [("DE", 20e6), ("NO", 15e6), ("JP", 3e9)],
        ),
        (
            "Britain will give £225m, and the Netherlands 100 million euros, to the scheme.",
            [("GB", 225e6), ("NL", 100e6)],
        ),
        (
            "أعلنت ألمانيا تقديم 20 مليون يورو، فيما تعهدت النرويج بـ15 مليون يورو.",
            [("DE", 20e6), ("NO", 15e6)],
        ),
    ],
)
def test_of_several_sums_each_has_its_own_donor(
    open_text: Open, text: str, expected: list[tuple[str, float]]
) -> None:
    """One verb serves a list; "respectively" gives each giver the sum in its turn."""
    reading = open_text(text)
    found = read_pledges(reading, read_numbers(reading), ())
    assert [(p.donor, p.amount) for p in found] == expected


def test_a_minister_pledges_for_his_country(open_text: Open) -> None:
    """A surname alone, even with a slip of the pen, is the person named before."""
    reading = open_text("وتعهد تريسلون بتقديم 15 مليون دولار.")
    tillerson = Person(
        name="ريكس تريلسون",
        country="US",
        role="speaker",
        evidence=(Evidence(start=0, end=1, text="و"),),
    )
    (pledge,) = read_pledges(reading, read_numbers(reading), (tillerson,))
    assert pledge.donor == "US"


@pytest.mark.parametrize(
    "text",
    [
        "The war has cost the region $40 billion.",
        "The group earned $80 million from ransom.",
        "إيرادات التنظيم بلغت 40 مليون دولار.",
        "Norway has sent 400 soldiers.",
        "وأوضحت أن الولايات المتحدة خصصت في العام الماضي 45 مليون دولار لمساعدة المنطقة.",
        "The defence budget of the coalition rose to $3.2 billion.",
        "The plan needs $1.1 billion; donors have given $300 million so far.",
        "The fund aims to raise $500 million by 2027.",
        "The United States has provided $2.5 billion in assistance since 2014.",
        "They signed a contract worth $5 billion with the company.",
        "A reward of $10 million for information on the leader was announced.",
        "Oil fell to $70 a barrel.",
        "Les besoins de la force sont estimés à 250 millions d'euros, soit un total de 650 "
        "millions d'euros.",
        "Il manque 170 millions d'euros pour financer la force.",
        "La banque confédérale, au capital de 500 milliards de FCFA, aide les trois pays.",
        "Washington a fourni 2,5 milliards de dollars d'aide depuis 2014 dans la région.",
        "كما أقر المجلس موازنة أمانته العامة وقدرها 5.4 ملايين دولار.",
        "تمويل مشاريع مشتركة تفوق كلفتها الأولية مئتي مليون دولار.",
        "قدمت الولايات المتحدة أكثر من 2.5 مليار دولار منذ عام 2014.",
        "بلغ حجم التبادل التجاري بين البلدين 3 مليارات دولار.",
        "أعلنت القوات البحرية أن الفرقاطة الباكستانية ضبطت مخدرات بقيمة 90 مليون دولار.",
    ],
)
def test_costs_and_revenues_are_no_pledges(open_text: Open, text: str) -> None:
    """Only money promised is a pledge."""
    reading = open_text(text)
    assert read_pledges(reading, read_numbers(reading), ()) == ()


def test_a_conversion_is_no_second_pledge(open_text: Open) -> None:
    """SR100 million ($26.6 million) is one pledge."""
    reading = open_text("Saudi Arabia contributed SR100 million ($26.6 million) to the fund.")
    (pledge,) = read_pledges(reading, read_numbers(reading), ())
    assert (pledge.donor, pledge.currency) == ("SA", "SAR")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway will lend the force 30 million euros.", [("NO", 30e6)]),
        ("Spain adds €20 million for purchases.", [("ES", 20e6)]),
        ("Canada, together with Spain, pledged 5 million euros.", [("CA", 5e6)]),
        ("أعلنت كندا بالتعاون مع إسبانيا حزمة قيمتها 5 ملايين يورو.", [("CA", 5e6)]),
        ("Le Qatar mettra sur la table 5 millions d'euros.", [("QA", 5e6)]),
        ("The meeting ended with 3 billion euros in new commitments.", [(None, 3e9)]),
        ("The navy stopped two boats and took two tonnes of hashish worth $9 million.", []),
        ("Italy announced a set of vehicles worth 9 million euros.", [("IT", 9e6)]),
    ],
)
def test_promises_in_other_words(
    open_text: Open, text: str, expected: list[tuple[str | None, float]]
) -> None:
    """Loans and additions are promises, partners of the giver give nothing, hauls are none."""
    reading = open_text(text)
    found = read_pledges(reading, read_numbers(reading), ())
    assert [(p.donor, p.amount) for p in found] == expected
