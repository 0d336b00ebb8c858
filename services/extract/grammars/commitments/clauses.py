"""Clauses: the verbs of decision whose subject is collective, sentence by sentence.

The subject of an Arabic verb follows it, is carried by it (أكدوا), or is that of the sentence
before; a French or English one stands before its verb, or is shared with the verb before ("and").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extract.grammars.commitments.acts import act_of
from services.extract.grammars.commitments.agents import Agent, agents_of, between, first_after
from services.extract.grammars.people.words import words_of
from services.extract.grammars.quotation import quoted_spans
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Act

_RELATIVES = frozenset(
    "l الذي التي الذين اللذين ما مما لا لم لن ان بان الا لكي كي who which that qui que dont to will would should must may can could cannot not be being been is are was were the a an their our its of for a de pour d le les un une leur leurs cet cette par sans afin".split()
)
_PREPOSITIONS = frozenset("من في على علي عن مع بين خلال اجل نحو ضد دون بعد قبل الي".split())
_OPENERS = frozenset("كما قد لقد وقد فقد ثم حيث فيما كذلك".split())
_JOINTS = frozenset(
    "and et also further ; aussi egalement enfin ainsi then puis but mais plus".split()
)
_AUXILIARIES = frozenset("a ont avons est sont sommes avait avaient aura auront".split())
_ADVERBS = frozenset(
    (
        "ايضا",
        "اليوم",
        "امس",
        "كذلك",
        "بدورهم",
        "بدوره",
        "جميعا",
        "معا",
        "ختاما",
        "تلك",
        "قد",
        "هذا",
        "هذه",
    )
)
_OBJECT_LEADS = frozenset(
    ("علي", "على", "الي", "ان", "عن", "في", "خلال", "من", "ايضا", "كذلك", "بان")
)


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
    return [clause for s in reading.sentences for clause in order.read(s)]


class _Order:
    """The text read in order, remembering whether a group or a single person acted last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.quoted = quoted_spans(reading)
        self.state: str | None = None
        self.met_group = False

    def read(self, sentence: Sentence) -> Iterator[Clause]:
        if sentence.segment.kind in ("boilerplate", "tweet"):
            return
        agents = agents_of(self.reading, sentence)
        agents = [a for a in agents if not self._is_quoted(a.start)]
        agents = [a for a in agents if a.start >= self._body_start(sentence)]
        verbs = self._verbs(sentence)
        taken: list[tuple[Match, int]] = []
        collective: bool | None = None
        first: bool | None = None
        before: Match | None = None
        for verb in verbs:
            found = self._subject(sentence, verb, before, agents, collective)
            if found is None:
                continue
            collective, start = found
            first = collective if first is None else first
            before = verb
            if verb.kind == "act" and collective:
                taken.append((verb, start))
        self._remember(agents, first)
        yield from self._clauses(sentence, taken)

    def _clauses(self, sentence: Sentence, taken: Sequence[tuple[Match, int]]) -> Iterator[Clause]:
        ends = [*(verb.outer for verb, _ in taken[1:]), sentence.end][: len(taken)]
        for (verb, start), end in zip(taken, ends, strict=True):
            act = act_of(self.reading, verb, end)
            if act is not None:
                heading = sentence.segment.kind == "heading"
                yield Clause(act, start, end, heading)

    def _verbs(self, sentence: Sentence) -> list[Match]:
        """Return acts and verbs of saying by place, one a place, none inside a quotation."""
        kept: list[Match] = []
        for match in self.reading.of_kinds(("act", "speech"), sentence.start, sentence.end):
            if self._is_quoted(match.start) or (
                kept and match.start < kept[-1].end and kept[-1].kind == "act"
            ):
                continue
            if kept and match.kind == "act" and match.start < kept[-1].end:
                kept.pop()
            kept.append(match)
        return kept

    def _is_quoted(self, place: int) -> bool:
        return any(start <= place < end for start, end in self.quoted)

    def _body_start(self, sentence: Sentence) -> int:
        """Return where a sentence begins behind a dateline ("PARIS, May 14 (Agency) - …")."""
        if sentence.start != sentence.segment.start:
            return sentence.start
        head = self.reading.lower[sentence.start : min(sentence.start + 90, sentence.end)]
        return sentence.start + max((head.rfind(d) for d in (" - ", " -- ", "): ")), default=0)

    def _remember(self, agents: Sequence[Agent], collective: bool | None) -> None:
        if any(a.sort == "group" for a in agents):
            self.met_group = True
        if collective is not None:
            self.state = "group" if collective else "single"
        elif agents and not agents[0].governed and agents[0].sort in ("group", "single"):
            self.state = agents[0].sort

    def _subject(
        self,
        sentence: Sentence,
        verb: Match,
        before: Match | None,
        agents: Sequence[Agent],
        collective: bool | None,
    ) -> tuple[bool, int] | None:
        """Return if a verb's subject is collective, and where its clause begins; None: no main verb."""
        person = verb.payload.get("person", "it")
        if verb.lang == "ar":
            return self._arabic(sentence, verb, before, agents, str(person))
        return self._latin(sentence, verb, before, agents, collective)

    # Arabic

    def _arabic(
        self,
        sentence: Sentence,
        verb: Match,
        before: Match | None,
        agents: Sequence[Agent],
        person: str,
    ) -> tuple[bool, int] | None:
        if self._word_before(verb.outer, sentence.start) in _RELATIVES:
            return None
        if person in ("we", "none"):
            return True, verb.outer
        if person == "they":
            group = self.met_group or any(a.sort == "group" for a in agents)
            return group, verb.outer
        return self._arabic_singular(sentence, verb, before, agents)

    def _arabic_singular(
        self, sentence: Sentence, verb: Match, before: Match | None, agents: Sequence[Agent]
    ) -> tuple[bool, int] | None:
        if self._word_before(verb.outer, sentence.start) in _PREPOSITIONS:
            return None
        after = first_after(agents, verb.end)
        if verb.payload.get("noun") and (before is not None or after is None or after.governed):
            return None
        if after is not None and self._is_next(verb.end, after.start):
            return after.sort in ("group", "they"), verb.outer
        floor = before.end if before else sentence.start
        leading = between(agents, floor, verb.outer)
        if leading and not verb.clitics and self._leads(leading[-1], verb.outer):
            return leading[-1].sort == "group", leading[0].start
        if self._opens_clause(sentence, verb) and self._drops_subject(verb) and self.state:
            return self.state == "group", verb.outer
        return None

    def _is_next(self, left: int, right: int) -> bool:
        """Tell whether a subject follows at once, or behind an insertion between commas."""
        gap = self.reading.lower[left:right].strip()
        if gap.startswith(",") and gap.endswith(","):
            return True
        return (
            all(w.text in _ADVERBS for w in words_of(self.reading, left, right)) and ":" not in gap
        )

    def _leads(self, agent: Agent, place: int) -> bool:
        """Tell whether what stands between a subject and its verb is only its complement."""
        gap = self.reading.lower[agent.end : place]
        words = [w.text for w in words_of(self.reading, agent.end, place)]
        plain = not any(c in gap for c in ",:;.") and not any(w in _PREPOSITIONS for w in words)
        return len(words) <= 3 and plain and not agent.governed

    def _opens_clause(self, sentence: Sentence, verb: Match) -> bool:
        """Tell whether a clause begins at a verb: by its conjunction, a mark, or the sentence."""
        before = self.reading.lower[sentence.start : verb.outer].rstrip()
        if not before or verb.clitics or before[-1] in ",.:;)-/":
            return True
        return before.split()[-1] in _OPENERS

    def _drops_subject(self, verb: Match) -> bool:
        """Tell whether an object follows the verb at once, so that the subject is the last one."""
        following = words_of(self.reading, verb.end, min(verb.end + 30, len(self.reading.lower)))
        if verb.payload.get("noun") or not following:
            return False
        text = following[0].text
        return text in _OBJECT_LEADS or not text.startswith("ال")

    # French and English

    def _latin(
        self,
        sentence: Sentence,
        verb: Match,
        before: Match | None,
        agents: Sequence[Agent],
        collective: bool | None,
    ) -> tuple[bool, int] | None:
        if verb.payload.get("person") == "none":
            return True, sentence.start if before is None else verb.start
        if verb.payload.get("person") == "we":
            return self._word_before(verb.start, sentence.start) in ("nous", "et", ""), verb.start
        if self.reading.lower[verb.end : verb.end + 5] in ("-ils ", "-elle", "-ils,"):
            return self.met_group, sentence.start
        head, finite = self._head(verb, sentence.start)
        word = self._word_before(head, sentence.start)
        if word in _RELATIVES and not finite:
            return None
        if word in ("qui", "who", "which", "that", "que", "dont", "ayant", "to"):
            return None
        floor = before.end if before else sentence.start
        leading = [a for a in between(agents, floor, head) if not a.governed]
        if word in _JOINTS and collective is not None and not self._own_subject(leading, head):
            return collective, head
        if leading:
            return self._judged(leading[0]), leading[0].start
        if before is None and (finite or verb.kind == "act") and self._opens(sentence, head):
            return self.state == "group", head
        return None

    def _judged(self, agent: Agent) -> bool:
        if agent.sort == "they":
            return self.met_group
        if agent.sort == "it":
            return self.state == "group"
        return agent.sort in ("group", "we")

    def _own_subject(self, leading: Sequence[Agent], head: int) -> bool:
        """Tell whether a subject of its own stands right before a verb joined by "and"."""
        return bool(leading) and not self.reading.lower[leading[-1].end : head].strip()

    def _opens(self, sentence: Sentence, head: int) -> bool:
        """Tell whether a bullet opens with its verb, so that the line that opened the list has its subject."""
        return sentence.segment.kind == "bullet" and head - sentence.start <= 6

    def _head(self, verb: Match, floor: int) -> tuple[int, bool]:
        """Return where the verb's group begins, its auxiliary included, and if it has one."""
        words = words_of(self.reading, max(floor, verb.start - 60), verb.start)
        if verb.lang != "fr":
            while words and words[-1].text in (
                "have",
                "has",
                "had",
                "also",
                "further",
                "jointly",
                "strongly",
                "unanimously",
                "again",
                "both",
            ):
                return self._english_head(words)
            return verb.start, False
        for back, word in enumerate(reversed(words[-6:])):
            if word.text in _AUXILIARIES and not self._crosses(word.end, verb.start, back):
                return word.start, True
            if word.text in ("et", "que", "qui", "de"):
                break
        return verb.start, False

    def _crosses(self, left: int, right: int, back: int) -> bool:
        gap = self.reading.lower[left:right]
        return back > 3 and "," not in gap

    def _english_head(self, words: Sequence[object]) -> tuple[int, bool]:
        start, finite = 0, False
        for word in reversed(words):
            text = getattr(word, "text", "")
            if text in ("have", "has", "had"):
                finite = True
            elif text not in (
                "also",
                "further",
                "jointly",
                "strongly",
                "unanimously",
                "again",
                "both",
            ):
                break
            start = getattr(word, "start", start)
        return start, finite

    def _word_before(self, place: int, floor: int) -> str:
        words = words_of(self.reading, max(floor, place - 30), place)
        if not words or self.reading.lower[words[-1].end : place].strip(" -'’"):
            gap = self.reading.lower[words[-1].end : place].strip() if words else ""
            return gap[-1:] if gap.endswith(";") else ""
        text = words[-1].text
        return text[1:] if text in ("فان", "وان", "بما", "لما") else text
