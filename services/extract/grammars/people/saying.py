"""A saying: one verb of saying with its subject, and the tests that find subjects share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.anonymous import Span, full_title, holder_of
from services.extract.grammars.people.cast import Cast, Mention
from services.extract.grammars.people.cut import cut_of
from services.extract.grammars.people.ranks import ranked_next
from services.extract.grammars.people.words import words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_SUBJECT_REACH = 60
_WORDS_BETWEEN = 3
_BEFORE_SPEAKER = function_words("before_speaker")
_NOUNS = ("subject", "coalition", "office", "voice", "honorific", "country", "demonym")


@dataclass(slots=True, eq=False)
class Saying:
    """A verb of saying at `[start, end)` with its subject.

    `person` is an index in the cast; else `title` is the span of an unnamed office, or `group`
    that of a collective subject. All None: the text does not tell. `spoken` is false for acts
    that need no words (adopt, launch): they only tell whose turn it is.
    """

    start: int
    end: int
    person: int | None = None
    title: Span | None = None
    group: Span | None = None
    spoken: bool = True


class Scene:
    """One verb of saying in its sentence, with the cast and the saying before it.

    `mentions` are the persons of the sentence by place, `after` those of them behind the verb.
    """

    __slots__ = (
        *("reading", "cast", "sentence", "verb"),
        *("mentions", "after", "last", "talker", "_blocked"),
    )

    def __init__(
        self,
        reading: Reading,
        cast: Cast,
        sentence: Sentence,
        verb: Match,
        mentions: Sequence[Mention],
        last: Saying | None,
        talker: int | None = None,
    ) -> None:
        """Take what is known when the verb is met."""
        self.reading = reading
        self.cast = cast
        self.sentence = sentence
        self.verb = verb
        self.mentions = mentions
        end = verb.end
        self.after = [m for m in mentions if m.start >= end] if mentions else mentions
        self.last = last
        self.talker = talker
        self._blocked: bool | None = None

    def by(self, mention: Mention) -> Saying:
        """Return the saying of a person."""
        return Saying(self.verb.start, self.verb.end, person=mention.person)

    def by_group(self, span: Span) -> Saying:
        """Return the saying of a collective."""
        return Saying(self.verb.start, self.verb.end, group=span)

    def like(self, other: Saying) -> Saying:
        """Return the saying of whoever said the other."""
        return Saying(self.verb.start, self.verb.end, other.person, other.title, other.group)

    def pronoun(self, *, plural: bool = False) -> Saying | None:
        """Return the saying of whoever a pronoun means: the last speaker, person or people."""
        last = self.last
        if last is not None and plural:
            return self.like(last) if last.person is None else None
        of_many = last is not None and last.group and self._is_plural(last.group)
        if of_many and self.talker is not None:
            return Saying(self.verb.start, self.verb.end, person=self.talker)
        return self.like(last) if last is not None else None

    def _is_plural(self, span: Span) -> bool:
        of = self.reading.matches("subject", *span)
        return any(m.payload.get("number") == "plural" for m in of)

    def voice_next(self) -> Match | None:
        """Return the institution or unnamed person that follows the verb at once."""
        if self.is_blocked():
            return None
        place = self.verb.end
        for voice in self.reading.matches("voice", place, place + _SUBJECT_REACH):
            origins = self.reading.of_kinds(("country", "demonym"), place, voice.start)
            floor = origins[0].start if origins else voice.start
            return voice if self.is_next(place, floor) else None
        return None

    def ranked_next(self) -> Saying | None:
        """Return the saying of the person meant by a rank without a name that follows the verb."""
        place = self.verb.end
        for rank in self.reading.matches("honorific", place, place + _SUBJECT_REACH):
            if rank.payload.get("sort") == "rank" and self.is_next(place, rank.start):
                person = ranked_next(self.reading, self.cast, rank.start)
                return Saying(self.verb.start, place, person=person) if person is not None else None
        return None

    def by_title(self, title: Span) -> Saying:
        """Return the saying of an office: its holder's, if the text told one."""
        last = self.last.person if self.last else None
        holder = holder_of(self.reading, self.cast, title, last)
        if holder is not None:
            return Saying(self.verb.start, self.verb.end, person=holder)
        return Saying(self.verb.start, self.verb.end, title=full_title(self.reading, title))

    def is_blocked(self) -> bool:
        """Tell whether the word behind the verb bars any noun: it is neither article nor noun.

        So it is with most verbs: what they say follows ("أكد أن", "said that").
        """
        if self._blocked is None:
            place = self.verb.end
            cut = cut_of(self.reading)
            index = bisect_right(cut.ends, place)
            self._blocked = (
                index < len(cut.ends)
                and cut.starts[index] >= place
                and cut.words[index].text not in _BEFORE_SPEAKER
                and _noun_starts(self.reading).find(1, place, cut.ends[index]) < 0
            )
        return self._blocked

    def is_next(self, left: int, right: int) -> bool:
        """Tell whether only articles and the like stand between a verb and a subject."""
        words = words_of(self.reading, left, right)
        if len(words) > _WORDS_BETWEEN or ":" in self.reading.lower[left:right]:
            return False
        strange = [w for w in words if w.text not in _BEFORE_SPEAKER]
        if not strange:
            return True
        styles = self.reading.matches("honorific", left, right)
        return all(any(m.start <= w.start and w.end <= m.end for m in styles) for w in strange)

    def group_next(self) -> Span | None:
        """Return the span of a collective that follows the verb; a meeting opened is none."""
        span = self.match_next("subject", "coalition")
        if span is None:
            return None
        of = self.reading.matches("subject", *span)
        opened = self.verb.payload.get("opens") and of and of[0].payload.get("sort") == "meeting"
        return None if opened else span

    def match_next(self, *kinds: str) -> Span | None:
        """Return the span of a match that follows the verb at once."""
        if self.is_blocked():
            return None
        place = self.verb.end
        for match in self.reading.of_kinds(kinds, place, place + _SUBJECT_REACH):
            if match.clitics or match.payload.get("sort") in ("pronoun", "person"):
                continue
            return (match.start, match.end) if self.is_next(place, match.start) else None
        return None


def _noun_starts(reading: Reading) -> bytearray:
    """Return 1 for each place where a noun begins that may be a subject; kept with the text."""
    starts: bytearray | None = reading.kept.get("noun starts")
    if starts is None:
        starts = reading.kept["noun starts"] = bytearray(len(reading.lower))
        for kind in _NOUNS:
            for match in reading.matches(kind):
                starts[match.start] = 1
    return starts
