"""Quotes: words in quotation marks and who said them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.record import Person, Quote

if TYPE_CHECKING:
    from services.extract.reading import Reading


def read_quotes(reading: Reading, people: tuple[Person, ...]) -> tuple[Quote, ...]:
    """Return the direct speech of the text, each with its speaker."""
    return ()
