"""The forms of French and English verbs: auxiliaries, participles, negation, inversion."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from services.extract.grammars.commitments.context import Context
from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cut import Word
from services.extract.grammars.people.words import words_before
from services.extract.matching import Match

_REACH = 60
_WORDS = 6
_LOOK_BACK, _NEAR = 40, 4
_AUXILIARIES, _NEGATIONS = function_words("auxiliaries"), function_words("negations")
_PASSIVES, _ADVERBS = function_words("passives_en"), function_words("adverbs_en")
_GROUPED = _AUXILIARIES | _PASSIVES | _ADVERBS
_PLURALS = frozenset({"ont", "sont", "avaient", "have", "were", "are"})
_SINGULARS = frozenset({"a", "est", "avait", "aura", "has", "was", "is"})
_INVERTED = re.compile(r"-(?:t-)?(ils?|elles?|on)\s(?:\w+\s)?$")
_LONGEST_INVERSION = 24
_ACCENTED = ("é", "és", "ée", "ées")
_PARTICIPLES = ("is", "us", "i", "u")  # promis, conclus, accueilli, soutenu
_PAST_YEAR = re.compile(r"\s+(?:in|en|back in|since|depuis)\s+(?:\w+\s+)?(?:19|20)\d\d")


class Head(NamedTuple):
    """Where a verb's group begins, and what it is: finite, with its subject's pronoun behind it.

    `plural` is None where the form does not tell the number.
    """

    start: int
    finite: bool
    plural: bool | None
    inverted: Literal["they", "it"] | None = None
    passive: bool = False


def head_of(context: Context) -> Head:
    """Return the verb's group, its auxiliary and adverbs included."""
    verb = context.verb
    words, start, auxiliaries = list[Word](), verb.start, list[str]()
    if verb.lang != "en" or _may_be_grouped(context.word_before(start)):
        low = max(context.sentence.start, start - _REACH)
        words = words_before(context.reading, start, _WORDS, low)
        read = _english if verb.lang == "en" else _french
        start, auxiliaries = read(context, words)
    form = form_of(context)
    passive = _is_passive(verb, form, words, start)
    finite = bool(auxiliaries) or passive or _has_auxiliary_inside(form)
    plural = _number(form, auxiliaries, verb.lang)
    inverted = _inversion(context) if verb.lang == "fr" else None
    return Head(start, finite, plural, inverted, passive)


def _may_be_grouped(word: str) -> bool:
    """Tell whether an English verb's group may hold the word, or the mark, before it."""
    return word in _GROUPED or word in ("", ";")


def is_bare_participle(context: Context, head: Head) -> bool:
    """Tell whether a French participle has no auxiliary ("un texte signé par"): no main verb."""
    if context.verb.lang != "fr" or head.finite:
        return False
    verb = context.verb
    if verb.payload.get("participle"):
        return True
    folded = form_of(context)
    if folded.endswith(_PARTICIPLES):
        return True
    if not folded.endswith(("e", "es", "ee", "ees")):
        return False
    written = context.reading.original(verb.start, verb.start + len(folded))
    return written.lower().endswith(_ACCENTED)


def _is_passive(verb: Match, form: str, words: list[Word], start: int) -> bool:
    """Tell whether a form of "be" stands in a verb's group ("was also praised", "a été salué")."""
    if start == verb.start or verb.payload.get("person", "it") != "it":
        return False
    group = {w.text for w in words if w.start >= start}
    if not function_words("pluperfects").isdisjoint(group):
        return False
    if verb.lang == "en":
        past = form.endswith("ed") or form in function_words("irregular_pasts")
        return past and not function_words("passives_en").isdisjoint(group)
    return not function_words("passives_fr").isdisjoint(group)


def is_negated(context: Context, head: int, word: str) -> bool:
    """Tell whether a French verb is denied ("n'ont pas adopté", "ne condamnent pas").

    `word` is the one before its head.
    """
    if context.verb.lang != "fr":
        return False
    if word == "ne" or context.reading.lower.startswith("n'", head - 2):
        return True
    words = context.words(head, context.verb.start) if head < context.verb.start else ()
    return not _NEGATIONS.isdisjoint(words)


def is_undone(context: Context) -> bool:
    """Tell whether a passive is denied or of a past year: "no text was adopted", "… in 2014"."""
    if _PAST_YEAR.match(context.reading.lower, context.verb.end):
        return True
    low = max(context.floor, context.verb.start - _LOOK_BACK)
    low = max(low, context.reading.lower.rfind(",", low, context.verb.start) + 1)
    words = context.words(low, context.verb.start)[-_NEAR:]
    return not function_words("no_nouns").isdisjoint(words)


def _number(form: str, auxiliaries: list[str], lang: str) -> bool | None:
    if form in _PLURALS or (lang == "fr" and form.endswith("ent")):
        return True
    if auxiliaries and not _PLURALS.isdisjoint(auxiliaries):
        return True
    return None if form not in _SINGULARS and _SINGULARS.isdisjoint(auxiliaries) else False


def form_of(context: Context) -> str:
    """Return the first word of a verb."""
    verb = context.verb
    return context.reading.lower[verb.start : verb.end].split(None, 1)[0]


def _has_auxiliary_inside(form: str) -> bool:
    """Tell whether an entry begins with its auxiliary or pronoun ("se sont engagés")."""
    return form in _AUXILIARIES or form in ("se", "s") or form.startswith("s'")


def _inversion(context: Context) -> Literal["they", "it"] | None:
    lower, start = context.reading.lower, context.verb.start
    low = max(context.sentence.start, start - _LONGEST_INVERSION)
    hyphened = lower.rfind("-", low, start) >= 0
    found = _INVERTED.search(lower, low, start) if hyphened else None
    if not found:
        return None
    return "they" if found[1] in ("ils", "elles") else "it"


def _french(context: Context, words: list[Word]) -> tuple[int, list[str]]:
    """Return where an auxiliary before a participle stands, over adverbs or an insertion."""
    start = context.verb.start
    for back, word in enumerate(reversed(words)):
        if word.text in _AUXILIARIES and not _is_preposition(context, word):
            gap = context.gap(word.end, start)
            inserted = gap.startswith(",") and gap.endswith(",")
            between = words[len(words) - back :]
            if inserted or all(_is_adverb(w.text) for w in between):
                return _behind_pronoun(words, back, word.start), [word.text]
            return start, []
        if word.text in ("et", "que", "qui"):
            break
    return start, []


def _behind_pronoun(words: list[Word], back: int, start: int) -> int:
    """Return where a verb's group begins, with an object pronoun before it ("en a approuvé")."""
    before = words[-back - 2] if len(words) > back + 1 else None
    return before.start if before and before.text in function_words("object_pronouns_fr") else start


def _is_adverb(word: str) -> bool:
    return word.endswith("ment") or word in function_words("adverbs_fr")


def _is_preposition(context: Context, word: Word) -> bool:
    """Tell à from a, which folding makes one word."""
    return word.text == "a" and context.reading.original(word.start, word.end) in ("à", "À")


def _english(context: Context, words: list[Word]) -> tuple[int, list[str]]:
    start, auxiliaries = context.verb.start, list[str]()
    for word in reversed(words):
        text = word.text
        auxiliary = (text in _AUXILIARIES and text != "a") or text in _PASSIVES
        if not auxiliary and text not in _ADVERBS:
            break
        if "," in context.gap(word.end, start):
            break
        start = word.start
        if auxiliary:
            auxiliaries.append(word.text)
    return start, auxiliaries
