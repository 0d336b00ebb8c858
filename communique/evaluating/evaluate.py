"""`communique evaluate`: the extractor measured against a folder of gold records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

from communique.documents.reading import Reading, read_documents, resolve_meetings
from communique.evaluating.comparing import Finding, compare
from communique.evaluating.gold import Gold, read_gold
from communique.evaluating.scores import Score, Trial, add_up, b_cubed, mean_f1
from communique.showing.progress import track
from shared.errors import CommuniqueError


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold document, the record read from its text, and every comparison of the two."""

    gold: Gold
    record: dict[str, Any]
    meeting_id: str | None
    findings: tuple[Finding, ...]

    @property
    def evidence(self) -> tuple[int, int]:
        """How many evidence spans are exact, and how many there are."""
        spans = list(_spans(self.record))
        exact = sum(self.gold.text[span["start"] : span["end"]] == span["text"] for span in spans)
        return exact, len(spans)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a folder of gold records says of the extractor."""

    documents: tuple[Judged, ...]

    def scores(self, language: str | None = None) -> dict[str, Score]:
        """Return the score of each field, of one language where that is given."""
        return add_up(finding for judged in self._of(language) for finding in judged.findings)

    def b_cubed(self, language: str | None = None) -> float | None:
        """Return the B-cubed F1 of the meetings that the documents were joined to."""
        judged = self._of(language)
        return b_cubed(
            {one.gold.name: one.gold.meeting_key for one in judged},
            {one.gold.name: one.meeting_id for one in judged},
        )

    def mean_f1(self, language: str | None = None) -> float:
        """Return the mean F1 over all fields and the joining of meetings."""
        values = [score.f1 for score in self.scores(language).values()]
        return mean_f1([*values, self.b_cubed(language)])

    @property
    def languages(self) -> list[str]:
        """The main languages of the documents."""
        return sorted({judged.gold.language for judged in self.documents})

    @property
    def kinds_right(self) -> int:
        """How many documents were told to be of the right kind."""
        return sum(judged.gold.kind == judged.record["kind"] for judged in self.documents)

    @property
    def evidence(self) -> tuple[int, int]:
        """How many evidence spans are exact, and how many there are, in all records."""
        counts = [judged.evidence for judged in self.documents]
        return sum(exact for exact, _ in counts), sum(spans for _, spans in counts)

    @property
    def trials(self) -> list[Trial]:
        """Every value read: how sure it was said to be, by which rule, and whether it is right.

        A person is right with role and country only; the parts of a meeting count one by one.
        """
        return [one for judged in self.documents for one in _trials(judged.findings)]

    def _of(self, language: str | None) -> list[Judged]:
        return [j for j in self.documents if language in (None, j.gold.language)]


def evaluate(folder: Path) -> Evaluation:
    """Read every text of a folder of gold records and compare. CommuniqueError: see `read_gold`."""
    golds = list(read_gold(folder))
    unread: list[Path] = []
    files = track([gold.path for gold in golds], "reading the documents")
    readings = list(read_documents(files, unread))
    if unread:
        raise CommuniqueError(f"{len(unread)} could not be read: {', '.join(map(str, unread))}")
    meetings = resolve_meetings(readings)
    return Evaluation(tuple(map(_judge, golds, readings, repeat(meetings))))


def _judge(gold: Gold, reading: Reading, meetings: Mapping[str, str]) -> Judged:
    record = reading.record.model_dump(mode="json")
    meeting = meetings.get(reading.record.document.id)
    return Judged(gold, record, meeting, tuple(compare(gold, record)))


def as_json(evaluation: Evaluation) -> str:
    """Return the figures as one JSON object."""
    exact, spans = evaluation.evidence
    fields = {
        name: {"precision": score.precision, "recall": score.recall, "f1": score.f1}
        for name, score in evaluation.scores().items()
    }
    figures = {
        "documents": len(evaluation.documents),
        "mean_f1": evaluation.mean_f1(),
        "mean_f1_by_language": {lang: evaluation.mean_f1(lang) for lang in evaluation.languages},
        "kind_accuracy": evaluation.kinds_right / len(evaluation.documents),
        "evidence": {"exact": exact, "spans": spans},
        "meetings_b_cubed": evaluation.b_cubed(),
        "fields": fields,
    }
    return json.dumps(figures, indent=1)


def _spans(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every evidence span of a record, however deep it lies."""
    if isinstance(node, dict):
        if {"start", "end", "text"} <= node.keys():
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from _spans(value)


def _trials(findings: Iterable[Finding]) -> Iterator[Trial]:
    people: dict[int, Trial] = {}
    for finding in findings:
        if finding.item is None or finding.read is None:
            continue
        right = finding.verdict == "right"
        trial = Trial(finding.item.get("rule") or "", finding.item["confidence"], right)
        if finding.field not in ("people", "roles"):
            yield trial
        elif id(finding.item) not in people or not right:
            people[id(finding.item)] = trial
    yield from people.values()
