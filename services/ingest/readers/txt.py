"""Plain text: UTF-8, UTF-16 and UTF-32 with or without a byte order mark, and 8-bit encodings."""

from __future__ import annotations

import codecs

from services.ingest.readers import Text
from services.ingest.readers.charset import decode_8bit
from services.ingest.unfit import binary, undecodable

_MARKS = (  # the longer first: that of UTF-16-LE begins that of UTF-32-LE
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")
_HIGH_BYTES = (0x00, 0x06)  # of Latin and Arabic letters in UTF-16
_SAMPLE = 64 * 1024  # bytes


class PlainText:
    """Reads text files."""

    media_types = ("text/plain",)
    suffixes = (".txt", ".text", ".asc", ".md")

    def read(self, data: bytes, name: str) -> Text:
        """Return the bytes decoded, one leading byte order mark removed, line ends kept."""
        for magic, kind in _FORMATS:
            if data.startswith(magic):
                raise binary(f"The file is {kind}, not text.")
        text, encoding = _decode(data)
        return Text(text.removeprefix("\ufeff"), encoding)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    if utf16 := _unmarked_utf16(data):
        return _strictly(data, utf16), utf16
    _refuse_binary(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_broken_utf8(data, error.start)
    decoded = decode_8bit(data)
    if decoded is None:
        raise undecodable("The file's bytes are words in no encoding that we know.")
    return decoded


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise undecodable(
            f"The file begins as {encoding.upper()} but breaks at byte {error.start:,}."
        ) from None
    if "\0" in text:
        raise binary("The file holds NUL characters, which no text does.")
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the UTF-16 whose high bytes are those of Latin and Arabic letters, else None."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(data) < 4:
        return None
    even, odd = sample[::2], sample[1::2]
    first, second = (
        sum(half.count(byte) for byte in _HIGH_BYTES) / len(half) for half in (even, odd)
    )
    if max(first, second) < 0.75 or min(first, second) > 0.25:
        return None
    return "utf-16-le" if second > first else "utf-16-be"


def _refuse_binary(data: bytes) -> None:
    if b"\0" in data:
        raise binary("The file holds NUL bytes, which no text does.")
    sample = data[:_SAMPLE]
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in sample)
    if controls > max(1, len(sample) // 100):
        raise binary("The file holds control characters, which no text does.")


def _refuse_broken_utf8(data: bytes, position: int) -> None:
    """Refuse what is UTF-8 but for a few bytes: 8-bit encodings would read it as gibberish.

    No Arabic or French text in an 8-bit encoding is UTF-8 in most of its bytes beyond ASCII.
    """
    beyond = sum(byte > 0x7F for byte in data)
    valid = len(data.decode("utf-8", "ignore").encode()) - (len(data) - beyond)
    if valid > 0.5 * beyond:
        raise undecodable(f"The file is UTF-8, but broken at byte {position:,}.")
