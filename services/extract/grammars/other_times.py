"""What a sentence names behind a sign that it speaks of another time or meeting."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from services.extract.grammars.dates import DateMention
from services.extract.grammars.events import Stretch
from services.extract.reading import Reading
from services.extract.segments import Sentence

# The chiefs of staff, who had met a day earlier: only their clause is of another time.
_RELATIVE = re.compile(r"(?:\b(?:who|which|that|qui)|(?:^|\s)(?:الذين|الذي|التي|اللذين)) $")


def are_of_another_time(
    reading: Reading, stretches: Sequence[Stretch], dates: Sequence[DateMention]
) -> Callable[[Sentence, int], bool]:
    """Return what tells whether a folded place of a sentence is of another time or meeting.

    It is where the sentence, or its part from there, is in none of the stretches of the reported
    meeting, and a sign stands before the place: what is behind it ("the strategy, adopted in
    2018") tells of that sign alone. Without stretches nothing is.
    """
    told = {stretch.sentence.index: stretch for stretch in stretches}
    days = [mention.start for mention in dates]

    def is_of_another_time(sentence: Sentence, place: int) -> bool:
        stretch = told.get(sentence.index)
        if not told or (stretch is not None and stretch.start <= place < stretch.end):
            return False
        day = bisect_left(days, sentence.start)
        if day < len(days) and days[day] < place:
            return True
        return any(
            mark.end <= place
            and mark.payload.get("scope") != "pluperfect"  # may tell what this meeting decided
            and not _RELATIVE.search(reading.lower, max(0, mark.start - 12), mark.start)
            for mark in reading.inside("other_event", sentence)
        )

    return is_of_another_time
