"""Names of persons compared: in any script, without regard to case, accents and ways of spelling.

It folds as `shared.text` does, character by character: that module needs numpy, 30 MB that notify
has no other use for, and names are short.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_DROPPED = {"Cf", "Mn", "Me"}
_ONE_LETTER = str.maketrans("کیىةہەٱ", "كييههها", "ـ'’‘ʼʿʾ`´")


def words_of(name: str) -> Words:
    """Return the words of a name as they are compared."""
    apart = unicodedata.normalize("NFKD", name).casefold().translate(_ONE_LETTER)
    bare = "".join(char for char in apart if unicodedata.category(char) not in _DROPPED)
    return tuple(_WORD.findall(bare))


def contains(name: Words, wanted: Words) -> bool:
    """Tell whether the wanted words stand side by side in a name."""
    return any(
        name[start : start + len(wanted)] == wanted for start in range(len(name) - len(wanted) + 1)
    )
