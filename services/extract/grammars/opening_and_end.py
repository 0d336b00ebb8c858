"""The first and the last day of a meeting told apart: opened on Monday, it ended on Friday."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from services.extract.grammars.dates import DateMention, resolve
from services.extract.reading import Reading

_LAST_SENTENCE = 12
_LONGEST = 10  # days from the opening to the end
_LED_BY = 50  # characters before a date in which its verb stands
# Opened then: ces assises ouvertes le 22 novembre, which began on Monday, التي انطلقت يوم الأحد.
_OPENED = re.compile(
    r"(?:\b(?:ouverte?s?|debutee?s?|debute|entamee?s?|commencee?s?|opened|began|begun|started|"
    r"kicked off|got under way)|(?:^|\s)و?(?:بدات?|انطلقت?|افتتحت?|بدءت)(?: \w+){0,2})"
    r"\s(?:(?:on|last|le|ce|depuis|يوم|في)\s)*$"
)
# Ended then, told in passing of a meeting whose first day nothing tells.
_ENDED = re.compile(
    r"(?:\b(?:which|that)\s(?:had\s)?(?:ended|concluded|closed|finished|wrapped up|came to an end)|"
    r"\bqui\s(?:s'est|s'etait|a|avait)\s"
    r"(?:acheve|achevee|termine|terminee|conclue?|cloture|cloturee|pris fin)|"
    r"(?:الذي|التي)\s(?:انتهت?|اختتمت?)(?:\s(?:اعمال|اشغال)\w*)?)"
    r"\s(?:(?:on|in|last|late|le|ce|a|يوم|في|مساء)\s)*(?:\w+\s(?:on|le|يوم)\s)?$"
)


def opening_day(reading: Reading, dates: Sequence[DateMention], last: date) -> date | None:
    """Return the day some days before `last` on which the meeting is said to have opened."""
    for mention in dates:
        sentence = reading.sentence_at(mention.start)
        if sentence is None or sentence.index > _LAST_SENTENCE:
            return None
        low = max(0, sentence.start - 1, mention.start - _LED_BY)
        if _OPENED.search(reading.lower, low, mention.start):
            first = resolve(mention, last)
            if first and 0 < (last - first).days <= _LONGEST:
                return first
    return None


def is_the_opening(reading: Reading, start: int, mention: DateMention) -> bool:
    """Tell whether a day is that on which a meeting is said to have been opened."""
    low = max(0, start - 1, mention.start - _LED_BY)
    return bool(_OPENED.search(reading.lower, low, mention.start))


def is_only_the_end(reading: Reading, start: int, mention: DateMention) -> bool:
    """Tell whether a day is that on which a meeting is said, in passing, to have ended."""
    low = max(0, start - 1, mention.start - _LED_BY)
    return mention.first is None and bool(_ENDED.search(reading.lower, low, mention.start))
