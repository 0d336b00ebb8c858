"""A meeting as people read it: what its documents agree and differ on, and why they belong."""

from __future__ import annotations

import io
import json
from typing import Any

from rich.console import Console

from communique.showing.dossier import render_dossier
from services.store.meetings import cluster
from services.store.merge import merge
from services.store.tally import Member
from tests.store.makers import Case, case

TOLD: dict[str, Any] = {"ordinal": 2, "body": "defence_ministers"}
RUN = "على المضي قدما نحو هزيمة ذلك التنظيم واجتثاثه من خلال الجهود المركزة والمستدامة والمتعددة"


def dossier(*cases: Case, width: int = 140) -> str:
    """Return what `communique meetings ID` prints of the one meeting of some documents."""
    (group,) = cluster((each.record, each.text) for each in cases)
    records = {each.id: each.record for each in cases}
    members = [Member(records[d], reasons=why) for d, why in group.reasons.items()]
    console = Console(file=io.StringIO(), width=width)
    console.print(render_dossier(json.loads(merge(group.id, members).model_dump_json())))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def line_with(words: str, shown: str) -> str:
    return next(line for line in shown.splitlines() if words in line)


def test_conflicting_claims_stand_side_by_side() -> None:
    """Each value has its documents and their words; what is undisputed has its support."""
    shown = dossier(
        case("في الثالث من فبراير", name="spa.txt", start_date="2024-02-03", **TOLD),
        case("السبت", name="una.txt", start_date="2024-02-03", **TOLD),
        case("الأحد", name="aps.txt", start_date="2024-02-04", **TOLD),
    )
    assert "2 of 3" in line_with("2024-02-03", shown)
    assert "spa.txt" in line_with("2024-02-03", shown)
    assert "una.txt" in line_with("2024-02-03", shown)
    assert "1 of 3" in line_with("2024-02-04", shown)
    assert "aps.txt" in line_with("2024-02-04", shown)
    assert "3 of 3" in line_with("defence ministers", shown)


def test_every_document_tells_why_it_belongs() -> None:
    """Ties of facts name the rule, ties of text how many words are equal, both with whom."""
    shown = dossier(
        case(f"البيان: {RUN}", name="spa.txt", **TOLD),
        case("حضور الاجتماع", name="aps_fr.txt", language="fr", **TOLD),
        case(f"نقلت الوكالة {RUN} أمس", name="una_ar.txt"),
    )
    documents = shown[shown.index("why it belongs") :]
    assert "same ordinal and body: 2, defence ministers (as spa.txt)" in documents
    assert "14 equal words with spa.txt" in documents
    assert "14 equal words with una_ar.txt" in documents


def test_a_lone_document_is_the_only_one() -> None:
    """There is nothing to explain."""
    assert "it is the only one" in dossier(case("بيان", name="spa.txt", **TOLD))


def test_names_and_claims_in_arabic_are_isolated_and_harmless() -> None:
    """A hostile name moves nothing on the screen and colours nothing."""
    shown = dossier(
        case("بيان", name="\x1b[31mبيان [bold]1.txt", theme="شعار", **TOLD),
        case("آخر", name="b.txt", theme="متحالفون", **TOLD),
    )
    assert "\x1b" not in shown
    assert "[bold]1.txt" in shown
    assert "\u2068شعار\u2069" in shown
    assert shown.count("\u2068") == shown.count("\u2069")
