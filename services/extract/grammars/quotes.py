"""Quotes: words in quotation marks and who said them."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.certainty import confidence_of
from services.extract.grammars.attribution import source_of
from services.extract.grammars.people.saying import Saying
from services.extract.grammars.people.speakers import speakers_of
from services.extract.grammars.people.words import names, words_of
from services.extract.grammars.quotation import quoted_spans
from services.extract.reading import Reading
from shared.record import Person, Quote

_FEWEST_WORDS = 4
_THAT = ("ان", "بان")
_TWEET_REACH = 90  # characters around quoted words
_TWEETED = tuple(f" {word}" for word in sorted(names("tweeted")))


def read_quotes(reading: Reading, people: tuple[Person, ...]) -> tuple[Quote, ...]:
    """Return the direct speech of the text, each with its speaker.

    Slogans, names and titles in quotation marks, and words that nobody is told to have said, are
    none; `people` gives the speakers their names.
    """
    quotes = []
    spans = [span for span in quoted_spans(reading) if _may_be_speech(reading, *span)]
    sayings = sorted(speakers_of(reading), key=lambda s: s.start) if spans else ()
    last = 0
    for start, end in spans:
        source = source_of(reading, start, end, sayings)
        tweeted = source is not None and _is_tweeted(reading, start, end, last)
        last = end
        if source is not None and not tweeted:
            speaker = _name(reading, source.saying, people)
            quotes.append(_quote(reading, start, end, speaker, source.rule))
    return tuple(quotes)


def _may_be_speech(reading: Reading, start: int, end: int) -> bool:
    """Tell whether quoted words are long enough for speech, stand in prose, and are no name."""
    segment = reading.segment_at(start)
    if segment is None or segment.kind in ("tweet", "boilerplate"):
        return False
    return len(words_of(reading, start, end)) >= _FEWEST_WORDS and not _is_name(reading, start, end)


def _is_tweeted(reading: Reading, start: int, end: int, last: int) -> bool:
    """Tell whether the sentence around quoted words says that they were written in a tweet.

    `last` is where the quotation before ends: what stands before it is not of this one.
    """
    before, behind = reading.sentence_at(start), reading.sentence_at(end)
    low = max(before.start if before else start, start - _TWEET_REACH, last)
    high = min(behind.end if behind else end, end + _TWEET_REACH)
    told = f" {reading.lower[low:start]} | {reading.lower[end:high]} "
    return any(map(told.__contains__, _TWEETED))


def _is_name(reading: Reading, start: int, end: int) -> bool:
    """Tell whether quoted words are a slogan or for the most part a coalition's name."""
    if reading.matches("theme", max(0, start - 40), start):
        return True
    if _is_titled(reading, start):
        return True
    bodies = reading.matches("coalition", start, end)
    return sum(b.end - b.start for b in bodies) * 2 > end - start


def _bare(word: str) -> str:
    """Return an Arabic word without the clitics that a preposition or "and" leave on it."""
    for clitic in ("و", "ل", "ب", "ال"):
        word = word.removeprefix(clitic) if word[0] >= "\u0600" and len(word) > 4 else word
    return word


def _is_titled(reading: Reading, start: int) -> bool:
    """Tell whether the noun right before makes the quoted words a name ("مبادرة «…»")."""
    before = words_of(reading, max(0, start - 30), start)[-2:]
    if not before or any(mark in reading.lower[before[-1].end : start] for mark in ":,;."):
        return False
    word = before[-1].text
    if word in names("inscriptions"):
        return True
    if word.startswith("ال") and before[0].text in _THAT:
        return False  # a subject and its verb: ان التنظيم «لا يعترف …»
    first = reading.original(start, start + 2).strip()[:1]
    return _bare(word) in names("quoted") and (word[0] >= "\u0600" or first.isupper())


def _name(reading: Reading, saying: Saying, people: Sequence[Person]) -> str | None:
    if saying.person is not None:
        return people[saying.person].name if saying.person < len(people) else None
    span = saying.title or saying.group
    return " ".join(reading.evidence(*span).text.split()) if span else None


def _quote(reading: Reading, start: int, end: int, speaker: str | None, rule: str) -> Quote:
    evidence = reading.evidence(start, end)
    text = reading.original(start, end).strip()
    return Quote(
        speaker=speaker,
        text=text,
        evidence=(evidence,),
        confidence=confidence_of(rule),
        rule=rule,
    )
