"""Words and the tables that tell which of them can stand in a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from services.extract.grammars.function_words import function_words
from services.extract.lexicon import read_lexicon
from services.extract.reading import Reading
from shared.text import fold_text

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_ELISIONS = ("l'", "d'", "qu'", "jusqu'", "lorsqu'", "n'")


@dataclass(frozen=True, slots=True)
class Word:
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
    if text[0] >= "\u0600":
        return Word(_preposition(reading, text, start) or text, start, start + len(text))
    for elision in _ELISIONS:
        if elision == "n'" and reading.text[int(reading.folded.offsets[start])].isupper():
            continue  # N'Djamena, N'Daw
        if text.startswith(elision) and len(text) > len(elision):
            text, start = text[len(elision) :], start + len(elision)
            break
    possessive = text.endswith("'s")
    if possessive:
        text = text[:-2]
    capital = reading.text[int(reading.folded.offsets[start])].isupper()
    return Word(text, start, start + len(text), capital, possessive)


def _preposition(reading: Reading, text: str, start: int) -> str | None:
    """Return على as written where it is the preposition: folded, it is one word with the name علي."""
    if text != "علي" or reading.original(start, start + 3)[-1:] != "ى":
        return None
    return "على"


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
    words = [w for w in before.replace("'", " ").split()[-2:] if w not in function_words("articles")]
    return bool(words) and words[-1] in function_words("prepositions")
