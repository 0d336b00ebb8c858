"""Text from documents made harmless: it may neither hide, nor format, nor mention, nor link.

Whoever gets a press file into the folder would else write into chat rooms: `@everyone`, a link
that looks like ours, a text that runs backwards. Every target gets its text through `harmless`;
what a target itself takes for markup it escapes besides.
"""

from __future__ import annotations

import re
import unicodedata

CUT = "…"
# Invisible, and no program that looks for links or mentions reads across it.
_JOINER = "\u2060"
_ISOLATE, _END = "\u2068", "\u2069"
_KEPT = {"\u200c"}  # parts letters in Persian names
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SPARE = 4  # times the length that is shown: room for what is dropped
_MOST_MARKS = 4  # on one letter: Arabic has up to three
_SCHEME = re.compile(r"(?<=[:：])(?=[/／\\])|(?<=[/／])(?=[/／])")
# The dots that make a host name, also those which IDNA takes for a dot; not those of 2.5 million.
_HOST = re.compile(r"(?<=\w[.。．｡])(?=[^\W\d_])")
_NUMBERED_HOST = re.compile(r"(?<=\d\.)(?=\d+\.\d+\.\d)")
_AT = re.compile(r"(?<=[@＠﹫])")
_BARE_SCHEME = re.compile(r"\b(mailto|tel|sms|javascript|data|file|callto|skype|sip):", re.I)


def harmless(text: str, longest: int | None = None) -> str:
    """Return a text on one line that shows what it is, cut with a mark to `longest` characters."""
    if longest is None:
        seen = plain(text)
    else:  # of a page of one line no more is read than could be shown
        seen = cut(plain(text[: longest * _SPARE]), longest)
    for place in (_SCHEME, _AT, _HOST, _NUMBERED_HOST):
        seen = place.sub(_JOINER, seen)
    return _BARE_SCHEME.sub(lambda found: f"{found[1]}{_JOINER}:", seen)


def plain(text: str) -> str:
    """Return a text on one line, without controls, marks of direction, and heaps of accents."""
    spaced = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    shown, marks = [], 0
    for char in spaced:
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS and (category not in _UNSEEN or char in _KEPT):
            shown.append(char)
    return " ".join("".join(shown).split())


def cut(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters; where it was cut stands a mark."""
    if len(text) <= longest:
        return text
    opened = text[:longest].count(_ISOLATE)
    kept = text[: max(longest - 1 - opened, 0)].rstrip()
    while kept and unicodedata.combining(kept[-1]):
        kept = kept[:-1]
    return kept + CUT + _END * (kept.count(_ISOLATE) - kept.count(_END))


def isolated(text: str, *, rtl: bool) -> str:
    """Return a text that does not disturb a line of the other direction."""
    foreign = {"L"} if rtl else {"R", "AL"}
    if any(unicodedata.bidirectional(char) in foreign for char in text):
        return f"{_ISOLATE}{text}{_END}"
    return text
