"""Rules: by which construction a commitment was read, for its confidence and its explanation."""

from __future__ import annotations

from services.extract.grammars.commitments.context import Subject
from services.extract.grammars.quotation import is_quoted
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

LIST_ITEM = "commitments: item of a list"
_HEADLINE = "commitments: verb of the headline"
_QUOTED = "commitments: verb in quotation marks"
_WE = "commitments: first person plural"
_IMPERSONAL = "commitments: passive"
_LIGHT = "commitments: noun of a light verb"
_GOVERNED = "commitments: verb with its own noun"
_BODY = "commitments: verb of the body"
_SHARED = "commitments: verb that shares its subject"


def rule_of(reading: Reading, sentence: Sentence, verb: Match, subject: Subject) -> str:
    """Return the name of the rule by which a verb of `sentence` was read as a collective act."""
    person = verb.payload.get("person", "it")
    if sentence.segment.kind == "heading":
        return _HEADLINE
    if is_quoted(reading, verb.start):
        return _QUOTED
    if subject.passive or person == "none" or verb.payload.get("passive"):
        return _IMPERSONAL
    if person == "we":
        return _WE
    if verb.payload.get("light"):
        return _LIGHT
    if verb.payload.get("governs"):
        return _GOVERNED
    return _SHARED if subject.shared else _BODY
