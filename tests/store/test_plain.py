"""One more document is decided by its own ties, however many rivals its meeting has."""

from __future__ import annotations

from typing import Any

from services.store.meetings import resolve, same_meeting
from services.store.plain import Joining, joining
from services.store.witness import Witness
from tests.store.makers import Case, case
from tests.store.test_meetings import witness

SERIES: dict[str, Any] = {"theme": "stronger together", "body": "ministers"}


def year(number: int, text: str = "held") -> Case:
    return case(f"{text} {number}", ordinal=number, start_date=f"{1990 + number}-05-10", **SERIES)


def decided(new: Case, *meetings: list[Case]) -> Joining | None:
    """Return what is found of a document among meetings at hand, named by their first document."""
    at_hand = {m[0].text: {each.id: witness(each) for each in m} for m in meetings}
    one: Witness = witness(new)
    verdicts = {
        name: {d: same_meeting(one, other) for d, other in each.items()}
        for name, each in at_hand.items()
    }
    return joining(one, at_hand, verdicts)


def test_a_document_of_one_of_many_rivals_is_decided_without_the_others() -> None:
    """The preview of the fourth does not say when that is: its theme is that of the whole series.

    A report of the ninth is tied to it in vain, for the fourth's own report is tied to it more.
    """
    home = case("home", city="Rome", ordinal=4, start_date="1994-05-10", **SERIES)
    preview = case("preview", kind="preview", city="Rome", published="1994-05-08", **SERIES)
    assert same_meeting(witness(year(9)), witness(preview)).same
    found = decided(year(9, "report"), [year(9)], [home, preview])
    assert found == Joining(("held 9",), (preview.id,))


def test_a_document_without_ties_stays_alone() -> None:
    """Nothing at hand, or nothing that agrees with it."""
    assert decided(year(1)) == decided(year(1), [year(2)]) == Joining()


def test_a_document_that_may_part_others_is_not_plain() -> None:
    """Tied to a loose document more than that is to its meeting, it draws it away."""
    loose = case("loose", kind="preview", city="Rome", published="1994-05-08", **SERIES)
    fourth = case("fourth", city="Rome", ordinal=4, start_date="1994-05-10", **SERIES)
    ninth = year(9)
    assert decided(fourth, [ninth, loose]) is None
    found = {frozenset(g.reasons) for g in resolve(map(witness, (ninth, loose, fourth)))}
    assert found == {frozenset({ninth.id}), frozenset({loose.id, fourth.id})}
