"""Commitments: what the coalition or its ministers collectively did or undertook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.record import Commitment

if TYPE_CHECKING:
    from services.extract.reading import Reading


def read_commitments(reading: Reading) -> tuple[Commitment, ...]:
    """Return the collective acts of the text in their order, each with its sentence."""
    return ()
