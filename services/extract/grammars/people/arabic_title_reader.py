"""Titles in Arabic script read word by word, and where a name may begin behind them."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.arabic_names import (
    begins_definite,
    closes,
    is_of_god,
    is_plausible,
)
from services.extract.grammars.people.arabic_titles import Title
from services.extract.grammars.people.arabic_words import ArabicWords, is_definite
from services.extract.grammars.people.words import is_given, names
from services.extract.matching import Match

_NO_TITLE = function_words("no_title_ar")
_THEN = names("then_ar")
_TIMES = names("times_ar")
_PARTICLES = names("particles", "ar")
_FACILITIES = names("facilities", "ar")
_INSTITUTIONS = names("complements")
_ASIDES = {"(": ")", '"': '"', "«": "»", "“": "”"}
_LONGEST_ASIDE = 30
_APART = (",", "-", "–")
_RANKED = ("rank", "modifier", "noble", "style")
_COMMON_STYLES = frozenset(("سياده", "دوله", "سعاده", "مقام", "فضيله"))
_DEFINITE_STYLES = frozenset(("معالي", "سمو", "جلاله", "فخامه", "صاحب السمو", "صاحب السمو الملكي"))


class TitleReader:
    """The titles of one sentence: what each consists of, and if a name may follow."""

    def __init__(
        self,
        words: ArabicWords,
        anchors: Sequence[Match],
        known: Sequence[Match] = (),
        origins: Sequence[Match] = (),
    ) -> None:
        """Take the words of the sentence, and what is known of them by place."""
        self.words = words
        self.known = {m.start: m for m in known}
        self.origins = origins
        self.anchors = _outermost(anchors)
        self.anchor_at = {m.outer: m for m in self.anchors}

    def rank_at(self, place: int) -> Match | None:
        """Return the rank or style that begins right behind a place."""
        index = self.words.next_at(place)
        if index is None or self.words.gap(place, self.words[index].start):
            return None
        found = self.anchor_at.get(self.words[index].start)
        return found if found is not None and found.kind == "honorific" else None

    def names_facility(self, anchor: Match) -> bool:
        """Tell whether an airport, a street or the like is named after somebody."""
        index = self.words.next_at(anchor.outer)
        if not index or not self.words.follows(index):
            return False
        before = self.words[index - 1].text
        bare = before[1:] if before[0] in "وبلف" else before
        return not {before, bare}.isdisjoint(_FACILITIES)

    def title(self, anchor: Match, alone: bool = False) -> Title:
        """Return the title that begins with an office or a style.

        `alone`: its holder was named before, so that a rank behind a comma is the next person's.
        """
        whole = self.words.wholes.get(anchor.outer, 0)  # "the Secretary General of NATO"
        end = max(anchor.end, whole)
        title = Title([anchor], end, end > anchor.end or self._is_complete(anchor))
        while (index := self.words.next_at(title.end)) is not None:
            word = self.words[index]
            gap = self.words.gap(title.end, word.start)
            if gap in _ASIDES and title.offices:
                behind = self._behind_aside(title.end, _ASIDES[gap])
                if behind is not None:
                    title.end, title.complete = behind, True
                    continue
            comma = bool(gap)
            following = self.anchor_at.get(word.start)
            if following is not None and _is_next_ones(following):
                break
            if following is not None and (
                not comma or (not alone and self._honours(title, following))
            ):
                title.apart = title.apart or comma
                title.chain.append(following)
                title.end = following.end
                title.complete = title.complete or self._is_complete(following)
            elif not comma and self._goes_on(title, index):
                title.end = self.words.wholes.get(word.start, word.end)
                definite = is_definite(word.text) or word.start in self.words.met
                title.complete = title.complete or definite
            else:
                break
        return title

    def _goes_on(self, title: Title, index: int) -> bool:
        """Tell whether a word carries a title on; behind a rank only the adjective of a state."""
        if title.chain[-1].kind != "honorific":
            return self._complements(index)
        ranked = title.chain[-1].payload.get("sort") in _RANKED
        return ranked and self.words.is_demonym(index) and is_definite(self.words[index].text)

    def _behind_aside(self, place: int, closing: str) -> int | None:
        """Return where a short name in brackets or quotation marks ends (حلف الأطلسي "ناتو")."""
        lower = self.words.reading.lower
        end = lower.find(closing, place + 2, place + _LONGEST_ASIDE)
        inside = lower[place:end].split() if end > 0 else []
        return end + 1 if 0 < len(inside) <= 3 else None

    def _honours(self, title: Title, following: Match) -> bool:
        """Tell whether a comma may stand between an office and what honours its holder."""
        return bool(title.offices) and following.kind == "honorific" and not following.clitics

    def _is_complete(self, match: Match) -> bool:
        """Tell whether an honorific is definite, so that even a foreign name may follow it."""
        text = self.words.reading.lower[match.start : match.end]
        return match.kind == "honorific" and (is_definite(text) or text in _DEFINITE_STYLES)

    def _complements(self, index: int) -> bool:
        """Tell whether a word carries the title on."""
        word = self.words[index]
        if word.text in _NO_TITLE or word.text in _THEN:
            return True
        if is_given(word.text) or word.start in self.known or word.text in _TIMES:
            return False
        if word.start in self.words.wholes or is_definite(word.text):
            return True
        if _is_institution(word.text) or self.words.is_met(index, ("country", "city")):
            return True
        before = self.words[index - 1].text if index else ""
        return before in _NO_TITLE or self.words.is_demonym(index)

    def may_begin(self, index: int, title: Title) -> bool:
        """Tell whether a name begins at a word behind a title."""
        text = self.words[index].text
        gap = self.words.gap(title.end, self.words[index].start)
        if gap and (not title.offices or gap not in _APART):
            return False
        if self.surely_begins(index):
            return True
        if title.chain[-1].kind == "offices":
            return False  # what follows "the representatives of …" is seldom a name
        if not gap and self._calls_by_name(title) and begins_definite(self.words, index):
            return True
        if gap and not self._may_stand_apart(index):
            return False
        if text[0] == "ل" and self._is_definite(index + 1):
            return False  # "of the …"
        feminine = self.words.is_feminine(index) and not self._is_womans(title)
        return title.complete and not feminine and is_plausible(self.words, index)

    def surely_begins(self, index: int) -> bool:
        """Tell whether a word can hardly be anything but the first of a name."""
        text = self.words[index].text
        if self.words[index].start in self.known or is_given(text) or text in _PARTICLES:
            return True
        return self._has_lineage(index) or is_of_god(self.words, index + 1)

    def _may_stand_apart(self, index: int) -> bool:
        """Tell whether an unknown word behind a title's comma begins a name: no verb, no "in his".

        A foreign name of two words ends there ("وزير الدفاع، تيو فرانكن،").
        """
        if not closes(self.words, index + 2):
            return False
        word = self.words[index]
        if word.text[0] in "بل" and word.text[-1] == "ه" and not word.text.endswith("ييه"):
            return False
        roles = self.words.reading.matches("role", word.start, word.end)
        return not any(m.outer == word.start for m in roles)

    def _is_definite(self, index: int) -> bool:
        return index < len(self.words) and is_definite(self.words[index].text)

    def _is_womans(self, title: Title) -> bool:
        """Tell whether the first word of a title is feminine, as only those of women are."""
        first = self.words.next_at(title.chain[0].outer)
        return first is not None and self.words.is_feminine(first)

    def _calls_by_name(self, title: Title) -> bool:
        """Tell whether a title ends in a style or rank that is no common noun."""
        last = title.chain[-1]
        text = self.words.reading.lower[last.start : last.end]
        return title.ends_in_honorific and text not in _COMMON_STYLES

    def _has_lineage(self, index: int) -> bool:
        """Tell whether "son of" or "daughter of" follows a word, which only names have."""
        follows = index + 1 < len(self.words) and self.words.follows(index + 1)
        return follows and self.words[index + 1].text in names("lineage")

    def stands_alone(self, index: int, title: Title) -> bool:
        """Tell whether one word is a name: a well-known one, or a first name ("السيد خالد")."""
        known = self.known.get(self.words[index].start)
        if known is not None and known.end >= self.words[index].end:
            return True
        return title.chain[-1].kind == "honorific" and is_given(self.words[index].text)


def _outermost(anchors: Sequence[Match]) -> list[Match]:
    """Keep of anchors at one place the longest, and none that lies inside another."""
    kept: list[Match] = []
    for match in anchors:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _is_next_ones(match: Match) -> bool:
    """Tell whether a rank or style is joined by "and": it is not the same person's."""
    return match.kind == "honorific" and match.clitics.startswith("و")


def _is_institution(text: str) -> bool:
    """Tell whether a word, clitics off, is a noun that goes on a title without article (هيئة)."""
    for clitic in ("", "و", "ل", "ب"):
        text = text.removeprefix(clitic) if len(text) > 3 else text
        if text in _INSTITUTIONS:
            return True
    return False
