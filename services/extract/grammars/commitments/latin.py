"""Subjects of French and English verbs: before the verb, or shared with the verb before."""

from __future__ import annotations

from services.extract.grammars.commitments.agents import Agent, between
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.commitments.latin_verbs import (
    Head,
    head_of,
    is_backdated,
    is_bare_participle,
    is_negated,
)
from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import words_of

_INVERTED = ("-ils ", "-ils,", "-elle")
_BULLET_LEAD = 6
_HEAD_NOUN_REACH = 60
_MANY = 4
_LOOK_BACK = 30
_SUBORDINATE = frozenset({"that", "que"})


def latin_subject(context: Context) -> Subject | None:
    """Return the subject of a French or English verb; None where it is no main verb."""
    verb, sentence = context.verb, context.sentence
    person = verb.payload.get("person")
    if person == "we":
        return Subject(context.word_before(verb.start) in ("nous", "et", ""), verb.start)
    if context.reading.lower.startswith(_INVERTED, verb.end):
        return Subject(context.met_group, sentence.start)
    head = head_of(context)
    word = context.word_before(head.start)
    barred = function_words("relatives" if head.finite else "no_main_verb")
    if (word in barred and person != "none") or is_negated(context, head.start):
        return None
    if person == "none":
        told = word not in function_words("relatives") and not is_backdated(context)
        return Subject(True, verb.start if context.before else sentence.start) if told else None
    if head.inverted:
        return Subject(head.inverted == "they" and context.met_group, head.start)
    return _subject_before(context, head, word)


def _subject_before(context: Context, head: Head, word: str) -> Subject | None:
    leading = [a for a in between(context.agents, context.floor, head.start) if not a.governed]
    joined = word == "," or word in function_words("verb_joints")
    if joined and context.collective is not None and not _has_own(context, leading, head):
        return Subject(context.collective, head.start)
    if is_bare_participle(context, head):
        return None
    if leading:
        if not head.finite and _is_apposition(context, leading, head):
            return None
        if not head.finite and _is_noun(context, head):
            return None
        return _nearest(context, leading, head)
    if context.before is not None:
        return _by_complement(context, head, context.before.end)
    if context.sentence.segment.kind == "bullet" and _opens_bullet(context, head):
        return Subject(context.state == "group", head.start)
    return _by_complement(context, head, context.sentence.start)


def _nearest(context: Context, leading: list[Agent], head: Head) -> Subject | None:
    """Return the subject among the nouns before a verb: the one beside it, else the first.

    A person named behind a comma takes a singular verb from a group named before.
    """
    fitting = [a for a in leading if _agrees(a, head)]
    if not fitting:
        return Subject(False, head.start)
    first, last = fitting[0], fitting[-1]
    beside = _has_own(context, fitting, head) and not _is_coordinate(context, first, last)
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


def _are_many(context: Context, leading: list[Agent], head: Head) -> bool:
    """Tell whether a plural verb has four persons as its subject, or "les présidents" three."""
    named = [a for a in leading if a.named]
    if head.plural is not True or not named or not _has_own_name(context, named, head):
        return False
    titled = "les " in context.reading.lower[max(0, named[0].start - 4) : named[0].start + 4]
    return len(named) >= _MANY - titled


def _has_own_name(context: Context, named: list[Agent], head: Head) -> bool:
    """Tell whether only an insertion in parentheses stands between the last name and its verb."""
    gap = context.gap(named[-1].end, head.start)
    return not gap or (gap.startswith("(") and gap.endswith(")"))


def _agrees(agent: Agent, head: Head) -> bool:
    """Tell whether a noun has the verb's number, as far as both show it; names may be listed."""
    if agent.named or agent.plural is None or head.plural is None:
        return True
    return agent.plural == head.plural


def _is_coordinate(context: Context, first: Agent, last: Agent) -> bool:
    """Tell whether a state is the last of those a group comes from ("ministers of A and B")."""
    words = context.words(first.end, last.start)
    from_states = bool(words) and words[0] in function_words("prepositions")
    return last.sort == "state" and from_states and words[-1] in ("and", "et", "the", "le", "la")


def _is_beyond_relative(context: Context, chosen: Agent, head: Head) -> bool:
    """Tell whether a verb stands in a relative clause (", que certains évaluent")."""
    gap = context.gap(chosen.end, head.start)
    if "," not in gap or gap.endswith((",", ")")):
        return False
    behind = gap.rsplit(",", 1)[1].replace("'", " ").split()
    return bool(behind) and behind[0] in function_words("relatives") and not head.finite


def _is_list(context: Context, leading: list[Agent], head: Head) -> bool:
    """Tell whether names before a plural verb spell a group out ("les présidents A, B et C")."""
    named = sum(agent.named for agent in leading)
    return head.plural or (context.verb.lang == "en" and named > 2)


def _follows_comma(context: Context, agent: Agent) -> bool:
    return context.gap(context.sentence.start, agent.start).endswith(",")


def _is_collective(context: Context, agent: Agent) -> bool:
    if agent.sort == "they":
        return context.met_group
    if agent.sort == "it":
        return _antecedent(context, agent)
    if agent.sort == "talk":
        return context.met_group
    return agent.sort in ("group", "we")


def _antecedent(context: Context, pronoun: Agent) -> bool:
    """Tell whether "it" or "il" stands for a group, of this sentence or of the one before.

    An English "it" is no person, so that it may also be the coalition of "its spokesman".
    """
    before = between(context.agents, context.sentence.start, pronoun.start)
    if context.verb.lang == "en":
        things = [a for a in before if a.sort in ("group", "state") or _is_envoy(context, a)]
        nouns = [a for a in things if not a.governed] or things[-1:]
        return nouns[0].sort != "state" if nouns else context.thing == "group"
    nouns = [a for a in before if not a.governed and a.sort in ("group", "state", "single")]
    return nouns[0].sort == "group" if nouns else context.state == "group"


def _is_envoy(context: Context, agent: Agent) -> bool:
    """Tell whether a person's title names a group ("John Smith, spokesman of the coalition")."""
    kinds = ("coalition", "subject")
    return agent.named and bool(context.reading.of_kinds(kinds, agent.start, agent.end))


def _is_relative(context: Context, pronoun: Agent) -> bool:
    """Tell whether a pronoun opens a relative clause without "that" ("the food they promised")."""
    if context.verb.lang != "en" or pronoun.start - context.floor < _BULLET_LEAD:
        return False
    word = context.word_before(pronoun.start)
    return bool(word) and word not in function_words("clause_joints")


def _is_noun(context: Context, head: Head) -> bool:
    """Tell whether a present form is no verb here ("medical support", "looks back at").

    A verb has its subject, a name, a comma or an adverb right before it.
    """
    verb, lower = context.verb, context.reading.lower
    form = lower[verb.start : verb.end].split()[0]
    if verb.lang != "en" or form.endswith("ed") or form in function_words("irregular_pasts"):
        return False
    near = between(context.agents, context.floor, head.start)
    if near and not context.gap(near[-1].end, head.start).strip("'s"):
        return False
    words = words_of(context.reading, max(context.floor, head.start - _LOOK_BACK), head.start)
    if not words or words[-1].capital or context.word_before(head.start) != words[-1].text:
        return False
    return words[-1].text not in function_words("adverbs_en")


def _has_own(context: Context, leading: list[Agent], head: Head) -> bool:
    """Tell whether a subject of its own stands right before a verb joined to another."""
    return bool(leading) and not context.gap(leading[-1].end, head.start)


def _is_apposition(context: Context, leading: list[Agent], head: Head) -> bool:
    """Tell whether a form behind a comma is no verb ("the coalition, established in …,")."""
    if context.gap(leading[0].end, head.start) != "," or context.verb.lang != "en":
        return False
    form = context.reading.lower[context.verb.start : context.verb.end].split()[0]
    return form.endswith("ed")


def _opens_bullet(context: Context, head: Head) -> bool:
    return head.start - context.sentence.start <= _BULLET_LEAD


def _by_complement(context: Context, head: Head, floor: int) -> Subject | None:
    """Read "Commanders of the coalition agreed": a group in the genitive of an unknown noun."""
    owned = [a for a in between(context.agents, floor, head.start) if a.sort == "group"]
    near = owned and owned[0].start - floor <= _HEAD_NOUN_REACH
    if not near or not owned[0].governed or context.sentence.segment.kind == "bullet":
        return None
    if context.before is None:
        return Subject(True, floor)
    words = context.words(floor, head.start)
    return Subject(True, head.start) if _SUBORDINATE & set(words[:1]) else None
