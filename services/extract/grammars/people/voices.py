"""Voices: institutions and unnamed persons who speak, and how far their names reach."""

from __future__ import annotations

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.anonymous import Span
from services.extract.grammars.people.cut import Word
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_REACH = 70
_LONGEST = 6  # words
_BEFORE = 16
_VERBS = ("speech", "act", "role")
_ORIGINS = ("country", "demonym")


def voice_span(reading: Reading, voice: Match, sentence: Sentence) -> Span:
    """Return the span of a voice with what belongs to its name on both sides."""
    start, end = voice.start, voice.end
    for origin in reading.of_kinds(_ORIGINS, max(sentence.start, start - _BEFORE), start):
        if len(words_of(reading, origin.end, start)) <= 1:
            start = origin.start
            break
    kept = end
    for word in words_of(reading, end, min(end + _REACH, sentence.end))[:_LONGEST]:
        if reading.lower[end : word.start].strip(" '") or not _belongs(reading, voice, word):
            break
        end = word.end
        if word.text not in names("connectors"):
            kept = end
    return start, kept


def _belongs(reading: Reading, voice: Match, word: Word) -> bool:
    """Tell whether a word behind a voice is still its name."""
    if reading.of_kinds(_VERBS, word.start, word.end) or word.text in function_words("voice_ends"):
        return False
    if voice.lang == "ar":
        return word.text not in names("times_ar") and not word.text.startswith("بال")
    if word.capital or word.text in names("connectors"):
        return True
    return bool(reading.of_kinds(_ORIGINS, word.start, word.end)) or voice.lang == "fr"
