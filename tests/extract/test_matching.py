"""Matching: an entry counts as a whole word, with its clitics, the longest first."""

from __future__ import annotations

import pytest

from services.extract.lexicon import Surface, expand
from services.extract.matching import Matcher
from shared.text import fold_text

_ARABIC = ("و", "ف", "ب", "ل")  # what a lexicon allows unless it says otherwise


def _find(text: str, *surfaces: Surface) -> list[tuple[str, str, str]]:
    folded = fold_text(text)
    return [(m.id, folded[m.start : m.end], m.clitics) for m in Matcher(surfaces).find(folded)]


def _surface(text: str, key: str = "x", clitics: tuple[str, ...] = _ARABIC) -> Surface:
    return Surface(fold_text(text), "test", key, "ar", clitics)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("كان نجاحا كبيرا", "بيرا"),
        ("لايزال الخطر", "زال"),
        ("several nations", "nation"),
        ("Trome", "Rome"),
    ],
)
def test_a_word_inside_another_word_is_not_found(text: str, entry: str) -> None:
    """No town is found in the middle of an adjective."""
    assert _find(text, _surface(entry)) == []


@pytest.mark.parametrize(
    ("text", "clitics"),
    [("في الرياض", ""), ("بالرياض", "ب"), ("وبالرياض", "وب"), ("فالرياض", "ف")],
)
def test_clitics_stand_before_an_arabic_entry(text: str, clitics: str) -> None:
    """And, so, in and to are written onto the word and do not hide it."""
    assert _find(text, _surface("الرياض")) == [("x", "الرياض", clitics)]


def test_lam_swallows_the_alef_of_the_article() -> None:
    """For الاجتماع, "of the meeting" is written للاجتماع."""
    assert _find("البيان الختامي للاجتماع", _surface("الاجتماع")) == [("x", "للاجتماع", "")]


def test_clitics_that_a_lexicon_does_not_allow_hide_the_entry() -> None:
    """Where كـ is not allowed, كالعراق is another word."""
    assert _find("كالعراق", _surface("العراق", clitics=("و",))) == []


def test_the_longest_entry_of_a_kind_wins() -> None:
    """The Kingdom of Morocco is not the Kingdom."""
    found = _find(
        "زار المملكة المغربية", _surface("المملكة", "SA"), _surface("المملكة المغربية", "MA")
    )
    assert [key for key, _, _ in found] == ["MA"]


def test_spelling_does_not_matter() -> None:
    """Hamza seats, tatweel, diacritics, ta marbuta and underscores are one spelling."""
    assert _find("محاربـة الارهاب #محاربه_الإرهاب", _surface("محاربة الإرهاب")) == [
        ("x", "محاربه الارهاب", ""),
        ("x", "محاربه_الارهاب", ""),
    ]


def test_digits_end_a_word() -> None:
    """In 200مليون the amount and the word are two."""
    assert _find("200مليون", _surface("مليون")) == [("x", "مليون", "")]


def test_alternatives_of_a_surface_are_all_found() -> None:
    """`(a|b|)` in a lexicon stands for each of its alternatives."""
    assert sorted(expand("minister(s|) of (defence|defense)")) == [
        "minister of defence",
        "minister of defense",
        "ministers of defence",
        "ministers of defense",
    ]


def test_entries_with_more_letters_than_there_are_bytes_are_told_apart() -> None:
    """A lexicon of a user's own may be written in any script: 303 names, each found as itself."""
    letters = [chr(0x4E00 + at) for at in range(300)] + [chr(0x20000 + at) for at in range(3)]
    surfaces = [Surface(letter * 2, "test", letter, "xx") for letter in letters]
    text = " ".join(letter * 2 for letter in reversed(letters))
    found = [
        match.id
        for match in Matcher(surfaces).find(fold_text(text + " 的的 xx \U00020009\U00020009"))
    ]
    assert found == letters[::-1]


def test_a_word_is_found_at_the_end_of_a_text_and_before_a_point() -> None:
    """Where a word ends, whatever stands behind it."""
    city = _surface("Rome", clitics=())
    assert len(_find("Rome. (Rome) Rome,Rome's Rome-Rome 3Rome4 Romeo Rome", city)) == 8
