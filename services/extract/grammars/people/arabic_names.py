"""Where a name in Arabic script begins behind a title, and where it ends without a mark."""

from __future__ import annotations

from services.extract.grammars.people.arabic_words import ArabicWords, is_definite, is_known_name
from services.extract.grammars.people.words import is_given, names

_ENDS = names("ends")
_OF_GOD = names("of_god")
_PARTICLES = names("particles", "ar")
_TIMES = names("times_ar")
_MOST_WORDS = 7
_UNLIKELY_ENDS = ("ات", "وا")
_SUFFIXED = ("ها", "هما", "هم")  # possessives; short names may end so too
_PLURAL_ENDS = ("ات", "ون", "ين")
_PURPOSE = ("لي", "لت")  # "in order to" before a verb
_MASDARS = ("الاست", "الانت", "الاجت", "الاعت")


def is_plausible(words: ArabicWords, index: int) -> bool:
    """Tell whether an unknown word may be part of a name: no ending and no meaning against it."""
    text = words[index].text
    bare = text[1:] if text[0] == "و" else text
    return not (
        len(text) < 2
        or text[0].isdigit()
        or text == "على"
        or text in _ENDS
        or bare in _ENDS
        or words.is_met(index)
        or is_definite(text)
        or text.endswith(_UNLIKELY_ENDS)
        or (text.endswith("يه") and words.is_feminine(index))
        or (len(text) > 5 and text.endswith(_SUFFIXED))
        or (text[-1] == "ا" and words.is_adverb(index))
    )


def is_family(words: ArabicWords, index: int) -> bool:
    """Tell whether a definite word can be a family name and is no noun of the sentence."""
    text = words[index].text
    if text in _ENDS or words.is_met(index):
        return False
    if text.endswith(_PLURAL_ENDS) or text.startswith(_MASDARS):
        return False
    return not text.endswith("ه") or is_given(text[2:])


def begins_definite(words: ArabicWords, index: int) -> bool:
    """Tell whether a first name with article stands here ("الفريق المختار ولد بله")."""
    if index + 1 >= len(words) or not is_family(words, index) or words.is_demonym(index):
        return False
    following = words[index + 1].text
    if not is_definite(words[index].text) or is_definite(following):
        return False
    particle = following in _PARTICLES
    return words.follows(index + 1) and (particle or is_plausible(words, index + 1))


def is_of_god(words: ArabicWords, index: int) -> bool:
    """Tell whether the word closes a name like دخيل الله; "may God keep him" is none."""
    if not 0 < index < len(words) or words[index].text != "الله" or not words.follows(index):
        return False
    return words[index - 1].text in _OF_GOD


def closes(words: ArabicWords, index: int) -> bool:
    """Tell whether the sentence ends, a mark stands, or a word that ends names is at `index`."""
    if index >= len(words) or not words.follows(index):
        return True
    text = words[index].text
    return text == "على" or text in _ENDS or words.is_met(index)


def name_before(words: ArabicWords, last: int, floor: int) -> int | None:
    """Return the index where a name begins whose last word is at `last`: a first name, or None."""
    for first in range(max(0, last - _MOST_WORDS), last):
        if words[first].start < floor or not is_given(words[first].text):
            continue
        if words.is_met(first, ("office", "offices", "coalition")):
            continue
        if last_word(words, first) == last:
            return first
    return None


def last_word(words: ArabicWords, first: int) -> int:
    """Return the index of the last word of a name that begins at `first`."""
    last = first
    known = words.holder_end(first)  # a whole name: only what names are made of goes on
    while last + 1 < len(words) and words[last].end < known:
        last += 1
    if last == first and words[first].text in _PARTICLES:
        last = min(first + 1, len(words) - 1)
    while last + 1 < len(words) and last - first + 1 < _MOST_WORDS:
        step = _goes_on(words, first, last + 1) if words.follows(last + 1) else 0
        if not step:
            break
        last = min(last + step, len(words) - 1)
    return last


def _goes_on(words: ArabicWords, first: int, index: int) -> int:
    """Return how many words the name goes on by at `index`: 0, 1, or 2 with a particle."""
    text = words[index].text
    if words[index - 1].text in _PARTICLES:
        return 1
    if text in _PARTICLES:
        return 2 if index + 1 < len(words) else 0
    if is_given(text) and not words.is_met(index, ("office", "honorific")):
        return 1
    if is_of_god(words, index):
        return 1
    if text.startswith(_PURPOSE) and index - first > 1:
        return 0
    if text.startswith("ال"):
        return int(_goes_on_definite(words, first, index))
    return int(_goes_on_unknown(words, first, index))


def _goes_on_definite(words: ArabicWords, first: int, index: int) -> bool:
    """Tell whether a word with article is the family name of an Arabic name, or of a short one."""
    arabic = _is_arabic(words, first, index)
    if words.is_feminine(index) and not is_given(words[index].text[2:]):
        if index - first == 1 and is_given(words[first].text) and _is_cut_off(words, index + 1):
            return _may_be_family(words, index)
        known = words[index].text not in _ENDS and not words.is_met(index)
        return arabic and known and index - first > 1 and _is_cut_off(words, index + 1)
    if index - first == 1 and arabic and _may_be_family(words, index):
        return True
    return is_family(words, index) and (arabic or index - first < 2)


def _may_be_family(words: ArabicWords, index: int) -> bool:
    """Tell whether a definite word of any form is the family name that a first name awaits."""
    return not words.is_met(index) and words[index].text not in _ENDS


def _goes_on_unknown(words: ArabicWords, first: int, index: int) -> bool:
    """Tell whether an unknown word is part of the name: as its second word, or its last."""
    text = words[index].text
    late = sum(words[i].text not in _PARTICLES for i in range(first, index)) > 1
    if not is_plausible(words, index) or (late and words.is_feminine(index)):
        return False
    if text[0] == "و" and is_known_name(text[1:]):
        return False
    return not late or _is_cut_off(words, index + 1)


def _is_cut_off(words: ArabicWords, index: int) -> bool:
    """Tell whether a mark, a preposition or a conjunction stands at `index`, and no noun."""
    if index >= len(words) or not words.follows(index):
        return True
    following = words[index].text
    if words.is_met(index, ("office",)) or following in _TIMES:
        return True
    if following.startswith("وال"):
        return True
    return closes(words, index) and not is_definite(following) and not words.is_met(index)


def _is_arabic(words: ArabicWords, first: int, index: int) -> bool:
    """Tell whether the words of a name so far show it as Arabic, so that a nisba may follow."""
    texts = [words[i].text for i in range(first, index)]
    return is_given(texts[0]) or any(t in _PARTICLES for t in texts)
