"""Nouns of action that give a verb its act: what was expressed, done, or led to."""

from __future__ import annotations

from services.extract.grammars.people.words import words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Act

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
_LIGHT_REACH = 240
_PASSIVE_WORDS, _PASSIVE_REACH = 8, 60
_OUTCOME_WORDS, _OUTCOME_REACH = 7, 90
_KINDS = ("act_noun", "act_infinitive")


def noun_act(reading: Reading, verb: Match, end: int) -> Act | None:
    """Read "expressed their thanks", أعربوا عن ارتياحهم: the first such noun behind the verb.

    Behind a noun that is no act (concern, hope) only one that is joined to it counts.
    """
    limit = min(end, verb.end + _LIGHT_REACH)
    names = reading.of_kinds(("coalition", "subject"), verb.end, limit)
    barred = False
    for noun in reading.matches("act_noun", verb.end, limit):
        if noun.payload.get("outcome_only") or is_in_parentheses(reading, noun):
            continue
        if any(n.start <= noun.start < n.end for n in names):
            continue
        act: Act | None = noun.payload["act"]
        if act is None:
            barred = True
        elif not barred or _is_joined(reading, noun):
            return "thank" if act == "welcome" and _is_for_hosting(reading, noun) else act
    return None


def passive_noun(reading: Reading, verb: Match, end: int) -> Match | None:
    """Read تم … اتخاذ: the verbal noun within a few words; اختتم … بالاتفاق needs its "by"."""
    closing = bool(verb.payload.get("closing"))
    limit = end if closing else min(end, verb.end + _PASSIVE_REACH)
    nouns = reading.of_kinds(_KINDS if closing else _KINDS[1:], verb.end, limit)
    for noun in nouns:
        if noun.lang != "ar" or not noun.payload["act"] or (closing and "ب" not in noun.clitics):
            continue
        if closing or len(words_of(reading, verb.end, noun.start)) < _PASSIVE_WORDS:
            return noun
    return None


def outcome_noun(reading: Reading, verb: Match, end: int) -> Match | None:
    """Read أسفر الاجتماع عن إطلاق …, "saw the launch of": the first noun of action near behind."""
    for noun in reading.of_kinds(_KINDS, verb.end, min(end, verb.end + _OUTCOME_REACH)):
        if len(words_of(reading, verb.end, noun.start)) >= _OUTCOME_WORDS:
            return None
        if noun.payload["act"] and not {"ل", "ك"} & set(noun.clitics):
            return noun
    return None


def noun_before(reading: Reading, start: int, end: int) -> Act | None:
    """Read "Thanks were extended": the last noun of an act in a stretch before a passive."""
    nouns = [n for n in reading.matches("act_noun", start, end) if n.payload["act"]]
    act: Act | None = nouns[-1].payload["act"] if nouns else None
    return act


def is_in_parentheses(reading: Reading, match: Match) -> bool:
    """Tell whether a match stands in parentheses opened up to sixty characters before."""
    opened = reading.lower.rfind("(", max(0, match.start - 60), match.start)
    return opened >= 0 and ")" not in reading.lower[opened : match.start]


def _is_joined(reading: Reading, noun: Match) -> bool:
    """Tell whether a noun is joined to one before it: وإدانتهم, "and (their) condemnation"."""
    if noun.lang == "ar":
        return noun.clitics.startswith("و")
    words = words_of(reading, max(0, noun.start - 30), noun.start)[-2:]
    return any(w.text in ("and", "et") for w in words)


def _is_for_hosting(reading: Reading, noun: Match) -> bool:
    text = reading.lower[noun.start : noun.end]
    if not text.startswith(("تقدير", "التقدير", "apprec")):
        return False
    return any(stem in reading.lower[noun.end : noun.end + 60] for stem in _HOSTING)
