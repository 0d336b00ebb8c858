"""Closed classes of words, by name: see lexicon/function_words.yaml for what each is for."""

from __future__ import annotations

from functools import cache

from services.extract.lexicon import read_lexicon
from shared.text import fold_text


@cache
def function_words(name: str) -> frozenset[str]:
    """Return one class of words, folded. KeyError for a class that the table does not have.

    على stands unfolded too, as `words_of` tells it from the name علي.
    """
    folded = {fold_text(str(word)) for word in read_lexicon("function_words")[name]}
    return frozenset(folded | {"على"} if "علي" in folded else folded)
