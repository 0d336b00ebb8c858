"""Receptions: who receives whom, and whether it is a meeting that somebody opens or leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.extract.grammars.people.cast import Mention
from services.extract.grammars.people.company import coordinated, joined_before
from services.extract.grammars.people.words import names, word_before, words_of
from services.extract.matching import Match
from services.extract.reading import Reading

_NEAR = 12
_ADVERBIAL = 40
_OBJECT_REACH = 25
_APPOSED = " ,()-–—"
_ARTICLES = 6  # characters
_PAIR = 2
_MEETS = ("participant_near", "both")
_GROUPS = ("offices", "subject", "coalition", "organisation", "country", "city", "voice")


def is_reception(trigger: Match, mentions: Sequence[Mention]) -> bool:
    """Tell whether somebody is received, and not a decision: a person follows the verb."""
    reach = _ADVERBIAL if trigger.lang == "fr" else _NEAR  # "a reçu samedi à Abidjan le …"
    return trigger.lang == "ar" or any(
        0 <= m.start - trigger.end <= reach for m in mentions if m.start >= trigger.end
    )


def guests(
    reading: Reading, trigger: Match, mentions: Sequence[Mention], hosts: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield those whom a host received: named behind the verb, and behind the host."""
    floor = max([trigger.end, *(h.name_end for h in hosts)])
    behind = [m for m in mentions if m.name_start >= floor]
    if behind:
        yield from coordinated(reading, behind)


def hosts_persons(
    reading: Reading, trigger: Match, mentions: Sequence[Mention], hosts: Sequence[Mention]
) -> bool:
    """Tell whether a verb of hosting has persons for its object ("hosted Ministers X and Y")."""
    if trigger.payload["role"] != "host" or trigger.payload.get("side") != "either":
        return False
    floor = max([trigger.end, *(h.end for h in hosts)])
    place = next((m.start for m in mentions if m.start >= floor), None)
    if place is None or place - floor > _NEAR or "," in reading.lower[floor:place]:
        return False
    gap = {w.text for w in words_of(reading, floor, place)}
    return gap.isdisjoint(names("partners") | names("joints"))


def handing(reading: Reading, trigger: Match, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield those from whom and to whom a command goes, behind the words that say so."""
    yield from joined_before(reading, [m for m in mentions if m.end <= trigger.start])
    for mention in mentions:
        if mention.start >= trigger.end:
            word = word_before(reading, mention.start, max(trigger.end - 1, mention.start - _NEAR))
            if word in names("handing"):
                yield mention


def visited(reading: Reading, trigger: Match, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield who met a guest of whom the text says that they came ("met X, who is visiting …")."""
    pair = [m for m in mentions if m.end <= trigger.start]
    if len(pair) == _PAIR and pair[0].person != pair[1].person:
        meets = reading.matches("role", pair[0].start - _NEAR, pair[1].start)
        if any(m.id in _MEETS for m in meets):
            yield pair[0]


def is_of_group(reading: Reading, trigger: Match, row: Sequence[Mention]) -> bool:
    """Tell whether a state or a collective invites or chairs, and the person is the next subject.

    ("At the invitation of the chiefs of staff, General X took part".) `row` are those who share
    the part, if they do.
    """
    first = row[0]
    if trigger.payload.get("side") != "after" or first.name_start == first.start:
        return False
    start = trigger.end
    comma = reading.lower.find(",", start, first.name_start)
    if comma < 0:
        return False
    if comma > first.start:  # a plural office read as the title of one
        plural = reading.matches("offices", first.start, comma)
        return len(row) == 1 and bool(plural) and plural[0].start == first.start
    groups = reading.of_kinds(_GROUPS, start, comma)
    near = bool(groups) and groups[0].start - start <= _ARTICLES
    return near and not reading.matches("office", start, comma)


def is_apposed(reading: Reading, trigger: Match, mentions: Sequence[Mention]) -> bool:
    """Tell whether a noun stands right beside a person ("X, the host, …")."""
    lower = reading.lower
    return any(
        not lower[m.end : trigger.start].strip(_APPOSED)
        if m.end <= trigger.start
        else not lower[trigger.end : m.start].strip(_APPOSED)
        for m in mentions
    )


def has_meeting(reading: Reading, trigger: Match, mentions: Sequence[Mention]) -> bool:
    """Tell whether it is a meeting that somebody opens or presides over: behind verb or name."""
    ends = [trigger.end, *[m.end for m in mentions if m.start >= trigger.end][:1]]
    for end in ends:
        nouns = reading.of_kinds(("meeting", "subject"), end, end + _OBJECT_REACH)
        if any(n.kind == "meeting" or n.payload.get("sort") in ("meeting", "talk") for n in nouns):
            return True
    return False
