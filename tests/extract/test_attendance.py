"""Counts of who belongs to a coalition and of who took part."""

from __future__ import annotations

import pytest

from services.extract.grammars.attendance import read_attendance
from services.extract.grammars.numbers import read_numbers
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
        (
            "أعضاء التحالف وعددهم اثنان وأربعون بين دولة ومنظمة.",
            [("countries_and_organizations", 42, "exactly")],
        ),
        ("Une vingtaine de pays réunis mardi ont débattu.", [("countries", 20, "about")]),
        ("Belgium, one of the eleven members, will lead it.", [("member_states", 11, "exactly")]),
        (
            "Plus de vingt ministres de la Défense se retrouveront à Rome pour cette réunion.",
            [("countries", 20, "at_least")],
        ),
        (
            "انعقد الاجتماع بحضور أكثر من 30 من الدول الأعضاء والمراقبين.",
            [("countries", 30, "at_least")],
        ),
        ("La coalition regroupe une quarantaine de pays.", [("member_states", 40, "about")]),
        ("The 34-nation coalition met in Oslo.", [("member_states", 34, "exactly")]),
        ("Ministers from nearly 50 nations attended the meeting.", [("countries", 50, "about")]),
        ("The meeting drew 54 delegations.", [("delegations", 54, "exactly")]),
        (
            "وشدد المشاركون من 79 دولة (19 دولة من إفريقيا و8 دول من آسيا) على العزم.",
            [("countries", 79, "exactly")],
        ),
        (
            "It is the body of the fifteen (15) Member States of the organisation.",
            [("member_states", 15, "exactly")],
        ),
        (
            "La réunion se tient en présence des représentants d'une trentaine d'Etats et "
            "d'organisations internationales.",
            [("countries_and_organizations", 30, "about")],
        ),
        ("شارك وزراء دفاع 41 دولة في الاجتماع.", [("countries", 41, "exactly")]),
        ("أقر وزراء خارجية ثماني دول عربية الميثاق.", [("countries", 8, "exactly")]),
        (
            "صادقت الدول الـ35 المنضوية في تحالف الراغبين على الإعلان.",
            [("member_states", 35, "exactly")],
        ),
        ("أنهى قادة جيوش الدول الخمس المشاركة في القوة اجتماعهم.", [("countries", 5, "exactly")]),
        (
            "وجاء في بيان ممثلي التحالف، وعدد أعضائه 74، أنهم ملتزمون.",
            [("member_states", 74, "exactly")],
        ),
        ("ويتكون هذا التحالف من 41 دولة.", [("member_states", 41, "exactly")]),
        (
            "وشارك في الدورة تسعة عشر وفدا عربيا وست منظمات إقليمية.",
            [("delegations", 19, "exactly"), ("organizations", 6, "exactly")],
        ),
        (
            "Defence ministers of around two dozen countries met in Oslo.",
            [("countries", 24, "about")],
        ),
        (
            "The 17th meeting of the group brought together around 50 countries.",
            [("countries", 50, "about")],
        ),
        (
            "Over 40 member states and observers took part in the meeting.",
            [("member_states", 40, "at_least")],
        ),
        (
            "The mission is a group of over 70 countries and international organizations.",
            [("countries_and_organizations", 70, "at_least")],
        ),
        (
            "Officials from 57 countries and 12 organizations attended the meeting.",
            [("countries", 57, "exactly"), ("organizations", 12, "exactly")],
        ),
        (
            "Onze pays avaient dépêché leur chef d'état-major à la réunion.",
            [("countries", 11, "exactly")],
        ),
        (
            "Les chefs d'état-major d'une trentaine de pays sont attendus à la réunion.",
            [("countries", 30, "about")],
        ),
        ("Le Forum, qui regroupe trente membres, se réunira.", [("member_states", 30, "exactly")]),
        (
            "Le texte a été approuvé par les 35 pays de la Coalition des volontaires.",
            [("member_states", 35, "exactly")],
        ),
        (
            "The coalition now numbers twelve countries, from Oslo to Perth.",
            [("member_states", 12, "exactly")],
        ),
        (
            "The nine states on the lake that make up the Initiative will meet in May.",
            [("member_states", 9, "exactly")],
        ),
        (
            "Les six pays du fleuve qui forment la coalition se réuniront.",
            [("member_states", 6, "exactly")],
        ),
        (
            "Une vingtaine de pays amis de la région étaient représentés à la réunion.",
            [("countries", 20, "about")],
        ),
        (
            "The coalition met with the participation of 17 member and observer delegations.",
            [("delegations", 17, "exactly")],
        ),
        ("حضر الاجتماع خبراء من أكثر من عشرين دولة.", [("countries", 20, "at_least")]),
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
        "The Summit thanked the eight countries which have sent troops to the mission.",
        "وأشار إلى أن مقاتلين من أكثر من مئة دولة التحقوا بالتنظيم.",
        "The group has recruited fighters from 80 countries, the coalition said.",
        "Des combattants venus de 80 pays ont rejoint le groupe, selon la coalition.",
        "The Five Eyes nations met via videoconference.",
        "Oil is sold to 30 countries.",
    ],
)
def test_other_numbers_are_no_attendance(open_text: Open, text: str) -> None:
    """Donors, victims and the parts of a count are not counted."""
    reading = open_text(text)
    found = read_attendance(reading, read_numbers(reading))
    assert [a.unit for a in found if a.unit in ("countries", "organizations")] == []
