"""Which act a verb is: its own, that of the noun it governs, or that of what was agreed."""

from __future__ import annotations

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Act

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
_FOLLOWING = ("ما يلي", "ما ياتي", "the following", "as follows", "ce qui suit")
_LIGHT_REACH = 170
_PASSIVE_WORDS = 5


def act_of(reading: Reading, verb: Match, end: int) -> Act | None:
    """Return the act of a verb whose clause ends at `end`; None where it is no act after all."""
    if verb.payload.get("light"):
        return _of_noun(reading, verb, end) or _of_complement(reading, verb, end)
    if verb.payload.get("passive"):
        return _of_passive(reading, verb, end)
    act: Act = verb.payload["act"]
    if act in _AGREEING or _approves(reading, verb):
        return _of_complement(reading, verb, end) or (None if _opens_list(reading, end) else act)
    return act


def _opens_list(reading: Reading, end: int) -> bool:
    """Tell whether a clause only announces what was agreed: "agreed on the following:"."""
    return reading.lower[max(0, end - 24) : end].rstrip(" :").endswith(_FOLLOWING)


def _of_noun(reading: Reading, verb: Match, end: int) -> Act | None:
    """Read "expressed their thanks", أعربوا عن ارتياحهم: the first such noun behind the verb."""
    limit = min(end, verb.end + _LIGHT_REACH)
    names = reading.of_kinds(("coalition", "subject"), verb.end, limit)
    for noun in reading.matches("act_noun", verb.end, limit):
        if any(n.start <= noun.start < n.end for n in names) or _is_in_parentheses(reading, noun):
            continue
        act: Act = noun.payload["act"]
        if act == "welcome" and noun.id == "welcome" and _is_for_hosting(reading, noun):
            return "thank"
        return act
    return None


def _is_for_hosting(reading: Reading, noun: Match) -> bool:
    text = reading.lower[noun.start : noun.end]
    if not text.startswith(("تقدير", "apprec")):
        return False
    return any(stem in reading.lower[noun.end : noun.end + 60] for stem in _HOSTING)


def _is_in_parentheses(reading: Reading, match: Match) -> bool:
    opened = reading.lower.rfind("(", max(0, match.start - 60), match.start)
    return opened >= 0 and ")" not in reading.lower[opened : match.start]


def _of_passive(reading: Reading, verb: Match, end: int) -> Act | None:
    """Read تم … اتخاذ: the verbal noun within a few words."""
    for noun in reading.matches("act_infinitive", verb.end, min(end, verb.end + 60)):
        if noun.lang == "ar" and len(words_of(reading, verb.end, noun.start)) < _PASSIVE_WORDS:
            act: Act = noun.payload["act"]
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
        before = words_of(reading, verb.end, found.outer)
        brought = sum(word.text in leads for word in before)
        if brought > 1:
            return None
        last = before[-1] if before else None
        if last is None or last.text in leads or _is_subject(reading, last.end, found.start):
            act: Act = found.payload["act"]
            return act
    return None


def _is_subject(reading: Reading, left: int, right: int) -> bool:
    """Tell whether a subject ends right before the place ("قرر القادة إنشاء")."""
    ends = {m.end for m in reading.of_kinds(("subject", "coalition"), max(0, left - 60), right)}
    return left in ends and not reading.lower[left:right].strip()
