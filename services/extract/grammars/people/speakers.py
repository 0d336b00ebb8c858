"""Who says what: for each verb of saying its subject, also when it is only a pronoun or a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cast import Cast, Mention, cast_of
from services.extract.grammars.people.words import is_governed, words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_KINDS = ("speech", "act")
_LATEST = frozenset(("ce dernier", "cette derniere"))
_LINKS = frozenset(("قد", "فقد", "الذي", "التي", "who", "qui"))
_ALL_OF = "كل من"


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying at `[start, end)` with its subject.

    `person` is an index in the cast; else `title` is the span of an unnamed office, or `group`
    that of a collective subject. All None: the text does not tell.
    """

    start: int
    end: int
    person: int | None = None
    title: tuple[int, int] | None = None
    group: tuple[int, int] | None = None


@lru_cache(maxsize=1)
def speakers_of(reading: Reading) -> tuple[Saying, ...]:
    """Return the sayings of a text by place; one verb may have several speakers."""
    return tuple(_Order(reading, cast_of(reading)).sayings())


class _Order:
    """The text read in order, remembering who spoke last."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.reading = reading
        self.cast = cast
        self.last: Saying | None = None

    def sayings(self) -> Iterator[Saying]:
        for sentence in self.reading.sentences:
            if sentence.segment.kind in ("boilerplate", "tweet"):
                continue
            for verb in self._verbs(sentence):
                found = list(self._subjects(sentence, verb))
                if found:
                    self.last = found[0]
                yield from found
            self._remember(sentence)

    def _verbs(self, sentence: Sentence) -> list[Match]:
        seen: dict[int, Match] = {}
        for match in self.reading.of_kinds(_KINDS, sentence.start, sentence.end):
            seen.setdefault(match.start, match)
        return list(seen.values())

    def _remember(self, sentence: Sentence) -> None:
        """Keep the first person of a sentence without verbs of saying for a pronoun to come."""
        if self.last is not None and self.last.start >= sentence.start:
            return
        mentions = self.cast.between(sentence.start, sentence.end)
        if mentions:
            self.last = Saying(sentence.start, sentence.start, person=mentions[0].person)

    def _subjects(self, sentence: Sentence, verb: Match) -> Iterator[Saying]:
        person = verb.payload.get("person", "it")
        if person == "inverted":
            if self.last is not None:
                yield self._said(verb, self.last)
        elif verb.lang == "ar":
            if person == "it":
                yield from self._arabic(sentence, verb)
            elif person == "they" and self.last is not None:
                yield self._said(verb, self.last)
        elif person in ("it", "they"):
            yield from self._latin(sentence, verb)

    def _said(self, verb: Match, like: Saying) -> Saying:
        return Saying(verb.start, verb.end, like.person, like.title, like.group)

    def _of(self, verb: Match, mention: Mention) -> Saying:
        return Saying(verb.start, verb.end, person=mention.person)

    # Arabic: the subject follows its verb; before it stands one that كان, قد or أما has put there.

    def _arabic(self, sentence: Sentence, verb: Match) -> Iterator[Saying]:
        mentions = self.cast.between(sentence.start, sentence.end)
        after = [m for m in mentions if m.start >= verb.end]
        if after and self._is_next(verb.end, after[0].start):
            yield self._of(verb, after[0])
            return
        if after and self._all_of(verb.end, after[0].start):
            yield from (self._of(verb, m) for m in after)
            return
        group = self._match_next(("subject", "coalition"), verb.end)
        if group:
            yield Saying(verb.start, verb.end, group=group)
            return
        title = self._match_next(("office",), verb.end)
        if title:
            yield self._titled(verb, title)
            return
        before = [m for m in mentions if m.name_end <= verb.outer]
        if before and self._is_inverted(before[-1], verb):
            yield self._of(verb, before[-1])
        elif before and self.last is not None and self.last.start < sentence.start:
            yield self._of(verb, before[0])
        elif self.last is not None and not self._has_other_subject(verb):
            yield self._said(verb, self.last)

    def _is_next(self, left: int, right: int) -> bool:
        words = words_of(self.reading, left, right)
        gap = self.reading.lower[left:right]
        return len(words) <= 3 and all(w.text in function_words("before_speaker") for w in words) and ":" not in gap

    def _all_of(self, left: int, right: int) -> bool:
        gap = self.reading.lower[left:right]
        return _ALL_OF in gap and len(gap) < 60

    def _match_next(self, kinds: Sequence[str], place: int) -> tuple[int, int] | None:
        """Return the span of a match that follows at once, with its complement."""
        for match in self.reading.of_kinds(kinds, place, place + 60):
            if match.clitics or match.payload.get("sort") in ("pronoun", "person"):
                continue
            if self._is_next(place, match.start):
                return match.start, match.end
            return None
        return None

    def _is_inverted(self, mention: Mention, verb: Match) -> bool:
        words = [w.text for w in words_of(self.reading, mention.name_end, verb.start)]
        return verb.clitics.startswith("ف") or not words or words[-1] in _LINKS

    def _has_other_subject(self, verb: Match) -> bool:
        """Tell whether a word that can only be another subject follows the verb."""
        following = words_of(self.reading, verb.end, min(verb.end + 30, len(self.reading.lower)))
        return bool(following) and following[0].text.startswith("ال") and len(following[0].text) > 4

    # French and English: before the verb, or behind it after a quotation.

    def _latin(self, sentence: Sentence, verb: Match) -> Iterator[Saying]:
        mentions = self.cast.between(sentence.start, sentence.end)
        after = [m for m in mentions if m.start >= verb.end]
        if self._may_invert(sentence, verb):
            if after and self._is_next(verb.end, after[0].start):
                yield self._of(verb, after[0])
                return
            title = self._match_next(("office",), verb.end)
            if title:
                yield self._titled(verb, title)
                return
            if self._word_after(verb.end) in _LATEST and mentions_before(self.cast, verb.start):
                yield self._of(verb, mentions_before(self.cast, verb.start)[-1])
                return
        before = [m for m in mentions if m.end <= verb.start]
        found = self._nearest(sentence, verb, before[-1] if before else None)
        if found is not None:
            yield found

    def _may_invert(self, sentence: Sentence, verb: Match) -> bool:
        """Tell whether a quotation ends or a comma stands right before the verb."""
        before = self.reading.lower[sentence.start : verb.start].rstrip()
        return not before or before[-1] in ",\"»”'?!." or self._is_source(verb)

    def _is_source(self, verb: Match) -> bool:
        return self.reading.lower[verb.start : verb.end] in ("selon", "according to")

    def _word_after(self, place: int) -> str:
        return " ".join(
            self.reading.lower[place : place + 20].replace(",", " ").replace(".", " ").split()[:2]
        )

    def _nearest(self, sentence: Sentence, verb: Match, mention: Mention | None) -> Saying | None:
        """Return the subject nearest before a verb: a person, a pronoun, a title, a group."""
        floor = mention.end if mention else sentence.start
        between = self.reading.of_kinds(("subject", "office", "coalition"), floor, verb.start)
        near = [m for m in between if self._is_clause_subject(m, verb)]
        if near:
            return self._saying_of(verb, near[0])
        if mention is not None and not self._breaks(mention.end, verb.start):
            return self._of(verb, mention)
        return None

    def _is_clause_subject(self, match: Match, verb: Match) -> bool:
        gap = self.reading.lower[match.end : verb.start]
        alone = not is_governed(self.reading, match.start) and "," not in gap
        if match.kind == "subject" and match.payload.get("number") == "plural":
            return alone
        return alone and len(words_of(self.reading, match.end, verb.start)) <= 4

    def _saying_of(self, verb: Match, subject: Match) -> Saying | None:
        if subject.payload.get("sort") in ("person", "pronoun"):
            plural = subject.payload.get("number") == "plural"
            last = self.last
            return (
                self._said(verb, last)
                if last and not (plural and last.person is not None)
                else None
            )
        if subject.kind == "office":
            return self._titled(verb, (subject.start, subject.end))
        return Saying(verb.start, verb.end, group=(subject.start, subject.end))

    def _breaks(self, left: int, right: int) -> bool:
        gap = self.reading.lower[left:right]
        return any(mark in gap for mark in (" that ", " que ", ";", ":", '"', "»", "”"))

    def _titled(self, verb: Match, title: tuple[int, int]) -> Saying:
        """Return a saying by an office: the last person who holds it where the text names no state."""
        holder = self._holder(title)
        if holder is None and self.last is not None and self._is_of_last(title):
            holder = self.last.person
        if holder is not None:
            return Saying(verb.start, verb.end, person=holder)
        whole = self._whole(title)
        return Saying(verb.start, verb.end, title=self._full_title(title, whole))

    def _is_of_last(self, title: tuple[int, int]) -> bool:
        """Tell whether a title without state can be the last speaker's, who had none so far."""
        if self.last is None or self.last.person is None:
            return False
        bare = not self.reading.of_kinds(("demonym", "country"), *self._whole(title))
        return bare and self.cast.people[self.last.person].titled is None

    def _full_title(self, title: tuple[int, int], whole: tuple[int, int]) -> tuple[int, int]:
        """Return the last full form of a title that a text shortens ("the minister")."""
        if self.reading.of_kinds(("demonym", "country"), *whole):
            return whole
        ids = {m.id for m in self.reading.matches("office", *title)}
        for office in reversed(self.reading.matches("office", max(0, title[0] - 400), title[0])):
            full = self._whole((office.start, office.end))
            if office.id in ids and self.reading.of_kinds(("demonym", "country"), *full):
                return full
        return whole

    def _holder(self, title: tuple[int, int]) -> int | None:
        start, end = self._whole(title)
        if self.reading.of_kinds(("demonym", "country"), start, end):
            return None
        ids = {m.id for m in self.reading.matches("office", *title)}
        for mention in reversed(mentions_before(self.cast, start)):
            offices = {o.id for n in self.cast.people[mention.person].namings for o in n.offices}
            if ids & offices:
                return mention.person
        return None

    def _whole(self, title: tuple[int, int]) -> tuple[int, int]:
        """Widen an office to the state before it and the portfolio and state behind it."""
        start, end = title
        sentence = self.reading.sentence_at(start)
        floor, ceiling = (sentence.start, sentence.end) if sentence else (start, end)
        for match in self.reading.of_kinds(("country", "demonym"), max(floor, start - 25), start):
            if len(words_of(self.reading, match.end, start)) <= 2:
                start = min(start, match.start)
        for match in self.reading.of_kinds(("country", "demonym"), end, min(end + 40, ceiling)):
            if len(words_of(self.reading, end, match.start)) <= 3:
                end = match.end
                break
        return start, end


def mentions_before(cast: Cast, place: int) -> Sequence[Mention]:
    """Return the mentions that end at or before a place."""
    return [m for m in cast.between(0, place) if m.end <= place]
