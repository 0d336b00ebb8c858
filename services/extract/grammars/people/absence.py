"""Absence: who of a text's people took no part, and which words tell of another meeting."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.people.cast import Mention
from services.extract.grammars.people.words import words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_NEAR_WORDS = 3
_WORDS_BEFORE = 4
_NEWS = 2  # sentences that may announce the next meeting as their news


def absent(
    reading: Reading, triggers: Sequence[Match], mentions: Sequence[Mention]
) -> frozenset[int]:
    """Return those whom a sentence only speaks of: thanked, replaced, excused, dead."""
    away: set[int] = set()
    for trigger in triggers if mentions else ():
        if not trigger.payload.get("absent"):
            continue
        if trigger.payload.get("side") == "before":
            away.update(_excused(reading, trigger, mentions))
        else:
            away.update(_spoken_of(reading, trigger, mentions))
    return frozenset(away)


def _spoken_of(reading: Reading, trigger: Match, mentions: Sequence[Mention]) -> Sequence[int]:
    """Return the person right behind a word like "thanked" or "succeeding"."""
    after = [m for m in mentions if m.start >= trigger.end - 1][:1]
    if not after or reading.of_kinds(("role", "office"), trigger.end, after[0].start):
        return ()  # "on behalf of the minister, X": it is an unnamed office's holder
    titles = reading.matches("office", after[0].start, after[0].name_start)
    if trigger.payload.get("deputy") and len(titles) > 1:
        return ()  # "ناب عن الرئيس وزير دفاعه": the first office is that of who is absent
    near = len(words_of(reading, trigger.end, after[0].start)) <= _NEAR_WORDS
    return (after[0].person,) if near else ()


def _excused(reading: Reading, trigger: Match, mentions: Sequence[Mention]) -> Sequence[int]:
    """Return the person before words like "did not attend"."""
    before = [m for m in mentions if m.end <= trigger.outer][-1:]
    if not before:
        return ()
    near = len(words_of(reading, before[0].end, trigger.outer)) <= _WORDS_BEFORE
    return (before[0].person,) if near else ()


def own_mentions(
    sentence: Sentence, triggers: Sequence[Match], mentions: Sequence[Mention]
) -> Sequence[Mention]:
    """Return the persons of a sentence before it turns to an earlier or a later meeting."""
    for trigger in triggers:
        if _turns(sentence, trigger):
            return [m for m in mentions if m.start < trigger.start]
    return mentions


def _turns(sentence: Sentence, trigger: Match) -> bool:
    """Tell whether another meeting begins at a trigger, which the lead may announce as its news."""
    payload = trigger.payload
    return bool(payload.get("elsewhere")) and not (
        payload.get("announces") and sentence.index < _NEWS
    )


def own_triggers(sentence: Sentence, triggers: Sequence[Match]) -> Sequence[Match]:
    """Return the triggers of a sentence before it turns to an earlier or a later meeting."""
    own: list[Match] = []
    for trigger in triggers:
        if _turns(sentence, trigger):
            return [t for t in own if t.start < trigger.start]
        if trigger.payload.get("elsewhere"):
            continue
        if not trigger.payload.get("absent") or trigger.payload.get("deputy"):
            own.append(trigger)
    return own
