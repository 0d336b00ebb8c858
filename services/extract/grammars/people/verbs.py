"""Verbs of saying in a sentence: which of the words that may be one are."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import word_before, words_back
from services.extract.grammars.quotation import has_quotes, is_quoted
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

VERBS = ("speech", "act")
_LEAD = 14
_NEGATED, _BE = function_words("negated"), function_words("be")
_WAYS, _ABOUT, _ABOUT_REACH = function_words("ways_ar"), " عن ", 90
_AUXILIARY_REACH = 45
_LONGEST_ASIDE = 60  # characters


def verbs_of(reading: Reading, sentence: Sentence) -> list[Match]:
    """Return the verbs of saying and deciding of a sentence by place, one for each place.

    Left out is what stands inside quotation marks, what is denied, English passives, and what is
    part of a phrase of taking part ("has confirmed his attendance").
    """
    seen: dict[int, Match] = {}
    quoting = has_quotes(reading, sentence.start, sentence.end)
    roles = reading.inside("role", sentence)
    for match in reading.inside(VERBS, sentence):
        if match.start in seen or (quoting and is_quoted(reading, match.start)):
            continue
        verb = _finite(reading, sentence, match) if match.payload.get("participle") else match
        if verb is None or verb.start in seen or _is_way(reading, verb):
            continue
        if verb.kind == "speech" and _is_denied(reading, sentence, verb):
            continue
        if not (roles and _is_part(verb, roles)):
            seen[verb.start] = verb
    return list(seen.values())


def _is_way(reading: Reading, verb: Match) -> bool:
    """Tell whether an Arabic word is a preposition here (عبر الفيديو), and no verb of saying."""
    lower, end = reading.lower, verb.end
    if verb.lang != "ar" or lower[verb.start : end] not in _WAYS:
        return False
    return lower.find(_ABOUT, end, end + _ABOUT_REACH) < 0


def _is_denied(reading: Reading, sentence: Sentence, verb: Match) -> bool:
    """Tell whether a negation or, in English, a passive stands right before a verb."""
    word = word_before(reading, verb.outer, max(sentence.start, verb.outer - _LEAD))
    return word in _NEGATED or (verb.lang == "en" and word in _BE)


def _is_part(verb: Match, roles: Sequence[Match]) -> bool:
    """Tell whether a verb belongs to a longer phrase of attending or staying away."""
    return any(
        r.start <= verb.start
        and verb.end <= r.end
        and r.end - r.start > verb.end - verb.start
        and r.payload["role"] in ("participant", "mentioned")
        for r in roles
    )


def _finite(reading: Reading, sentence: Sentence, verb: Match) -> Match | None:
    """Return a French participle with the auxiliary before it, adverbs between; None without."""
    end = _before_aside(reading, sentence.start, verb.start)
    start = max(sentence.start, end - _AUXILIARY_REACH)
    for word in words_back(reading, end, start):
        if word.text in function_words("auxiliaries"):
            return Match(
                *(verb.kind, verb.id, word.start, verb.end, verb.lang),
                *(verb.payload, verb.clitics, verb.capitalised, word.start),
            )
        if word.text not in function_words("adverbs_fr") and not word.text.endswith("ment"):
            return None
    return None


def _before_aside(reading: Reading, floor: int, place: int) -> int:
    """Return where what parts an auxiliary and its participle begins ("a, lui, prévenu")."""
    text = reading.lower
    closing = text.rfind(",", floor, place)
    if closing < 0 or text[closing + 1 : place].strip():
        return place
    opening = text.rfind(",", max(floor, closing - _LONGEST_ASIDE), closing)
    return opening if opening >= 0 else place
