"""How long a meeting lasts: a two-day summit, lundi …, qui se poursuivra mardi."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from services.extract.grammars.dates import DateMention, dates_in, resolve, span_length
from services.extract.reading import Reading

_LONGEST = 10  # days: no meeting lasts longer
# A first day goes on to a last one that is told behind.
_GOES_ON = re.compile(
    r"(?:continu\w+|run\w*|last\w*|end\w*|conclud\w+|poursui\w+|prolong\w+|dure\w*|achev\w+|"
    r"ت?ي?(?:ستمر|تواصل|متد|ختتم)\w*)\s+(?:\w+\s+){0,2}(?:[\w']+\s+)?$"
)
_AGO = re.compile(
    r"(?:\b(?:in|within|il y a|dans|d'ici|sous)|(?:^|\s)[وف]?(?:قبل|منذ|بعد|خلال))\s+$"
)
_LASTING = re.compile(  # of what is told there: on two days, على مدى ثلاثة أيام
    r"(?:\b(?:over|for|during|across|lasting|pendant|durant|sur|dure|"
    r"dureront|durera)\s(?:the\s|les\s)?|"
    r"(?:علي مدي|علي مدار|طوال|طيله|لمده|(?:ت|ي|س|و)?ا?ستمر\w*|دام(?:ت)?|امتد\w*(?: علي)?)\s)$"
)
_TALKING = re.compile(
    r"discussions|debats|huis clos|concertation|echanges|deliberations|مباحثات|مداولات|اعمال|اشغال"
)
_LEAD = 5  # sentences
_REACH = 900  # characters behind its day in which the length of a meeting is told


def last_day(
    reading: Reading, mention: DateMention, dates: Sequence[DateMention], end: int, first: date
) -> date | None:
    """Return the day until which a meeting of `first` is said to go on, before folded `end`."""
    for then in dates_in(dates, mention.end, end):
        if _GOES_ON.search(reading.lower, max(mention.end, then.start - 45), then.start):
            last = resolve(then, first, forward=True)
            if last and 0 < (last - first).days <= _LONGEST:
                return last
    return None


def read_length(reading: Reading, start: int, end: int) -> int:
    """Return the days a meeting lasts as told from folded `start` to a while behind `end`; or 1."""
    for word in reading.matches("span", start, end + _REACH):
        counted = span_length(reading, word)
        if counted and counted[0] <= _LONGEST and _is_of_meeting(reading, counted[1], word.end):
            return counted[0]
    return 1


def _is_of_meeting(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a length is that of a meeting: two days of talks, and not two days ago."""
    if _AGO.search(reading.lower, max(0, start - 12), start):
        return False
    sentence = reading.sentence_at(start)
    if (
        sentence
        and sentence.index < _LEAD
        and _LASTING.search(reading.lower, max(sentence.start, start - 20), start)
    ):
        return True
    near = reading.lower[max(0, start - 60) : end + 20]
    return bool(reading.matches("meeting", max(0, start - 40), end + 20) or _TALKING.search(near))
