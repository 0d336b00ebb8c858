"""Subjects of Arabic verbs: behind the verb, in its ending, or left out and known from before."""

from __future__ import annotations

from services.extract.grammars.commitments.agents import Agent, between, first_after
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.commitments.passives import is_done_by_group
from services.extract.grammars.function_words import function_words

_TANWIN = "\u064b"  # no verb ends in it
_CONJOINED = {"فان": "ان", "وان": "ان", "بما": "ما", "لما": "ما"}
_COMPLEMENT_WORDS = 3


def arabic_subject(context: Context) -> Subject | None:
    """Return the subject of an Arabic verb; None where it is no main verb, or nobody is told."""
    verb = context.verb
    word = context.word_before(verb.outer)
    if word in function_words("said_pronouns_ar") and context.collective is not None:
        return Subject(context.collective, verb.outer, shared=True)
    if _is_barred(word):
        return None
    person = verb.payload.get("person", "it")
    if person == "none":
        return Subject(True, verb.outer) if is_done_by_group(context) else None
    if person == "we":
        written = context.reading.original(verb.start, verb.end + 1)
        return None if _TANWIN in written else Subject(True, verb.outer)  # ثمناً, "a price"
    if person == "they":
        group = context.past.met_group or any(a.sort == "group" for a in context.agents)
        return Subject(group, verb.outer)
    if person == "dual":
        return Subject(context.past.state == "group", verb.outer)
    return None if word in function_words("prepositions") else _singular(context)


def _is_barred(word: str) -> bool:
    """Tell whether a word makes the verb behind it no main verb: لم, and ولم or فلم as well."""
    barred = function_words("no_main_verb")
    return _CONJOINED.get(word, word) in barred or (word[:1] in ("و", "ف") and word[1:] in barred)


def _singular(context: Context) -> Subject | None:
    verb = context.verb
    after = first_after(context.agents, verb.end)
    noun = verb.payload.get("noun")
    leading = between(context.agents, context.floor, verb.outer)
    beside = bool(leading) and not context.gap(leading[-1].end, verb.outer)
    initial = verb.outer == context.sentence.start
    if noun and not beside and not initial and not _is_surely_verb(context, after):
        return None
    if after is not None and not beside and _is_next(context, after.start):
        return Subject(_is_collective(context, after), verb.outer)
    if leading and not verb.clitics and _leads(context, leading[-1]):
        return Subject(_is_collective(context, leading[-1]), leading[0].start)
    if (initial or not noun) and _opens_clause(context) and _drops_subject(context):
        return _left_out(context)
    return None


def _is_collective(context: Context, agent: Agent) -> bool:
    if agent.sort == "talk":
        return context.past.met_group
    return agent.sort in ("group", "they")


def _is_surely_verb(context: Context, after: Agent | None) -> bool:
    """Tell whether a form that may be a noun (قدم, رفض) is a verb: its subject stands behind it.

    Behind another verb it may be that one's object; only a nominative plural tells then.
    """
    if after is None or after.governed:
        return False
    nominative = context.reading.lower.startswith("ون", after.end - 2)
    return context.before is None or (nominative and _is_next(context, after.start))


def _left_out(context: Context) -> Subject | None:
    """Return the subject that the sentence began with, or the one before it did."""
    if context.collective is not None:
        return Subject(context.collective, context.verb.outer, shared=True)
    own = between(context.agents, context.sentence.start, context.verb.outer)
    free = [a for a in own if not a.governed]
    state = free[0].sort if free else context.past.state
    return Subject(state == "group", context.verb.outer) if state else None


def _is_next(context: Context, place: int) -> bool:
    """Tell whether a subject follows at once, or behind an insertion between commas."""
    gap = context.gap(context.verb.end, place)
    if gap.startswith(",") and gap.endswith(","):
        return True
    words = context.words(context.verb.end, place)
    return ":" not in gap and all(w in function_words("adverbs_ar") for w in words)


def _leads(context: Context, agent: Agent) -> bool:
    """Tell whether what stands between a subject and its verb is only its complement."""
    gap = context.gap(agent.end, context.verb.outer)
    words = context.words(agent.end, context.verb.outer)
    if agent.governed or len(words) > _COMPLEMENT_WORDS or any(mark in gap for mark in ",:;."):
        return False
    return not any(w in function_words("prepositions") for w in words)


def _opens_clause(context: Context) -> bool:
    """Tell whether a clause begins at a verb: by its conjunction, a mark, or the sentence."""
    verb = context.verb
    before = context.gap(context.sentence.start, verb.outer)
    if not before or verb.clitics or before[-1] in ",.:;)-/":
        return True
    return before.split()[-1] in function_words("openers_ar")


def _drops_subject(context: Context) -> bool:
    """Tell whether an object follows the verb at once, so that the subject is the last one."""
    end = context.verb.end
    following = context.words(end, min(end + 30, context.sentence.end))
    if not following:
        return False
    lead = following[0]
    if lead in function_words("object_leads_ar") or not lead.startswith("ال"):
        return True
    return lead in function_words("objects_ar")
