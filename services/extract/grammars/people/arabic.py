"""Names in Arabic script: no capitals, so a name is what follows a title and can be one.

A title is a chain of offices and honorifics with their complements (وزير + الخارجية + الأمريكي);
complements are definite words, institutions and what a preposition brings. The first word that
is none of these may begin a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import Word, is_given, names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_WHOLE = ("coalition", "country", "organisation")
_MOST_WORDS = 7
_BLOCKING = (
    "office",
    "honorific",
    "subject",
    "act",
    "speech",
    "coalition",
    "country",
    "city",
    "month",
)
_CLITICS = ("وال", "فال", "بال", "كال", "لل", "ولل", "وبال", "ال")
_PREPOSITIONS = frozenset(("في", "لدي", "باسم", "لشوون", "لشءون", "للشوون"))
_DEFINITE_STYLES = frozenset(("معالي", "سمو", "جلاله", "فخامه", "صاحب السمو", "صاحب السمو الملكي"))
_UNLIKELY_ENDS = ("ات", "يه", "وا")
_MASDARS = ("الاست", "الانت", "الاجت", "الاعت")


def find_arabic(reading: Reading, sentence: Sentence) -> Iterator[Naming]:
    """Yield the namings of one sentence in their order."""
    start, end = sentence.start, sentence.end
    states = reading.matches("country", start, end)
    anchors = [
        m
        for m in reading.of_kinds(("office", "honorific"), start, end)
        if m.lang == "ar" and not any(s.start <= m.start < s.end for s in states)
    ]
    if anchors:
        yield from _Parse(reading, sentence, anchors).namings()


@dataclass(slots=True)
class _Title:
    """A title as far as it was read: its matches, and where it ends."""

    chain: list[Match]
    end: int
    complete: bool = False

    @property
    def offices(self) -> tuple[Match, ...]:
        return tuple(m for m in self.chain if m.kind == "office")

    @property
    def honorifics(self) -> tuple[Match, ...]:
        return tuple(m for m in self.chain if m.kind == "honorific")


class _Parse:
    """One sentence being read for names."""

    def __init__(self, reading: Reading, sentence: Sentence, anchors: Sequence[Match]) -> None:
        self.reading = reading
        self.words = words_of(reading, sentence.start, sentence.end)
        self.place = {w.start: i for i, w in enumerate(self.words)}
        self.anchors = _outermost(anchors)
        self.anchor_at = {m.outer: m for m in self.anchors}
        self.blocked = {
            m.outer: m for m in reading.of_kinds(_BLOCKING, sentence.start, sentence.end)
        }
        places = reading.of_kinds(_WHOLE, sentence.start, sentence.end)
        self.wholes = {m.outer: m.end for m in reversed(places)}

    def namings(self) -> Iterator[Naming]:
        done = -1
        for anchor in self.anchors:
            if anchor.outer < done or anchor.payload.get("sort") == "modifier":
                continue
            title = self._title(anchor)
            done = max(done, title.end)
            index = self._next(title.end)
            if index is None or not self._may_begin(index, title):
                continue
            last = self._name_end(index, title)
            if last is None:
                continue
            naming = self._naming(title, index, last)
            done = naming.end
            yield naming

    def _title(self, anchor: Match) -> _Title:
        title = _Title([anchor], anchor.end, self._is_complete(anchor))
        while True:
            index = self._next(title.end)
            if index is None:
                return title
            word = self.words[index]
            comma = not self._adjacent(title.end, word.start)
            following = self.anchor_at.get(word.start)
            if following is not None and (not comma or self._honours(title, following)):
                title.chain.append(following)
                title.end = following.end
                title.complete = title.complete or self._is_complete(following)
            elif not comma and title.chain[-1].kind == "office" and self._complements(index):
                title.end = self.wholes.get(word.start, word.end)
                title.complete = (
                    title.complete or _is_definite(word.text) or word.start in self.blocked
                )
            else:
                return title

    def _honours(self, title: _Title, following: Match) -> bool:
        """Tell whether a comma may stand between an office and what honours its holder."""
        return bool(title.offices) and following.kind == "honorific" and not following.clitics

    def _is_complete(self, match: Match) -> bool:
        """Tell whether an honorific is definite, so that even a foreign name may follow it."""
        text = self.reading.lower[match.start : match.end]
        return match.kind == "honorific" and (_is_definite(text) or text in _DEFINITE_STYLES)

    def _complements(self, index: int) -> bool:
        word = self.words[index].text
        if word in _PREPOSITIONS:
            return True
        if is_given(word):
            return False
        if self.words[index].start in self.wholes or _is_definite(word):
            return True
        bare = word
        for clitic in ("و", "ل", "ب"):
            bare = bare.removeprefix(clitic) if len(bare) > 3 else bare
            if bare in names("complements") or word in names("complements"):
                return True
        met = self.blocked.get(self.words[index].start)
        if met is not None and met.kind in ("country", "city"):
            return True
        before = self.words[index - 1].text if index else ""
        return before in _PREPOSITIONS or bool(self._demonym(self.words[index]))

    def _demonym(self, word: Word) -> Match | None:
        found = self.reading.matches("demonym", word.start, word.end)
        return found[0] if found else None

    def _may_begin(self, index: int, title: _Title) -> bool:
        word = self.words[index]
        comma = not self._adjacent(title.end, word.start)
        if comma and (not title.offices or self._gap(title.end, word.start) != ","):
            return False
        if is_given(word.text) or word.text in names("particles", "ar"):
            return True
        if self._begins_definite(index, title) and not comma:
            return True
        if comma and not self._closes(index + 2):
            return False
        return not word.text.endswith("ه") and title.complete and self._plausible(index)

    def _begins_definite(self, index: int, title: _Title) -> bool:
        """Tell whether a first name with article stands behind a rank ("الفريق المختار ولد بله")."""
        last = title.chain[-1]
        behind = last.kind == "honorific" and last.payload.get("sort") != "modifier"
        if not behind or index + 1 >= len(self.words) or not self._is_family(self.words[index]):
            return False
        following = self.words[index + 1]
        if not _is_definite(self.words[index].text) or _is_definite(following.text):
            return False
        near = self._adjacent(self.words[index].end, following.start)
        return near and (following.text in names("particles", "ar") or self._plausible(index + 1))

    def _plausible(self, index: int) -> bool:
        """Tell whether an unknown word may be part of a name: no ending or meaning against it."""
        word = self.words[index]
        text = word.text
        return not (
            len(text) < 2
            or text[0].isdigit()
            or text == "على"
            or text in names("ends")
            or (text[0] == "و" and text[1:] in names("ends"))
            or word.start in self.blocked
            or _is_definite(text)
            or text.endswith(_UNLIKELY_ENDS)
        )

    def _name_end(self, index: int, title: _Title) -> int | None:
        """Return the index of the last word of a name that begins at `index`."""
        last = index
        if self.words[index].text in names("particles", "ar"):
            last = min(index + 1, len(self.words) - 1)
        while last + 1 < len(self.words) and last - index + 1 < _MOST_WORDS:
            if not self._adjacent(self.words[last].end, self.words[last + 1].start):
                break
            step = self._goes_on(index, last + 1)
            if not step:
                break
            last = min(last + step, len(self.words) - 1)
        alone = last == index
        if alone and not (_noble(title) or self._stands_alone(index, title)):
            return None
        return last

    def _stands_alone(self, index: int, title: _Title) -> bool:
        """Tell whether one word after a courtesy title is a name ("السيد بوريطة")."""
        word = self.words[index].text
        return bool(title.chain) and title.chain[-1].kind == "honorific" and is_given(word)

    def _goes_on(self, first: int, index: int) -> int:
        """Return how many words the name goes on by at `index`: 0, 1, or 2 with a particle."""
        word = self.words[index]
        text = word.text
        before = self.words[index - 1].text
        if before in names("particles", "ar"):
            return 1
        if text in names("particles", "ar"):
            return 2 if index + 1 < len(self.words) else 0
        if is_given(text) and not self._met(word, ("office", "honorific")):
            return 1
        if text.startswith("ال"):
            foreign = index - first > 1 and not self._is_arabic(first, index)
            return int(self._is_family(word) and not foreign)
        if not self._plausible(index) or text.endswith("ه") and index - first > 1:
            return 0
        if text[0] == "و" and self._is_known(text[1:]):
            return 0
        return int(index - first < 2 or self._closes(index + 1))

    def _is_arabic(self, first: int, index: int) -> bool:
        """Tell whether the words of a name so far show it as Arabic, so that a nisba may follow."""
        words = [w.text for w in self.words[first:index]]
        return is_given(words[0]) or any(w in names("particles", "ar") for w in words)

    def _is_known(self, text: str) -> bool:
        return _is_definite(text) or is_given(text)

    def _is_family(self, word: Word) -> bool:
        """Tell whether a definite word can be a family name and is no noun of the sentence."""
        if word.text in names("ends") or self._met(word, _BLOCKING):
            return False
        if word.text.endswith(("ات", "ون", "ين")) or word.text.startswith(_MASDARS):
            return False
        return not word.text.endswith("ه") or is_given(word.text[2:])

    def _met(self, word: Word, kinds: Sequence[str]) -> bool:
        met = self.blocked.get(word.start)
        return met is not None and met.kind in kinds

    def _closes(self, index: int) -> bool:
        """Tell whether the sentence, a mark or a word that ends names stands at `index`."""
        if index >= len(self.words):
            return True
        word = self.words[index]
        if not self._adjacent(self.words[index - 1].end, word.start):
            return True
        return word.text in names("ends") or word.start in self.blocked

    def _naming(self, title: _Title, first: int, last: int) -> Naming:
        begin, end = self.words[first].start, self.words[last].end
        behind = self._title_behind(end)
        spans = [(m.start, title.end) for m in title.offices[:1]]
        spans += [(m.start, behind.end) for m in (behind.offices[:1] if behind else ())]
        return Naming(
            start=title.chain[0].start,
            end=behind.end if behind else end,
            name=(begin, end),
            words=tuple(w.text for w in self.words[first : last + 1]),
            script="ar",
            offices=title.offices + (behind.offices if behind else ()),
            honorifics=title.honorifics,
            title=spans[0] if spans else None,
            counterpart=any(m.payload.get("counterpart") for m in title.offices),
        )

    def _title_behind(self, end: int) -> _Title | None:
        index = self._next(end)
        if index is None or self._gap(end, self.words[index].start) not in ("", ","):
            return None
        anchor = self.anchor_at.get(self.words[index].start)
        if anchor is None or anchor.kind != "office" or anchor.clitics:
            return None
        title = self._title(anchor)
        follows = self._next(title.end)
        if follows is not None and title.complete and self._may_begin(follows, title):
            return None  # the title is the next person's
        return title

    def _next(self, place: int) -> int | None:
        """Return the index of the first word at or behind a place."""
        while place < (self.words[-1].end if self.words else 0):
            if place in self.place:
                return self.place[place]
            place += 1
        return None

    def _gap(self, left: int, right: int) -> str:
        return self.reading.lower[left:right].strip()

    def _adjacent(self, left: int, right: int) -> bool:
        return not self._gap(left, right)


def _outermost(anchors: Sequence[Match]) -> list[Match]:
    """Keep of anchors at one place the longest, and none that lies inside another."""
    kept: list[Match] = []
    for match in anchors:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _is_definite(text: str) -> bool:
    return text.startswith(_CLITICS) and len(text) > 4


def _noble(title: _Title) -> bool:
    return any(m.payload.get("sort") == "noble" for m in title.honorifics)
