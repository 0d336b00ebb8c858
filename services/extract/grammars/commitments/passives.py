"""Passives: who did what a text tells without a subject ("was praised by the ministers")."""

from __future__ import annotations

from itertools import pairwise

from services.extract.grammars.commitments.agents import first_after
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.commitments.latin_verbs import Head, is_undone
from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import words_of

_REACH = 90
_DECIDED = ("agree", "adopt", "launch", "review")  # done at meetings, whoever spoke last
_BESIDE = 25  # characters between "by" and the noun it governs


def passive_subject(context: Context, head: Head) -> Subject | None:
    """Return a group as the agent of a French or English passive; None where it was another."""
    if is_undone(context) or _is_subordinate(context, head):
        return None
    led = _agent(context)
    told = led if led is not None else _is_of_meeting(context)
    start = context.floor if context.before else context.sentence.start
    return Subject(True, start, passive=True) if told else None


def is_done_by_group(context: Context) -> bool:
    """Tell whether nobody but a group can be the agent of an impersonal verb.

    With `by: group` one must stand behind it ("won the approval of the ministers").
    """
    if context.verb.payload.get("by") == "group":
        end = context.sentence.end
        return any(a.sort == "group" for a in context.agents if context.verb.end <= a.start < end)
    return _agent(context) is not False


def _agent(context: Context) -> bool | None:
    """Tell whether the noun behind "by" or par is a group; None where there is no such noun."""
    verb = context.verb
    if verb.lang == "ar" or verb.payload.get("act") == "review":  # "briefed by": not by the group
        return None
    end = min(context.sentence.end, verb.end + _REACH)
    words = words_of(context.reading, verb.end, end)
    for word, following in pairwise(words):
        if word.text in ("by", "par") and following.text not in function_words("manners"):
            agent = first_after(context.agents, word.end)
            if agent is None or agent.start - word.end > _BESIDE:
                return None
            return agent.sort in ("group", "we", "they")
    return None


def _is_of_meeting(context: Context) -> bool:
    """Tell whether a passive without an agent reports what those who met did."""
    if context.verb.payload.get("act") in _DECIDED:
        return True
    grouped = any(a.sort in ("group", "we") for a in context.agents)
    return grouped or (context.past.met_group and context.past.state != "single")


def _is_subordinate(context: Context, head: Head) -> bool:
    """Tell whether a passive tells when or why something else was ("after it was founded")."""
    clause = context.reading.lower[context.floor : head.start].rsplit(",", 1)[-1]
    words = clause.replace("'", " ").split()
    return not (function_words("subordinators") | function_words("pluperfects")).isdisjoint(words)
