"""The small words around sums of money, as patterns: lexicon/giving.yaml."""

from __future__ import annotations

import re
from functools import cache

from services.extract.lexicon import read_lexicon
from shared.text import fold_text


@cache
def any_of(*names: str) -> str:
    """Return a pattern for the words of these lists, folded, without a group of its own."""
    table = read_lexicon("giving")
    words = {fold_text(str(word)) for name in names for word in table[name]}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"
