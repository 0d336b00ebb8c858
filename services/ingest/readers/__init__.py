"""Readers: from a file's bytes to its text, one small module for each family of formats."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from services.ingest.unfit import empty


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader makes of a file. Evidence refers to `text`; `encoding` is that of the bytes."""

    text: str
    encoding: str
    media_type: str = "text/plain"
    title: str | None = None


class Reader(Protocol):
    """Reads one family of formats."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types it reads."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of names it reads, lower case, with their dot."""

    def read(self, data: bytes, name: str) -> Text:
        """Return the text of a file. Raises UnfitError, which says what is wrong with the file."""


class Readers:
    """The readers there are, and which of them a file is for."""

    def __init__(self, readers: tuple[Reader, ...], otherwise: Reader) -> None:
        self._by_suffix = {suffix: reader for reader in readers for suffix in reader.suffixes}
        self._otherwise = otherwise

    def read(self, data: bytes, name: str) -> Text:
        """Read a file with the reader its name asks for. Raises UnfitError."""
        if not data:
            raise empty()
        reader = self._by_suffix.get(PurePosixPath(name).suffix.lower(), self._otherwise)
        text = reader.read(data, name)
        if not text.text.strip():
            raise empty("The file holds nothing but white space.")
        return text
