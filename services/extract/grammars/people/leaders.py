"""Leaders of something else than the meeting: of a delegation, of a secretariat, of a force."""

from __future__ import annotations

import re

from services.extract.grammars.people.words import names, words_before
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_REACH = 45
_DELEGATION = re.compile(r"delegation(?!s)|وفد|بعثه")  # many delegations are those of a meeting
_MOST_WORDS = 3  # "the secretariat, now headed by …"


def leads_delegation(reading: Reading, sentence: Sentence, trigger: Match) -> bool:
    """Tell whether a delegation is led and not the meeting ("ترأس وفد", "delegation led by")."""
    floor = max(sentence.start, trigger.start - _REACH)
    before = reading.lower[floor : trigger.start]
    meetings = reading.matches("meeting", trigger.start, sentence.end)
    end = meetings[0].start if meetings else sentence.end
    after = reading.lower[trigger.end : end]
    return bool(_DELEGATION.search(before) or _DELEGATION.search(after))


def leads_institution(reading: Reading, sentence: Sentence, trigger: Match) -> bool:
    """Tell whether a lasting body is led and no meeting ("the secretariat, headed by X")."""
    if trigger.payload.get("side") != "after":
        return False
    words = words_before(reading, trigger.start, _MOST_WORDS, sentence.start)
    if trigger.lang == "ar" and words and "," in reading.lower[words[-1].end : trigger.start]:
        return False  # "at the general secretariat, under the chairmanship of X"
    if not words or reading.matches("meeting", words[0].start, trigger.start):
        return False
    return any(word.text in names("led_bodies") for word in words)
