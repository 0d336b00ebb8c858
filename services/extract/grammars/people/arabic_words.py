"""The words of one Arabic sentence, and what the lexicons know of each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from services.extract.grammars.people.cut import Word, cut_of
from services.extract.grammars.people.runs import is_dated
from services.extract.grammars.people.words import is_given, names
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

BLOCKING = (
    "office",
    "offices",
    "honorific",
    "subject",
    "act",
    "speech",
    "coalition",
    "country",
    "city",
    "month",
)
_AL_VERBS = names("al_verbs")
_WHOLE = ("coalition", "country", "organisation")
_ORIGINS = ("country", "demonym")
_LONGEST_STATE = 40
_MALIAN = "المالي"  # else "financial", so that demonyms.yaml leaves it out
_COMMANDER, _FAMILY = "قايد", "قايد"  # the first is folded
_TANWIN = "\u064b"
_WIDE = 4
_ARTICLES = ("وال", "فال", "بال", "كال", "لل", "ولل", "وبال", "ال")


class _Known:
    """What the lexicons know of the words of a text, by the place where a word begins.

    `met` holds of the matches at one word the last and shortest, `wholes` where the longest ends.
    """

    def __init__(self, reading: Reading) -> None:
        """Take the matches that lie in one sentence each."""
        self.met: dict[int, Match] = {}
        for kind in BLOCKING:
            for row in reading.by_sentence(kind).values():
                for match in row:
                    other = self.met.get(match.outer)
                    if other is not None and other.rank > match.rank:
                        continue
                    if kind != "month" or is_dated(reading, match):
                        self.met[match.outer] = match
        self.wholes: dict[int, int] = {}
        for kind in _WHOLE:
            for row in reading.by_sentence(kind).values():
                for match in row:
                    if match.end > self.wholes.get(match.outer, 0):
                        self.wholes[match.outer] = match.end
        holders = reading.by_sentence("holder").values()
        self.holders = {m.start: m.end for row in holders for m in row}


def _known(reading: Reading) -> _Known:
    """Return what is known of the words of a text; kept with it."""
    known: _Known | None = reading.kept.get("arabic words")
    if known is None:
        known = reading.kept["arabic words"] = _Known(reading)
    return known


class ArabicWords:
    """A sentence as words, with the matches at each word and the gaps between them."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        """Take the words of a sentence; matches are found by where their word begins."""
        self.reading = reading
        self._lower = reading.lower
        cut = cut_of(reading)
        self._words, self._begins = cut.words, cut.begins
        self._first = bisect_left(cut.starts, sentence.start)
        self._stop = bisect_right(cut.ends, sentence.end, self._first)
        self._count = self._stop - self._first
        known = _known(reading)
        self.met, self.wholes, self._holders = known.met, known.wholes, known.holders

    def __len__(self) -> int:
        """Return the number of words."""
        return self._count

    def __getitem__(self, index: int) -> Word:
        """Return the word at an index."""
        return self._words[self._first + index]

    def next_at(self, place: int) -> int | None:
        """Return the index of the first word at or behind a place."""
        index = bisect_left(self._begins, place, self._first, self._stop)
        return index - self._first if index < self._stop else None

    def texts(self, first: int, last: int) -> tuple[str, ...]:
        """Return the words from index `first` to `last`, the last one included."""
        low = self._first
        return tuple([w.text for w in self._words[low + first : low + last + 1]])

    def gap(self, left: int, right: int) -> str:
        """Return what stands between two places, trimmed: empty if only space does.

        A gap as wide as between the entries of a menu is a bar.
        """
        between = self._lower[left:right]
        if between == " ":
            return ""
        return between.strip() or ("|" if len(between) >= _WIDE else "")

    def follows(self, index: int) -> bool:
        """Tell whether only space parts a word from the one before it."""
        return index > 0 and not self.gap(self[index - 1].end, self[index].start)

    def is_feminine(self, index: int) -> bool:
        """Tell whether the text writes a word with ta marbuta, which foreign names have not."""
        end = self[index].end
        return self.reading.original(end - 1, end) == "ة"

    def is_adverb(self, index: int) -> bool:
        """Tell whether the text writes a word with two fathas (مشيدًا), as no name is written."""
        word = self[index]
        return _TANWIN in self.reading.original(word.start, word.end)

    def is_met(self, index: int, kinds: Sequence[str] = BLOCKING) -> bool:
        """Tell whether a match of one of these kinds begins at a word."""
        match: Match | None = self.met.get(self[index].start)
        if match is None or match.kind not in kinds:
            return False
        return not (self[index].text.startswith(_COMMANDER) and self._is_family(index))

    def _is_family(self, index: int) -> bool:
        """Tell whether the text writes a name (قايد) that folding makes a commander (قائد)."""
        word = self[index]
        return _FAMILY in self.reading.original(word.start, word.end)

    def holder_end(self, index: int) -> int:
        """Return where the name of a widely known person ends that begins at a word, or 0."""
        return self._holders.get(self[index].start, 0)

    def origin_at(self, index: int) -> Match | None:
        """Return the state or its definite adjective that a word is, clitics aside."""
        word = self[index]
        for match in self.reading.of_kinds(_ORIGINS, word.start, word.start + _LONGEST_STATE):
            if match.outer == word.start and not match.payload.get("vague"):
                article = self.reading.lower.startswith("ال", match.start) or "ال" in match.clitics
                return match if article or match.kind == "country" else None
        return None

    def is_demonym(self, index: int) -> bool:
        """Tell whether a word is the adjective of a state."""
        word = self[index]
        return word.text == _MALIAN or bool(self.reading.matches("demonym", word.start, word.end))


def is_definite(text: str) -> bool:
    """Tell whether a folded word has the article, clitics before it allowed."""
    return text.startswith(_ARTICLES) and len(text) > 4 and text not in _AL_VERBS


def is_known_name(text: str) -> bool:
    """Tell whether a folded word is a frequent first name or has the article."""
    return is_definite(text) or is_given(text)
