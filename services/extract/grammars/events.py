"""Which stretches of a text tell of the reported meeting, and not of another event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.extract.grammars.dates import DateMention, resolve
from services.extract.grammars.published import Head
from services.extract.reading import Reading
from services.extract.segments import Sentence

_FAR = 45  # days: what lies further from the publication is another event


@dataclass(frozen=True, slots=True)
class Stretch:
    """Folded `[start, end)` of a sentence that may tell of the meeting.

    `meets` says that it has a word of meeting, `names` that it names the coalition, `bodies` that
    it names its ministers or the like. `tweet` stretches only help where the text says nothing.
    """

    start: int
    end: int
    sentence: Sentence
    meets: bool
    names: bool
    bodies: bool

    @property
    def tweet(self) -> bool:
        """Tell whether it stands in a tweet."""
        return self.sentence.segment.kind == "tweet"

    @property
    def tells(self) -> bool:
        """Tell whether it is likely about the meeting: who or what, and that they meet."""
        return self.meets or (self.names and self.bodies)


def read_stretches(
    reading: Reading, dates: Sequence[DateMention], head: Head
) -> tuple[Stretch, ...]:
    """Return the stretches by place; sentences about other events are left out or cut short."""
    stretches: list[Stretch] = []
    for sentence in reading.sentences:
        if sentence.segment.kind == "boilerplate":
            continue
        end = _end_of_own(reading, sentence)
        if end <= sentence.start or _is_of_another_time(sentence, end, dates, head):
            continue
        stretches.append(
            Stretch(
                sentence.start,
                end,
                sentence,
                meets=bool(reading.matches("meeting", sentence.start, end)),
                names=bool(
                    reading.matches("coalition", sentence.start, end)
                    or reading.matches("the_coalition", sentence.start, end)
                ),
                bodies=bool(reading.matches("body", sentence.start, end)),
            )
        )
    return tuple(stretches)


def _end_of_own(reading: Reading, sentence: Sentence) -> int:
    """Return where a sentence turns to another event; its start where it is about one."""
    for mark in reading.matches("other_event", sentence.start, sentence.end):
        if mark.payload.get("scope") == "sentence":
            return sentence.start
        return mark.outer
    return sentence.end


def _is_of_another_time(
    sentence: Sentence, end: int, dates: Sequence[DateMention], head: Head
) -> bool:
    """Tell whether a sentence is dated, and every date in it is far from the document's own."""
    inside = [d for d in dates if sentence.start <= d.start < end and d is not head.mention]
    days = [d for d in (_as_day(m, head.today) for m in inside) if d]
    if not days or head.today is None:
        return False
    return all(abs((day - head.today).days) > _FAR for day in days)


def _as_day(mention: DateMention, today: date | None) -> date | None:
    if mention.year and mention.month and not mention.day:
        return date(mention.year, mention.month, 15)
    return resolve(mention, today)
