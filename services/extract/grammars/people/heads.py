"""Sayings without a verb: a head before a colon, a source that opens a sentence."""

from __future__ import annotations

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cast import Cast, Mention
from services.extract.grammars.people.saying import Saying
from services.extract.grammars.people.voices import voice_span
from services.extract.grammars.people.words import words_of
from services.extract.reading import Reading
from services.extract.segments import Sentence

_OPENING = 12
_HEAD = 120  # characters of a headline before its colon
_MARKS = "\"«“'‹"
_HEAD_LEAD = 30
_HEAD_TAIL = 3  # words between a name and its colon


def headed(reading: Reading, cast: Cast, sentence: Sentence) -> Saying | None:
    """Return the saying of a head before a colon: "General X: we will stay", "الوزراء: «…»"."""
    start = sentence.start
    colon = reading.lower.find(":", start, min(start + _HEAD, sentence.end))
    if colon < 0:
        return None
    if colon + 2 >= sentence.end or reading.lower[colon + 1].isdigit():
        return _headed_later(reading, cast, sentence, colon)
    if reading.of_kinds(("speech", "act"), start, colon):
        return None
    row = [m for m in cast.within(sentence) if m.end <= colon]
    if row:
        opens = len(row) == 1 and row[0].start - start <= _HEAD_LEAD
        opens = opens and _is_head_of(reading, row[0], colon)
        return Saying(colon, colon + 1, person=row[0].person) if opens else None
    if reading.lower[colon + 1 : colon + 4].strip()[:1] not in _MARKS:
        return None
    for match in reading.of_kinds(("subject", "coalition"), start, colon)[:1]:
        if match.start - start <= 2 and match.payload.get("sort") in ("people", "states", None):
            return Saying(colon, colon + 1, group=voice_span(reading, match, sentence))
    return None


def _headed_later(reading: Reading, cast: Cast, sentence: Sentence, colon: int) -> Saying | None:
    """Return the saying of a head behind an hour ("15:30 Estonia's X: …")."""
    second = reading.lower.find(":", colon + 1, min(sentence.start + _HEAD, sentence.end))
    if second < 0:
        return None
    row = cast.between(colon, second)
    heads = len(row) == 1 and _is_head_of(reading, row[0], second)
    return Saying(second, second + 1, person=row[0].person) if heads else None


def _is_head_of(reading: Reading, mention: Mention, colon: int) -> bool:
    """Tell whether only a few words, or a relative clause and a quotation, follow a name."""
    words = words_of(reading, mention.end, colon)
    if len(words) <= _HEAD_TAIL:
        return True
    quotes = reading.lower[colon + 1 : colon + 4].strip()[:1] in _MARKS
    aside = reading.lower[mention.end : mention.end + 1] == ","
    return quotes and aside and words[0].text in function_words("aside_openers")


def source(reading: Reading, cast: Cast, sentence: Sentence) -> Saying | None:
    """Return the saying of "Pour le général X, …", which needs no verb."""
    start = sentence.start
    if not reading.lower.startswith("pour ", start):
        return None
    for mention in cast.between(start, start + _OPENING):
        if reading.lower[mention.end : mention.end + 1] == ",":
            return Saying(start, start + len("pour"), person=mention.person)
    return None
