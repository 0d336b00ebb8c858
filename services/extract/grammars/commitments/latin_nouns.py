"""Which noun before a French or English verb is its subject, and if that is a group."""

from __future__ import annotations

from services.extract.grammars.commitments.agents import Agent, between
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.commitments.latin_verbs import Head
from services.extract.grammars.function_words import function_words

_MANY = 4  # named persons that make a group
_ORIGIN = 4  # words
_OPENING = 6  # characters


def is_beside(context: Context, leading: list[Agent], head: Head) -> bool:
    """Tell whether a noun stands right before a verb."""
    return bool(leading) and not context.gap(leading[-1].end, head.start)


def nearest_subject(context: Context, leading: list[Agent], head: Head) -> Subject | None:
    """Return the subject among the nouns before a verb: the one beside it, else the first.

    A person named behind a comma takes a singular verb from a group named before.
    """
    fitting = [a for a in leading if _agrees(a, head)]
    if not fitting:
        return Subject(False, head.start)
    first, last = fitting[0], fitting[-1]
    beside = is_beside(context, fitting, head) and not _is_coordinate(context, first, last)
    chosen = last if beside else first
    if chosen.sort in ("they", "it") and _is_relative(context, chosen):
        return None
    if chosen is first and first.sort == "group" and not head.plural:
        persons = [a for a in fitting[1:] if a.named and _follows_comma(context, a)]
        chosen = persons[-1] if persons else first
    elif chosen.named and first.sort == "group" and _is_list(context, leading, head):
        chosen = first
    if _is_beyond_relative(context, chosen, head):
        return None
    collective = _is_collective(context, chosen) or _are_many(context, fitting, head)
    start = first.start if collective and first.sort == "group" else chosen.start
    return Subject(collective, start)


def _is_beyond_relative(context: Context, chosen: Agent, head: Head) -> bool:
    """Tell whether a verb stands in a relative clause (", que certains évaluent")."""
    gap = context.gap(chosen.end, head.start)
    if "," not in gap or gap.endswith((",", ")")):
        return False
    behind = gap.rsplit(",", 1)[1].replace("'", " ").split()
    return bool(behind) and behind[0] in function_words("relatives") and not head.finite


def _is_coordinate(context: Context, first: Agent, last: Agent) -> bool:
    """Tell whether a state is the last of those a group comes from ("ministers of A and B")."""
    words = context.words(first.end, last.start)
    from_states = bool(words) and words[0] in function_words("prepositions")
    return last.sort == "state" and from_states and words[-1] in ("and", "et", "the", "le", "la")


def _is_list(context: Context, leading: list[Agent], head: Head) -> bool:
    """Tell whether names before a plural verb spell a group out ("les présidents A, B et C")."""
    named = sum(agent.named for agent in leading)
    return head.plural or (context.verb.lang == "en" and named > 2)


def _follows_comma(context: Context, agent: Agent) -> bool:
    return context.gap(context.sentence.start, agent.start).endswith(",")


def _is_collective(context: Context, agent: Agent) -> bool:
    if agent.sort == "they":
        return context.past.met_group
    if agent.sort == "it":
        return _antecedent(context, agent)
    if agent.sort == "talk":
        return context.past.met_group
    return agent.sort in ("group", "we")


def _are_many(context: Context, leading: list[Agent], head: Head) -> bool:
    """Tell whether a plural verb has four persons as its subject, or "les présidents" three."""
    named = [a for a in leading if a.named]
    if head.plural is not True or not named or not _has_own_name(context, named, head):
        return False
    titled = "les " in context.reading.lower[max(0, named[0].start - 4) : named[0].start + 4]
    return len(named) >= _MANY - titled


def _has_own_name(context: Context, named: list[Agent], head: Head) -> bool:
    """Tell whether only a country stands between the last name and its verb ("X, du Mali, ont")."""
    gap = context.gap(named[-1].end, head.start)
    words = gap.replace("'", " ").split()
    return len(words) <= _ORIGIN and (not words or words[0].startswith(("(", "du", "de", "d", ",")))


def _agrees(agent: Agent, head: Head) -> bool:
    """Tell whether a noun has the verb's number, as far as both show it; names may be listed."""
    if agent.named or agent.plural is None or head.plural is None:
        return True
    return agent.plural == head.plural


def _antecedent(context: Context, pronoun: Agent) -> bool:
    """Tell whether "it" or "il" stands for a group, of this sentence or of the one before.

    An English "it" is no person, so that it may also be the coalition of "its spokesman".
    """
    before = between(context.agents, context.sentence.start, pronoun.start)
    if context.verb.lang == "en":
        things = [a for a in before if a.sort in ("group", "state") or _is_envoy(context, a)]
        nouns = [a for a in things if not a.governed] or things[-1:]
        return nouns[0].sort != "state" if nouns else context.past.thing == "group"
    nouns = [a for a in before if not a.governed and a.sort in ("group", "state", "single")]
    return nouns[0].sort == "group" if nouns else context.past.state == "group"


def _is_envoy(context: Context, agent: Agent) -> bool:
    """Tell whether a person's title names a group ("John Smith, spokesman of the coalition")."""
    kinds = ("coalition", "subject")
    return agent.named and bool(context.reading.of_kinds(kinds, agent.start, agent.end))


def _is_relative(context: Context, pronoun: Agent) -> bool:
    """Tell whether a pronoun opens a relative clause without "that" ("the food they promised")."""
    if context.verb.lang != "en" or pronoun.start - context.floor < _OPENING:
        return False
    word = context.word_before(pronoun.start)
    return bool(word) and word not in function_words("clause_joints")
