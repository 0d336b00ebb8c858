"""Which dates near a meeting are another's: of a founding, of the telling, of the dateline."""

from __future__ import annotations

import re
from datetime import date

from services.extract.grammars.dates import DateMention, resolve
from services.extract.grammars.published import Head
from services.extract.reading import Reading

_SAID_ON = 5  # characters between the verb and its day: "said on Saturday", "a annoncé ce lundi"
_FAR = 45  # days between the day of publication and a date that is another event's
_DATELINE = 45  # characters
_DASH = re.compile(r"\s*(?:\([^)]{1,30}\)|/[^/]{1,30}/)?\s*(?:--?|:)")
_ISSUED = re.compile(  # what was said there: a statement issued on Thursday
    r"(?:\b(?:issued|released|published|publiee?|diffusee?|emise?|rendue? public)|"
    r"(?:^|\s)(?:صدرت?|الصادره?|نشرت?|وزعت?))\s(?:(?:on|late|early|le|ce|مساء|صباح|يوم|في)\s)*$"
)
_JOURNEY = re.compile(
    r"(?:\b(?:leaves?|left|departs?|departed|arriv\w+|flew|flies|land(?:s|ed)|quitte(?:ra)?|"
    r"s'envole(?:ra)?|se rend(?:ra)?|part(?:ira)?|est (?:arrive|parti)e?)|"
    r"(?:^|\s)[وف]?(?:س?يغادر|غادر|س?يتوجه|توجه|س?يصل|وصل|وصول|مغادره))\b[^.;,]{0,30}$"
)
_CLAUSE = re.compile(
    r",\s(?:the|les?|la|l'|nous|we|they|ils|defen[cs]e|foreign|interior|chiefs|heads)\b"
)
_BACKGROUND = re.compile(  # before a day of the calendar that is not the meeting's
    r"(?:\b(?:precedent\w*|previous\w*|avai(?:t|ent)|had|founded|established|formed|created|"
    r"fonde\w*|cree\w*|recalling|rappelant|signed|signee?s?|dated|last (?:met|meeting|summit)|"
    r"first (?:announced|launched)|lancee? en|derniere? (?:reunion|sommet|session))\b|"
    r"(?:^|\s)و?(?:تاسس\w*|انشيت?|تشكل\w*|السابق\w*|سبق\w*|تستذكر|يستذكر\w*|اذ يذكر\w*|"
    r"الموقع\w*|وقعت?|المورخ\w*|"
    r"منذ (?:الاجتماع|القمه|اجتماع\w*|انعقاد|تاسيس\w*|انشاي\w*|اطلاق\w*))\b)"
    r"[^.;,]{0,45}$"
)


def is_unlikely(mention: DateMention, today: date | None, *, preview: bool) -> bool:
    """Tell whether a date is rather that of another event: gone, to come, or far away.

    "Today" in a preview is rather when the meeting was announced.
    """
    if preview and mention.delta == 0:
        return True
    if preview and mention.weekday is not None and today is not None and not mention.ahead:
        return mention.weekday == today.weekday() and mention.first is None  # it was announced then
    if mention.weekday is not None or (mention.day is None and mention.delta is None):
        return False
    day = resolve(mention, today, forward=preview)
    if day is None or today is None:
        return False
    away = (day - today).days
    return away < -1 or away > 400 if preview else away > 0 or away < -_FAR


def is_of_a_journey(reading: Reading, mention: DateMention) -> bool:
    """Tell whether a day is that on which somebody leaves for the meeting or arrives."""
    return bool(_JOURNEY.search(reading.lower, max(0, mention.start - 45), mention.start))


def opens_a_clause(reading: Reading, mention: DateMention) -> bool:
    """Tell whether a day of the head opens a sentence of prose: 11 May 2022, the ministers met."""
    return bool(_CLAUSE.match(reading.lower, mention.end))


def dates_a_saying(reading: Reading, mention: DateMention) -> bool:
    """Tell whether a date is that of the telling: "the ministry said on Saturday"."""
    if _ISSUED.search(reading.lower, max(0, mention.start - 40), mention.start):
        return True
    low = max(0, mention.start - 18)
    acts = {m.end for m in reading.matches("act", low, mention.start)}
    verbs = reading.matches("speech", low, mention.start)
    return any(v.end not in acts and mention.start - v.end <= _SAID_ON for v in verbs)


def is_elsewhere(reading: Reading, mention: DateMention, head: Head) -> bool:
    """Tell whether a day is surely not the meeting's: background, or the dateline's own."""
    return _is_background(reading, mention) or _is_dateline_day(reading, mention, head)


def _is_background(reading: Reading, mention: DateMention) -> bool:
    """Tell whether a day is that of a founding, an earlier meeting or a paper that is recalled."""
    if mention.month is None:
        return False
    return bool(_BACKGROUND.search(reading.lower, max(0, mention.start - 60), mention.start))


def _is_dateline_day(reading: Reading, mention: DateMention, head: Head) -> bool:
    """Tell whether a day is the dateline's, whose year stands elsewhere: BRUSSELS, April 9 -."""
    if mention.year or mention.month is None or head.today is None or mention.delta == 0:
        return False
    segment = reading.segment_at(mention.start)
    early = segment is not None and mention.start - segment.start < _DATELINE
    same = (mention.month, mention.day) == (head.today.month, head.today.day)
    return early and same and bool(_DASH.match(reading.lower, mention.end))


def is_head_weekday(reading: Reading, mention: DateMention, head: Head) -> bool:
    """Tell whether a weekday belongs to the dateline (الرباط، الاثنين 9 ماي 2022)."""
    if mention.weekday is None or head.mention is None:
        return False
    if not 0 <= head.mention.end - mention.end < _DATELINE:
        return False
    return reading.segment_at(mention.start) is reading.segment_at(head.mention.start)
