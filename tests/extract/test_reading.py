"""Reading: paragraphs, sentences and languages, and the way back to the text."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The talks ended. The U.S. envoy, Gen. J. Smith, left.", 2),
        ("Le communiqué cite M. Dupont et Mme Diallo. Il a été adopté.", 2),
        ("اختتم الاجتماع. وقال الوزير: هل نتراجع؟ لا.", 3),
        ("It cost $2.5 million.", 1),
    ],
)
def test_sentences_end_at_stops_but_not_at_abbreviations(
    open_text: Open, text: str, count: int
) -> None:
    """Titles, initials and decimals do not end a sentence."""
    assert len(open_text(text).sentences) == count


def test_each_paragraph_has_its_language(open_text: Open) -> None:
    """A French page with an Arabic tweet is read in both, French first."""
    reading = open_text(
        "Les ministres se sont réunis à Rabat pour examiner la situation dans la région.\n"
        "انطلاق أشغال الاجتماع\nالوزراء"
    )
    assert [s.lang for s in reading.segments] == ["fr", "ar", "ar"]
    assert reading.languages == ("fr", "ar")


def test_what_a_web_page_says_of_itself_is_boilerplate(open_text: Open) -> None:
    """Menus, cookies, sharing and related links are not read."""
    reading = open_text(
        "The ministers met in Oslo and adopted a plan for the coming year.\n"
        "Share this: Facebook Twitter\nRelated articles\nOil prices close higher\n"
    )
    assert [s.kind for s in reading.segments] == ["body"] + ["boilerplate"] * 3


def test_evidence_is_the_text_to_the_letter(open_text: Open) -> None:
    """What folding dropped (tatweel, diacritics) is in the evidence again."""
    text = "عُقِد في الريـــاض، أمس."
    reading = open_text(text)
    place = reading.matches("city")[0]
    evidence = reading.evidence(place.start, place.end)
    assert evidence.text == "الريـــاض"
    assert text[evidence.start : evidence.end] == evidence.text


def test_a_name_that_is_a_word_wants_its_capital(open_text: Open) -> None:
    """US the state is not us the pronoun."""
    assert [m.id for m in open_text("They told us that the US had agreed.").matches("demonym")] == [
        "US"
    ]


def test_a_text_broken_into_lines_is_whole_again(open_text: Open) -> None:
    """Letters and mails break their paragraphs at one width; sentences go on over the lines."""
    reading = open_text(
        "Statement of the ministers\n\n"
        "The defence ministers of the five member states of the group met in the\n"
        "capital under the chairmanship of the president of the republic and they\n"
        "agreed on a plan.\n\n"
        "They thanked the partners for all of the support that was given during\n"
        "the year and called on them to continue it in the coming year in full\n"
        "solidarity.\n"
    )
    assert len(reading.segments) == 3
    assert len(reading.sentences) == 3


def test_a_title_above_a_dateline_stays_a_title(open_text: Open) -> None:
    """Two lines above one another are not a broken paragraph."""
    reading = open_text(
        "Joint Communiqué by Ministers of the Global Coalition to Defeat Daesh/ISIS\n"
        "Rome, the city of meetings, on June 28, 2021 and after it\n\n"
        "The ministers met."
    )
    assert len(reading.segments) == 3
