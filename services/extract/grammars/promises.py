"""Which sums are promised, and which are costs, targets, hauls, or given over the years."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.extract.grammars.donors import GIVERS
from services.extract.grammars.giving_words import any_of
from services.extract.grammars.money import Money
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_RIGHT_BEHIND = 35  # characters between "announced" and its sum
_BEHIND_SUBJECT = 70  # the same, with the Arabic subject between: its office and name
_NO_SUBJECT = re.compile(r"[,.;:،()\"«»]|\s(?:ان|عن|ب?قيمه|في|علي|الي|من|مع|بعد|قبل)\s")
_OF_THE_SUM = 25  # characters between "cost" and its sum
_SOUGHT = 60  # characters between "aims to raise" and its sum
_LEADING = 110  # characters between the head of a line and its sum
_SO_FAR = 80  # characters between "bringing" and its sum
_GIVEN = re.compile(r"(?:\b(?:since|depuis)\s|so far\b|(?:^|\s)منذ\s|حتي الان)")
_GIVEN_SINCE = re.compile(
    r"(?:\b(?:since|depuis)|(?:^|\s)منذ)\s+(?:(?:\w+\s+){0,2})(?:19|20)\d\d\b"
)
_LAST_YEAR = re.compile(
    r"\b(?:last year|the previous year|l'an dernier|l'annee derniere|l'an passe)\b|"
    r"(?:العام|السنه) الماضي"
)
_GIVEN_THEN = re.compile(  # the $100 million that it gave last August
    r"[^,;()]{0,45}\b(?:last (?:year|month|spring|summer|autumn|fall|winter|january|february|march|"
    r"april|may|june|july|august|september|october|november|december)|(?:ete|automne|hiver|mois|an|"
    r"printemps|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|"
    r"decembre) dernier|"
    r"l'annee derniere)\b|[^,;()،]{0,45}(?:العام|السنه|الشهر|الصيف|الشتاء) الماضي"
)
# What a line may begin with: a bullet, a number, in a ticker the time and a label (18:17 | …).
_LEAD = re.compile(
    r"(?:[^|\n]{0,30}\|)?[\s*•·▪◦‣●■–—-]*(?:\d{1,2}[.):]\s*(?:\d\d\b\s*)?)?[–—-]?\s*"
    r"(?:the |la |le |les |l')?"
)
# $1.5 billion appeal, 5 milliards de budget; $21 million out of the $100 million pledged
_NO_GIFT = re.compile(
    rf"\s*(?:(?!(?:to|for|in|of|a|the|its)\b)[\w-]+\s+){{0,2}}{any_of('no_gifts')}\b"
    r"|\s+(?:out of|من اصل)\s"
)
_THEN_SUM = re.compile(rf"(?:\s*\([^()]{{1,12}}\))?\s*[:,،–—-]\s*(?:{any_of('beside')}\s+){{0,3}}")
_ENTRY_SIGNS = ":;؛"  # a list of givers stands behind these
_FROM = re.compile(rf"\s+{any_of('from')}\s+(?:the |la |le |les |l')?")


def is_promised(reading: Reading, sentence: Sentence, money: Money) -> bool:
    """Tell whether the sentence of a sum, or its place in a list of givers, promises it."""
    words = reading.matches("pledge", sentence.start, sentence.end)
    near = _near(words, money)
    if any(w.id == "announces" and _brings(reading, w, money) for w in near):
        return True
    if any(w.id in ("gives", "receives") for w in near):
        return True
    if any(w.id == "worth" for w in near) and _is_announced(words):
        return True
    if any(w.id == "total" for w in near) and all(w.id != "other" for w in words):
        return True
    return leading_giver(reading, money) is not None or _is_led(reading, money)


def _brings(reading: Reading, word: Match, money: Money) -> bool:
    """Tell whether a sum is right behind "announced", or in Arabic behind who announced it."""
    if 0 <= money.start - word.end < _RIGHT_BEHIND:
        return True
    if word.lang != "ar" or not 0 <= money.start - word.end < _BEHIND_SUBJECT:
        return False
    between = reading.lower[word.end : money.start]
    return not _NO_SUBJECT.search(between)


def is_ruled_out(reading: Reading, sentence: Sentence, money: Money) -> bool:
    """Tell whether a sum is a cost, a target, a part of another, or was given over the years."""
    text = reading.lower
    words = reading.matches("pledge", sentence.start, sentence.end)
    totals = [w.start for w in words if w.id == "so_far" and w.start > money.end]
    high = min(sentence.end, money.end + 90, *totals)
    if _GIVEN.search(text, money.end, high) or _NO_GIFT.match(text, money.end, high):
        return True
    if _GIVEN_THEN.match(text, money.end, sentence.end):
        return True
    if _LAST_YEAR.search(text, max(sentence.start, money.start - 100), money.start):
        return True
    if _GIVEN_SINCE.search(text, sentence.start, money.start):
        return True
    return _is_other(_near(words, money), money)


def _near(words: Sequence[Match], money: Money) -> list[Match]:
    return [w for w in words if -90 < w.start - money.end < 40 or 0 <= money.start - w.end < 160]


def _is_other(near: Sequence[Match], money: Money) -> bool:
    """Tell whether the words near a sum make it a cost, a target or the total of years."""
    if any(w.id == "other" and abs(money.start - w.end) < _OF_THE_SUM for w in near):
        return True
    for at, word in enumerate(near):
        reach = {"sought": _SOUGHT, "so_far": _SO_FAR}.get(word.id)
        if reach and 0 <= money.start - word.end < reach:
            later = [w for w in near[at + 1 :] if w.end <= money.start]
            total = word.id == "so_far" and any(w.id == "total" for w in later)
            if not total and not any(_promises(w) for w in later):
                return True
    return False


def _promises(word: Match) -> bool:
    """Tell whether a word is a verb of giving."""
    return word.id == "gives" and not word.payload.get("noun")


def _is_announced(words: Sequence[Match]) -> bool:
    """Tell whether what is worth a sum is announced, and neither seized nor bought."""
    return any(w.id == "announces" for w in words) and all(w.id != "other" for w in words)


def leading_giver(reading: Reading, money: Money) -> Match | None:
    """Return the giver at the head of a line that the sum follows: Finland: €25 million."""
    low = _head_of_entry(reading, money)
    if low is None or money.start - low > _LEADING:
        return None
    start = _LEAD.match(reading.lower, low, money.start)
    for match in reading.of_kinds(GIVERS, low, money.start):
        heads = start and match.outer == start.end() and match.kind != "demonym"
        if heads and _THEN_SUM.fullmatch(reading.lower, match.end, money.start):
            return match
    return None


def _head_of_entry(reading: Reading, money: Money) -> int | None:
    """Return where the line of a sum begins, or its entry in a line that lists promises.

    Entries stand behind a colon or semicolons: contributions came from: Norway, 5 million; …
    """
    line = reading.segment_at(money.start)
    if line is None:
        return None
    low = max(line.start, money.start - _LEADING)
    behind = max(reading.lower.rfind(sign, low, money.start) for sign in _ENTRY_SIGNS)
    if behind < 0 or reading.lower[behind + 1 : money.start].isspace():
        return line.start
    words = reading.matches("pledge", line.start, behind)
    if any(w.id in ("gives", "total", "announces") for w in words):
        return behind + 1
    return line.start


def _is_led(reading: Reading, money: Money) -> bool:
    """Tell whether a sum heads a line and its giver follows: €2bn from Germany."""
    line = reading.segment_at(money.start)
    if line is None or money.start - line.start > _LEADING:
        return False
    if not _LEAD.fullmatch(reading.lower, line.start, money.start):
        return False
    for match in reading.of_kinds(GIVERS, money.end, min(line.end, money.end + 40)):
        return bool(_FROM.fullmatch(reading.lower, money.end, match.outer))
    return False
