"""Which documents are one meeting."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.store.meetings import cluster, same_meeting
from services.store.witness import Witness, witness_of
from tests.store.makers import Case, case
from tests.store.seeds import seeds

RIYADH: dict[str, Any] = {
    "body": "defence_ministers",
    "start_date": "2024-02-03",
    "city": "Riyadh",
    "country": "SA",
}
# Twelve words and more that no other text here has.
RUN = "على المضي قدما نحو هزيمة ذلك التنظيم واجتثاثه من خلال الجهود المركزة والمستدامة والمتعددة"


def groups(*cases: Case) -> set[frozenset[str]]:
    """Return the meetings as sets of the documents' names."""
    names = {each.id: each.record.document.name for each in cases}
    found = cluster((each.record, each.text) for each in cases)
    return {frozenset(names[document_id] for document_id in group.reasons) for group in found}


def witness(given: Case) -> Witness:
    found = witness_of(given.record, given.text)
    assert found is not None
    return found


def reasons(a: Case, b: Case) -> list[str]:
    """Return why two documents are one meeting, the same whichever is asked first."""
    there, back = same_meeting(witness(a), witness(b)), same_meeting(witness(b), witness(a))
    assert there == back
    return [tie.reason for tie in there.ties]


def test_the_seeds_are_three_meetings_in_every_order_of_arrival() -> None:
    """000 and 003 are one, 001 and 004 are one, 002 is alone: in all 120 orders, with equal ids."""
    ids = set()
    for order in permutations(seeds().values()):
        assert groups(*order) == {
            frozenset({"000", "003"}),
            frozenset({"001", "004"}),
            frozenset({"002"}),
        }
        ids.add(tuple(g.id for g in cluster((each.record, each.text) for each in order)))
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            {"ordinal": 2, "body": "defence_ministers"},
            {"ordinal": 2, "body": "defence_ministers", "start_date": "2024-02"},
            "same ordinal and body: 2, defence_ministers",
        ),
        (
            {"start_date": "2021-02-15", "end_date": "2021-02-16", "city": "N'Djamena"},
            {"start_date": "2021-02-16", "city": "Ndjamena"},
            "same date and place",
        ),
        (
            {"start_date": "2021-06-28", "body": "ministers"},
            {"start_date": "2021-06-28", "body": "foreign_ministers"},
            "same date and body",
        ),
        (
            {"start_date": "2024-02", **RIYADH},
            {"published": "2024-02-05", "body": "defence_ministers", "country": "SA"},
            "same place, month and body",
        ),
        (
            {"start_date": "2021-06-28", "body": "foreign_ministers"},
            {"published": "2021-06-29", "body": "foreign_ministers"},
            "published at the time, same body: foreign_ministers",
        ),
        (
            {"theme": "محاربة الإرهاب مسؤولية مشتركة"},
            {"theme": "محاربة الارهاب مسئولية مشتركه"},
            None,
        ),
        (
            {"theme": "متحالفون ضد الإرهاب"},
            {"theme": "متحالفون ضد الارهاب"},
            "same theme: متحالفون ضد الارهاب",
        ),
    ],
)
def test_each_tie_names_its_reason(
    one: dict[str, Any], other: dict[str, Any], reason: str | None
) -> None:
    """Two documents that share what a tie asks for are one meeting, and are told why."""
    found = reasons(case("الأولى", **one), case("الثانية", **other))
    assert found == [] if reason is None else reason in found


def test_a_run_of_equal_words_ties_reports_that_share_nothing_else() -> None:
    """Two agencies that quote one sentence tell of one meeting, also where one gives no date."""
    report = case(f"قال الوزراء إنهم عازمون {RUN} وذلك في بيان", body="foreign_ministers")
    dated = case(f"الكويت / أكد التحالف عزمه {RUN}.", start_date="2018-02-13", country="KW")
    assert reasons(report, dated) == ["14 equal words"]


def test_the_long_name_of_a_coalition_is_no_shared_run() -> None:
    """Names that all reports spell out are not counted among the equal words."""
    name = (
        "التحالف الإسلامي العسكري لمحاربة الإرهاب الذي تقوده المملكة العربية السعودية منذ أول عام"
    )
    texts = [f"{name} اجتمع أمس في مدينة", f"{name} نفى اليوم ما قيل"]
    one, other = (case(text) for text in texts)
    named = [
        Case(each.text, each.record.model_copy(update={"coalition": _named(each, name)}))
        for each in (one, other)
    ]
    assert reasons(*named) == []


def _named(each: Case, name: str) -> object:
    coalition = each.record.coalition
    assert coalition is not None
    evidence = coalition.evidence[0].model_copy(update={"end": len(name), "text": name})
    return coalition.model_copy(update={"evidence": (evidence,)})


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"ordinal": 1}, {"ordinal": 2}, "different ordinals"),
        ({"start_date": "2017-11-26"}, {"start_date": "2024-02-03"}, "different dates"),
        ({"body": "heads_of_state"}, {"body": "chiefs_of_staff"}, "different bodies"),
        ({"country": "SA"}, {"country": "KW"}, "different countries"),
        ({"city": "Riyadh"}, {"city": "Jeddah"}, "different cities"),
        ({"coalition": "imctc"}, {"coalition": "nato"}, "different coalitions"),
        (
            {"start_date": "2024-02-03"},
            {"published": "2024-01-20"},
            "a statement that is older than the meeting",
        ),
        (
            {"start_date": "2024-02-03"},
            {"published": "2024-02-09", "kind": "preview"},
            "a preview that is younger than the meeting",
        ),
    ],
)
def test_a_contradiction_outweighs_equal_text(
    one: dict[str, Any], other: dict[str, Any], why: str
) -> None:
    """However alike the texts, documents that contradict each other are two meetings."""
    text = f"أكد الوزراء عزمهم {RUN} في ختام اجتماعهم"
    first, second = case(text, **one), case(text + ".", **other)
    verdict = same_meeting(witness(first), witness(second))
    assert verdict.contradiction == why
    assert not verdict.same
    assert len(groups(first, second)) == 2


def test_a_bare_coalition_is_no_tie() -> None:
    """Documents of which nothing is known but the coalition stay apart."""
    assert len(groups(case("بيان"), case("بيان آخر"), case("بيان ثالث"))) == 3


def test_a_report_in_another_script_is_known_by_its_people() -> None:
    """A stand-alone statement reported in Arabic and in English is one."""
    arabic = case(
        "دشنت القوات البحرية المشتركة قوة الواجب",
        coalition="cmf",
        published="2023-05-22",
        people=[{"name": "براد كوبر"}, {"name": "أوليفر هيريون"}],
        attendance=[{"unit": "member_states", "value": 38}],
    )
    english = case(
        "Combined Maritime Forces launched a task force",
        coalition="cmf",
        published="2023-05-23",
        people=[{"name": "Brad Cooper"}, {"name": "Oliver Herion"}],
        attendance=[{"unit": "member_states", "value": 38}],
    )
    assert reasons(arabic, english) == ["same time and particulars"]


def test_a_component_with_a_contradiction_is_cut_at_its_weakest_tie() -> None:
    """A document tied to two meetings that contradict each other goes with the stronger tie."""
    first = case("الأول", name="first", ordinal=1, **RIYADH)
    second = case("الثاني", name="second", ordinal=2, theme="شعار", body="defence_ministers")
    # Tied to the first by date, place and body, to the second by its theme only.
    between = case("بينهما", name="between", theme="شعار", **RIYADH)
    for order in permutations([first, second, between]):
        assert groups(*order) == {frozenset({"first", "between"}), frozenset({"second"})}
    cut = cluster((each.record, each.text) for each in (first, second, between))
    assert {name for group in cut for name in group.rivals} == {second.id, between.id}


def test_what_tells_of_no_meeting_is_in_no_group() -> None:
    """Mentions, unrelated documents and records without a coalition have no meeting."""
    kinds = [case("أ", kind="mention"), case("ب", kind="unrelated"), case("ج", coalition=None)]
    assert groups(*kinds) == set()


FACTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["statement", "preview"]),
        "coalition": st.sampled_from(["imctc", "nato"]),
    },
    optional={
        "ordinal": st.integers(1, 2),
        "body": st.sampled_from(["ministers", "defence_ministers", "foreign_ministers"]),
        "start_date": st.sampled_from(["2024-02-03", "2024-02-04", "2024-02", "2017-11-26"]),
        "city": st.sampled_from(["Riyadh", "Rome"]),
        "published": st.sampled_from(["2024-02-04", "2017-11-27", "2024"]),
        "theme": st.just("شعار"),
    },
)


@settings(max_examples=150, deadline=None)
@given(st.lists(FACTS, min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_any_documents_in_any_order_are_the_same_meetings(facts: list[Any], random: Random) -> None:
    """The order of arrival changes no meeting, no id and no reason, and no meeting contradicts."""
    documents = [case(f"وثيقة رقم {number}", **each) for number, each in enumerate(facts)]
    known = {each.id: witness(each) for each in documents}
    expected = cluster((each.record, each.text) for each in documents)
    shuffled = list(documents)
    random.shuffle(shuffled)
    assert cluster((each.record, each.text) for each in shuffled) == expected
    for group in expected:
        together = [known[document_id] for document_id in group.reasons]
        assert not any(same_meeting(a, b).contradiction for a in together for b in together)
