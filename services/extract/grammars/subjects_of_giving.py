"""Whether a name is the subject of a verb of giving or telling, or the owner of a gift.

Latin scripts put the verb behind the name, Arabic before or behind it; nouns of giving have their
giver beside them: the Spanish contribution, la contribution espagnole, مساهمة إسبانيا.
"""

from __future__ import annotations

import re

from services.extract.grammars.giving_words import any_of
from services.extract.matching import Match
from services.extract.reading import Reading

_VERBS = ("pledge", "speech")
_GIFTS = ("gives", "announces")  # ids of pledge words that tell of a giver
_ARABIC = "\u0600"
_REACH = 34  # characters between a state and its verb: Germany has in the meantime committed
_REACH_OF_OFFICE = 70  # … the German defence minister Boris Pistorius announced
_CUT = re.compile(r"[,;:.!?()\"«»“”]")
_OWNS = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}$")
_OF = re.compile(
    r"\s+(?:de la|de l'|de|du|des|d'|of the|of|from the|from|by the|by|par la|par le|par l'|par)"
    r"\s*$"
)
_AUTHORITY = re.compile(rf"\s(?:{any_of('authorities')}\s)?")
_PARTICLE = re.compile(r"\s(?:(?:قد|سوف|لن)\s)?")
_ASIDE = re.compile(rf",\s*{any_of('asides')}\s*,")
_APPOSITION = re.compile(r",[^,;:.()]{3,60},")


def is_subject(reading: Reading, name: Match, end: int) -> bool:
    """Tell whether a name gives or tells by a verb or noun beside it, both before `end`."""
    if reading.lower[name.start] >= _ARABIC:
        return _is_arabic_subject(reading, name, end)
    return _has_verb_behind(reading, name, end) or _owns_gift(reading, name, end)


def _tells(word: Match) -> bool:
    """Tell whether a word is a verb of giving or telling."""
    if word.payload.get("noun"):
        return False
    return word.kind == "speech" or word.id in _GIFTS


def _has_verb_behind(reading: Reading, name: Match, end: int) -> bool:
    demonym = name.kind == "demonym"
    reach = _REACH_OF_OFFICE if demonym else _REACH
    for word in reading.of_kinds(_VERBS, name.end, min(end, name.end + reach + 20)):
        if not _tells(word) or word.start - name.end > reach:
            continue
        between = reading.lower[name.end : word.start]
        between = (_APPOSITION if demonym else _ASIDE).sub(" ", between)
        return not _CUT.search(between)
    return False


def _owns_gift(reading: Reading, name: Match, end: int) -> bool:
    """Tell whether a noun of giving is a name's: Italy's pledge, don japonais, don du Japon."""
    text = reading.lower
    for word in reading.matches("pledge", max(0, name.outer - 40), name.outer):
        if word.id != "gives" or not word.payload.get("noun"):
            continue
        between = text[word.end : name.outer]
        if name.kind == "demonym" and name.lang == "fr" and between.count(" ") <= 2:
            return not _CUT.search(between)
        if word.payload["noun"] == "giver" and _OF.fullmatch(between):
            return True
    for word in reading.matches("pledge", name.end, min(end, name.end + 40)):
        between = text[name.end : word.start]
        if word.id == "gives" and (
            _OWNS.fullmatch(between)
            or (name.kind == "demonym" and name.lang == "en" and not _CUT.search(between))
        ):
            return True
    return False


def _is_arabic_subject(reading: Reading, name: Match, end: int) -> bool:
    text = reading.lower
    demonym = name.kind == "demonym"
    reach = _REACH_OF_OFFICE if demonym else 24
    for word in reading.of_kinds(_VERBS, max(0, name.outer - reach - 20), name.outer):
        between = text[word.end : name.outer]
        if word.kind == "pledge" and word.payload.get("noun"):
            giver = word.payload["noun"] == "giver" or demonym
            if word.id == "gives" and giver and between == " ":
                return True
            continue
        if not _tells(word) and word.kind == "pledge":
            continue
        if _AUTHORITY.fullmatch(between) or (demonym and not _CUT.search(between)):
            return True
    reach = 45 if demonym else 8
    for word in reading.of_kinds(_VERBS, name.end, min(end, name.end + reach + 20)):
        if _tells(word):
            between = text[name.end : word.outer]
            then = between == ", " and text[word.outer] == "ف"  # أما بريطانيا، فأعلنت
            return (
                then or bool(_PARTICLE.fullmatch(between)) or (demonym and not _CUT.search(between))
            )
    return False
