"""Words and the tables that tell which of them can stand in a person's name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from services.extract.grammars.function_words import function_words
from services.extract.lexicon import read_lexicon
from services.extract.reading import Reading
from shared.text import fold_text

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_ELISIONS = ("l'", "d'", "qu'", "jusqu'", "lorsqu'", "n'")


class Word(NamedTuple):
    """A word: `[start, end)` in folded characters; `capital` as the document writes it."""

    text: str
    start: int
    end: int
    capital: bool = False
    possessive: bool = False


def words_of(reading: Reading, start: int, end: int) -> list[Word]:
    """Return the words of folded `[start, end)`, French elisions and English 's cut off."""
    return [_word(reading, m[0], m.start()) for m in _WORD.finditer(reading.lower, start, end)]


def _word(reading: Reading, text: str, start: int) -> Word:
    end = start + len(text)
    if text[0] >= "\u0600":
        if text == "علي":
            text = _as_written(reading, start)
        return Word(text, start, end)
    possessive = False
    if "'" in text:
        start += _elided(reading, text, start)
        text = reading.lower[start:end]
        possessive = text.endswith("'s")
        if possessive:
            text, end = text[:-2], end - 2
    return Word(text, start, end, _is_capital(reading, start), possessive)


@lru_cache(maxsize=1)
def _places(reading: Reading) -> list[int]:
    """Return the places of the folded characters in the text; a list, which is read faster."""
    offsets: list[int] = reading.folded.offsets.tolist()
    return offsets


def _is_capital(reading: Reading, place: int) -> bool:
    return reading.text[_places(reading)[place]].isupper()


def _elided(reading: Reading, text: str, start: int) -> int:
    """Return the length of a French elision before a word; N' of N'Djamena is none."""
    for elision in _ELISIONS:
        if text.startswith(elision) and len(text) > len(elision):
            named = elision == "n'" and _is_capital(reading, start)
            return 0 if named else len(elision)
    return 0


def _as_written(reading: Reading, start: int) -> str:
    """Tell the preposition على from the name علي, which folding makes one word."""
    return "على" if reading.original(start, start + 3)[-1:] == "ى" else "علي"


@cache
def names(table: str, script: str | None = None) -> frozenset[str]:
    """Return one table of names.yaml, folded; `script` is `ar` or `latin` where it has two."""
    data = read_lexicon("names")[table]
    rows = data[script] if script else data
    return frozenset(fold_text(str(row)) for row in rows)


def is_given(word: str) -> bool:
    """Tell whether a folded Arabic word is a frequent first name, or a عبد written in one word."""
    return word in names("given", "ar") or (word.startswith("عبدال") and len(word) > 6)


def is_governed(reading: Reading, place: int) -> bool:
    """Tell whether a preposition or a genitive stands right before a place."""
    before = reading.lower[max(0, place - 24) : place]
    if before.rstrip()[-1:] in ("", ",", ";", ":", "."):
        return False
    words = [
        w for w in before.replace("'", " ").split()[-2:] if w not in function_words("articles")
    ]
    return bool(words) and words[-1] in function_words("prepositions")
