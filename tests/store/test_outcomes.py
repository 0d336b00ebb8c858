"""What a stored record means for subscribers, and which ids meetings keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.store.allotment import Standing, allot
from services.store.meetings import Group
from services.store.merge import merge
from services.store.outcomes import Situation, brings_news, outcome_of
from services.store.tally import Member
from tests.store.makers import Case, case

NEW: dict[str, Any] = {"published": False, "known": False, "merged": False, "news": True}


@pytest.mark.parametrize(
    ("kind", "situation", "outcome"),
    [
        ("statement", {}, "statement.published"),
        ("statement", {"known": True, "news": False}, "statement.published"),
        ("statement", {"known": True, "merged": True}, "statement.published"),
        ("statement", {"known": True, "published": True}, "meeting.updated"),
        ("statement", {"known": True, "published": True, "news": False}, "source.added"),
        ("statement", {"known": True, "published": True, "merged": True}, "meetings.merged"),
        ("preview", {}, "meeting.announced"),
        ("preview", {"known": True}, "meeting.updated"),
        ("preview", {"known": True, "news": False}, "source.added"),
        ("preview", {"known": True, "merged": True}, "meetings.merged"),
    ],
)
def test_each_situation_has_its_outcome(kind: Any, situation: dict[str, Any], outcome: str) -> None:
    """A statement publishes once; all else depends on what was known."""
    assert outcome_of(kind, Situation(**(NEW | situation))) == outcome


def news(before: list[Case], added: Case) -> bool:
    """Tell whether `added` brings news to a meeting of the documents before."""
    old = merge("m", [Member(each.record) for each in before])
    return brings_news(old, merge("m", [Member(e.record) for e in [*before, added]]), added.id)


def test_a_reprint_is_no_news_and_a_new_value_is() -> None:
    """Subscribers to updates hear of a new person, not of another copy."""
    person = {"people": [{"name": "خالد بن سلمان"}]}
    first = case("أ", ordinal=2, **person)  # type: ignore[arg-type]
    assert not news([first], case("ب", ordinal=2, **person))  # type: ignore[arg-type]
    assert news([first], case("ب", ordinal=2, people=[{"name": "محمد المغيدي"}]))
    assert news([first], case("ب", ordinal=2, city="Riyadh"))


def test_a_translation_is_no_news() -> None:
    """A commitment in other words of another language is the one that is known."""
    arabic = case("أكد الوزراء عزمهم", commitments=[("affirm", "أكد الوزراء")])
    french = case("Ils ont affirmé", language="fr", commitments=[("affirm", "Ils ont affirmé")])
    assert not news([arabic], french)
    other = case("اتفقوا على إطلاق صندوق", commitments=[("launch", "إطلاق صندوق")])
    assert news([arabic], other)


MORNING = datetime(2024, 2, 3, 9, 0, tzinfo=UTC)


def standing(name: str, documents: str, *, hour: int = 0, alerted: str = "") -> Standing:
    made = MORNING + timedelta(hours=hour)
    return Standing(name, made, frozenset(documents), frozenset(alerted))


def group(documents: str) -> Group:
    return Group(f"m-{min(documents)}", dict.fromkeys(documents, ()))


def free(_: str) -> bool:
    return False


def test_the_older_id_stays_when_meetings_join() -> None:
    """Age decides, not the name, and the newer id redirects."""
    before = [standing("m-a", "ab", hour=1), standing("m-z", "z")]
    allotment = allot([group("abz")], before, free)
    assert allotment.ids == ("m-z",)
    assert allotment.redirects == {"m-a": "m-z"}


def test_the_alerted_part_keeps_the_id_when_a_meeting_falls_apart() -> None:
    """Whoever was alerted finds under the link what the alert was about."""
    before = [standing("m-a", "abcd", alerted="d")]
    allotment = allot([group("abc"), group("d")], before, lambda name: name == "m-a")
    assert allotment.ids == ("m-b", "m-a")
    assert allotment.redirects == {}


def test_a_meeting_without_documents_is_left() -> None:
    """An id whose last document was read anew as something else leads nowhere."""
    assert allot([], [standing("m-a", "a")], free).left == ("m-a",)


def test_a_new_id_is_never_one_that_is_taken() -> None:
    """Where all ids made of its documents are taken, a meeting gets a numbered one."""
    taken = {"m-a", "m-b", "m-a-2"}
    assert allot([group("ab")], [], taken.__contains__).ids == ("m-a-3",)
