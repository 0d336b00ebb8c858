"""Ranks without a name: whom a text means by "the general"."""

from __future__ import annotations

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cast import Cast
from services.extract.grammars.people.words import is_governed, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_LATEST_MENTIONS = 12
_REACH = 40
_CORE = 3  # letters that tell one rank from another, written in full or short (general, Gen.)
_BEHIND = 14
_WORDS_TO_VERB = 4


def ranked_next(reading: Reading, cast: Cast, place: int) -> int | None:
    """Return the person meant by a rank without a name that opens at `place`, articles before."""
    for rank in reading.matches("honorific", place, place + _REACH):
        if rank.payload.get("sort") == "rank":
            return _bearer(reading, cast, rank) if _is_bare(reading, rank) else None
    return None


def ranked_before(reading: Reading, cast: Cast, start: int, end: int) -> int | None:
    """Return the person meant by a rank without a name in `[start, end)`, the subject of a verb."""
    for rank in reading.matches("honorific", start, end):
        if rank.payload.get("sort") != "rank" or is_governed(reading, rank.start):
            continue
        parted = reading.lower.find(",", rank.end, end) >= 0
        if not parted and len(words_of(reading, rank.end, end)) <= _WORDS_TO_VERB:
            return _bearer(reading, cast, rank) if _is_bare(reading, rank) else None
    return None


def _is_bare(reading: Reading, rank: Match) -> bool:
    """Tell whether no name follows a rank: a mark, a verb, or a word that opens an adverbial."""
    behind = words_of(reading, rank.end, rank.end + _BEHIND)[:1]
    if not behind or reading.lower[rank.end : behind[0].start].strip():
        return True
    word = behind[0]
    if rank.lang == "ar":
        return word.text in function_words("voice_ends")
    return not word.capital


def _bearer(reading: Reading, cast: Cast, rank: Match) -> int | None:
    """Return who last appeared with a rank."""
    wanted = _cores(reading, rank)
    for mention in reversed(cast.before(rank.start, _LATEST_MENTIONS)):
        for naming in cast.people[mention.person].namings:
            ranks = [h for h in naming.honorifics if h.payload.get("sort") == "rank"]
            if wanted and any(wanted <= _cores(reading, held) for held in ranks):
                return mention.person
    return None


def _cores(reading: Reading, rank: Match) -> frozenset[str]:
    """Return the first letters of the words of a rank, without articles."""
    words = (w.text.removeprefix("ال") for w in words_of(reading, rank.start, rank.end))
    return frozenset(w[:_CORE] for w in words if len(w) >= _CORE and w != "the")
