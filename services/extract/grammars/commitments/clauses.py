"""Clauses: the verbs of decision whose subject is collective, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extract.grammars.commitments.acts import act_of
from services.extract.grammars.commitments.agents import Agent, agents_of
from services.extract.grammars.commitments.arabic import arabic_subject
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.commitments.latin import latin_subject
from services.extract.grammars.quotation import is_quoted
from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Act

_NOUNS = ("act_infinitive", "act_noun")
_BULLET_LEAD = 8
_DATELINE = 90
_DATELINE_ENDS = (" - ", " -- ", "): ")


@dataclass(frozen=True, slots=True)
class Clause:
    """One collective act at folded `[start, end)`."""

    act: Act
    start: int
    end: int
    heading: bool = False
    confidence: float = 0.9


def clauses_of(reading: Reading) -> list[Clause]:
    """Return the collective acts of a text in their order."""
    order = _Order(reading)
    return [clause for s in prose(reading, tweets=False) for clause in order.read(s)]


class _Order:
    """The text read in order, remembering whether a group or a single person acted last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.state: str | None = None
        self.met_group = False
        self.in_list = False

    def read(self, sentence: Sentence) -> Iterator[Clause]:
        """Yield the collective acts of the next sentence."""
        agents = self._agents(sentence)
        judged = self._judged(sentence, agents)
        self._remember(agents, judged)
        yield from self._listed(sentence)
        taken = [(v, s.start) for v, s in judged if v.kind == "act" and s.collective]
        ends = [*(verb.outer for verb, _ in taken[1:]), sentence.end]
        for (verb, start), end in zip(taken, ends, strict=False):
            act = act_of(self.reading, verb, end)
            if act is not None:
                yield Clause(act, start, end, sentence.segment.kind == "heading")

    def _listed(self, sentence: Sentence) -> Iterator[Clause]:
        """Yield the act of an Arabic list's item that is a noun: "agreed on: - condemning …"."""
        if sentence.segment.kind != "bullet":
            closed = self.reading.lower[sentence.start : sentence.end].rstrip().endswith(":")
            self.in_list = closed and self.state == "group"
        elif self.in_list and sentence.start == sentence.segment.start:
            near = sentence.start + _BULLET_LEAD
            for noun in self.reading.of_kinds(_NOUNS, sentence.start, sentence.end)[:1]:
                if noun.lang == "ar" and noun.start <= near:
                    yield Clause(noun.payload["act"], noun.start, sentence.end)

    def _judged(self, sentence: Sentence, agents: Sequence[Agent]) -> list[tuple[Match, Subject]]:
        """Return the main verbs of a sentence with their subjects, in their order."""
        judged: list[tuple[Match, Subject]] = []
        for verb in self._verbs(sentence):
            before, last = judged[-1] if judged else (None, None)
            context = Context(
                reading=self.reading,
                sentence=sentence,
                verb=verb,
                agents=agents,
                before=before,
                collective=last.collective if last else None,
                state=self.state,
                met_group=self.met_group,
            )
            subject = arabic_subject(context) if verb.lang == "ar" else latin_subject(context)
            if subject is not None:
                judged.append((verb, subject))
        return judged

    def _agents(self, sentence: Sentence) -> list[Agent]:
        """Return the agents of a sentence that stand in no quotation and no dateline."""
        start = self._body_start(sentence)
        found = agents_of(self.reading, sentence)
        return [a for a in found if a.start >= start and not is_quoted(self.reading, a.start)]

    def _verbs(self, sentence: Sentence) -> list[Match]:
        """Return acts and verbs of saying by place, acts first, none inside a quotation."""
        kept: list[Match] = []
        for match in self.reading.of_kinds(("act", "speech"), sentence.start, sentence.end):
            overlaps = bool(kept) and match.start < kept[-1].end
            if is_quoted(self.reading, match.start) or (overlaps and kept[-1].kind == "act"):
                continue
            if overlaps and match.kind == "act":
                kept.pop()
            kept.append(match)
        return kept

    def _body_start(self, sentence: Sentence) -> int:
        """Return where a sentence begins behind a dateline ("PARIS, May 14 (Agency) - …")."""
        if sentence.start != sentence.segment.start:
            return sentence.start
        head = self.reading.lower[sentence.start : min(sentence.start + _DATELINE, sentence.end)]
        return sentence.start + max((head.rfind(d) for d in _DATELINE_ENDS), default=0)

    def _remember(self, agents: Sequence[Agent], judged: Sequence[tuple[Match, Subject]]) -> None:
        if any(a.sort == "group" for a in agents):
            self.met_group = True
        if judged:
            self.state = "group" if judged[0][1].collective else "single"
        elif agents and not agents[0].governed and agents[0].sort in ("group", "single"):
            self.state = agents[0].sort
