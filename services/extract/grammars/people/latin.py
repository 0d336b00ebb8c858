"""Names in Latin script: runs of capitals that a title, a state or a first name explains."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from services.extract.grammars.people.apposition import offices_behind
from services.extract.grammars.people.bearers import is_credit, is_person, names_facility
from services.extract.grammars.people.cut import Word, cut_of
from services.extract.grammars.people.latin_titles import Lead, Titles
from services.extract.grammars.people.lists import is_lettered, shared_head
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.runs import Run, find_runs
from services.extract.grammars.people.words import names, words_of
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_POSTED = "ambassador"
_WEAK = (_POSTED, "counterpart")


def find_latin(reading: Reading, sentence: Sentence, capitals: Sequence[int]) -> Iterable[Naming]:
    """Return the namings of one sentence in their order.

    `capitals` are the indices of its words with capitals, of which there is one at least.
    """
    stop = bisect_left(cut_of(reading).starts, sentence.end, capitals[-1])
    runs = list(find_runs(reading, capitals, stop))
    return _Parse(reading, sentence, stop).namings(runs) if runs else ()


class _Parse:
    """One sentence being read for names."""

    def __init__(self, reading: Reading, sentence: Sentence, stop: int) -> None:
        self.reading = reading
        self.sentence = sentence
        self.titles = Titles(reading, sentence)
        self.holders = reading.inside("holder", sentence)
        self.last: Naming | None = None
        cut = cut_of(reading)
        self.title_case = sentence.segment.kind == "heading" and _is_title_case(
            cut.words[bisect_left(cut.starts, sentence.start) : stop]
        )

    def namings(self, runs: Iterable[Run]) -> Iterator[Naming]:
        """Yield those whom the runs of the sentence name."""
        floor = self.sentence.start
        for found in runs:
            run = self._without_letters(self._without_portfolio(found))
            naming = self._naming(run, floor)
            if naming is not None:
                floor = naming.end
                self.last = naming
                yield naming

    def _naming(self, run: Run, floor: int) -> Naming | None:
        lead = self.titles.before(run, floor)
        offices = lead.offices
        if (
            self.last is not None
            and not offices
            and (head := shared_head(self.reading, self.last, run, lead.start)) is not None
        ):
            return self._partner(head, run, lead)
        known = self._is_holder(run)
        if len(run.words) == 1 and not known and not _is_beside(lead, run):
            return None
        if self.title_case and not (known or run.words[0].text in names("given", "latin")):
            return None
        behind, end = ((), run.end) if offices and not _are_weak(offices) else self._behind(run)
        if not (offices or behind or lead.honorifics or known or is_person(self.reading, run)):
            return None
        if not self._is_somebody(run, lead, behind):
            return None
        self.titles.used.update(m.start for m in (*offices, *behind))
        title = None
        if offices and not (behind and offices[-1].id == _POSTED):
            title = self.titles.span(lead, run)
        elif behind:
            title = (behind[0].start, end)
        return Naming(
            start=min(lead.start, title[0]) if title else lead.start,
            end=end,
            name=(run.start, run.end),
            words=tuple(w.text for w in run.words),
            script="latin",
            offices=(*offices, *behind),
            honorifics=tuple(lead.honorifics),
            title=title,
            counterpart=any(m.payload.get("counterpart") for m in offices),
        )

    def _is_somebody(self, run: Run, lead: Lead, behind: Sequence[Match]) -> bool:
        """Tell whether a run that could be a name is neither a facility's nor an author's."""
        offices = lead.offices
        styled = bool(offices) and offices[-1].id == "head_of_state" and not lead.comma
        if (styled or not offices) and names_facility(self.reading, run, lead.start):
            return False
        return bool(offices or behind) or not is_credit(self.reading, run)

    def _partner(self, head: Naming, run: Run, lead: Lead) -> Naming | None:
        """Return the next of those whom one plural office names ("ministers X and Y")."""
        behind, end = self._behind(run)
        self.titles.used.update(m.start for m in behind)
        return Naming(
            start=lead.start,
            end=end,
            name=(run.start, run.end),
            words=tuple(w.text for w in run.words),
            script="latin",
            offices=behind or head.offices,
            honorifics=tuple(lead.honorifics),
            title=(behind[0].start, end) if behind else head.title,
            counterpart=head.counterpart,
            shared=not behind,
        )

    def _is_holder(self, run: Run) -> bool:
        """Tell whether a run is all of a widely known name and no attribute ("Biden team")."""
        if not self.holders:
            return False
        found = self.reading.matches("holder", run.start, run.end)
        if not found or found[0].start != run.start:
            return False
        behind = words_of(self.reading, run.end, min(run.end + 20, self.sentence.end))[:1]
        return not behind or behind[0].text not in names("regimes")

    def _without_letters(self, run: Run) -> Run:
        """Cut off the letters of orders and services behind a name ("Steve Moorhouse OBE RN")."""
        words = list(run.words)
        while len(words) > 1 and is_lettered(self.reading, words[-1]):
            words.pop()
        whole = (
            len(words) == len(run.words)
            or self.reading.original(words[0].start, words[0].end).isupper()
        )
        return run if whole else Run(words)

    def _without_portfolio(self, run: Run) -> Run:
        """Cut off what a title's "for" or "of" brings ("for Terrorist Financing Elizabeth …")."""
        before = self.reading.lower[max(0, run.start - 6) : run.start]
        if not before.endswith((" for ", " of ", " of the ")):
            return run
        given = [i for i, w in enumerate(run.words) if w.text in names("given", "latin")]
        return Run(run.words[given[0] :]) if given and given[0] + 1 < len(run.words) else run

    def _behind(self, run: Run) -> tuple[tuple[Match, ...], int]:
        """Return the offices in apposition behind a run, and where the last one's title ends."""
        left = self.titles.behind(run.end)
        if not left:
            return (), run.end
        return offices_behind(self.reading, self.sentence.end, left, run)


def _are_weak(offices: Sequence[Match]) -> bool:
    """Tell whether titles before a name leave room for the office behind it."""
    return all(m.id in _WEAK for m in offices)


def _is_beside(lead: Lead, run: Run) -> bool:
    """Tell whether a rank or a personal office stands right before a run ("Mr X")."""
    if lead.comma:
        return False
    ranked = any(m.end >= run.start - 2 for m in lead.honorifics[-1:])
    last = lead.offices[-1:]
    return ranked or any(m.payload.get("personal") and m.end == run.start - 1 for m in last)


def _is_title_case(words: Sequence[Word]) -> bool:
    """Tell whether nearly all longer words have capitals, as in English headlines."""
    longer = [w for w in words if len(w.text) > 3 and w.text[0] < "\u0600"]
    return len(longer) > 4 and sum(w.capital for w in longer) * 5 > len(longer) * 4
