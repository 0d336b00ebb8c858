"""Which 8-bit encoding a text is in: the one in which its letters look like writing.

charset-normalizer knows many encodings but needs long texts to tell windows-1256 from iso-8859-6
or iso-8859-1; the letters' frequencies tell after one word. So ours first, its opinion after.
"""

from __future__ import annotations

import configparser
import math
from functools import cache
from importlib import resources

from charset_normalizer import from_bytes

# In this order where two fit equally: iso-8859-1 is tried as its superset windows-1252.
_CANDIDATES = ("windows-1252", "windows-1256", "iso-8859-6")
_SAMPLE = 64 * 1024  # bytes that suffice to judge by
_RARE = math.log(0.000_02)  # of a character that no table knows
_IMPLAUSIBLE = -5.0  # penalty for what writing does not do
# Below this mean log-likelihood a text is none of ours: whole Arabic and French press texts lie
# at -4.2 or above, single words with a rare letter down to -6.2, Russian or noise below -8.
# Among our candidates the better wins, wherever this bar lies.
_BELIEVABLE = -6.5
_ARABIC = range(0x0620, 0x0653)
_FINAL_ONLY = "ةى"


def decode_8bit(data: bytes) -> tuple[str, str] | None:
    """Return `(text, encoding)` of bytes that are no Unicode, None if no encoding is believable."""
    sample = data[:_SAMPLE]
    scores = {name: _score(sample, name) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _BELIEVABLE or _is_nearly_ascii(sample):
        return _decode_as(data, best)
    return _second_opinion(data, sample)


def _is_nearly_ascii(data: bytes) -> bool:
    """Tell whether too few bytes lie beyond ASCII to judge by: a lone sign of currency, say."""
    return sum(byte > 0x7F for byte in data) * 50 < len(data)


def _decode_as(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if encoding == "windows-1252" and not any(0x80 <= byte <= 0x9F for byte in data):
        return text, "iso-8859-1"
    return text, encoding


def _second_opinion(data: bytes, sample: bytes) -> tuple[str, str] | None:
    match = from_bytes(sample).best()
    if match is None or match.encoding in {"ascii", "utf_8"}:
        return None
    try:
        text = data.decode(match.encoding)
    except UnicodeDecodeError:
        return None
    return (text, match.encoding.replace("_", "-")) if _is_writing(text) else None


def _is_writing(text: str) -> bool:
    """Tell whether a text is words: letters of few scripts, the rest mostly spaces and digits."""
    foreign = [c for c in text[:_SAMPLE] if ord(c) > 127 and not c.isspace()]
    letters = sum(c.isalpha() for c in foreign)
    blocks = {ord(c) >> 8 for c in foreign if c.isalpha()}
    return bool(foreign) and letters >= 0.9 * len(foreign) and len(blocks) <= 3


def _score(data: bytes, encoding: str) -> float:
    """Return the mean log-likelihood of the characters beyond ASCII; -inf if it does not decode."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -math.inf
    known = _frequencies()
    total, count = 0.0, 0
    padded = f" {text} "
    for before, char, after in zip(padded, padded[1:], padded[2:], strict=False):
        if ord(char) > 127:
            total += known.get(char, _RARE) + _misfit(before, char, after)
            count += 1
    return total / count if count else -math.inf


def _misfit(before: str, char: str, after: str) -> float:
    """Return the penalty of a character between its neighbours."""
    penalty = 0.0
    arabic = ord(char) in _ARABIC
    for neighbour in (before, after):
        in_word = (char.isalpha() or arabic) and neighbour.isalpha()
        if in_word and (ord(neighbour) in _ARABIC) != arabic:
            penalty += _IMPLAUSIBLE
    if char in _FINAL_ONLY and ord(after) in _ARABIC and after.isalpha():
        penalty += _IMPLAUSIBLE
    if char.isupper() and before.islower():
        penalty += _IMPLAUSIBLE
    if char.isalpha() and not arabic and ord(before) > 127 and before.isalpha():
        penalty += _IMPLAUSIBLE / 2  # two accented letters in a row
    return penalty


@cache
def _frequencies() -> dict[str, float]:
    """Return the natural logarithm of each known character's share."""
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    source = resources.files("services.ingest.readers") / "letters.ini"
    parser.read_string(source.read_text(encoding="utf-8"))
    return {
        "\xa0" if char == "nbsp" else char: math.log(float(share) / 1000)
        for section in parser.sections()
        for char, share in parser[section].items()
    }
