"""Which act a verb is: its own, that of the noun it governs, or that of what was agreed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from services.extract.grammars.commitments.nouns import (
    noun_act,
    noun_before,
    outcome_noun,
    passive_noun,
)
from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Act
from shared.text import fold_text

_AGREEING = ("agree",)
_GOVERNED_REACH = 80
_SENSE_REACH = 40
_ASIDE_LEAD, _ASIDE_WORDS = 8, 14  # words at most before and in what stands in commas


def act_of(reading: Reading, verb: Match, end: int) -> Act | None:
    """Return the act of a verb whose clause ends at `end`; None where it is no act after all."""
    if verb.payload.get("governs"):
        act: Act | None = _of_governed(reading, verb, end) or verb.payload.get("otherwise")
        decided = act in _AGREEING and (verb.lang != "ar" or "otherwise" in verb.payload)
        return (_of_complement(reading, verb, end) or act) if decided else act
    if verb.payload.get("outcome"):
        noun = outcome_noun(reading, verb, end)
        return _of_action(reading, noun, end) if noun else None
    if verb.payload.get("light"):
        return noun_act(reading, verb, end) or _of_complement(reading, verb, end)
    if verb.payload.get("passive"):
        return _of_passive(reading, verb, end)
    if _means_else(reading, verb, end):
        return None
    act = verb.payload["act"]
    if act in _AGREEING or _approves(reading, verb):
        return _of_complement(reading, verb, end) or act
    return act


def is_complete(reading: Reading, verb: Match, end: int) -> bool:
    """Tell whether a verb that is an act only with certain words has them behind it."""
    if verb.payload.get("outcome"):
        return outcome_noun(reading, verb, end) is not None
    if next_words := verb.payload.get("unless_next"):
        behind = words_of(reading, verb.end, min(end, verb.end + _SENSE_REACH))
        return not behind or behind[0].text not in next_words
    if "governs" not in verb.payload or "otherwise" in verb.payload:
        return True
    return _of_governed(reading, verb, end) is not None


def act_of_passive(reading: Reading, verb: Match, start: int, end: int) -> Act | None:
    """Return the act of a French or English passive whose subject begins at `start`.

    "Tribute was paid", "an appeal was launched": of a verb with a noun the noun before it counts.
    """
    form = reading.lower[verb.start : verb.end].split()[0]
    if form.startswith(tuple(function_words("no_passives"))):
        return None
    if verb.payload.get("governs"):
        return _first_governed(verb, reading.lower[start : verb.start])
    noun = noun_before(reading, start, verb.start)
    if verb.payload.get("light"):
        return noun
    act: Act = verb.payload["act"]
    if act == "launch" and noun in ("call_on", "warn"):
        return noun
    return (_of_complement(reading, verb, end) or act) if act in _AGREEING else act


def _of_governed(reading: Reading, verb: Match, end: int) -> Act | None:
    """Read "gave … their approval", تبادلوا … وجهات النظر: the first of the verb's own words."""
    if _means_else(reading, verb, end):
        return None
    behind = reading.lower[verb.end : min(end, verb.end + _GOVERNED_REACH)]
    return _first_governed(verb, behind)


def _first_governed(verb: Match, words: str) -> Act | None:
    governs: Mapping[str, Act] = verb.payload["governs"]
    found = [
        (place, act)
        for own, act in _folded(tuple(governs.items()))
        if (place := words.find(own)) >= 0 and not words[max(0, place - 1)].isalpha()
    ]
    return min(found)[1] if found else None


def _means_else(reading: Reading, verb: Match, end: int) -> bool:
    """Tell whether words behind a verb give it another sense (أقر بأن: "admitted that")."""
    unless = verb.payload.get("unless")
    if not unless:
        return False
    behind = reading.lower[verb.end : min(end, verb.end + _SENSE_REACH)]
    return any(words in behind for words, _ in _folded(tuple((w, "adopt") for w in unless)))


@lru_cache(maxsize=256)
def _folded(governs: tuple[tuple[str, Act], ...]) -> tuple[tuple[str, Act], ...]:
    return tuple((fold_text(words), act) for words, act in governs)


def _of_passive(reading: Reading, verb: Match, end: int) -> Act | None:
    noun = passive_noun(reading, verb, end)
    return _of_action(reading, noun, end) if noun else None


def _of_action(reading: Reading, noun: Match, end: int) -> Act | None:
    """Return the act of a noun of action; of an agreement that of what was agreed."""
    act: Act | None = noun.payload["act"]
    return (_of_complement(reading, noun, end) or act) if act in _AGREEING else act


def _approves(reading: Reading, verb: Match) -> bool:
    """Tell whether a verb is "approve", after which as after "agree" the approved act counts."""
    return verb.lang == "ar" and "وافق" in reading.lower[verb.start : verb.end]


def _of_complement(reading: Reading, verb: Match, end: int) -> Act | None:
    """Return the act of X in agree-to-X, if X follows the first word that can bring it."""
    leads, that = function_words("complement_leads"), function_words("that")
    for found in reading.matches("act_infinitive", verb.end, end):
        if found.payload.get("passive_only"):
            continue
        before = words_of(reading, verb.end, found.outer)
        if found.payload.get("clause"):
            clause = reading.lower[verb.start : found.outer].replace("'", " ").replace("’", " ")
            if not that.isdisjoint(clause.split()):
                told: Act | None = found.payload["act"]
                return told
            continue
        if _is_behind_aside(reading, verb, found):
            behind: Act | None = found.payload["act"]
            return behind
        brought = sum(word.text in leads for word in before)
        if brought > 1:
            return None
        last = before[-1] if before else None
        if last is None or last.text in leads or _is_subject(reading, last.end, found.start):
            act: Act | None = found.payload["act"]
            return act
    return None


def _is_behind_aside(reading: Reading, verb: Match, found: Match) -> bool:
    """Tell whether only what stands in commas parts a verb and what it brings.

    "Announced on Tuesday, after a summit in Paris, the creation of …".
    """
    gap = reading.lower[verb.end : found.outer]
    lead, comma, aside = gap.partition(",")
    if not comma or not aside.rstrip().endswith(",") or found.clitics:
        return False
    if len(lead.split()) > _ASIDE_LEAD or len(aside.split()) > _ASIDE_WORDS:
        return False
    return function_words("complement_leads").isdisjoint(lead.split())


def _is_subject(reading: Reading, left: int, right: int) -> bool:
    """Tell whether a subject ends right before the place ("قرر القادة إنشاء")."""
    ends = {m.end for m in reading.of_kinds(("subject", "coalition"), max(0, left - 60), right)}
    return left in ends and not reading.lower[left:right].strip()
