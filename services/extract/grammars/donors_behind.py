"""Givers named behind a sum: $5 million from Finland, 8 millions d'euros qu'accordera la France."""

from __future__ import annotations

import re

from services.extract.grammars.donors import GIVERS
from services.extract.grammars.giving_words import any_of
from services.extract.matching import Match
from services.extract.reading import Reading

_ARTICLE = rf"(?:{any_of('articles')}\s*)?"
# Words between the sum and "from": none that begins what the money is for.
_WORD = (
    r"(?!(?:for|to(?! be)|in|on|as|and|or|et|of the|donations|contributions|pour|aux?|dans|"
    r"destine\w*|في|الي|علي)\b|ل)[\w'’-]+\s+"
)
_FROM = re.compile(
    rf"\s*(?:[—–,-]\s*)?(?:(?:in|of)\s+\w+\s+)?(?:{_WORD}){{0,5}}"
    rf"(?:from|by|par|de la part (?:de|du|des)|من(?: قبل| جانب| طرف)?)\s+{_ARTICLE}$"
    rf"|\s*qu(?:'|e\s+)(?:\w+\s+){{0,3}}{_ARTICLE}$"  # qu'accordera la France
    r"|\s*(?:that|which)\s+(?:the\s+)?$"
)
_OF = re.compile(rf"\s*(?:de|du|des|d')\s*{_ARTICLE}$")
_OF_STATE = re.compile(r"\s+(?:de la|de l'|du|des|d')\s*$")
_IN_OWN = re.compile(r"\s+(?:in|of)\s+(?:(?:new|additional|further|more)\s+)?$")
_HELP = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:assistance|aid|funding|funds|support|money|contributions?)\b"
)
_REACH = 90


def giver_behind(reading: Reading, start: int, end: int, received: bool = False) -> Match | None:
    """Return the giver named right behind a sum that ends at `start`: $5 million from Finland.

    `received` is whether the sum is told of by who gets it: 5 millions de l'Espagne.
    """
    text = reading.lower
    for match in reading.of_kinds(GIVERS, start, min(end, start + _REACH)):
        between = text[start : match.outer]
        if not between.strip() and match.kind == "demonym":
            if match.lang in ("ar", "fr"):
                continue  # two million Tunisian dinars: whose money, not who gives
            return match
        if _FROM.fullmatch(between) or (received and _OF.fullmatch(between)):
            return match
        if _IN_OWN.fullmatch(between) and _HELP.match(text, match.end):
            return match  # $148 million in U.S. assistance
    return None


def giver_in_genitive(reading: Reading, start: int, end: int) -> Match | None:
    """Return the giver that a French genitive names right behind a sum: 5 M€ de l'Italie."""
    for match in reading.of_kinds(("country", "organisation"), start, min(end, start + 40)):
        return match if _OF_STATE.fullmatch(reading.lower, start, match.outer) else None
    return None
