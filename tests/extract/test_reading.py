"""Reading: paragraphs, sentences and languages, and the way back to the text."""

from __future__ import annotations

import re

import numpy as np
import pytest

from shared.text import digit_places, fold, word_spans
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


def test_a_sentence_without_end_is_cut_at_a_space(open_text: Open) -> None:
    """Grammars compare what stands in one sentence, so that none may be longer than 4,000."""
    reading = open_text("coalition meeting " * 1000)
    assert all(s.end - s.start <= 4000 for s in reading.sentences)
    words = [w for s in reading.sentences for w in reading.lower[s.start : s.end].split()]
    assert words == ["coalition", "meeting"] * 1000


def test_full_stops_alone_are_no_sentences(open_text: Open) -> None:
    """A row of full stops parts no text."""
    assert len(open_text("Agreed. . . . The ministers left.").sentences) < 5


def test_words_are_cut_as_the_pattern_cuts_them() -> None:
    """The cut of a whole text in one look finds what the pattern for single stretches finds."""
    everything = " ".join(map(chr, (*range(0x3000), *range(0xFB00, 0x10000))))
    text = everything + " l'accord a.b..c 'x' d'-e U.S. -1.5- و'س s's"
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32)
    spans = [found.span() for found in re.finditer(r"[^\W_]+(?:['.-][^\W_]+)*", text)]
    assert list(zip(*word_spans(codes), strict=True)) == spans


def test_places_of_digits_and_capitals() -> None:
    """Runs of digits are told by where they begin, capitals by what the document writes."""
    folded = fold("Œuvre 12 et ٣٤،5 ÉTATS")
    assert [folded.text[at] for at in digit_places(folded.codes)] == ["1", "3", "5"]
    capitals = "".join(c for c, is_one in zip(folded.text, folded.capitals, strict=True) if is_one)
    assert capitals == "œetats"
