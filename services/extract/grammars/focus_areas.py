"""Focus areas: the fields of work that the meeting addressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.record import FocusArea

if TYPE_CHECKING:
    from services.extract.reading import Reading


def read_focus_areas(reading: Reading) -> tuple[FocusArea, ...]:
    """Return each focus area once, with the words that named it."""
    return ()
