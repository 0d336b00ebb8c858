"""Names across scripts: what is left of a name when languages are taken out of it.

Transliterations of one name differ in vowels and in which of several letters stands for a sound.
A skeleton keeps the consonants alone, by classes of sounds: Khalid and خالد are both `kld`.
"""

from __future__ import annotations

from functools import lru_cache

from shared.text import fold_words

# Letters that transliterations interchange share a class; vowels, h and hamza are dropped, because
# one script writes them and the other does not.
_CLASSES = {
    "k": "kqcgjخكقغجڭڤگچ",
    "d": "dzذدضظزژ",
    "t": "tتطث",
    "s": "sصسش",
    "b": "bpبپ",
    "f": "fvف",
    "l": "lل",
    "m": "mم",
    "n": "nن",
    "r": "rر",
}
_SOUND = {letter: sound for sound, letters in _CLASSES.items() for letter in letters}
_SPELLINGS = (("ph", "f"), ("sch", "s"), ("tch", "s"), ("ch", "s"), ("ce", "s"), ("ci", "s"))
_SOFTENED = (*_SPELLINGS, ("cy", "s"), ("x", "ks"))
_PARTICLES = {
    *("al", "el", "bin", "ben", "ibn", "bint", "de", "du", "von", "van", "la", "le"),
    *("بن", "ابن", "بنت", "ال", "دي", "فان", "فون"),
}
_SHORTEST_PART = 4  # consonants that are enough of a family name
_SHORTEST_WHOLE = 5  # consonants that a whole name must share to be taken for another's beginning


@lru_cache(maxsize=4096)
def skeleton(name: str) -> tuple[str, ...]:
    """Return the consonant classes of each part of a name, particles and empty parts left out."""
    parts = (_consonants(word) for word in fold_words(name) if word not in _PARTICLES)
    return tuple(part for part in parts if part)


def same_name(a: str, b: str) -> bool:
    """Tell whether two spellings, in any of the scripts, can be the name of one person.

    True if at least two parts agree and the shorter name has no further part, or if the
    consonants of one, read through, begin the other's (parts are joined differently).
    """
    one, other = sorted((skeleton(a), skeleton(b)), key=lambda s: (len(s), s))
    if not one:
        return False
    if one == other or (len(one) > 1 and set(one) <= set(other)):
        return True
    short, long = sorted(("".join(one), "".join(other)), key=lambda s: (len(s), s))
    return len(short) >= _SHORTEST_WHOLE and long.startswith(short)


def nearly_same_name(a: str, b: str) -> bool:
    """Tell whether two spellings may be one name misspelt, or one of them the family name alone.

    Only to be believed where something else agrees, such as the country of the office.
    """
    one, other = sorted((skeleton(a), skeleton(b)), key=lambda s: (len(s), s))
    if len(one) == 1:
        return len(one[0]) >= _SHORTEST_PART and one[0] in other
    return len(one) == len(other) and all(
        x == y or _nearly(x, y) for x, y in zip(one, other, strict=True)
    )


def _consonants(word: str) -> str:
    word = word.removeprefix("ال") if len(word) > 4 else word
    if word.isascii():
        for spelling, plain in _SOFTENED:
            word = word.replace(spelling, plain)
    sounds: list[str] = []
    for letter in word:
        sound = _SOUND.get(letter, "")
        if sound and (not sounds or sounds[-1] != sound):
            sounds.append(sound)
    return "".join(sounds)


def _nearly(a: str, b: str) -> bool:
    """Tell whether longer parts consist of the same sounds but for their order, or for one."""
    if min(len(a), len(b)) < _SHORTEST_PART:
        return False
    if sorted(a) == sorted(b):
        return True
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )
