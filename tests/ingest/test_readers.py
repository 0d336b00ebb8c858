"""Texts as they come: in the encodings of newsrooms old and new."""

from __future__ import annotations

import pytest

from services.ingest.readers import Readers, Text
from services.ingest.readers.txt import PlainText
from services.ingest.unfit import UnfitError

ARABIC = (
    "الرياض - واس: عقد وزراء دفاع دول التحالف اجتماعهم الثاني يوم السبت، وأكدوا في بيانهم الختامي "
    "عزمهم على محاربة تمويل الإرهاب.\r\nوقال الأمين العام إن 42 دولة شاركت في أعمال الاجتماع؛ "
    "وستُعقد الدورة القادمة في الدوحة.\n"
)
FRENCH = (
    "Paris, le 12 février - À l'issue de leur réunion, les ministres de la Défense ont réaffirmé "
    "leur détermination à lutter contre le financement du terrorisme.\nIls ont salué le rôle de la "
    "Côte d'Ivoire et décidé de créer un fonds ; une conférence aura lieu à Genève en août.\n"
)
ENGLISH = "The ministers agreed to launch a fund.\n"
WORDS = ["التحالف", "قمة وزراء الدفاع", "سوريا", "اجتماع"]


def read(data: bytes, name: str = "a.txt") -> Text:
    """Read as the service does."""
    text = PlainText()
    return Readers((text,), otherwise=text).read(data, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ARABIC, FRENCH, ENGLISH, ARABIC + FRENCH])
def test_unicode_is_read_to_the_letter_with_or_without_its_mark(text: str, encoding: str) -> None:
    """The text is what was written, line ends and all, without the byte order mark."""
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_by_their_mark(encoding: str) -> None:
    """A byte order mark tells the encoding, and is no part of the text."""
    assert read(("\ufeff" + ARABIC).encode(encoding)) == Text(ARABIC, encoding)


def test_only_the_first_mark_is_removed() -> None:
    """A second byte order mark belongs to the text, where evidence counts it."""
    assert read(("\ufeff\ufeff" + ENGLISH).encode()).text == "\ufeff" + ENGLISH


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
def test_arabic_of_one_byte_a_letter_is_read(encoding: str) -> None:
    """An article in an old Arabic encoding reads as written."""
    assert read(ARABIC.encode(encoding)) == Text(ARABIC, encoding)


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("word", WORDS)
def test_one_arabic_word_is_enough_to_tell_its_encoding(word: str, encoding: str) -> None:
    """A headline alone is read aright."""
    assert read(word.encode(encoding)) == Text(word, encoding)


def test_french_of_one_byte_a_letter_is_read() -> None:
    """French in Latin-1 is not taken for Arabic."""
    assert read(FRENCH.encode("iso-8859-1")) == Text(FRENCH, "iso-8859-1")


def test_curly_quotes_tell_windows_from_iso() -> None:
    """Typographic signs are there in windows-1252 only."""
    text = "L’Alliance a salué « l’engagement » de ses membres – 30 M€."
    assert read(text.encode("windows-1252")) == Text(text, "windows-1252")


@pytest.mark.parametrize(
    "words", ["Café", "À Paris", "ÉTAT", "Noël", "œuvre", "RÉUNION À GENÈVE", "£5m", "Curaçao"]
)
def test_short_latin_texts_are_not_taken_for_arabic(words: str) -> None:
    """One accented letter between Latin ones is enough."""
    assert read(words.encode("windows-1252")).text == words


def test_french_and_arabic_in_one_windows_1256_text_are_both_read() -> None:
    """That encoding was made for both."""
    text = ARABIC + "Réunion à Genève\n"
    assert read(text.encode("windows-1256")) == Text(text, "windows-1256")


def test_one_odd_sign_in_an_english_text_spoils_nothing() -> None:
    """A sign that is rare in press texts does not make a long text unreadable."""
    text = ENGLISH * 10 + "\xa9 Agency"
    assert read(text.encode("windows-1252")).text == text


def test_another_alphabet_is_left_to_charset_normalizer() -> None:
    """A Russian text is a text too."""
    text = "Министры обороны государств-членов подписали совместное заявление в Москве. " * 5
    assert read(text.encode("windows-1251")).text == text


def unfit(data: bytes) -> UnfitError:
    """Return why a file is refused."""
    with pytest.raises(UnfitError) as caught:
        read(data)
    assert "\n" not in str(caught.value)
    assert caught.value.why.endswith(".")
    assert caught.value.what_to_do.endswith(".")
    return caught.value


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\ufeff\n".encode()])
def test_nothing_to_read_is_empty(data: bytes) -> None:
    """White space alone is no text either."""
    assert unfit(data).what == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04\x14\x00",
        b"\x89PNG\r\n\x1a\n",
        bytes(range(256)) * 8,
        b"text\0text and more",
        b"\x01\x02\x03\x04\x05 some words between",
    ],
)
def test_what_is_no_text_is_binary(data: bytes) -> None:
    """Documents of other formats, and bytes of none."""
    assert unfit(data).what == "binary"


def test_broken_utf8_is_not_read_as_gibberish() -> None:
    """The place of the first bad byte is told."""
    data = ARABIC.encode()
    place = data.index(b" ", 200)
    error = unfit(data[:place] + b"\xff" + data[place:])
    assert error.what == "undecodable"
    assert f"byte {place}" in error.why


def test_utf16_cut_in_the_middle_is_undecodable() -> None:
    """Half a character at the end means that the file is not whole."""
    assert unfit(ARABIC.encode("utf-16")[:-1]).what == "undecodable"


def test_bytes_that_are_no_writing_are_undecodable() -> None:
    """High bytes in no order are words in no encoding."""
    noise = bytes(0x80 + (i * 89 + i * i * 7) % 128 for i in range(2000))
    assert unfit(noise).what == "undecodable"
