"""What a worker remembers of meetings, so that one more document need not count all afresh."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from services.store.facts import Facts
from services.store.tally import Tally
from services.store.witness import Witness
from shared.meeting import MergedMeeting

_MOST = 60  # documents remembered; one takes 74 KB, mostly its tally and what is merged of it
_MOST_OUTLINES = 10_000  # meetings of which only the outlines are remembered


@dataclass(slots=True)
class Known:
    """A meeting as of one revision: its documents counted, each as a witness, and merged."""

    tally: Tally
    witnesses: dict[str, Witness]
    merged: MergedMeeting

    @property
    def outlines(self) -> frozenset[Facts]:
        """What its documents say that can contradict others, each once."""
        facts = {w.number: w.facts for w in self.witnesses.values()}
        return frozenset(each.outline for each in facts.values())


class Memory:
    """The meetings used last. Whatever is taken out must be put back after the commit only.

    So a transaction that fails leaves nothing wrong behind, and a revision that another worker
    wrote is never mistaken for one's own.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._known: OrderedDict[str, tuple[int, Known]] = OrderedDict()
        self._documents = 0
        self._outlines: OrderedDict[str, tuple[int, frozenset[Facts]]] = OrderedDict()

    def outlines(self, meeting_id: str, revision: int) -> frozenset[Facts] | None:
        """Return the outlines of exactly this revision, if they are remembered."""
        remembered = self._outlines.get(meeting_id)
        return remembered[1] if remembered and remembered[0] == revision else None

    def keep_outlines(self, meeting_id: str, revision: int, outlines: frozenset[Facts]) -> None:
        """Remember a committed revision's outlines."""
        self._outlines[meeting_id] = (revision, outlines)
        self._outlines.move_to_end(meeting_id)
        if len(self._outlines) > _MOST_OUTLINES:
            self._outlines.popitem(last=False)

    def take(self, meeting_id: str, revision: int) -> Known | None:
        """Take out what is remembered of exactly this revision."""
        remembered = self._known.pop(meeting_id, None)
        if remembered is None:
            return None
        self._documents -= len(remembered[1].witnesses)
        return remembered[1] if remembered[0] == revision else None

    def keep(self, meeting_id: str, revision: int, known: Known) -> None:
        """Remember a committed revision, and forget what was not used for longest."""
        self.take(meeting_id, revision)
        self._known[meeting_id] = (revision, known)
        self._documents += len(known.witnesses)
        while self._documents > _MOST and len(self._known) > 1:
            _, (_, forgotten) = self._known.popitem(last=False)
            self._documents -= len(forgotten.witnesses)


class Draft:
    """A memory that sees what earlier work in the same transaction has made of meetings.

    What it is told goes into the memory itself only when the transaction is committed.
    """

    def __init__(self, memory: Memory) -> None:
        """Begin with a transaction."""
        self._memory = memory
        self._made: dict[str, tuple[int, Known]] = {}
        self._outlines: dict[str, tuple[int, frozenset[Facts]]] = {}

    def outlines(self, meeting_id: str, revision: int) -> frozenset[Facts] | None:
        """Return the outlines of exactly this revision, if they are known."""
        made = self._outlines.get(meeting_id)
        if made is not None and made[0] == revision:
            return made[1]
        return self._memory.outlines(meeting_id, revision)

    def keep_outlines(self, meeting_id: str, revision: int, outlines: frozenset[Facts]) -> None:
        """Have a revision's outlines at hand for later work in the same transaction."""
        self._outlines[meeting_id] = (revision, outlines)

    def take(self, meeting_id: str, revision: int) -> Known | None:
        """Take out what is known of exactly this revision."""
        made = self._made.pop(meeting_id, None)
        if made is not None and made[0] == revision:
            return made[1]
        return self._memory.take(meeting_id, revision)

    def keep(self, meeting_id: str, revision: int, known: Known) -> None:
        """Have a revision at hand for later work in the same transaction."""
        self._made[meeting_id] = (revision, known)
