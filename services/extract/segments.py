"""Paragraphs and sentences of a folded text: where they are, in which language, of which kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from services.extract.lexicon import read_lexicon
from services.extract.matching import Match
from services.extract.paragraphs import BULLET
from shared.record import Language
from shared.text import Folded

SegmentKind = Literal["body", "heading", "dateline", "bullet", "tweet", "boilerplate"]

_HEADING_LENGTH = 160
_DATELINE_LENGTH = 100
_BOILERPLATE_LENGTH = 200
_TELLING = 160  # characters that tell the language of a long paragraph by so many words
_CLEAR = 4
_LONGEST_SENTENCE = 4000
_SHORTEST_SENTENCE = 6
_POINTS = ".!?…; "
_WORD_REACH = 12  # characters before a full stop, longer than any abbreviation
# The first characters stand in one class, so that the engine skips to them.
_STOP = re.compile(r"[.!?…;](?:(?<=;)|(?<!;)[.!?…]*[\"”»')\]]*)(?=\s)")
_LAST_WORD = re.compile(r"[^\s(.']*\Z")
_WORDS = read_lexicon("words")
_ABBREVIATIONS = frozenset(_WORDS["abbreviations"])
_TWEET = re.compile(r"pic\.twitter\.com/|https?://t\.co/|\(@\w+\)|(?:^|\s)via @\w")
# Words of both languages tell nothing.
_LEANING = dict.fromkeys(_WORDS["function_words"]["fr"], 1)
for _word in _WORDS["function_words"]["en"]:
    _LEANING[_word] = _LEANING.get(_word, 0) - 1
_WORD = re.compile(r"[a-z][a-z]*")  # the engine skips to one letter, not to several
_LATIN, _ARABIC = 1, 2  # scripts of letters


@dataclass(slots=True, eq=False)
class Segment:
    """A paragraph: `[start, end)` in folded characters, without the line end.

    Nothing changes it once it is made; a frozen class takes three times as long to make.
    """

    start: int
    end: int
    lang: Language
    kind: SegmentKind
    index: int


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence: `[start, end)` in folded characters, the paragraph it stands in, its language.

    As a paragraph is, it is never changed.
    """

    start: int
    end: int
    segment: Segment
    index: int
    lang: Language


def language_of(piece: str, latin: int, arabic: int) -> Language | None:
    """Return the language of a piece with so many letters of each; None where nothing tells."""
    if arabic > latin or (arabic and arabic * 3 > latin):
        return "ar"
    balance = _balance(piece[:_TELLING])
    if len(piece) > _TELLING and abs(balance) < _CLEAR:
        balance = _balance(piece)
    if balance == 0:
        return None
    return "fr" if balance > 0 else "en"


def _balance(piece: str) -> int:
    """Return by how many words a piece is rather French than English."""
    return sum(map(_LEANING.get, _WORD.findall(piece), repeat(0)))


def languages_of(
    folded: Folded, lines: Sequence[tuple[int, int]]
) -> tuple[Language, list[Language]]:
    """Return the main language of a text (most letters) and that of each of its lines."""
    scripts = _script_table().take(folded.codes).tobytes()
    told = [
        language_of(
            folded.text[start:end],
            scripts.count(_LATIN, start, end),
            scripts.count(_ARABIC, start, end),
        )
        for start, end in lines
    ]
    weight: dict[Language, int] = {"ar": 0, "fr": 0, "en": 0}
    for (start, end), lang in zip(lines, told, strict=True):
        if lang:
            weight[lang] += end - start
    main: Language = max(weight, key=lambda lang: weight[lang]) if any(weight.values()) else "en"
    latin: Language = "fr" if weight["fr"] > weight["en"] else "en"
    return main, [lang or (latin if main == "ar" else main) for lang in told]


@cache
def _script_table() -> NDArray[np.uint8]:
    table = np.zeros(0x110000, np.uint8)
    table[ord("a") : ord("z") + 1] = _LATIN
    table[0x600:0x700] = _ARABIC
    return table


def build_segments(
    folded: str,
    lines: Sequence[tuple[int, int]],
    langs: Sequence[Language],
    matches: Sequence[Match],
) -> tuple[Segment, ...]:
    """Return the paragraphs with their kinds; `matches` are those of kind `boilerplate`."""
    segments: list[Segment] = []
    at, block = 0, False
    for index, ((start, end), lang) in enumerate(zip(lines, langs, strict=True)):
        while at < len(matches) and matches[at].end <= start:
            at += 1
        inside = []
        while at < len(matches) and matches[at].start < end:
            inside.append(matches[at])
            at += 1
        block = _still_sidebar(block, end - start, inside)
        kind = "boilerplate" if block else _kind(folded[start:end], start, inside)
        segments.append(Segment(start, end, lang, kind, index))
    return tuple(segments)


def _still_sidebar(block: bool, length: int, marks: Sequence[Match]) -> bool:
    """Tell whether a line belongs to a list of links; it ends at a line as long as prose is."""
    if length > _BOILERPLATE_LENGTH:
        return False
    if block or not marks:
        return block
    return any(mark.payload.get("opens") == "sidebar" for mark in marks)


def _kind(line: str, start: int, marks: Sequence[Match]) -> SegmentKind:
    # One of these stands in each; found faster than the pattern is.
    signs = "@" in line or "://t.co/" in line or "pic.twitter." in line
    if signs and _TWEET.search(line):
        return "tweet"
    if marks:
        covered = sum(mark.end - mark.start for mark in marks)
        if covered * 2 >= len(line) or (len(line) < _BOILERPLATE_LENGTH and _leads(marks, start)):
            return "boilerplate"
    if BULLET.match(line):
        return "bullet"
    if len(line) < _HEADING_LENGTH and line[-1] not in '.;:!?…,"»”' and not _is_dateline(line):
        return "heading"
    return "body"


def _is_dateline(line: str) -> bool:
    """Tell whether a line opens with a town and a dash, as the first line of a story does."""
    return len(line) > _DATELINE_LENGTH and " - " in line[:60]


def _leads(marks: Sequence[Match], start: int) -> bool:
    return bool(marks) and marks[0].outer - start <= 3 and bool(marks[0].payload.get("line", True))


def split_sentences(
    folded: str, lines: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the bounds of the sentences of a text, and of each the index of its line.

    Lines are cut behind their full stops, not behind initials and abbreviations. What has no full
    stop in 4,000 characters is a table or noise, and is cut too, at a space.
    """
    bounds: list[tuple[int, int]] = []
    line_of: list[int] = []
    for line, (start, end) in enumerate(lines):
        for stop in _STOP.finditer(folded, start, end):
            place = stop.end()
            if stop.start() == start or _goes_on(folded, start, stop):
                continue
            if place - start < _SHORTEST_SENTENCE and not folded[start:place].strip(_POINTS):
                continue  # rows of points
            _add(bounds, folded, start, place)
            while place < end and folded[place].isspace():
                place += 1
            start = place
        if start < end:
            _add(bounds, folded, start, end)
        line_of += repeat(line, len(bounds) - len(line_of))
    return bounds, line_of


def _add(bounds: list[tuple[int, int]], folded: str, start: int, end: int) -> None:
    """Add a sentence, or several where it is longer than any: grammars compare all in one."""
    while end - start > _LONGEST_SENTENCE:
        space = folded.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = space if space > 0 else start + _LONGEST_SENTENCE
        bounds.append((start, cut))
        start = cut + (space > 0)
    if start < end:
        bounds.append((start, end))


def build_sentences(
    bounds: Sequence[tuple[int, int]], line_of: Sequence[int], segments: Sequence[Segment]
) -> tuple[Sentence, ...]:
    """Return the sentences that `split_sentences` found, each with the paragraph of its line."""
    return tuple(
        [
            Sentence(start, end, (segment := segments[line]), index, segment.lang)
            for index, ((start, end), line) in enumerate(zip(bounds, line_of, strict=True))
        ]
    )


def _goes_on(folded: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to an abbreviation, an initial or a number."""
    place = stop.start()
    if folded[place] != "." or stop.end() - place > 1:
        return False
    before = folded[max(start, place - _WORD_REACH) : place]
    last = _LAST_WORD.findall(before)[0]
    initial = len(last) == 1 and last.isalpha()
    return initial or last in _ABBREVIATIONS or before.lstrip("(").isdigit()
