"""Which act a verb is: its own, that of the noun it governs, or that of what was agreed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Act
from shared.text import fold_text

_AGREEING = ("agree",)
_HOSTING = (
    "استضاف",
    "ضياف",
    "قياد",
    "رئاس",
    "host",
    "lead",
    "chair",
    "accueil",
    "organis",
    "presid",
)
_LIGHT_REACH = 170
_GOVERNED_REACH = 80
_SENSE_REACH = 40
_PASSIVE_WORDS, _PASSIVE_REACH = 8, 60


def act_of(reading: Reading, verb: Match, end: int) -> Act | None:
    """Return the act of a verb whose clause ends at `end`; None where it is no act after all."""
    if governs := verb.payload.get("governs"):
        return _of_governed(reading, governs, verb, end)
    if verb.payload.get("light"):
        return _of_noun(reading, verb, end) or _of_complement(reading, verb, end)
    if verb.payload.get("passive"):
        return _of_passive(reading, verb, end)
    if _means_else(reading, verb, end):
        return None
    act: Act = verb.payload["act"]
    if act in _AGREEING or _approves(reading, verb):
        return _of_complement(reading, verb, end) or act
    return act


def is_complete(reading: Reading, verb: Match, end: int) -> bool:
    """Tell whether a verb that is an act only with certain words has them behind it."""
    governs = verb.payload.get("governs")
    return not governs or _of_governed(reading, governs, verb, end) is not None


def _of_governed(reading: Reading, governs: Mapping[str, Act], verb: Match, end: int) -> Act | None:
    """Read "gave … their approval", تبادلوا … وجهات النظر: the first of the verb's own words."""
    behind = reading.lower[verb.end : min(end, verb.end + _GOVERNED_REACH)]
    found = [
        (place, act)
        for words, act in _folded(tuple(governs.items()))
        if (place := behind.find(words)) >= 0 and not behind[max(0, place - 1)].isalpha()
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


def _of_noun(reading: Reading, verb: Match, end: int) -> Act | None:
    """Read "expressed their thanks", أعربوا عن ارتياحهم: the first such noun behind the verb.

    Behind a noun that is no act (concern, hope) only one that is joined to it counts.
    """
    limit = min(end, verb.end + _LIGHT_REACH)
    names = reading.of_kinds(("coalition", "subject"), verb.end, limit)
    barred = False
    for noun in reading.matches("act_noun", verb.end, limit):
        if any(n.start <= noun.start < n.end for n in names) or is_in_parentheses(reading, noun):
            continue
        act: Act | None = noun.payload["act"]
        if act is None:
            barred = True
        elif not barred or _is_joined(reading, noun):
            return "thank" if act == "welcome" and _is_for_hosting(reading, noun) else act
    return None


def _is_joined(reading: Reading, noun: Match) -> bool:
    """Tell whether a noun is joined to one before it: وإدانتهم, "and (their) condemnation"."""
    if noun.lang == "ar":
        return noun.clitics.startswith("و")
    words = words_of(reading, max(0, noun.start - 30), noun.start)[-2:]
    return any(w.text in ("and", "et") for w in words)


def _is_for_hosting(reading: Reading, noun: Match) -> bool:
    text = reading.lower[noun.start : noun.end]
    if not text.startswith(("تقدير", "apprec")):
        return False
    return any(stem in reading.lower[noun.end : noun.end + 60] for stem in _HOSTING)


def is_in_parentheses(reading: Reading, match: Match) -> bool:
    """Tell whether a match stands in parentheses opened up to sixty characters before."""
    opened = reading.lower.rfind("(", max(0, match.start - 60), match.start)
    return opened >= 0 and ")" not in reading.lower[opened : match.start]


def _of_passive(reading: Reading, verb: Match, end: int) -> Act | None:
    """Read تم … اتخاذ: the verbal noun within a few words; اختتم … بالاتفاق needs its "by"."""
    closing = bool(verb.payload.get("closing"))
    limit = end if closing else min(end, verb.end + _PASSIVE_REACH)
    for noun in reading.matches("act_infinitive", verb.end, limit):
        if noun.lang != "ar" or (closing and "ب" not in noun.clitics):
            continue
        if closing or len(words_of(reading, verb.end, noun.start)) < _PASSIVE_WORDS:
            act: Act | None = noun.payload["act"]
            if act == "agree":
                return _of_complement(reading, noun, end) or act
            return act
    return None


def _approves(reading: Reading, verb: Match) -> bool:
    """Tell whether a verb is "approve", after which as after "agree" the approved act counts."""
    return verb.lang == "ar" and "وافق" in reading.lower[verb.start : verb.end]


def _of_complement(reading: Reading, verb: Match, end: int) -> Act | None:
    """Return the act of X in agree-to-X, if X follows the first word that can bring it."""
    leads = function_words("complement_leads")
    for found in reading.matches("act_infinitive", verb.end, end):
        if found.payload.get("passive_only"):
            continue
        before = words_of(reading, verb.end, found.outer)
        brought = sum(word.text in leads for word in before)
        if brought > 1:
            return None
        last = before[-1] if before else None
        if last is None or last.text in leads or _is_subject(reading, last.end, found.start):
            act: Act | None = found.payload["act"]
            return act
    return None


def _is_subject(reading: Reading, left: int, right: int) -> bool:
    """Tell whether a subject ends right before the place ("قرر القادة إنشاء")."""
    ends = {m.end for m in reading.of_kinds(("subject", "coalition"), max(0, left - 60), right)}
    return left in ends and not reading.lower[left:right].strip()
