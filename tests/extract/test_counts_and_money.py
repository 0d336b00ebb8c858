"""Counts of states, pledges of money, resolutions."""

from __future__ import annotations

import pytest

from services.extract.grammars.attendance import read_attendance
from services.extract.grammars.numbers import read_numbers
from services.extract.grammars.pledges import read_pledges
from services.extract.grammars.resolutions import read_resolutions
from shared.record import Evidence, Person
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "يضم التحالف 43 دولة عضوا وثلاث دول داعمة.",
            [("member_states", 43, "exactly"), ("partner_states", 3, "exactly")],
        ),
        ("يضم التحالف في عضويته سبعا وثلاثين دولة.", [("member_states", 37, "exactly")]),
        ("عقد الاجتماع بمشاركة أكثر من ستين دولة.", [("countries", 60, "at_least")]),
        (
            "شارك في الاجتماع 80 دولة ومنظمة دولية.",
            [("countries_and_organizations", 80, "exactly")],
        ),
        ("La Coalition, forte de 87 membres, se réunira.", [("member_states", 87, "exactly")]),
        (
            "cette adhésion porte à 88 le nombre des membres de la Coalition.",
            [("member_states", 88, "exactly")],
        ),
        (
            "La réunion a vu la participation d'une cinquantaine de pays.",
            [("countries", 50, "about")],
        ),
        ("La coalition regroupe une quarantaine de pays.", [("member_states", 40, "about")]),
        ("The 34-nation coalition met in Oslo.", [("member_states", 34, "exactly")]),
        ("Ministers from nearly 50 nations attended the meeting.", [("countries", 50, "about")]),
        ("The meeting drew 54 delegations.", [("delegations", 54, "exactly")]),
    ],
)
def test_counts_say_who_belongs_and_who_came(
    open_text: Open, text: str, expected: list[tuple[str, int, str]]
) -> None:
    """Membership and participation are told apart, with their bounds."""
    reading = open_text(text)
    found = [(a.unit, a.value, a.bound) for a in read_attendance(reading, read_numbers(reading))]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "The tanks that eight countries have offered will arrive in May.",
        "Some 50 people from the village were killed.",
        "حرر أكثر من سبعة ملايين إنسان.",
        "The 85-strong coalition, made up of 80 countries and five organizations, met.",
    ],
)
def test_other_numbers_are_no_attendance(open_text: Open, text: str) -> None:
    """Donors, victims and the parts of a count are not counted."""
    reading = open_text(text)
    found = read_attendance(reading, read_numbers(reading))
    assert [a.unit for a in found if a.unit in ("countries", "organizations")] == []


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
    ],
)
def test_a_pledge_has_donor_amount_and_currency(
    open_text: Open, text: str, expected: tuple[str | None, float, str]
) -> None:
    """A bare dollar or riyal is the donor's own; a capital stands for its state."""
    reading = open_text(text)
    (pledge,) = read_pledges(reading, read_numbers(reading), ())
    assert (pledge.donor, pledge.amount, pledge.currency) == expected


def test_one_verb_serves_several_donors(open_text: Open) -> None:
    """Of a list of sums each has its own donor."""
    reading = open_text("La France a annoncé 5 millions d'euros, et l'Italie 4 millions d'euros.")
    found = read_pledges(reading, read_numbers(reading), ())
    assert [(p.donor, p.amount) for p in found] == [("FR", 5e6), ("IT", 4e6)]


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
        ("قرار مجلس الأمن رقم (2254)", [("UNSC", 2254)]),
        ("قراري مجلس الأمن 2178 و2396", [("UNSC", 2178), ("UNSC", 2396)]),
        ("استنادا إلى القرار ٢٢١٦", [("UNSC", 2216)]),
        ("les résolutions 2391 (2017) et 2531 (2020)", [("UNSC", 2391), ("UNSC", 2531)]),
        ("under S/RES/2170 (2014)", [("UNSC", 2170)]),
        ("UNSCRs 2170, 2178 and 2199", [("UNSC", 2170), ("UNSC", 2178), ("UNSC", 2199)]),
        ("General Assembly resolution 377", [("UNGA", 377)]),
        ("قرارات مجلس الأمن ذات الصلة", []),
        ("the resolution was adopted by 15 votes", []),
    ],
)
def test_resolutions_are_read_by_number(
    open_text: Open, text: str, expected: list[tuple[str, int]]
) -> None:
    """Each number behind the word is a resolution; none is invented."""
    assert [(r.body, r.number) for r in read_resolutions(open_text(text))] == expected
