"""Whether a meeting is still to come: futures, dates ahead, openings."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.events import Stretch, matches_in
from services.extract.matching import Match
from services.extract.reading import Reading

_NEWS = 4.0  # the first future in the sentence that tells of the meeting, or right behind it
_NEAR = 3  # sentences; a headline may tell of the meeting without its time
_OPENING = 1.7  # that it was opened, in the sentence that tells of it
_AGAIN = 0.3  # that it was opened, told once more
_LEAD = 2.0  # one elsewhere in the lead
_LATER = 0.7
_BESIDE = 0.5  # in a sentence without meeting or coalition
_AFTERMATH = 0.2  # there, behind a decision: what it will bring
_MOST_BESIDE = 1.5
_MOST = 2  # futures of a sentence that count


def weigh_future(
    reading: Reading,
    stretches: Sequence[Stretch],
    lead: int,
    decided: int | None,
    news: int | None,
) -> float:
    """Weigh what says that the meeting is still to come; behind a decision it says little.

    `lead` is the folded place where the lead ends, `decided` that of the first decision, `news`
    the index of the first sentence that tells of the coalition's meeting.
    """
    weight, beside, is_news, opened = 0.0, 0.0, True, False
    for stretch in stretches:
        words = stretch.signs
        soon = min(_MOST, _futures(reading, stretch, words)) if words else int(stretch.ahead)
        opening = 0.0
        if words and (opens := [word.start for word in words if word.id == "opening"]):
            opened = opened or (decided is not None and decided < opens[0])
            opening = (_OPENING if _follows(stretch, news) else 1.0) if not opened else _AGAIN
            opened = True
        decides = decided is not None and stretch.end > decided
        if decides and stretch.sentence.segment.kind == "bullet":
            continue  # what was decided, point by point
        if not (stretch.meets or stretch.names):
            beside += (_AFTERMATH if decides else _BESIDE) * soon
        elif decides or stretch.start >= lead:
            weight += _LATER * soon + opening
        elif soon and is_news and _follows(stretch, news):
            weight += _NEWS + opening
            is_news = False
        else:
            weight += _LEAD * soon + opening
    return weight + min(beside, _MOST_BESIDE)


def _follows(stretch: Stretch, news: int | None) -> bool:
    return news is not None and 0 <= stretch.sentence.index - news < _NEAR


def _futures(reading: Reading, stretch: Stretch, words: Sequence[Match]) -> int:
    """Count the futures of a stretch, a date ahead and a present with its weekday among them."""
    count = sum(word.id == "future" for word in words) + stretch.ahead
    if any(word.id == "present" for word in words):
        days = matches_in(reading, "day", stretch)
        count += any("weekday" in day.payload for day in days)
    return count
