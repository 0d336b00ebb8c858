"""Subjects of French and English verbs: before the verb, or shared with the verb before."""

from __future__ import annotations

from services.extract.grammars.commitments.agents import Agent, between
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import Word, words_of

_INVERTED = ("-ils ", "-ils,", "-elle")
_AUXILIARY_REACH = 60
_AUXILIARY_WORDS = 6
_BULLET_LEAD = 6
_HEAD_NOUN_REACH = 60


def latin_subject(context: Context) -> Subject | None:
    """Return the subject of a French or English verb; None where it is no main verb."""
    verb, sentence = context.verb, context.sentence
    person = verb.payload.get("person")
    if person == "none":
        return Subject(True, verb.start if context.before else sentence.start)
    if person == "we":
        return Subject(context.word_before(verb.start) in ("nous", "et", ""), verb.start)
    if context.reading.lower.startswith(_INVERTED, verb.end):
        return Subject(context.met_group, sentence.start)
    head, finite = _head(context)
    word = context.word_before(head)
    barred = function_words("relatives" if finite else "no_main_verb")
    if word in barred or _is_negated(context, head):
        return None
    return _subject_before(context, head, word, finite)


def _subject_before(context: Context, head: int, word: str, finite: bool) -> Subject | None:
    leading = [a for a in between(context.agents, context.floor, head) if not a.governed]
    joined = word == "," or word in function_words("verb_joints")
    if joined and context.collective is not None and not _has_own(context, leading, head):
        return Subject(context.collective, head)
    if leading:
        if not finite and context.gap(leading[0].end, head) == "," and _is_participle(context):
            return None
        nearest = (
            leading[-1] if leading[-1].named and _has_own(context, leading, head) else leading[0]
        )
        return Subject(_is_collective(context, nearest), nearest.start)
    if context.before is not None:
        return None
    if context.sentence.segment.kind == "bullet" and head - context.sentence.start <= _BULLET_LEAD:
        return Subject(context.state == "group", head)
    return _by_complement(context, head)


def _is_collective(context: Context, agent: Agent) -> bool:
    if agent.sort == "they":
        return context.met_group
    if agent.sort == "it":
        return context.state == "group"
    return agent.sort in ("group", "we")


def _has_own(context: Context, leading: list[Agent], head: int) -> bool:
    """Tell whether a subject of its own stands right before a verb joined to another."""
    return bool(leading) and not context.gap(leading[-1].end, head)


def _is_participle(context: Context) -> bool:
    """Tell whether a form behind a comma is an apposition ("the coalition, established in …,")."""
    verb = context.verb
    form = context.reading.lower[verb.start : verb.end].split()[0]
    return verb.lang == "en" and form.endswith("ed")


def _by_complement(context: Context, head: int) -> Subject | None:
    """Read "Commanders of the coalition agreed": a group in the genitive of an unknown noun."""
    owned = [a for a in between(context.agents, context.floor, head) if a.sort == "group"]
    near = owned and owned[0].start - context.sentence.start <= _HEAD_NOUN_REACH
    if not near or context.sentence.segment.kind == "bullet":
        return None
    return Subject(True, context.sentence.start) if owned[0].governed else None


def _head(context: Context) -> tuple[int, bool]:
    """Return where the verb's group begins, its auxiliary included, and if it has one."""
    verb = context.verb
    low = max(context.sentence.start, verb.start - _AUXILIARY_REACH)
    words = words_of(context.reading, low, verb.start)[-_AUXILIARY_WORDS:]
    if verb.lang == "en":
        return _english_head(verb.start, words)
    for back, word in enumerate(reversed(words)):
        if word.text in function_words("auxiliaries"):
            apart = back > 3 and "," not in context.gap(word.end, verb.start)
            return (verb.start, False) if apart else (word.start, True)
        if word.text in ("et", "que", "qui", "de"):
            break
    return verb.start, False


def _english_head(start: int, words: list[Word]) -> tuple[int, bool]:
    finite = False
    for word in reversed(words):
        auxiliary = word.text in function_words("auxiliaries") and word.text != "a"
        if not auxiliary and word.text not in function_words("adverbs_en"):
            break
        start, finite = word.start, finite or auxiliary
    return start, finite


def _is_negated(context: Context, head: int) -> bool:
    """Tell whether a finite verb is denied ("n'ont pas adopté")."""
    if context.verb.lang != "fr":
        return False
    words = [context.word_before(context.verb.start), *context.words(head, context.verb.start)]
    return any(word in function_words("negations") for word in words)
