"""Players: those whom one word gives its part, before it or behind it, alone or in a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.extract.grammars.people.cast import Cast, Mention
from services.extract.grammars.people.company import coordinated, fellows, joined_before
from services.extract.grammars.people.listings import listed, rest_of_list
from services.extract.grammars.people.receptions import is_of_group
from services.extract.grammars.people.words import names, word_before
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Role

_SHARED: dict[Role, str] = {"chair": "fellows", "host": "partners"}  # by what is said to join
_REACH = 70
_LIST_REACH = 160
_NEAR = 12
_ADVERBIAL = 40


def players_of(
    reading: Reading,
    cast: Cast,
    sentence: Sentence,
    trigger: Match,
    mentions: Sequence[Mention],
) -> Iterator[Mention]:
    """Yield those whom a trigger gives its role; `mentions` are the persons of its sentence."""
    after = [m for m in mentions if m.name_start >= trigger.end]
    before = [m for m in mentions if m.name_end <= trigger.start]
    role = trigger.payload["role"]
    side = trigger.payload.get("side", "after")
    if side == "either":
        side = _side(reading, sentence, trigger, before, after)
    if side == "both":
        yield from joined_before(reading, before)
        yield from coordinated(reading, after) if _is_near(trigger, after, _REACH) else ()
    elif side == "before" and (before or not after):
        yield from joined_before(reading, before)
        if role in _SHARED:
            yield from fellows(reading, trigger.end, after, _SHARED[role])
    elif side == "before" and trigger.lang != "ar" and _is_object(reading, trigger, after):
        return
    elif role == "participant" or trigger.payload.get("roll"):
        reach = _ADVERBIAL if trigger.payload.get("near") else _LIST_REACH
        near = _is_near(trigger, after, reach)
        named = [*after, *rest_of_list(reading, cast, sentence)] if near else ()
        named = named or list(listed(reading, cast, sentence))
        yield from named or (() if after or not before else joined_before(reading, before))
    elif _is_near(trigger, after, _reach(trigger)) and not _is_taken(reading, trigger, after[0]):
        yield from _behind(reading, trigger, after)


def _is_near(trigger: Match, after: Sequence[Mention], reach: int) -> bool:
    """Tell whether the first person behind a trigger stands within so many characters."""
    return bool(after) and after[0].start - trigger.end <= reach


def _is_taken(reading: Reading, trigger: Match, first: Mention) -> bool:
    """Tell whether another stands at once behind a trigger ("بحسب البنتاغون، اللواء …")."""
    gap = reading.lower[trigger.end : first.start]
    return bool(trigger.payload.get("near")) and bool(gap.rstrip(" ,").strip()) and "," in gap


def _behind(reading: Reading, trigger: Match, after: Sequence[Mention]) -> Iterator[Mention]:
    """Yield those behind a trigger who share it, and with whom they chaired or hosted."""
    role = trigger.payload["role"]
    row = list(coordinated(reading, after))
    if role not in _SHARED:
        yield from row
    elif not is_of_group(reading, trigger, row):
        yield from row
        yield from fellows(reading, row[-1].end, after[len(row) :], _SHARED[role])


def _is_object(reading: Reading, trigger: Match, after: Sequence[Mention]) -> bool:
    """Tell whether the first person behind a verb that looks back is none of its subjects.

    ("It will be discussed, the agency learned from X": X discussed nothing.)
    """
    gap = reading.lower[trigger.end : after[0].start] if after else ""
    return len(gap) > _ADVERBIAL or "," in gap


def _side(
    reading: Reading,
    sentence: Sentence,
    trigger: Match,
    before: Sequence[Mention],
    after: Sequence[Mention],
) -> str:
    """Tell on which side of a verb its subject stands."""
    word = word_before(reading, trigger.outer, max(sentence.start, trigger.outer - 12))
    if before and (word in names("subject_relatives") or trigger.lang == "en"):
        return "before"
    if not after or after[0].start - trigger.end > _reach(trigger):
        return "before"
    if before and not reading.lower[before[-1].end : trigger.outer].strip(" ,"):
        return "before"
    if word in names("object_relatives"):
        return "after"
    others = reading.matches("role", trigger.end, after[0].start)
    return "before" if before and (others or trigger.lang != "ar") else "after"


def _reach(trigger: Match) -> int:
    return _NEAR if trigger.payload.get("near") else _REACH
