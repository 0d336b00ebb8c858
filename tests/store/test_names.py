"""Names across scripts, dates as windows, texts by their fingerprints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.store.names import nearly_same_name, same_name
from services.store.prints import RUN, prints_of, shared_run
from services.store.windows import window


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("خالد بن سلمان", "Khalid bin Salman bin Abdulaziz"),
        ("براد كوبر", "Brad Cooper"),
        ("عبد اللطيف لوديي", "Abdellatif Loudiyi"),
        ("حسين إبراهيم طه", "Hissein Brahim Taha"),
        ("أنتوني بلينكن", "Antony J. Blinken"),
        ("Oleksiï Reznikov", "Oleksii Reznikov"),
        ("تركى المالكى", "Turki Al-Malki"),
    ],
)
def test_a_name_is_known_in_another_script(one: str, other: str) -> None:
    """Transliterations of one name are the same name."""
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("خالد بن سلمان", "Mohammed bin Salman"), ("Lloyd Austin", "Mark Milley"), ("", "Brad")],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    """A part in common is not enough, and no name is nobody's."""
    assert not same_name(one, other)
    assert not nearly_same_name(one, other)


def test_two_sounds_in_another_order_are_nearly_the_name() -> None:
    """تريلسون is Tillerson misspelt; the family name alone is nearly the whole."""
    assert not same_name("ريكس تريلسون", "Rex Tillerson")
    assert nearly_same_name("ريكس تريلسون", "Rex Tillerson")
    assert nearly_same_name("Tillerson", "ريكس تيلرسون")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2024-02-03", None, 1),
        ("2021-02-15", "2021-02-16", 2),
        ("2024-02", "2024-02", 29),
        ("2023", None, 365),
        (None, "2024-02-03", 1),
    ],
)
def test_a_date_is_as_wide_as_it_is_told(start: str | None, end: str | None, days: int) -> None:
    """A month is all of its days, a year all of its own."""
    found = window(start, end)
    assert found is not None
    assert len(found.days) == days


@pytest.mark.parametrize("value", [None, "", "2024-02-31", "soon", "2024-13"])
def test_what_is_no_date_is_no_window(value: str | None) -> None:
    """A date that the calendar does not have says nothing."""
    assert window(value) is None


WORD = st.integers(0, 10**6).map(lambda n: f"w{n}")


@given(
    st.lists(WORD, min_size=RUN, max_size=RUN + 8, unique=True),
    st.lists(st.lists(WORD, max_size=30), min_size=4, max_size=4),
)
def test_a_run_of_twelve_words_is_always_found(run: list[str], around: list[list[str]]) -> None:
    """Wherever it stands in two texts, a run that both share gives them a fingerprint in common."""
    before, after, other_before, other_after = around
    one = prints_of(" ".join([*before, *run, *after]))
    other = prints_of(" ".join([*other_before, *run, *other_after]))
    common = one.common(other)
    assert common == other.common(one)
    assert shared_run(one, other, common).length >= len(run)


def test_eleven_words_are_no_run() -> None:
    """Shorter coincidences say nothing."""
    words = [f"w{n}" for n in range(RUN - 1)]
    one, other = prints_of(" ".join(["a", *words, "b"])), prints_of(" ".join(["c", *words, "d"]))
    assert shared_run(one, other, one.common(other)).length == 0
