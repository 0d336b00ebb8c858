"""Clauses: the verbs of decision whose subject is collective, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.extract.grammars.commitments.acts import act_of, act_of_passive, is_complete
from services.extract.grammars.commitments.agents import Agent, agents_of
from services.extract.grammars.commitments.arabic import arabic_subject
from services.extract.grammars.commitments.background import is_background
from services.extract.grammars.commitments.clause import Clause
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.commitments.latin import latin_subject
from services.extract.grammars.commitments.lists import Lists
from services.extract.grammars.commitments.nouns import is_in_parentheses
from services.extract.grammars.commitments.rules import rule_of
from services.extract.grammars.commitments.voice import (
    is_joint_voice,
    speaks_jointly,
    tells_of_past,
)
from services.extract.grammars.function_words import function_words
from services.extract.grammars.quotation import has_quotes, is_quoted
from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_VERBS = ("act", "speech")
_GROUPS = ("group", "we")
_DATELINE = 90
_AUXILIARY = 14
_MARKS = ("«", "“", '"')
_DATELINE_ENDS = (" - ", " -- ", "): ")


def clauses_of(reading: Reading) -> list[Clause]:
    """Return the collective acts of a text in their order."""
    order, lists = _Order(reading), Lists(reading)
    found = [
        clause
        for sentence in prose(reading, tweets=False)
        for clause in lists.read(sentence, order.read(sentence), order.state)
    ]
    return [*found, *lists.close()]


class _Order:
    """The text read in order, remembering whether a group or a single person acted last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.state: str | None = None
        self.thing: str | None = None
        self.met_group = False
        self.listing = False
        self.released = False

    def read(self, sentence: Sentence) -> list[Clause]:
        """Return the collective acts of the next sentence; a question tells none."""
        if self.reading.lower[sentence.start : sentence.end].rstrip().endswith(("?", "؟")):
            return []
        agents = self._everybody(sentence)
        inside = agents
        quoting = has_quotes(self.reading, sentence.start, sentence.end)
        released = self._is_released(sentence, agents)
        quoting = quoting and not released and not is_joint_voice(self.reading, agents)
        if quoting:
            quoted = [a for a in agents if is_quoted(self.reading, a.start)]
            inside = [a for a in quoted if a.sort == "group"]
            agents = [a for a in agents if a not in quoted]
        verbs = self._verbs(sentence, quoting=quoting)
        judged = self._judged(sentence, agents, inside, verbs)
        self._remember(agents, judged)
        if sentence.segment.kind != "bullet":
            self.listing = self._leaves_auxiliary(sentence)
        return list(self._clauses(sentence, judged))

    def _is_released(self, sentence: Sentence, agents: Sequence[Agent]) -> bool:
        """Tell whether a paragraph is of a text that a group issued, quoted behind a colon."""
        lower, segment = self.reading.lower, sentence.segment
        opens = lower.startswith(_MARKS, segment.start)
        released = self.released and opens
        if not opens:
            ends = lower[sentence.start : sentence.end].rstrip().endswith(":")
            self.released = ends and speaks_jointly(agents)
        return released

    def _clauses(
        self, sentence: Sentence, judged: Sequence[tuple[Match, Subject]]
    ) -> Iterator[Clause]:
        taken = [(v, s) for v, s in judged if v.kind == "act" and s.collective]
        ends = [*(verb.outer for verb, _ in taken[1:]), sentence.end]
        heading = sentence.segment.kind == "heading"
        for (verb, subject), end in zip(taken, ends, strict=False):
            if subject.passive:
                act = act_of_passive(self.reading, verb, subject.start, end)
            else:
                act = act_of(self.reading, verb, end)
            if act is not None and not is_background(self.reading, sentence, verb):
                rule = rule_of(self.reading, sentence, verb, subject)
                yield Clause(act, subject.start, end, verb.end, rule, heading)

    def _leaves_auxiliary(self, sentence: Sentence) -> bool:
        """Tell whether a sentence ends in an auxiliary whose participles are a list's items."""
        low = max(sentence.start, sentence.end - _AUXILIARY)
        words = self.reading.lower[low : sentence.end].replace(":", " : ").split()
        return len(words) > 1 and words[-1] == ":" and words[-2] in function_words("auxiliaries")

    def _judged(
        self,
        sentence: Sentence,
        agents: Sequence[Agent],
        inside: Sequence[Agent],
        verbs: Sequence[Match],
    ) -> list[tuple[Match, Subject]]:
        """Return the main verbs of a sentence with their subjects, in their order.

        `inside` are the nouns that may be subjects of quoted verbs.
        """
        judged: list[tuple[Match, Subject]] = []
        for verb in verbs:
            before, last = judged[-1] if judged else (None, None)
            context = Context(
                reading=self.reading,
                sentence=sentence,
                verb=verb,
                agents=agents
                if inside is agents or not is_quoted(self.reading, verb.start)
                else inside,
                before=before,
                collective=last.collective if last else None,
                state=self.state,
                thing=self.thing,
                met_group=self.met_group,
                listing=self.listing,
            )
            subject = arabic_subject(context) if verb.lang == "ar" else latin_subject(context)
            if subject is not None:
                judged.append((verb, subject))
        return judged

    def _everybody(self, sentence: Sentence) -> list[Agent]:
        """Return the agents of a sentence that stand in no dateline."""
        start = self._body_start(sentence)
        return [a for a in agents_of(self.reading, sentence) if a.start >= start]

    def _verbs(self, sentence: Sentence, *, quoting: bool) -> list[Match]:
        """Return acts and verbs of saying by place, acts first, none inside another's quotation."""
        kept: list[Match] = []
        for match in self.reading.inside(_VERBS, sentence):
            overlaps = bool(kept) and match.start < kept[-1].end
            if overlaps and kept[-1].kind == "act":
                continue
            if quoting and self._is_own_voice(match):
                continue
            if is_in_parentheses(self.reading, match):
                continue
            if match.kind == "act" and not is_complete(self.reading, match, sentence.end):
                continue
            if overlaps and match.kind == "act":
                kept.pop()
            kept.append(match)
        return kept

    def _is_own_voice(self, verb: Match) -> bool:
        """Tell whether a quoted verb is the speaker's own; one in the past may report a group."""
        if not is_quoted(self.reading, verb.start):
            return False
        reports = verb.kind == "act" and verb.payload.get("person", "it") in ("it", "they")
        return not (reports and tells_of_past(self.reading, verb))

    def _body_start(self, sentence: Sentence) -> int:
        """Return where a sentence begins behind a dateline ("PARIS, May 14 (Agency) - …")."""
        if sentence.start != sentence.segment.start:
            return sentence.start
        head = self.reading.lower[sentence.start : min(sentence.start + _DATELINE, sentence.end)]
        end = max(map(head.rfind, _DATELINE_ENDS))
        return sentence.start + max(0, end)

    def _remember(self, agents: Sequence[Agent], judged: Sequence[tuple[Match, Subject]]) -> None:
        thing = free = None
        for agent in agents:
            self.met_group = self.met_group or agent.sort in _GROUPS
            if not agent.governed:
                free = free or agent.sort
                thing = thing or (agent.sort if agent.sort in ("group", "state") else None)
        self.thing = thing or self.thing
        if judged:
            self.state = "group" if judged[0][1].collective else "single"
        elif free in ("group", "we", "single", "state"):
            self.state = "group" if free in _GROUPS else "single"
