"""What people see: text of documents made harmless and readable in either direction."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

# Controls of the terminal, and of the direction of text: a document must command neither.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
# A run of right-to-left words with what may stand between them: spaces, digits, Arabic marks.
_RUN = re.compile(rf"[{_RIGHT_TO_LEFT}](?:[\s\d«»،؛؟:.,\"-]*[{_RIGHT_TO_LEFT}])*")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def console(*, stderr: bool = False) -> Console:
    """Return a console that takes every string as it is: no markup, no highlighting."""
    from communique.showing.screen import Screen  # costs 60 ms, which `--help` need not pay

    return Screen(stderr=stderr, markup=False, highlight=False, emoji=False)


def plain(value: object) -> str:
    """Return a value's text without controls, on one line."""
    return " ".join(_CONTROLS.sub("", str(value)).split())


def readable(value: object) -> str:
    """Return a value's text without controls, every right-to-left run isolated.

    The isolate keeps a terminal that orders Arabic from moving the words and digits around it.
    """
    return _RUN.sub(rf"{_FIRST_STRONG_ISOLATE}\g<0>{_POP_ISOLATE}", plain(value))


def is_arabic(text: str) -> bool:
    """Tell whether a text has letters that are written from right to left."""
    return _RUN.search(text) is not None


def complain(message: str) -> None:
    """Write one line for people to standard error."""
    sys.stderr.write(f"communique: {plain(message)}\n")
