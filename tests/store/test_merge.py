"""One record of a meeting from all of its documents."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.store.merge import merge
from services.store.tally import Member
from shared.meeting import MergedMeeting
from tests.store.makers import Case, case


def merged(*cases: Case) -> MergedMeeting:
    """Return the merged meeting, the same in whatever order the documents are given."""
    (found,) = {
        merge("m", [Member(each.record) for each in order]).model_dump_json()
        for order in permutations(cases)
    }
    return MergedMeeting.model_validate_json(found)


def test_an_explicit_value_outweighs_many_inferred_ones() -> None:
    """What one document states stands before what three suggest, and all of them are kept."""
    guessed = [case(f"ظن {n}", city="Jeddah", basis="inferred") for n in range(3)]
    stated = case("نص", city="Riyadh")
    meeting = merged(stated, *guessed)
    assert meeting.city == "Riyadh"
    assert [(c.value, c.basis) for c in meeting.claims["city"]] == [
        ("Riyadh", "explicit"),
        ("Jeddah", "inferred"),
    ]
    assert set(meeting.claims["city"][1].documents) == {each.id for each in guessed}


def test_a_statement_outweighs_previews() -> None:
    """What was decided to happen stands behind what is said to have happened."""
    previews = [case(f"يفتتح {n}", kind="preview", start_date="2024-02-02") for n in range(2)]
    meeting = merged(case("اختتم", start_date="2024-02-03"), *previews)
    assert (meeting.start_date, meeting.status) == ("2024-02-03", "published")


def test_support_decides_between_equals_and_confidence_between_single_ones() -> None:
    """Two documents outweigh one, and the surer of two outweighs the other."""
    one, two, three = (case(t, ordinal=n) for t, n in (("أ", 1), ("ب", 2), ("ج", 2)))
    assert merged(one, two, three).ordinal == 2
    unsure = case("د", ordinal=3, confidence=0.4)
    assert merged(one, unsure).ordinal == 1


def test_a_coarser_value_is_no_differing_claim() -> None:
    """The month speaks for the day, the country for the city, ministers for their portfolio."""
    fine = case(
        "دقيق", start_date="2024-02-03", city="Riyadh", country="SA", body="defence_ministers"
    )
    coarse = [
        case(f"عام {n}", start_date="2024-02", country="SA", body="ministers") for n in (1, 2)
    ]
    meeting = merged(fine, *coarse)
    assert (meeting.start_date, meeting.city) == ("2024-02-03", "Riyadh")
    assert meeting.body == "defence_ministers"
    assert meeting.claims == {}


def test_dates_are_chosen_together() -> None:
    """The merged meeting never ends on one document's day and begins on another's."""
    first = case("أ", start_date="2024-02-03", end_date="2024-02-03")
    second = case("ب", start_date="2024-02-02", end_date="2024-02-04")
    meeting = merged(first, second)
    told = {("2024-02-03", "2024-02-03"), ("2024-02-02", "2024-02-04")}
    assert (meeting.start_date, meeting.end_date) in told
    assert {c.value for c in meeting.claims["end_date"]} == {"2024-02-03", "2024-02-04"}


def test_a_person_is_one_in_every_script() -> None:
    """Names join across languages; the highest role and every given fact are kept."""
    arabic = case(
        "أ", people=[{"name": "خالد بن سلمان", "title": "وزير الدفاع", "role": "speaker"}]
    )
    french = case(
        "b",
        language="fr",
        people=[{"name": "Khalid bin Salman bin Abdulaziz", "country": "SA", "role": "chair"}],
    )
    (person,) = merged(arabic, french).people
    assert (person.role, person.country, person.title) == ("chair", "SA", "وزير الدفاع")
    assert {piece.document_id for piece in person.evidence} == {arabic.id, french.id}


def test_a_misspelt_name_is_the_same_person_only_with_the_same_country() -> None:
    """تريلسون and Tillerson are one American; without the country they stay two."""
    american = [{"country": "US"}, {}]
    for extra, count in zip(american, (1, 2), strict=True):
        one = case("أ", people=[{"name": "ريكس تريلسون", **extra}])
        other = case("b", people=[{"name": "Rex Tillerson", **extra}])
        assert len(merged(one, other).people) == count


def test_brothers_are_two_people() -> None:
    """A family name and a country in common do not make one person."""
    names = ["خالد بن سلمان", "محمد بن سلمان"]
    one, other = (case(name, people=[{"name": name, "country": "SA"}]) for name in names)
    assert len(merged(one, other).people) == 2


def test_equal_items_join_with_the_evidence_of_each_document() -> None:
    """Focus areas, counts, resolutions and pledges that several documents give stand once."""
    same: dict[str, Any] = {
        "focus_areas": ["ideology"],
        "attendance": [{"unit": "member_states", "value": 42}],
        "resolutions": [2254],
    }
    one = case("أ", pledges=[{"donor": "SA", "amount": 1e8, "currency": "SAR"}], **same)
    other = case("ب", pledges=[{"amount": 1e8, "currency": "SAR", "purpose": "صندوق"}], **same)
    meeting = merged(one, other)
    for items in (meeting.focus_areas, meeting.attendance, meeting.resolutions, meeting.pledges):
        assert len(items) == 1
        assert {piece.document_id for piece in items[0].evidence} == {one.id, other.id}
    assert (meeting.pledges[0].donor, meeting.pledges[0].purpose) == ("SA", "صندوق")


def test_differing_counts_are_claims() -> None:
    """Where documents count differently, each count is kept with who gives it."""
    counts = [41, 41, 40]
    told = [
        case(f"عدد {n}", attendance=[{"unit": "countries", "value": count}])
        for n, count in enumerate(counts)
    ]
    claims = merged(*told).claims["attendance.countries"]
    assert [(c.value, len(c.documents)) for c in claims] == [(41, 2), (40, 1)]


def test_an_edited_sentence_is_one_commitment() -> None:
    """Agencies edit and cut; another act or other words are another commitment."""
    sentence = "اتفق المجتمعون على إطلاق صندوق تمويل مبادرات التحالف المخصص لاستقبال المساهمات"
    cut = "واتفق المجتمعون على إطلاق صندوق تمويل مبادرات التحالف"
    other = "أكد الوزراء عزم دولهم على تنسيق الجهود وتوحيدها لدرء مخاطر الإرهاب"
    one = case(f"{sentence}. {other}", commitments=[("launch", sentence), ("affirm", other)])
    two = case(f"{cut}. ", commitments=[("launch", cut)])
    assert [(c.act, len(c.evidence)) for c in merged(one, two).commitments] == [
        ("launch", 2),
        ("affirm", 1),
    ]


def test_items_read_in_the_order_of_the_fullest_document() -> None:
    """A reader finds commitments in the order of the text."""
    acts = [("affirm", "أولا نؤكد العزم"), ("call_on", "ثانيا ندعو الدول"), ("thank", "ثالثا نشكر")]
    full = case(" ".join(words for _, words in acts), commitments=acts)
    short = case("ثالثا نشكر", commitments=[acts[2]])
    assert [c.act for c in merged(short, full).commitments] == ["affirm", "call_on", "thank"]


@pytest.mark.parametrize("kinds", [("statement", "preview"), ("preview", "preview")])
def test_a_meeting_is_published_once_a_statement_is_among_its_documents(kinds: Any) -> None:
    """Previews announce; a statement publishes."""
    meeting = merged(*(case(f"{n}", kind=kind) for n, kind in enumerate(kinds)))
    assert meeting.status == ("published" if "statement" in kinds else "announced")


NAMES = ["خالد بن سلمان", "Khalid bin Salman", "Rex Tillerson", "ريكس تريلسون", "Tillerson"]
WORDS = ["أكد", "الوزراء", "عزمهم", "على", "مكافحة", "الإرهاب", "وتمويله", "معا"]
DOCUMENTS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["statement", "preview"])},
    optional={
        "ordinal": st.integers(1, 3),
        "start_date": st.sampled_from(["2024", "2024-02", "2024-02-03", "2024-02-04"]),
        "city": st.sampled_from(["Riyadh", "N'Djamena", "Ndjamena"]),
        "country": st.sampled_from(["SA", "TD"]),
        "body": st.sampled_from(["ministers", "defence_ministers"]),
        "basis": st.sampled_from(["explicit", "inferred"]),
        "confidence": st.sampled_from([1.0, 0.9, 0.5]),
        "people": st.lists(
            st.fixed_dictionaries(
                {"name": st.sampled_from(NAMES)},
                optional={"country": st.just("US"), "role": st.sampled_from(["chair", "host"])},
            ),
            max_size=3,
        ),
        "quotes": st.lists(
            st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(WORDS)).map(" ".join)),
            max_size=2,
        ),
        "pledges": st.lists(
            st.fixed_dictionaries(
                {"amount": st.sampled_from([1e6, 2e6])},
                optional={"donor": st.sampled_from(["US", "SA"]), "currency": st.just("USD")},
            ),
            max_size=2,
        ),
    },
)


@settings(max_examples=150, deadline=None)
@given(st.lists(DOCUMENTS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_any_documents_in_any_order_merge_to_the_same(told: list[Any], random: Random) -> None:
    """The order of arrival does not show in the merged record, in not one byte of it."""
    documents = [case(f"وثيقة {number}", **each) for number, each in enumerate(told)]
    members = [Member(each.record) for each in documents]
    expected = merge("m", members).model_dump_json()
    random.shuffle(members)
    assert merge("m", members).model_dump_json() == expected
