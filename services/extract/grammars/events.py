"""Which stretches of a text tell of the reported meeting, and not of another event."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.grammars.coalition_names import named_in, named_otherwise
from services.extract.grammars.dates import DateMention
from services.extract.grammars.event_times import is_ahead, is_of_another_time
from services.extract.grammars.published import Head
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_TELLING = ("coalition", "meeting", "the_coalition", "body", "act", "kind_trigger")
_LEAD = 6  # sentences, titles among them
_LEAD_SENTENCES = 4
_WHOLE = 50  # characters; what is shorter is a menu, a date line, a short headline
_OPENING = 60  # characters: a dateline and a conjunction may stand before an opening clause
_PLUPERFECT = 60  # characters between "was" and its particle
_NEWS = 2  # sentences that may announce the next meeting as their news
_HEADLINE = 150  # characters; a dateline makes sentences of its own


@dataclass(slots=True, eq=False)
class Stretch:
    """Folded `[start, end)` of a sentence that may tell of the meeting.

    `meets` says that it has a word of meeting, `names` that it names the coalition, `bodies` that
    it names its ministers or the like, `acts` that it is of the lead and has a verb of deciding.
    `ahead` says that it has a day later than that of publication. `tweet` stretches only help
    where the text says nothing. `signs` are its matches that tell the kind of a text.
    """

    start: int
    end: int
    sentence: Sentence
    meets: bool = False
    names: bool = False
    bodies: bool = False
    acts: bool = False
    ahead: bool = False
    tweet: bool = False
    signs: Sequence[Match] = ()

    @property
    def tells(self) -> bool:
        """Tell whether it is likely about the meeting: who or what, and that they meet."""
        return self.meets or (self.bodies and (self.names or self.acts))


def read_stretches(
    reading: Reading, dates: Sequence[DateMention], head: Head
) -> tuple[Stretch, ...]:
    """Return the stretches by place; sentences about other events are left out or cut short."""
    stretches: list[Stretch] = []
    marked = reading.by_sentence("other_event")
    meetings = reading.by_sentence("meeting")
    otherwise = named_otherwise(reading)
    places = [mention.start for mention in dates]
    telling = [(kind, reading.by_sentence(kind)) for kind in _TELLING]
    for sentence in reading.sentences:
        kind = sentence.segment.kind
        if kind == "boilerplate":
            continue
        start, end, index = sentence.start, sentence.end, sentence.index
        if index in marked:
            start, end = _own_part(reading, sentence, head.end)
            if end <= start:
                continue
        inside: Sequence[DateMention] = ()
        if dates and (first := bisect_left(places, sentence.start)) < len(dates):
            inside = dates[first : bisect_left(places, end, first)]
        nouns = meetings.get(index, ())
        if (nouns or inside) and is_of_another_time(reading.lower, nouns, end, inside, head):
            continue
        stretch = Stretch(start, end, sentence)
        stretch.tweet = kind == "tweet"
        told = [kind for kind, table in telling if index in table]
        if told or otherwise:
            _note(reading, stretch, told, named=bool(otherwise) or "coalition" in told)
        if inside:
            stretch.ahead = is_ahead([d for d in inside if d.start >= start], head)
        stretches.append(stretch)
    return tuple(stretches)


def _note(reading: Reading, stretch: Stretch, told: Sequence[str], *, named: bool) -> None:
    """Note what a stretch tells of; its sentence has matches of the kinds `told`.

    `named` says that it may name a coalition.
    """
    stretch.meets = "meeting" in told and bool(matches_in(reading, "meeting", stretch))
    stretch.names = (
        "the_coalition" in told and bool(matches_in(reading, "the_coalition", stretch))
    ) or (named and bool(named_in(reading, stretch.start, stretch.end)))
    stretch.bodies = "body" in told and bool(matches_in(reading, "body", stretch))
    if stretch.sentence.index < _LEAD:
        stretch.acts = "act" in told and bool(matches_in(reading, "act", stretch))
    if "kind_trigger" in told:
        stretch.signs = matches_in(reading, "kind_trigger", stretch)


def matches_in(reading: Reading, kind: str, stretch: Stretch) -> Sequence[Match]:
    """Return the matches of one kind in a stretch, by place."""
    found = reading.inside(kind, stretch.sentence)
    if not found:
        return ()
    low, high = stretch.start, stretch.end
    if found[0].start >= low and found[-1].end <= high:
        return found
    return [m for m in found if low <= m.start and m.end <= high]


def _own_part(reading: Reading, sentence: Sentence, headed: int) -> tuple[int, int]:
    """Return the part of a sentence before it turns to another event; empty where it is about one.

    A clause that opens the sentence (a year after its last meeting, the group …) is only skipped;
    `headed` is where the dateline ends, behind which a sentence may open too.
    """
    start = sentence.start
    for mark in reading.inside("other_event", sentence):
        scope = mark.payload.get("scope")
        comma = reading.lower.find(",", mark.end, sentence.end)
        if scope == "founding" and mark.outer - max(start, headed) <= 1 and comma > 0:
            start = comma + 1
            continue
        if scope in ("sentence", "founding") or (
            scope == "pluperfect" and _is_pluperfect(reading, mark)
        ):
            return sentence.start, sentence.start
        if scope == "pluperfect" or (
            mark.payload.get("announces") and _is_news(reading, sentence, mark)
        ):
            continue
        if scope == "clause" and mark.outer - start < _OPENING and comma > 0:
            start = comma + 1
        elif mark.outer >= start:
            return start, mark.outer
    return start, sentence.end


def _is_pluperfect(reading: Reading, mark: Match) -> bool:
    """Tell whether the Arabic "was" opens a pluperfect: كان الوزراء قد اتفقوا."""
    return " قد " in reading.lower[mark.end : mark.end + _PLUPERFECT]


def _is_news(reading: Reading, sentence: Sentence, mark: Match) -> bool:
    """Tell whether the next meeting is what a headline or first sentence tells of."""
    early = sentence.index < _NEWS or sentence.start < _HEADLINE
    return early and not reading.matches("act", 0, mark.outer)


def lead_end(reading: Reading) -> int:
    """Return the folded place where the headlines and the first four whole sentences end."""
    whole = end = 0
    for sentence in reading.sentences:
        if sentence.segment.kind == "boilerplate":
            continue
        end = sentence.end
        whole += sentence.end - sentence.start > _WHOLE
        if whole == _LEAD_SENTENCES:
            break
    return end
