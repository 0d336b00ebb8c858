"""Roles told by what others did, and those of whoever leads or receives, but not the meeting."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from tests.extract.conftest import Open

Told = list[tuple[str, str]]


def told_by(open_text: Open, text: str) -> Told:
    """Return names and roles in the order of the text."""
    return [(p.name, p.role) for p in read_people(open_text(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The minister of Egypt, Nevine Abdel, delivered an opening statement, as did "
            "Australia's minister, Ruth Hall, and Nigeria's Interior Minister, Sanusi Bako.",
            ["Nevine Abdel", "Ruth Hall", "Sanusi Bako"],
        ),
        (
            "Le ministre malien de la Défense, Sadio Camara, a pris la parole, de même que le "
            "ministre nigérien, Salifou Mody, et le général Paul Yao.",
            ["Sadio Camara", "Salifou Mody", "Paul Yao"],
        ),
        (
            "ثم أعطيت الكلمة لوزير الداخلية السعودي خالد بن سعود، فوزير الداخلية العراقي سالم "
            "الشمري، فنظيره المصري اللواء محمود توفيق.",
            ["خالد بن سعود", "سالم الشمري", "محمود توفيق"],
        ),
        (
            "وألقى الكلمة وزير الدفاع الكويتي سالم الصباح، وكذلك الأمين العام أحمد الناصر.",
            ["سالم الصباح", "أحمد الناصر"],
        ),
    ],
)
def test_who_did_as_a_speaker_did_spoke(open_text: Open, text: str, names: list[str]) -> None:
    """Whatever word joins them: as did, de même que, and one after the other in Arabic."""
    assert told_by(open_text, text) == [(name, "speaker") for name in names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The meeting, attended by 30 delegations, was chaired by General Paul Okoro.",
            [("Paul Okoro", "chair")],
        ),
        (
            "The secretariat, headed by Ambassador Peter Oloo, prepared the meeting.",
            [("Peter Oloo", "mentioned")],
        ),
        (
            "La réunion, dirigée par le général Paul Yao, s'est tenue lundi.",
            [("Paul Yao", "chair")],
        ),
        (
            "اجتمع رؤساء الأركان بمقر الأمانة العامة، برئاسة الفريق محمود فهمي.",
            [("محمود فهمي", "chair")],
        ),
    ],
)
def test_who_leads_a_lasting_body_is_no_chair(open_text: Open, text: str, expected: Told) -> None:
    """A secretariat, a force; but many delegations are those of a meeting."""
    assert told_by(open_text, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The meeting was chaired by Defence Minister Paul Okoro. President Bola Ade received "
            "the chiefs of staff, among them General Issa Boubé.",
            {"Paul Okoro": "chair", "Bola Ade": "mentioned"},
        ),
        (
            "President Bola Ade received General Issa Boubé at his palace.",
            {"Bola Ade": "host", "Issa Boubé": "participant"},
        ),
        (
            "ترأس الاجتماع وزير الدفاع سالم الصباح. واستقبل الأمير نواف الأحمد اللواء عمر بناني.",
            {"سالم الصباح": "chair", "نواف الأحمد": "mentioned"},
        ),
    ],
)
def test_who_receives_the_delegations_hosts_no_meeting_that_has_its_own_chair(
    open_text: Open, text: str, expected: dict[str, str]
) -> None:
    """A reception beside a meeting is none of it; a text about nothing else tells of its host."""
    told = dict(told_by(open_text, text))
    assert {name: told[name] for name in expected} == expected
