"""Names in Latin script: runs of capitals that a title, a state or a first name explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.apposition import offices_behind
from services.extract.grammars.people.lists import is_double, shared_head
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.runs import (
    Run,
    find_runs,
    is_credit,
    is_person,
    names_facility,
)
from services.extract.grammars.people.words import Word, names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_LATIN = re.compile("[a-z]")
_TITLES = ("office", "offices", "honorific")
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
_ENDS = frozenset(';:"«»“”(')  # of what a title and its name share
_POSTED = ("ambassador", "envoy", "us_secretary")
_WEAK = ("ambassador", "counterpart")
_PLACES = ("country", "city", "organisation", "coalition")
_DOUBLED = (" and ", " et ", " & ")
_LONGEST_TITLE = 160
_LONGEST_COUNTERPART = 40  # "his French counterpart for European affairs, X"


def find_latin(reading: Reading, sentence: Sentence) -> Iterator[Naming]:
    """Yield the namings of one sentence in their order."""
    if sentence.lang == "ar" and not _LATIN.search(reading.lower, sentence.start, sentence.end):
        return
    words = [w for w in words_of(reading, sentence.start, sentence.end) if w.text[0] < "\u0600"]
    if not any(w.capital for w in words):
        return
    yield from _Parse(reading, sentence, words).namings()


class _Parse:
    """One sentence being read for names."""

    def __init__(self, reading: Reading, sentence: Sentence, words: Sequence[Word]) -> None:
        self.reading = reading
        self.sentence = sentence
        self.words = words
        self.titles = _without_parts(
            [m for m in reading.inside(_TITLES, sentence) if m.lang != "ar"]
        )
        self.used: set[int] = set()
        self.last: Naming | None = None
        self.title_case = sentence.segment.kind == "heading" and _is_title_case(words)

    def namings(self) -> Iterator[Naming]:
        floor = self.sentence.start
        for found in find_runs(self.reading, self.sentence, self.words):
            run = self._without_portfolio(found)
            naming = self._naming(run, floor)
            if naming is not None:
                floor = naming.end
                self.last = naming
                yield naming

    def _naming(self, run: Run, floor: int) -> Naming | None:
        offices, honorifics, start, comma = self._titles_before(run, floor)
        beside = self._beside(offices, honorifics, comma, run)
        if not offices and (head := shared_head(self.reading, self.last, run, start)) is not None:
            return self._partner(head, run, honorifics, start)
        if len(run.words) == 1 and not beside and not self._is_holder(run):
            return None
        if self.title_case and not self._is_sure(run):
            return None
        behind, end = ((), run.end) if offices and not self._is_weak(offices) else self._behind(run)
        sure = self._is_holder(run) or is_person(self.reading, run)
        if not (offices or behind or honorifics or sure):
            return None
        styled = bool(offices) and offices[-1].id == "head_of_state" and not comma
        if (styled or not offices) and names_facility(self.reading, run, start):
            return None
        if not offices and not behind and is_credit(self.reading, run):
            return None
        self.used.update(m.start for m in (*offices, *behind))
        title = None
        if offices and not (behind and _POSTED[0] == offices[-1].id):
            title = self._title(offices, honorifics, run)
        elif behind:
            title = (behind[0].start, end)
        return Naming(
            start=min(start, title[0]) if title else start,
            end=end,
            name=(run.start, run.end),
            words=tuple(w.text for w in run.words),
            script="latin",
            offices=(*offices, *behind),
            honorifics=tuple(honorifics),
            title=title,
            counterpart=any(m.payload.get("counterpart") for m in offices),
        )

    def _partner(
        self, head: Naming, run: Run, honorifics: Sequence[Match], start: int
    ) -> Naming | None:
        """Return the next of those whom one plural office names ("ministers X and Y")."""
        behind, end = self._behind(run)
        self.used.update(m.start for m in behind)
        return Naming(
            start=start,
            end=end,
            name=(run.start, run.end),
            words=tuple(w.text for w in run.words),
            script="latin",
            offices=behind or head.offices,
            honorifics=tuple(honorifics),
            title=(behind[0].start, end) if behind else head.title,
            counterpart=head.counterpart,
            shared=not behind,
        )

    def _is_weak(self, offices: Sequence[Match]) -> bool:
        """Tell whether a title before a name leaves room for the office behind it."""
        return all(m.id in _WEAK for m in offices)

    def _beside(
        self, offices: Sequence[Match], honorifics: Sequence[Match], comma: bool, run: Run
    ) -> bool:
        """Tell whether a rank or a personal office stands right before a run ("Mr X")."""
        ranks = [m for m in honorifics[-1:] if m.end >= run.start - 2]
        posts = [m for m in offices[-1:] if m.payload.get("personal") and m.end == run.start - 1]
        return not comma and bool(ranks or posts)

    def _is_holder(self, run: Run) -> bool:
        """Tell whether a run is all of a widely known name and no attribute ("Biden team")."""
        found = self.reading.matches("holder", run.start, run.end)
        if not found or found[0].start != run.start:
            return False
        behind = words_of(self.reading, run.end, min(run.end + 20, self.sentence.end))[:1]
        return not behind or behind[0].text not in names("regimes")

    def _is_sure(self, run: Run) -> bool:
        """Tell whether a run among capitals of a heading is a name: known, or a first name."""
        return self._is_holder(run) or run.words[0].text in names("given", "latin")

    def _without_portfolio(self, run: Run) -> Run:
        """Cut off what a title's "for" or "of" brings ("for Terrorist Financing Elizabeth …")."""
        before = self.reading.lower[max(0, run.start - 6) : run.start]
        if not before.endswith((" for ", " of ", " of the ")):
            return run
        given = [i for i, w in enumerate(run.words) if w.text in names("given", "latin")]
        return Run(run.words[given[0] :]) if given and given[0] + 1 < len(run.words) else run

    def _title(
        self, offices: Sequence[Match], honorifics: Sequence[Match], run: Run
    ) -> tuple[int, int]:
        """Return the span of a title before a name, its adjectives in, its honorifics out."""
        ranks = [h.start for h in honorifics if h.start > offices[-1].start]
        begin = offices[0].start
        for word in reversed([w for w in self.words if w.end <= begin]):
            joined = self.reading.lower[word.end : begin] in (" ", "'s ")
            if not joined or word.text in function_words("articles"):
                break
            if not (word.capital or word.text in _PORTFOLIOS):
                break
            begin = word.start
        bracket = 2 if self.reading.lower[run.start - 1] == "(" else 0
        return begin, min([*ranks, run.start - bracket])

    def _titles_before(self, run: Run, floor: int) -> tuple[list[Match], list[Match], int, bool]:
        """Return offices and honorifics before a run, their start, and if a comma follows them."""
        offices: list[Match] = []
        honorifics: list[Match] = []
        start, comma = run.start, False
        for match in reversed([m for m in self.titles if floor <= m.start and m.end <= run.start]):
            gap = self.reading.lower[match.end : start]
            if match.start in self.used or not self._leads(match, gap, start, run.end):
                break
            if "," in gap and (match.kind == "honorific" or (offices and gap.strip() != ",")):
                break
            comma = comma or ("," in gap and not offices)
            (honorifics if match.kind == "honorific" else offices).insert(0, match)
            start = match.start
        return offices, honorifics, start, comma

    def _leads(self, match: Match, gap: str, right: int, run_end: int) -> bool:
        """Tell whether what stands between a title and what follows it can be its complement."""
        left = match.end
        longest = _LONGEST_COUNTERPART if match.payload.get("counterpart") else _LONGEST_TITLE
        if gap == " (" and match.kind == "office":  # "the president (X)"
            return self.reading.lower[run_end : run_end + 1] == ")"
        if len(gap) > longest or not _ENDS.isdisjoint(gap) or " '" in gap:
            return False
        if match.kind == "honorific":
            return not gap.strip(" .,") or self._only_origin(left, right)
        if match.id in _POSTED and self._is_post(left, right):
            return True
        if gap in _DOUBLED:
            return is_double(self.reading, match, right)
        if gap.startswith(_NO_COMPLEMENT) or self._ends_title(gap):
            return False
        return not any(self._breaks(m) for m in self.reading.of_kinds(_BREAKS, left, right))

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

    def _ends_title(self, gap: str) -> bool:
        """Tell whether a gap of several parts is more than a complement with a closing comma."""
        return any(word in gap for word in _CLAUSES)

    def _only_origin(self, left: int, right: int) -> bool:
        """Tell whether only adjectives stand between ("général pakistanais à la retraite")."""
        origin = self.reading.matches("demonym", left, right)
        return bool(origin) and self.reading.lower[origin[-1].end : right].strip() in (
            "",
            "a la retraite",
        )

    def _behind(self, run: Run) -> tuple[tuple[Match, ...], int]:
        """Return the offices in apposition behind a run, and where the last one's title ends."""
        left = [m for m in self.titles if m.start >= run.end and m.start not in self.used]
        return offices_behind(self.reading, self.sentence.end, left, run)


def _is_title_case(words: Sequence[Word]) -> bool:
    """Tell whether nearly all longer words have capitals, as in English headlines."""
    longer = [w for w in words if len(w.text) > 3]
    return len(longer) > 4 and sum(w.capital for w in longer) * 5 > len(longer) * 4


def _without_parts(titles: Sequence[Match]) -> list[Match]:
    """Leave out what is part of a longer title ("secrétaire général", "air chief marshal")."""
    kept: list[Match] = []
    for match in titles:  # by place, longest first
        if not kept or match.start >= kept[-1].end or match.kind == kept[-1].kind:
            kept.append(match)
        elif match.end - match.start > kept[-1].end - kept[-1].start:
            kept[-1] = match
    return kept
