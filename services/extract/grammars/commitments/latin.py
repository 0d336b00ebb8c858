"""Subjects of French and English verbs: before the verb, or shared with the verb before."""

from __future__ import annotations

from services.extract.grammars.commitments.agents import Agent, between, first_after
from services.extract.grammars.commitments.context import Context, Subject
from services.extract.grammars.commitments.latin_nouns import is_beside, nearest_subject
from services.extract.grammars.commitments.latin_verbs import (
    Head,
    form_of,
    head_of,
    is_bare_participle,
    is_negated,
    is_undone,
)
from services.extract.grammars.commitments.passives import is_done_by_group, passive_subject
from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import words_of

_INVERTED = ("-ils ", "-ils,", "-elle")
_BULLET_LEAD = 6
_HEAD_NOUN_REACH = 60
_LOOK_BACK = 30
_SEMICOLON_REACH = 3
_RELATIVES, _NO_MAIN_VERB = function_words("relatives"), function_words("no_main_verb")
_JOINTS = function_words("verb_joints")
_SUBORDINATE = frozenset({"that", "que"})


def latin_subject(context: Context) -> Subject | None:
    """Return the subject of a French or English verb; None where it is no main verb."""
    verb, sentence = context.verb, context.sentence
    person = verb.payload.get("person")
    if person == "we":
        return Subject(context.word_before(verb.start) in ("nous", "et", ""), verb.start)
    if context.reading.lower.startswith(_INVERTED, verb.end):
        return Subject(context.past.met_group, sentence.start)
    head = head_of(context)
    word = context.word_before(head.start)
    if person != "none" and word in (_RELATIVES if head.finite else _NO_MAIN_VERB):
        return _continued(context, head, word)
    if is_negated(context, head.start, word):
        return None
    if person == "none":
        known = word in _RELATIVES or word in function_words("articles")
        told = not known and not is_undone(context) and is_done_by_group(context)
        return Subject(True, verb.start if context.before else sentence.start) if told else None
    if head.passive:
        return passive_subject(context, head)
    if head.inverted:
        return Subject(head.inverted == "they" and context.past.met_group, head.start)
    return _subject_before(context, head, word)


def _continued(context: Context, head: Head, word: str) -> Subject | None:
    """Read ", who also examined …": a relative clause that goes on telling what the group did."""
    if context.collective is None or word not in _RELATIVES:
        return None
    if _JOINTS.isdisjoint(context.words(head.start, context.verb.start)):
        return None
    return Subject(context.collective, head.start, shared=True)


def _subject_before(context: Context, head: Head, word: str) -> Subject | None:
    if head.finite and word == "," and context.verb.lang == "fr" and _is_followed(context):
        return Subject(True, context.floor if context.before else context.sentence.start)
    floor, end = context.floor, head.start
    leading = [a for a in context.agents if a.start >= floor and a.end <= end and not a.governed]
    joined = (word == "," and not _hangs_on_noun(context, head)) or word in _JOINTS
    if joined and context.collective is not None and not is_beside(context, leading, head):
        return Subject(context.collective, head.start, shared=True)
    if context.before is None and _opens_bullet(context, head) and _is_listed(context):
        return Subject(context.past.state == "group", head.start)
    if is_bare_participle(context, head) or (word == "en" and not head.finite):
        return None
    if leading:
        if not head.finite and _is_apposition(context, leading, head):
            return None
        if not head.finite and _is_noun(context, head):
            return None
        return nearest_subject(context, leading, head)
    if context.before is not None:
        return _by_complement(context, head, context.before.end)
    if context.sentence.segment.kind == "bullet" and _opens_bullet(context, head):
        return Subject(context.past.state == "group", head.start)
    return _by_complement(context, head, context.sentence.start)


def _is_listed(context: Context) -> bool:
    """Tell whether a sentence goes on with a list of verbs: of items, or parted by semicolons."""
    if context.listing:
        return True
    start = context.sentence.start
    behind = context.reading.lower[max(0, start - _SEMICOLON_REACH) : start].rstrip().endswith(";")
    return behind and context.sentence.segment.start < start


def _hangs_on_noun(context: Context, head: Head) -> bool:
    """Tell whether a French participle behind a comma agrees with a noun (", adoptée en 2018,")."""
    if head.finite or not context.verb.payload.get("participle"):
        return False
    return context.before is None or not context.before.payload.get("participle")


def _is_followed(context: Context) -> bool:
    """Tell whether a group stands right behind a verb (", ont décidé les ministres")."""
    after = first_after(context.agents, context.verb.end)
    return (
        after is not None
        and after.sort == "group"
        and not context.gap(context.verb.end, after.start)
    )


def _is_noun(context: Context, head: Head) -> bool:
    """Tell whether a present form is no verb here ("medical support", "looks back at").

    A verb has its subject, a name, a comma or an adverb right before it.
    """
    verb = context.verb
    form = form_of(context) if verb.lang == "en" else ""
    if not form or form.endswith("ed") or form in function_words("irregular_pasts"):
        return False
    near = between(context.agents, context.floor, head.start)
    gap = context.gap(near[-1].end, head.start) if near else "-"
    if not gap.strip("'s"):
        return "'" in gap  # "the allies' launches"
    words = words_of(context.reading, max(context.floor, head.start - _LOOK_BACK), head.start)
    if not words or words[-1].capital or context.word_before(head.start) != words[-1].text:
        return False
    return words[-1].text not in function_words("adverbs_en")


def _is_apposition(context: Context, leading: list[Agent], head: Head) -> bool:
    """Tell whether a form behind a comma is no verb ("the coalition, established in …,")."""
    if context.gap(leading[0].end, head.start) != "," or context.verb.lang != "en":
        return False
    return form_of(context).endswith("ed")


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
