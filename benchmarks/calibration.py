"""How often each rule of the extractor is right, written to where the extractor reads it.

    python -m benchmarks.calibration GOLD_DIR…

Reads the texts of the folders, compares the records with the gold ones, and sets the confidence of
each rule to its share of right values. A rule that was seen seldom is drawn towards the mean of its
field, as if it had been seen eight times more with that share.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import yaml

from communique.evaluating.evaluate import evaluate
from communique.evaluating.scores import by_rule
from services.extract import lexicon

TABLE = Path(lexicon.__file__).parent / "confidence.yaml"
DRAWN = 8  # values of the field's mean that every rule is given
HIGHEST = 0.99  # nothing is certain
HEAD = """\
# How often what each rule of the extractor reads is right: the confidence of its values. Measured
# on gold records that no rule was made with; written by `python -m benchmarks.calibration`.
# Every rule stands here once, as `field: how it reads`. Not searched for: a table.
"""

Counts = Mapping[str, tuple[int, int]]


def calibrated(counts: Counts) -> dict[str, float]:
    """Return the confidence of each rule from its counts of values read and right."""
    fields: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for rule, count in counts.items():
        fields[_field(rule)].append(count)
    means = {
        field: (sum(right for _, right in rows) + 1) / (sum(read for read, _ in rows) + 1)
        for field, rows in fields.items()
    }
    return {
        rule: round(min(HIGHEST, (right + DRAWN * means[_field(rule)]) / (read + DRAWN)), 2)
        for rule, (read, right) in counts.items()
    }


def _field(rule: str) -> str:
    return rule.partition(":")[0]


def main(folders: list[Path]) -> None:
    """Measure, write the table, and print what changed."""
    trials = [trial for folder in folders for trial in evaluate(folder).trials]
    known = yaml.safe_load(TABLE.read_text("utf-8"))["rules"]
    counts = dict.fromkeys(sorted(known), (0, 0)) | by_rule(trials)
    rules = dict(sorted(calibrated(counts).items()))
    body = yaml.safe_dump({"table": True, "rules": rules}, sort_keys=False, allow_unicode=True)
    TABLE.write_text(HEAD + body, "utf-8")
    for rule, share in rules.items():
        read, right = counts[rule]
        print(f"{rule:60} {right:4}/{read:<4} {known.get(rule, 0):.2f} -> {share:.2f}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
