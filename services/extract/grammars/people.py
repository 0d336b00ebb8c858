"""People: titles, names, and the part each person played."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.record import Person

if TYPE_CHECKING:
    from services.extract.reading import Reading


def read_people(reading: Reading) -> tuple[Person, ...]:
    """Return every named person of the text once, with office, country and role."""
    return ()
