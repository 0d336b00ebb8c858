"""Background: acts of another meeting or of another year, which are none of the reported one."""

from __future__ import annotations

import re

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_OPENING = 45
_LOOK_BACK = 12
_AUXILIARY = 30
_THEN = 45  # characters behind a verb
_BACK_THEN, _PLUPERFECTS = function_words("back_then"), function_words("pluperfects")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Right behind a participle: of what a noun was before ("a plan, launched a month earlier").
_EARLIER = re.compile(
    r"\s+(?:la veille|(?:le|la|un|une|deux|trois|quelques) \w+ (?:precedente?|auparavant|plus tot)"
    r"|(?:a|an|one|two|three|the) (?:day|week|month|year)s? (?:earlier|before))\b"
)
_DATED = re.compile(
    r"\W*(?:(?:back )?in|en|since|depuis|و?(?:في|منذ|خلال))\s(?:\w+\s){0,3}((?:19|20)\d\d)(?!\d)"
)


def is_background(reading: Reading, sentence: Sentence, verb: Match) -> bool:
    """Tell whether a verb belongs to what the text recalls: an earlier meeting, a year gone by."""
    for mark in reading.inside("other_event", sentence):
        if mark.end > verb.start:
            break
        spoils = mark.id in ("earlier", "beside") and mark.payload.get("scope") == "sentence"
        if spoils and not _is_relative(reading, mark):
            return True
    if _is_pluperfect(reading, sentence, verb):
        before = _sentence_before(reading, sentence)
        if _names_earlier(reading, sentence) or (before and _tells_of_earlier(reading, before)):
            return True
    if _EARLIER.match(reading.lower, verb.end):
        return True
    if _speaks_of_then(reading) and _is_of_then(reading, sentence, verb):
        return True
    opening = reading.lower[sentence.start : min(verb.start, sentence.start + _OPENING)]
    dated = _DATED.match(opening)
    return dated is not None and int(dated[1]) < _latest_year(reading)


def _sentence_before(reading: Reading, sentence: Sentence) -> Sentence | None:
    """Return the sentence before in the same paragraph; one in quotation marks is none of it."""
    if sentence.start <= sentence.segment.start:
        return None
    return reading.sentences[sentence.index - 1]


def _tells_of_earlier(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence is about an earlier meeting, or another year."""
    marks = reading.inside("other_event", sentence)
    return any(m.id == "earlier" for m in marks) or _names_earlier(reading, sentence)


def _speaks_of_then(reading: Reading) -> bool:
    """Tell whether a text has any word of "back then"; kept with the text."""
    if "back then" not in reading.kept:
        reading.kept["back then"] = any(map(reading.lower.__contains__, _BACK_THEN))
    spoken: bool = reading.kept["back then"]
    return spoken


def _is_of_then(reading: Reading, sentence: Sentence, verb: Match) -> bool:
    """Tell whether a word of "back then" stands around a verb."""
    low = sentence.start if verb.lang == "ar" else verb.end
    words = words_of(reading, low, min(sentence.end, verb.end + _THEN))
    return not _BACK_THEN.isdisjoint([w.text for w in words])


def _is_pluperfect(reading: Reading, sentence: Sentence, verb: Match) -> bool:
    """Tell whether an auxiliary puts a verb before what the text reports ("had", كان … قد)."""
    low = max(sentence.start, verb.outer - _AUXILIARY)
    near = reading.lower[low : verb.outer].rsplit(",", 1)[-1].split()
    if not _PLUPERFECTS.isdisjoint(near):
        return True
    if near[-1:] != ["قد"]:
        return False
    opening = reading.lower[sentence.start : sentence.start + _AUXILIARY].split()[:1]
    return not _PLUPERFECTS.isdisjoint(opening)


def _names_earlier(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence names a year gone by, or an earlier meeting."""
    words = {w.text for w in words_of(reading, sentence.start, sentence.end)}
    if not function_words("earlier_words").isdisjoint(words):
        return True
    years = [int(y[0]) for y in _YEAR.finditer(reading.lower, sentence.start, sentence.end)]
    return bool(years) and max(years) < _latest_year(reading)


def _is_relative(reading: Reading, mark: Match) -> bool:
    """Tell whether a mark stands in a relative clause ("who had met a day earlier")."""
    before = reading.lower[max(0, mark.outer - _LOOK_BACK) : mark.outer].split()
    return bool(before) and before[-1] in function_words("relatives")


def _latest_year(reading: Reading) -> int:
    """Return the latest year that a text names; kept with the text."""
    if "latest year" not in reading.kept:
        years = map(int, _YEAR.findall(reading.lower))
        reading.kept["latest year"] = max(years, default=0)
    year: int = reading.kept["latest year"]
    return year
