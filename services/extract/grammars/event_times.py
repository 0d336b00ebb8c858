"""When a sentence's event is: days ahead of the publication, years and days far from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from services.extract.grammars.dates import DateMention, resolve
from services.extract.grammars.published import Head
from services.extract.matching import Match

_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)\s$")
_YEAR_BEHIND = re.compile(r"\s(?:in|of|en|de|(?:في )?(?:عام|سنه|لعام))\s((?:19|20)\d\d)(?!\d)")
_BEGINNING = re.compile(
    r"\b(?:(?:since|after) (?:its|their|the) (?:\w+ )?"
    r"(?:creation|founding|foundation|launch|establishment|inception|formation)|"
    r"depuis (?:la|le|sa|son|leur) (?:creation|fondation|lancement|naissance|signature))\b"
    r"[^.;]{0,45}$|منذ (?:تاسيس|انشا|انطلاق|اطلاق|تشكيل|قيام)\w*[^.;]{0,45}$"
)
_FAR = 45  # days: what lies further from the publication is another event


def is_of_another_time(
    lower: str, nouns: Sequence[Match], end: int, dates: Sequence[DateMention], head: Head
) -> bool:
    """Tell whether a sentence is dated, and every date in it is far from the document's own.

    `nouns` are its words of meeting, `dates` those of its part that ends at `end`.
    """
    today = head.today
    if today is None:
        return False
    if nouns and _meet_in_another_year(lower, nouns, end, today.year):
        return True
    told = [(m, d) for m in dates if m is not head.mention and (d := _as_day(m, today))]
    far = bool(told) and all(abs((day - today).days) > _FAR for _, day in told)
    return far and not all(_is_of_a_beginning(lower, mention) for mention, _ in told)


def _is_of_a_beginning(lower: str, mention: DateMention) -> bool:
    """Tell whether a day is that of a founding, since which all meetings are counted."""
    return bool(_BEGINNING.search(lower, max(0, mention.start - 70), mention.start))


def _meet_in_another_year(lower: str, nouns: Sequence[Match], end: int, year: int) -> bool:
    """Tell whether every meeting of a sentence has a year, not this one: the 2019 ministerial."""
    meets = False
    for noun in nouns:
        if noun.end > end:
            break
        before = _YEAR_BEFORE.search(lower, max(0, noun.start - 6), noun.start)
        told = before or _YEAR_BEHIND.match(lower, noun.end)
        if not told or int(told[1]) == year:
            return False
        meets = True
    return meets


def is_ahead(dates: Sequence[DateMention], head: Head) -> bool:
    """Tell whether a stretch has a day later than that of publication."""
    if head.today is None:
        return False
    days = [_as_day(d, head.today) for d in dates if d is not head.mention and d.day]
    return any(day is not None and day > head.today for day in days)


def _as_day(mention: DateMention, today: date | None) -> date | None:
    if mention.year and mention.month and not mention.day:
        return date(mention.year, mention.month, 15)
    return resolve(mention, today)
