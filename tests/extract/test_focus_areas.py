"""Promises about focus areas: what a meeting works on, named by phrase or in a list of domains."""

from __future__ import annotations

import pytest

from services.extract.grammars.focus_areas import read_focus_areas
from tests.extract.conftest import Open


def areas_of(open_text: Open, text: str) -> set[str]:
    """Return the ids of a text's focus areas."""
    return {area.id for area in read_focus_areas(open_text(text))}


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        (
            "ناقش الوزراء أمن الحدود ومكافحة تمويل الإرهاب.",
            {"border_security", "counter_financing"},
        ),
        (
            "أكدوا حرية الملاحة في البحر الأحمر وتبادل المعلومات.",
            {"maritime_security", "intelligence"},
        ),
        ("في المجالات الفكرية والإعلامية والعسكرية.", {"ideology", "media", "military"}),
        (
            "They discussed cyber threats and foreign terrorist fighters.",
            {"cyber", "foreign_fighters"},
        ),
        (
            "The four domains of ideology, communications, financing and the military.",
            {"ideology", "media", "counter_financing", "military"},
        ),
        (
            "Le partage du renseignement et la sécurité maritime.",
            {"intelligence", "maritime_security"},
        ),
        ("Sur les plans intellectuel, médiatique et militaire.", {"ideology", "media", "military"}),
    ],
)
def test_an_area_is_named_by_its_phrase_or_in_a_list(
    open_text: Open, text: str, areas: set[str]
) -> None:
    """Phrases name an area by themselves; single words do where domains are listed."""
    assert areas_of(open_text, text) == areas


@pytest.mark.parametrize(
    "text",
    [
        "وصل القادة العسكريون إلى المطار.",
        "The military airport was closed and the media were kept out.",
        "Le commandement militaire a reçu les médias.",
        "The Islamic Military Counter Terrorism Coalition met in Riyadh.",
        "The Combined Maritime Forces are based in Bahrain.",
    ],
)
def test_a_single_word_or_a_name_is_no_area(open_text: Open, text: str) -> None:
    """ "Military" beside an airport, or inside a coalition's name, tells no field of work."""
    assert areas_of(open_text, text) == set()


def test_each_area_is_told_once_with_its_first_words(open_text: Open) -> None:
    """Repeating an area adds nothing."""
    text = "They discussed piracy. Piracy is spreading."
    (area,) = read_focus_areas(open_text(text))
    assert (area.id, area.evidence[0].text) == ("maritime_security", "piracy")
