"""Quoted acts: words in quotation marks that a statement or a group says are its own acts."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.commitments.agents import Agent
from services.extract.grammars.quotation import is_quoted
from services.extract.matching import Match
from services.extract.reading import Reading

_FRENCH_PAST = ("é", "és", "ée", "ées")
_PAST_PRONOUNS = ("s'est", "se sont")


def is_joint_voice(reading: Reading, agents: Sequence[Agent]) -> bool:
    """Tell whether the quotation of a sentence is spoken by a group or its statement.

    `agents` are all of the sentence; those outside the marks say who speaks: a group, and no
    person.
    """
    return speaks_jointly([a for a in agents if not is_quoted(reading, a.start)])


def speaks_jointly(agents: Sequence[Agent]) -> bool:
    """Tell whether a group is among agents, and no person."""
    if any(a.named or a.sort in ("single", "it") for a in agents):
        return False
    return any(a.sort == "group" for a in agents)


def tells_of_past(reading: Reading, verb: Match) -> bool:
    """Tell whether a verb reports what was done, so that a speaker's quotation may tell it too."""
    words = reading.lower[verb.start : verb.end].split()
    form = words[0]
    if verb.lang == "ar":
        return form[0] not in "ين" and (form[0] != "ت" or form.endswith(("وا", "ت")))
    if verb.lang == "en":
        return form.endswith("ed")
    written = reading.original(verb.start, verb.start + len(form)).lower()
    return written.endswith(_FRENCH_PAST) or " ".join(words).startswith(_PAST_PRONOUNS)
