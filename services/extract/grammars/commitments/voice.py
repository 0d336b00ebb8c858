"""Quoted acts: words in quotation marks that a statement or a group says are its own acts."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.commitments.agents import Agent
from services.extract.grammars.quotation import is_quoted
from services.extract.reading import Reading


def is_joint_voice(reading: Reading, agents: Sequence[Agent]) -> bool:
    """Tell whether the quotation of a sentence is spoken by a group or its statement.

    `agents` are all of the sentence; those outside the marks say who speaks: a group, and no
    person.
    """
    outside = [a for a in agents if not is_quoted(reading, a.start)]
    if any(a.named or a.sort in ("single", "it") for a in outside):
        return False
    return any(a.sort == "group" for a in outside)
