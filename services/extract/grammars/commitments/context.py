"""What is known when a verb is judged: its sentence, the verb before it, and who acted last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from services.extract.grammars.commitments.agents import Agent
from services.extract.grammars.people.words import words_before, words_of
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


class Past(Protocol):
    """What the text told before a sentence.

    `state` is the sort of agent that acted last, `thing` that of the last one that is no person
    (an English "it"), `met_group` tells if a group was ever named.
    """

    @property
    def state(self) -> str | None: ...
    @property
    def thing(self) -> str | None: ...
    @property
    def met_group(self) -> bool: ...


class Context:
    """One verb in its sentence.

    `before` is the verb judged before it there and `collective` what that one's subject was;
    `floor` is where the part of the sentence begins that belongs to this verb; `listing` says that
    the sentence is of a list under an auxiliary ("les ministres ont :").
    """

    __slots__ = (
        *("reading", "sentence", "verb", "agents", "before"),
        *("collective", "past", "listing", "floor"),
    )

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        verb: Match,
        agents: Sequence[Agent],
        before: Match | None,
        collective: bool | None,
        past: Past,
        listing: bool,
    ) -> None:
        """Take what is known; see the class."""
        self.reading = reading
        self.sentence = sentence
        self.verb = verb
        self.agents = agents
        self.before = before
        self.collective = collective
        self.past = past
        self.listing = listing
        self.floor = before.end if before else sentence.start

    def gap(self, left: int, right: int) -> str:
        """Return the folded text between two places, trimmed."""
        return self.reading.lower[left:right].strip()

    def words(self, left: int, right: int) -> list[str]:
        """Return the folded words between two places."""
        words = self.reading.lower[left:right].split()
        if all(map(_is_plain, words)):
            return words
        return [w.text for w in words_of(self.reading, left, right)]

    def word_before(self, place: int) -> str:
        """Return the word right before a place, a comma or semicolon there, else nothing."""
        low = max(self.sentence.start, place - _LOOK_BACK)
        near = self.reading.lower[low:place].rsplit(None, 1)
        if len(near) > 1 and _is_plain(near[1]):
            return near[1]
        words = words_before(self.reading, place, 1, low)
        if not words:
            return ""
        between = self.gap(words[-1].end, place)
        if between.strip(_TRANSPARENT):
            return ";" if between.endswith(";") else "," if between == "," else ""
        return words[-1].text


def _is_plain(word: str) -> bool:
    """Tell whether what stands between spaces is a word as it is: `words_of` would find no other.

    علي may stand for على.
    """
    return word.isalpha() and word != "علي"
