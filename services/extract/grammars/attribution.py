"""Attribution: whose words a quotation holds, and by which construction the text tells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cast import Mention, cast_of
from services.extract.grammars.people.saying import Saying
from services.extract.grammars.people.words import is_governed, names, words_of
from services.extract.reading import Reading
from services.extract.segments import Segment

_AFTER_REACH = 45
_INVERTED_REACH = 120
_TOUCHING = 8
_LOOK_BACK = 800
_NAME_REACH = 40
_WORDS_BEHIND = 4
_OPENING_WORDS = 3
_ASIDE = 45
_HEAD_WORDS = 3
_ENDS = '.!?;"«“\n'
_BARS = '.!?;:"«“»”\n'


class Source(NamedTuple):
    """What tells whose a quotation is: a saying, and the name of the rule that found it."""

    saying: Saying
    rule: str


def source_of(reading: Reading, start: int, end: int, sayings: Sequence[Saying]) -> Source | None:
    """Return what brings a quotation: a verb behind it, a name, a verb before, or its sentence.

    `sayings` are those of the text by place, also of deciding.
    """
    segment = reading.segment_at(start)
    if segment is None:
        return None
    floor = segment.start if start - segment.start > 1 else _floor_of(reading, segment)
    low = bisect_left(sayings, max(floor, start - _LOOK_BACK), key=lambda s: s.start)
    high = bisect_left(sayings, min(segment.end, end + _INVERTED_REACH), key=lambda s: s.start)
    near = sayings[low : high + 2]
    found = _behind(reading, start, end, [s for s in near if s.start > end])
    before = [s for s in sayings[low:high] if s.start < start]
    if found is not None and _is_report(reading, found.saying):
        return _before(reading, start, before) or found  # who spoke, not where it can be read
    return found or _before(reading, start, before)


def _is_report(reading: Reading, saying: Saying) -> bool:
    """Tell whether a saying only names the text or institution that reports ("selon le texte")."""
    return saying.group is not None and reading.lower[saying.start : saying.end] in names("sources")


def _floor_of(reading: Reading, segment: Segment) -> int:
    """Return where what may bring a quotation begins that opens a paragraph.

    It is the sentence before if that ends with a colon ("The minister said:").
    """
    before = reading.lower[: segment.start].rstrip()
    if not before.endswith(":"):
        return segment.start
    sentence = reading.sentence_at(len(before) - 1)
    return sentence.start if sentence is not None else segment.start


def _behind(reading: Reading, start: int, end: int, after: Sequence[Saying]) -> Source | None:
    closed = _is_closed(reading, end)
    for saying in after if not closed else ():
        if saying.start <= end + _INVERTED_REACH and _is_source(reading, end, saying.start):
            return Source(saying, "quotes: verb behind")
    if not closed and (late := _late(reading, end, after)) is not None:
        return Source(late, "quotes: verb behind")
    named = _named_behind(reading, start, end, closed)
    return Source(named, "quotes: name behind") if named is not None else None


def _before(reading: Reading, start: int, before: Sequence[Saying]) -> Source | None:
    sentence = reading.sentence_at(start)
    if sentence is not None:
        opening = sentence.start
        if before and before[-1].start < sentence.segment.start:
            opening = before[0].start  # of the paragraph before, which ends with a colon
        own = [s for s in before if s.start >= opening]
        told = [s for s in own if s.spoken]
        if not told and not reading.original(start, start + 2).strip()[:1].isupper():
            told = [s for s in own if s.group]  # words of a text that tells what they decided
        if told:
            main = _main(reading, told)
            within = _within_text(reading, main, start)
            return Source(within or main, "quotes: verb before")
        if (subject := _subject(reading, sentence.start, start)) is not None:
            return Source(subject, "quotes: subject of the sentence")
    spoken = [s for s in before if s.spoken]
    if spoken and _continues(reading, spoken[-1].start, start):
        return Source(spoken[-1], "quotes: speech that goes on")
    return None


def _main(reading: Reading, own: Sequence[Saying]) -> Saying:
    """Return the last saying of a clause, past a source in commas (", according to an aide,")."""
    last = own[-1]
    text = reading.lower[last.start : last.end]
    opened = reading.lower[: last.start].rstrip()[-1:] == "," if len(own) > 1 else False
    closed = any(mark in reading.lower[last.end : last.end + _ASIDE] for mark in ",:")
    if opened and closed and text in names("sources"):
        return own[-2]
    return last


def _within_text(reading: Reading, main: Saying, start: int) -> Saying | None:
    """Return the saying of the group of which a text tells ("وجاء في البيان أن الوزراء «…»").

    The group stands right before the quotation, in a clause that the text says.
    """
    if main.group is None or not _is_text(reading, main):
        return None
    groups = reading.matches("subject", max(main.end, main.group[1]), start)
    for group in groups[-1:]:
        near = not words_of(reading, group.end, start) and group.payload.get("sort") != "text"
        return Saying(main.start, main.end, group=(group.start, group.end)) if near else None
    return None


def _is_text(reading: Reading, saying: Saying) -> bool:
    """Tell whether a text is what says something."""
    subjects = reading.matches("subject", *saying.group) if saying.group else ()
    return any(m.payload.get("sort") == "text" for m in subjects)


def _late(reading: Reading, end: int, sayings: Sequence[Saying]) -> Saying | None:
    """Return the verb of a speaker who stands right behind a quotation ("…", X, who led, said)."""
    behind = cast_of(reading).between(end, end + _TOUCHING)
    sentence = reading.sentence_at(behind[0].start) if behind else None
    if sentence is None or any(mark in reading.lower[end : behind[0].start] for mark in ".!?\n"):
        return None
    own = (s for s in sayings if s.person == behind[0].person and s.start < sentence.end)
    return next(own, None)


def _is_source(reading: Reading, left: int, right: int) -> bool:
    """Tell whether the verb behind a quotation is its own: no new sentence or clause begins."""
    gap = reading.lower[left + 1 : right]
    if any(mark in gap for mark in _ENDS):
        return False
    words = [w.text for w in words_of(reading, left, right)]
    if words and (words[0].startswith("و") or words[0] in names("joints")):
        return False
    if _opens_clause(words[:2]):
        return False
    if gap.rstrip().endswith(",") and len(words) > 1:
        return words[0] not in names("turns")
    close = right - left <= _AFTER_REACH and not any(w in names("new_clauses") for w in words)
    return close and not gap.rstrip().endswith("و")


def _opens_clause(words: Sequence[str]) -> bool:
    """Tell whether two words together turn to another clause (في حين, alors que)."""
    return " ".join(words) in names("new_clauses")


def _is_closed(reading: Reading, end: int) -> bool:
    """Tell whether a quotation ends its sentence, so that what follows is another one."""
    inside = reading.lower[max(0, end - 2) : end].rstrip()[-1:]
    return inside == "." and not reading.lower[end + 1 : end + 3].strip().startswith(",")


def _named_behind(reading: Reading, start: int, end: int, closed: bool) -> Saying | None:
    """Return the saying of a person named right behind a quotation, whatever verb is between."""
    for mention in cast_of(reading).between(end, end + _NAME_REACH)[:1]:
        gap = reading.lower[end + 1 : mention.start]
        if any(mark in gap for mark in _BARS) and gap.strip(" .") != "(":
            return None
        if closed and not gap.strip(" .").startswith("("):
            return None
        words = [w.text for w in words_of(reading, end, mention.start)]
        if len(words) > _WORDS_BEHIND or any(w in names("new_clauses") for w in words):
            return None
        if _opens_clause(words[:2]):
            return None
        if (words and words[0].startswith("و")) or is_governed(reading, mention.start):
            return None
        if not words and gap.strip(" .»”\"'›") not in (",", "(", "-", "–", "—", "_"):
            return None
        return Saying(mention.start, mention.end, person=mention.person)
    return None


def _subject(reading: Reading, opening: int, start: int) -> Saying | None:
    """Return the saying of the person who opens a sentence, before a quotation in it."""
    row = cast_of(reading).between(opening, start)
    beside = [m for m in row[-1:] if _is_dash(reading.lower[m.end : start])]
    if beside:
        return Saying(beside[0].start, beside[0].end, person=beside[0].person)
    if not row or not _opens(reading, opening, row[0]):
        return None
    return Saying(row[0].start, row[0].end, person=row[0].person)


def _is_dash(gap: str) -> bool:
    """Tell whether a dash, and at most a state, parts a name and a quotation (X - “…” - spoke)."""
    lead, dash, rest = gap.rstrip(' "«“').rpartition(" -")
    return bool(dash) and not rest.strip() and len(lead.split()) <= _OPENING_WORDS


def _opens(reading: Reading, opening: int, mention: Mention) -> bool:
    lead = words_of(reading, opening, mention.start)
    arabic = bool(lead) and lead[0].text[0] >= "\u0600"
    if is_governed(reading, mention.start):
        return False
    if arabic:
        return len(lead) <= _OPENING_WORDS and lead[0].text not in function_words("adverbials_ar")
    if all(w.text in function_words("articles") for w in lead):
        return True
    return reading.lower[opening : mention.start].rstrip()[-1:] == ","


def _continues(reading: Reading, left: int, right: int) -> bool:
    """Tell whether a quotation that stands by itself goes on with the speech before it."""
    gap = reading.lower[left:right].rstrip(' "«“')
    if gap.endswith(":") and ". " in gap and len(gap.rpartition(". ")[2].split()) <= _HEAD_WORDS:
        return False  # of another head ("… said X. Y: “…”")
    return gap.endswith((".", ":", "!", "?")) and gap.count(". ") <= 1
