"""What an evaluation found, as tables: scores a field and language, errors, reliability."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.evaluating.scores import by_rule, calibration_error, reliability
from communique.showing.folded import Folded
from communique.showing.rendering import table

if TYPE_CHECKING:
    from communique.evaluating.comparing import Finding
    from communique.evaluating.evaluate import Evaluation
    from communique.evaluating.scores import Score

_LONGEST = 200  # characters of one value in the list of errors


def render_evaluation(evaluation: Evaluation) -> Group:
    """Return the figures of an evaluation: fields, documents, how far confidence can be trusted."""
    return Group(_fields(evaluation), "", *_documents(evaluation), "", *_reliability(evaluation))


def render_rules(evaluation: Evaluation) -> Table:
    """Return for each rule of the extractor how many values it read and how many are right."""
    made = table("rule", "values", "right", "")
    for rule, (read, right) in by_rule(evaluation.trials).items():
        made.add_row(rule or "(not named)", str(read), str(right), _share(right / read))
    return made


def render_errors(evaluation: Evaluation) -> Iterator[RenderableType]:
    """Yield every value that is missed, false or wrong, each with both readings, by field."""
    errors = [f for j in evaluation.documents for f in j.findings if f.verdict != "right"]
    for field in dict.fromkeys(error.field for error in errors):
        made = table(field, "", "gold and record")
        for error in errors:
            if error.field == field:
                made.add_row(error.document, error.verdict, Folded(_both(error)))
        yield made
        yield ""


def _fields(evaluation: Evaluation) -> Table:
    languages = evaluation.languages
    made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    made.add_column("field", no_wrap=True)
    for name in ("prec", "rec", "F1", "right", "false", "missed", *languages):
        made.add_column(name, justify="right", no_wrap=True)
    by_language = [evaluation.scores(language) for language in languages]
    for field, score in evaluation.scores().items():
        columns = (score.precision, score.recall, score.f1)
        counts = (score.right, score.false, score.missed)
        made.add_row(
            field.replace("_", " "),
            *map(_share, columns),
            *map(str, counts),
            *(_share(scores[field].f1) for scores in by_language),
        )
    joined = (_share(evaluation.b_cubed(language)) for language in languages)
    made.add_row("meetings (B3)", "", "", _share(evaluation.b_cubed()), "", "", "", *joined)
    means = (_share(evaluation.mean_f1(language)) for language in languages)
    made.add_row("mean", "", "", _share(evaluation.mean_f1()), "", "", "", *means, style="bold")
    return made


def _documents(evaluation: Evaluation) -> list[Text]:
    count, right = len(evaluation.documents), evaluation.kinds_right
    exact, spans = evaluation.evidence
    alert: Score = evaluation.scores()["alert"]
    return [
        Text(f"documents {count}, of the right kind {right} ({_share(right / count)})"),
        Text(f"alerts: precision {_share(alert.precision)}, recall {_share(alert.recall)}"),
        Text(f"evidence exact {exact} of {spans}"),
    ]


def _reliability(evaluation: Evaluation) -> list[RenderableType]:
    """Return how often values of a stated confidence are right."""
    rows = reliability(evaluation.trials)
    made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in ("confidence", "values", "stated", "right"):
        made.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        share = _share(row.right / row.count)
        made.add_row(f"{row.low:.2f} to {row.high:.2f}", str(row.count), _share(row.stated), share)
    return [made, Text(f"expected calibration error {calibration_error(rows):.3f}")]


def _both(error: Finding) -> list[str]:
    told = [("gold", error.gold), ("read", error.read)]
    return [f"{name}: {_brief(value)}" for name, value in told if value is not None]


def _brief(value: Any) -> str:
    if isinstance(value, dict):
        value = {k: v for k, v in value.items() if k not in ("basis", "confidence", "name_en")}
        words = value.get("evidence")
        if isinstance(words, list):
            value["evidence"] = [w["text"] if isinstance(w, dict) else w for w in words]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
