"""The order of a text: its sentences one by one, and whether a group or one person acted last.

Most sentences have no verb of deciding. What they tell only matters where a later verb leaves its
subject out, so that they are put by and read when somebody asks.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.commitments.agents import Agent, agents_of
from services.extract.grammars.commitments.arabic import arabic_subject
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.commitments.latin import latin_subject
from services.extract.grammars.commitments.verbs import VERBS, counting
from services.extract.grammars.commitments.voice import is_joint_voice, speaks_jointly
from services.extract.grammars.function_words import function_words
from services.extract.grammars.quotation import has_quotes, is_quoted, quoted_spans
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

Judged = list[tuple[Match, Subject]]

_GROUPS = ("group", "we")
_DATELINE = 90
_AUXILIARY = 14
_AUXILIARIES = function_words("auxiliaries")
_MARKS = ("«", "“", '"')
_DATELINE_ENDS = (" - ", " -- ", "): ")


class _Past:
    """A sentence as it was come upon: of a text that a group issued, or under an auxiliary.

    Once it is read, `agents` are those who may have acted and `judged` its verbs.
    """

    __slots__ = ("agents", "judged", "listing", "released", "sentence")

    def __init__(self, sentence: Sentence, released: bool, listing: bool) -> None:
        self.sentence = sentence
        self.released = released
        self.listing = listing
        self.agents: Sequence[Agent] | None = None
        self.judged: Judged = []


class Order:
    """The text read in order; `state`, `thing` and `met_group` tell what came before."""

    def __init__(self, reading: Reading) -> None:
        """Begin before the first sentence."""
        self._reading = reading
        self._verbs = reading.by_sentence(VERBS)
        self._acts = reading.by_sentence("act")
        self._quotes = bool(quoted_spans(reading))
        self._past: list[_Past] = []
        self._state: str | None = None
        self._thing: str | None = None
        self._met_group = False
        self._listing = False
        self._released = False

    def read(self, sentence: Sentence, mark: str) -> Judged:
        """Return the main verbs of the next sentence, which ends in a mark, with their subjects.

        One without a verb of deciding is put by, and a question told of nothing.
        """
        if mark == "?":
            return []
        released = (self._released or mark == ":") and self._is_released(sentence, mark)
        past = _Past(sentence, released, self._listing)
        if sentence.segment.kind != "bullet":
            self._listing = mark == ":" and self._leaves_auxiliary(sentence)
        if sentence.index in self._acts:
            self._judge(past)
        self._past.append(past)
        return past.judged

    @property
    def state(self) -> str | None:
        """The sort of agent that acted last: `group` or `single`."""
        if self._past and self._past[-1].judged:
            return _acting(self._past[-1].judged)
        self._catch_up()
        return self._state

    @property
    def thing(self) -> str | None:
        """The sort of the last agent that is no person: what an English "it" may stand for."""
        self._catch_up()
        return self._thing

    @property
    def met_group(self) -> bool:
        """Tell whether a group was named so far."""
        if not self._met_group:
            self._catch_up()
        return self._met_group

    def _catch_up(self) -> None:
        """Read what was put by, in its order."""
        waiting, self._past = self._past, []
        for past in waiting:
            if past.agents is None:
                self._judge(past)
            self._remember(past)

    def _remember(self, past: _Past) -> None:
        thing = free = None
        for agent in past.agents or ():
            sort = agent.sort
            self._met_group = self._met_group or sort in _GROUPS
            if not agent.governed:
                free = free or sort
                thing = thing or (sort if sort in ("group", "state") else None)
        self._thing = thing or self._thing
        if past.judged:
            self._state = _acting(past.judged)
        elif free in ("group", "we", "single", "state"):
            self._state = "group" if free in _GROUPS else "single"

    def _judge(self, past: _Past) -> None:
        """Read who may have acted in a sentence, and its main verbs in their order."""
        reading, sentence = self._reading, past.sentence
        agents = inside = self._everybody(sentence)
        verbs = self._verbs.get(sentence.index, ())
        quoting = (
            self._quotes
            and has_quotes(reading, sentence.start, sentence.end)
            and not past.released
            and not is_joint_voice(reading, agents)
        )
        if quoting:
            inside = [a for a in agents if a.sort == "group" and is_quoted(reading, a.start)]
            agents = [a for a in agents if not is_quoted(reading, a.start)]
        past.agents = agents
        before = collective = None
        acts = self._acts.get(sentence.index)
        last = acts[-1].start if acts else 0
        for verb in counting(reading, verbs, sentence.end, quoting=quoting) if verbs else ():
            if before and verb.start > last:
                break  # who said what behind the last act tells nothing more
            own = inside if quoting and is_quoted(reading, verb.start) else agents
            context = Context(reading, sentence, verb, own, before, collective, self, past.listing)
            subject = arabic_subject(context) if verb.lang == "ar" else latin_subject(context)
            if subject is not None:
                past.judged.append((verb, subject))
                before, collective = verb, subject.collective

    def _everybody(self, sentence: Sentence) -> list[Agent]:
        """Return the agents of a sentence outside its dateline ("PARIS, May 14 (Agency) -")."""
        agents, start = agents_of(self._reading, sentence), sentence.start
        if start != sentence.segment.start or not agents or agents[0].start > start + _DATELINE:
            return agents
        head = self._reading.lower[start : min(start + _DATELINE, sentence.end)]
        end = max(map(head.rfind, _DATELINE_ENDS))
        return [a for a in agents if a.start >= start + end] if end > 0 else agents

    def _is_released(self, sentence: Sentence, mark: str) -> bool:
        """Tell whether a paragraph is of a text that a group issued, quoted behind a colon."""
        if self._reading.lower.startswith(_MARKS, sentence.segment.start):
            return self._released
        self._released = mark == ":" and speaks_jointly(self._everybody(sentence))
        return False

    def _leaves_auxiliary(self, sentence: Sentence) -> bool:
        """Tell whether a sentence ends in an auxiliary whose participles are a list's items."""
        low = max(sentence.start, sentence.end - _AUXILIARY)
        words = self._reading.lower[low : sentence.end].replace(":", " : ").split()
        return len(words) > 1 and words[-1] == ":" and words[-2] in _AUXILIARIES


def _acting(judged: Judged) -> str:
    return "group" if judged[0][1].collective else "single"
