"""Clauses: verbs of decision whose subject is collective, with the words that belong to each."""

from __future__ import annotations

from services.extract.grammars.commitments.acts import act_of, act_of_passive
from services.extract.grammars.commitments.background import is_background
from services.extract.grammars.commitments.clause import Clause
from services.extract.grammars.commitments.lists import Lists
from services.extract.grammars.commitments.order import Judged, Order
from services.extract.grammars.commitments.rules import rule_of
from services.extract.grammars.sentences import prose
from services.extract.reading import Reading
from services.extract.segments import Sentence


def clauses_of(reading: Reading) -> list[Clause]:
    """Return the collective acts of a text in their order."""
    order, lists, lower = Order(reading), Lists(reading), reading.lower
    found: list[Clause] = []
    for sentence in prose(reading, tweets=False):
        mark = _last_mark(lower, sentence)
        judged = order.read(sentence, mark)
        told = _clauses(reading, sentence, judged) if judged else []
        if told or lists.open or mark == ":":
            found.extend(lists.read(sentence, told, mark, order))
    found.extend(lists.close())
    return found


def _last_mark(lower: str, sentence: Sentence) -> str:
    """Return the last character of a sentence that is no space."""
    end = sentence.end - 1
    while end > sentence.start and lower[end].isspace():
        end -= 1
    return lower[end]


def _clauses(reading: Reading, sentence: Sentence, judged: Judged) -> list[Clause]:
    """Return the acts among a sentence's verbs that a group did, each up to the next of them."""
    taken = [(v, s) for v, s in judged if s.collective and v.kind == "act"]
    ends = [*(verb.outer for verb, _ in taken[1:]), sentence.end]
    heading = sentence.segment.kind == "heading"
    found = []
    for (verb, subject), end in zip(taken, ends, strict=False):
        if subject.passive:
            act = act_of_passive(reading, verb, subject.start, end)
        else:
            act = act_of(reading, verb, end)
        if act is not None and not is_background(reading, sentence, verb):
            rule = rule_of(reading, sentence, verb, subject)
            found.append(Clause(act, subject.start, end, verb.end, rule, heading))
    return found
