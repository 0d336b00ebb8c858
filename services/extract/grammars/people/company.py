"""Company: which persons share one verb, because the text lists them or joins them by "and"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Literal

from services.extract.grammars.people.cast import Mention
from services.extract.grammars.people.words import names, words_of
from services.extract.reading import Reading

_REACH = 90  # characters: a state, a bracket or an unread title may stand between two names
_FELLOW_REACH = 70
_BLOCKS = ':"«»“”'
_TITLES = ("country", "demonym", "office", "honorific", "coalition")
_FEWEST_LISTED = 2

_ALIKE = re.compile(
    r"\b(?:(?:as|so) (?:did|does|do|has|had|have)|(?:was|were) followed by|followed by|"
    r"de meme que|tout comme|imite\w* par|suivi\w* (?:de|du|par|d')|a fait de meme)\b|"
    r"(?:^|\s)(?:و?كذلك|وكذا|كما فعل\w?|و?تلاه|و?تلته|و?تبعه|و?اعقبه|ومن بعده)\s"
)

Tie = Literal["and", "comma"]


def coordinated(reading: Reading, row: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the first of a row of mentions, and those that follow it in one list."""
    yield row[0]
    if len(row) == 1:
        return
    listed: list[Mention] = []
    ties: list[Tie | None] = [_tie(reading, left, right) for left, right in pairwise(row)]
    for right, tie in zip(row[1:], ties, strict=True):
        if tie is None:
            break
        listed.append(right)
    joined = [i for i, tie in enumerate(ties[: len(listed)]) if tie == "and"]
    if len(listed) >= _FEWEST_LISTED:
        yield from listed  # a list without "and" needs three names
    elif joined:
        yield from listed[: joined[-1] + 1]


def joined_before(reading: Reading, before: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the last person before a verb, and those of the list that ends with them."""
    if not before:
        return
    if len(before) > 1 and _is_in_aside(reading, before[-2], before[-1]):
        before = before[:-1]
    yield before[-1]
    joined = False
    for left, right in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        tie = _tie(reading, left, right)
        if tie == "and" or (tie == "comma" and joined):
            yield left
            joined = True
        else:
            return


def followers(
    reading: Reading, row: Sequence[Mention], spoke: AbstractSet[int]
) -> Iterator[Mention]:
    """Yield those who did what a speaker of the row did ("… spoke, as did X and Y")."""
    for index, (left, right) in enumerate(pairwise(row)):
        if left.person in spoke and _ALIKE.search(reading.lower, left.end, right.start):
            yield from coordinated(reading, row[index + 1 :])


def fellows(
    reading: Reading, place: int, after: Sequence[Mention], table: str = "fellows"
) -> Iterator[Mention]:
    """Yield those with whom somebody chaired or hosted ("ترأس الاجتماع مع نظيره الألماني …").

    `table` of names.yaml holds the words that say so.
    """
    if not after:
        return
    gap = reading.lower[place : after[0].start]
    lead = [w.text for w in words_of(reading, place, after[0].name_start)]
    opens = "," not in gap or (gap.count(",") == 1 and not names(table).isdisjoint(lead[:1]))
    if len(gap) > _FELLOW_REACH or not opens or _has_verb(reading, place, after[0].start):
        return
    if any(word in names(table) for word in lead):
        yield from coordinated(reading, after)


def _has_verb(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a verb stands in a stretch, which is more than a way of saying "and"."""
    verbs = reading.of_kinds(("act", "speech", "role"), start, end)
    return any(not _is_joint(reading, v.start, v.end) for v in verbs)


def _is_in_aside(reading: Reading, main: Mention, last: Mention) -> bool:
    """Tell whether a person stands in a relative clause about the one before (", who met X,")."""
    lead = [w.text for w in words_of(reading, main.end, last.start)[:1]]
    opens = reading.lower[main.end : main.end + 1] == ","
    closes = reading.lower[last.end : last.end + 1] == ","
    return opens and closes and bool(lead) and lead[0] in names("subject_relatives")


def _tie(reading: Reading, left: Mention, right: Mention) -> Tie | None:
    """Tell how two persons are joined: by "and", by a comma only, or not at all."""
    start, end = left.end, right.start
    gap = reading.lower[start:end]
    if len(gap) > _REACH or any(mark in gap for mark in _BLOCKS):
        return None
    if _has_verb(reading, start, end):
        return None
    words = [w.text for w in words_of(reading, start, end)]
    if ";" not in gap and any(map(_joins, words)):
        return None if words[-1] in names("subject_relatives") else "and"
    return "comma" if _is_bare(reading, start, end) else None


def _joins(word: str) -> bool:
    """Tell whether a word says "and", as the Arabic و before another word does too."""
    return word in names("joints") or (word[0] == "و" and word[1:] in names("company_words"))


def _is_joint(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a trigger is only a way of saying "and" (ainsi que, as well as, إلى جانب)."""
    words = [w.text for w in words_of(reading, start, end)]
    kinds = ("joints", "company_words", "fellows")
    return all(any(word in names(kind) for kind in kinds) for word in words)


def _is_bare(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a stretch holds a comma, and besides only states, titles and articles."""
    gap = reading.lower[start:end]
    if not any(mark in gap for mark in ",;)"):
        return False
    told = [(m.start, m.end) for m in reading.of_kinds(_TITLES, start, end)]
    return all(
        w.text in names("company_words")
        or w.text.isdigit()
        or any(low <= w.start and w.end <= high for low, high in told)
        for w in words_of(reading, start, end)
    )
