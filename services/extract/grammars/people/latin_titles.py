"""Titles before a name in Latin script: which offices and styles lead up to a run of capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.lists import is_double
from services.extract.grammars.people.runs import Run
from services.extract.grammars.people.words import names, words_back, words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

TITLES = ("office", "offices", "honorific")
_BREAKS = ("act", "speech", "role")
_NO_COMPLEMENT = (
    " the ",
    " a ",
    " an ",
    " to ",
    " at ",
    " in ",
    " on ",
    " with ",
    " by ",
    " as ",
    " alongside ",
    " avec ",
    " par ",
    " aux cotes ",
    " and ",
    " et ",
    ", and ",
    ", et ",
)
_CLAUSES = (
    ", who ",
    ", qui ",
    " that ",
    " que ",
    " from ",
    " was ",
    " is ",
    " were ",
    " est ",
    " etait ",
)
_PORTFOLIOS = frozenset(
    ("defence", "defense", "foreign", "interior", "new", "caretaker", "security")
)
_IN_CHARGE = " in charge"
_LETTERS = re.compile(r" \(([a-z]{2,6})\)")  # "Chief of Defence Staff (CDS)"
_ENDS = frozenset(';:"«»“”(')  # of what a title and its name share
_POSTED = ("ambassador", "envoy", "us_secretary")
_PLACES = ("country", "city", "organisation", "coalition")
_DOUBLED = (" and ", " et ", " & ")
_LONGEST_TITLE = 160
_LONGEST_COUNTERPART = 40  # "his French counterpart for European affairs, X"


class Lead:
    """What leads up to a run: its offices and honorifics by place, and where they start.

    `comma` tells whether one stands between them and the name.
    """

    __slots__ = ("comma", "honorifics", "offices", "start")

    def __init__(self, start: int) -> None:
        """Begin at the run itself."""
        self.offices: list[Match] = []
        self.honorifics: list[Match] = []
        self.start = start
        self.comma = False


class Titles:
    """The titles of one sentence in Latin script; `used` are the starts of those given away."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        """Take the titles of a sentence, no parts of longer ones among them."""
        self.reading = reading
        self.sentence = sentence
        self.used: set[int] = set()
        found = reading.inside(TITLES, sentence)
        self.all = _without_parts([m for m in found if m.lang != "ar"]) if found else []

    def behind(self, place: int) -> list[Match]:
        """Return the titles from a place on that no name has yet."""
        return [m for m in self.all if m.start >= place and m.start not in self.used]

    def before(self, run: Run, floor: int) -> Lead:
        """Return offices and honorifics that stand before a run, from `floor` on."""
        lead = Lead(run.start)
        for match in reversed(self.all):
            if match.end > run.start or match.start < floor:
                continue
            gap = self.reading.lower[match.end : lead.start]
            if match.start in self.used or not self._leads(match, gap, lead.start, run.end):
                break
            if "," in gap and (match.kind == "honorific" or (lead.offices and gap.strip() != ",")):
                break
            lead.comma = lead.comma or ("," in gap and not lead.offices)
            (lead.honorifics if match.kind == "honorific" else lead.offices).insert(0, match)
            lead.start = match.start
        return lead

    def span(self, lead: Lead, run: Run) -> tuple[int, int]:
        """Return the span of a title before a name, its adjectives in, its honorifics out."""
        offices = lead.offices
        ranks = [h.start for h in lead.honorifics if h.start > offices[-1].start]
        begin = self._with_adjectives(offices[0].start)
        bracket = 2 if self.reading.lower[run.start - 1] == "(" else 0
        return begin, min([*ranks, run.start - bracket])

    def _with_adjectives(self, begin: int) -> int:
        """Return where the adjectives before an office begin ("caretaker Defence Minister")."""
        for word in words_back(self.reading, begin, self.sentence.start):
            joined = self.reading.lower[word.end : begin] in (" ", "'s ")
            if not joined or word.text in function_words("articles"):
                break
            if not (word.capital or word.text in _PORTFOLIOS):
                break
            begin = word.start
        return begin

    def _leads(self, match: Match, gap: str, right: int, run_end: int) -> bool:
        """Tell whether what stands between a title and what follows it can be its complement."""
        left = match.end
        longest = _LONGEST_COUNTERPART if match.payload.get("counterpart") else _LONGEST_TITLE
        if gap == " (" and match.kind == "office":  # "the president (X)"
            return self.reading.lower[run_end : run_end + 1] == ")"
        if "(" in gap:
            gap = self._without_letters(gap, left)
        if len(gap) > longest or not _ENDS.isdisjoint(gap) or " '" in gap:
            return False
        if match.kind == "honorific":
            return not gap.strip(" .,") or self._only_origin(left, right)
        if match.id in _POSTED and self._is_post(left, right):
            return True
        if gap in _DOUBLED:
            return is_double(self.reading, match, right)
        if gap.removeprefix(_IN_CHARGE).startswith(_NO_COMPLEMENT) or _ends_title(gap):
            return False
        return not any(self._breaks(m) for m in self.reading.of_kinds(_BREAKS, left, right))

    def _without_letters(self, gap: str, left: int) -> str:
        """Return what stands behind a title without the short form of it in brackets."""
        short = _LETTERS.search(gap)
        if short is None:
            return gap
        letters = self.reading.original(left + short.start(1), left + short.end(1))
        return gap[: short.start()] + gap[short.end() :] if letters.isupper() else gap

    def _breaks(self, match: Match) -> bool:
        """Tell whether a verb parts a title from what follows; "chargé de …" belongs to it."""
        return self.reading.lower[match.start : match.end] not in names("title_participles")

    def _is_post(self, left: int, right: int) -> bool:
        """Tell whether only the place of a post stands between ("ambassador to Yemen X")."""
        words = words_of(self.reading, left, right)
        places = self.reading.of_kinds(_PLACES, left, right)
        if not words or not places or words[0].text not in names("posted"):
            return False
        return self.reading.lower[places[-1].end : right].strip(" ,") == ""

    def _only_origin(self, left: int, right: int) -> bool:
        """Tell whether only adjectives stand between ("général pakistanais à la retraite")."""
        origin = self.reading.matches("demonym", left, right)
        return bool(origin) and self.reading.lower[origin[-1].end : right].strip() in (
            "",
            "a la retraite",
        )


def _ends_title(gap: str) -> bool:
    """Tell whether a gap of several parts is more than a complement with a closing comma."""
    return any(word in gap for word in _CLAUSES)


def _without_parts(titles: Sequence[Match]) -> list[Match]:
    """Leave out what is part of a longer title ("secrétaire général", "air chief marshal")."""
    kept: list[Match] = []
    for match in titles:  # by place, longest first
        if not kept or match.start >= kept[-1].end or match.kind == kept[-1].kind:
            kept.append(match)
        elif match.end - match.start > kept[-1].end - kept[-1].start:
            kept[-1] = match
    return kept
