"""Lists: what was agreed, told item by item under a clause that ends in a colon."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.commitments.clause import Clause
from services.extract.grammars.commitments.order import Order
from services.extract.grammars.commitments.rules import LIST_ITEM
from services.extract.grammars.commitments.series import joined_nouns, spelled_out
from services.extract.grammars.function_words import function_words
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Act

_NOUNS = ("act_infinitive", "act_noun", "act_item")
_LEAD = 8
_LINE = 200  # characters of an item without a bullet
_TITLE = 5  # words at most, number included
_DECIDING: dict[Act, Act] = {"adopt": "agree"}  # "took the following decisions": agreed to each


class Lists:
    """The clauses of a text, with those that only announce a list replaced by its items."""

    def __init__(self, reading: Reading) -> None:
        """Begin outside of any list."""
        self._reading = reading
        self._announced: Clause | None = None
        self.open = False  # if the next sentence may be an item
        self._act: Act | None = None

    def read(
        self, sentence: Sentence, told: Sequence[Clause], mark: str, order: Order
    ) -> list[Clause]:
        """Return the clauses of a sentence that ends in a mark; `order` was read up to here."""
        if self.open and self._goes_on(sentence, told):
            return self._item(sentence, told)
        found = self.close()
        self.open = mark == ":" and order.state == "group"
        self._act = None
        if self.open and told and not self._is_of_parts(told[-1]):
            *told, self._announced = told
            self._act = _DECIDING.get(self._announced.act, self._announced.act)
        for clause in told:
            found += spelled_out(self._reading, clause)
        return found

    def _is_of_parts(self, clause: Clause) -> bool:
        """Tell whether a list only spells out what its lead tells ("agreed on three lines:")."""
        words = self._reading.lower[clause.object : clause.end].split()
        return not function_words("list_parts").isdisjoint(w.strip(":,.") for w in words)

    def _goes_on(self, sentence: Sentence, told: Sequence[Clause]) -> bool:
        """Tell whether a list goes on: with a bullet or, in Arabic, a short line without a verb."""
        segment = sentence.segment
        if segment.kind == "bullet":
            return True
        line = sentence.start == segment.start and segment.end - segment.start < _LINE
        return line and not told and self._act == "agree" and segment.lang == "ar"

    def close(self) -> list[Clause]:
        """Return the clause that announced a list, if no list came."""
        announced, self._announced = self._announced, None
        return [announced] if announced else []

    def _item(self, sentence: Sentence, told: Sequence[Clause]) -> list[Clause]:
        self._announced = None
        if told or sentence.start != sentence.segment.start:
            return list(told)
        noun = self._leading_noun(sentence)
        if noun is not None and noun.payload["act"]:
            return joined_nouns(self._reading, noun, sentence.end)
        if self._act is not None and self._is_told(sentence):
            return [Clause(self._act, sentence.start, sentence.end, sentence.start, LIST_ITEM)]
        return []

    def _is_told(self, sentence: Sentence) -> bool:
        """Tell whether an item says something; few words without a stop are a section's title."""
        item = self._reading.lower[sentence.start : sentence.end].rstrip()
        return item.endswith((".", ";")) or len(item.split()) > _TITLE

    def _is_bare(self, sentence: Sentence, noun: Match) -> bool:
        """Tell whether nothing but the item's mark stands before a noun ("a) adoption of")."""
        lead = self._reading.lower[sentence.start : noun.start].strip()
        return not lead or (not lead[-1].isalpha() and lead[-1] != "'")

    def _leading_noun(self, sentence: Sentence) -> Match | None:
        """Return the verbal noun or infinitive that an item begins with ("- condemning …")."""
        near = sentence.start + _LEAD
        for noun in self._reading.inside(_NOUNS, sentence)[:1]:
            if noun.start > near or noun.payload.get("outcome_only"):
                continue
            if noun.kind != "act_item" or self._is_bare(sentence, noun):
                return noun
        return None
