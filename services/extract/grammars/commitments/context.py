"""What is known when a verb is judged: its sentence, the verb before it, and who acted last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.extract.grammars.commitments.agents import Agent
from services.extract.grammars.people.words import words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_LOOK_BACK = 30
_TRANSPARENT = "-' \"“”«»"  # marks that part no verb from the word before it


class Subject(NamedTuple):
    """A verb's subject: collective or not, and the folded place where its clause begins.

    `shared` says that it is the one of the verb before, `passive` that the verb is a passive that
    they are the agents of.
    """

    collective: bool
    start: int
    shared: bool = False
    passive: bool = False


class Context(NamedTuple):
    """One verb in its sentence.

    `before` is the verb judged before it there and `collective` what that one's subject was;
    `state` is the sort of agent that acted last in the text, `thing` that of the last one that is
    no person (an English "it"), `met_group` tells if a group was ever named; `listing` says that
    the sentence is of a list under an auxiliary ("les ministres ont :").
    """

    reading: Reading
    sentence: Sentence
    verb: Match
    agents: Sequence[Agent]
    before: Match | None
    collective: bool | None
    state: str | None
    thing: str | None
    met_group: bool
    listing: bool

    @property
    def floor(self) -> int:
        """Where the part of the sentence begins that belongs to this verb."""
        return self.before.end if self.before else self.sentence.start

    def gap(self, left: int, right: int) -> str:
        """Return the folded text between two places, trimmed."""
        return self.reading.lower[left:right].strip()

    def words(self, left: int, right: int) -> list[str]:
        """Return the folded words between two places."""
        return [w.text for w in words_of(self.reading, left, right)]

    def word_before(self, place: int) -> str:
        """Return the word right before a place, a comma or semicolon there, else nothing."""
        low = max(self.sentence.start, place - _LOOK_BACK)
        words = words_of(self.reading, low, place)
        if not words:
            return ""
        between = self.gap(words[-1].end, place)
        if between.strip(_TRANSPARENT):
            return ";" if between.endswith(";") else "," if between == "," else ""
        return words[-1].text
