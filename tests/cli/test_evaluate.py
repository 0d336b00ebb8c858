"""`communique evaluate`: the extractor measured against gold records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from communique.evaluating.likeness import alike
from communique.evaluating.scores import Trial, b_cubed, by_rule, calibration_error, reliability
from tests.cli.conftest import communique

TEXT = (
    "Riyadh, 3 February 2024 - Defence ministers of the Islamic Military Counter Terrorism "
    "Coalition met in Riyadh today. The ministers condemned terrorism in all its forms."
)
GOLD: dict[str, Any] = {
    "name": "en-1",
    "language": "en",
    "kind": "statement",
    "meeting_key": "imctc-2024",
    "published": "2024-02-03",
    "coalition": {
        "id": "imctc",
        "evidence": "Islamic Military Counter Terrorism Coalition",
    },
    "meeting": {
        "body": "defence_ministers",
        "ordinal": None,
        "start_date": "2024-02-03",
        "end_date": "2024-02-03",
        "city": "Riyadh",
        "country": "SA",
        "virtual": False,
        "theme": None,
        "evidence": ["met in Riyadh today"],
    },
    "commitments": [{"act": "condemn", "evidence": "condemned terrorism in all its forms"}],
}


def write(folder: Path, **changes: Any) -> Path:
    """Write one text and its gold record, with some of its keys changed."""
    folder.mkdir(exist_ok=True)
    (folder / "en-1.txt").write_text(TEXT, "utf-8")
    (folder / "en-1.gold.json").write_text(json.dumps(GOLD | changes), "utf-8")
    return folder


def test_a_right_record_scores_one(tmp_path: Path) -> None:
    """What the record and the gold agree on counts as right, and nothing else is made up."""
    said = communique("evaluate", write(tmp_path / "gold"), "--json", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    figures = json.loads(said.stdout)
    assert figures["documents"] == 1
    assert figures["kind_accuracy"] == 1.0
    assert figures["mean_f1"] == 1.0
    assert figures["fields"]["commitments"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert figures["fields"]["pledges"]["f1"] is None
    assert figures["evidence"]["exact"] == figures["evidence"]["spans"] > 3


def test_every_error_is_listed_with_both_readings(tmp_path: Path) -> None:
    """A miss, a false value and a wrong one each cost, and `--errors` tells them apart."""
    gold = write(
        tmp_path / "gold",
        commitments=[{"act": "warn", "evidence": "condemned terrorism"}],
        published="2024-02-04",
    )
    said = communique("evaluate", gold, "--errors", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "missed" in said.stdout
    assert '"act": "warn"' in said.stdout
    assert "gold: 2024-02-04" in said.stdout
    assert "read: 2024-02-03" in said.stdout
    assert "expected calibration error" in said.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "rumour"}, "kind is 'rumour', not one of statement, preview, mention"),
        ({"pledges": [{"donor": "SA"}]}, "pledges holds an item whose amount is not a number"),
        ({"people": ["Salman"]}, "people holds 'Salman', which is not an object"),
        ({"meeting": "yes"}, "meeting is neither an object nor null"),
    ],
)
def test_a_bad_gold_record_is_named_with_its_fault(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    """One line says which file is wrong and why."""
    result = communique("evaluate", write(tmp_path / "gold", **changes), cwd=tmp_path)
    assert result.returncode == 1
    assert "en-1.gold.json: no gold record: " + said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_folder_without_gold_says_what_belongs_there(tmp_path: Path) -> None:
    """An empty folder, a missing one and a gold record without its text are told in one line."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no gold records (NAME.gold.json" in communique("evaluate", empty, cwd=tmp_path).stderr
    gone = communique("evaluate", tmp_path / "gone", cwd=tmp_path)
    assert "there is no such folder" in gone.stderr
    gold = write(tmp_path / "gold")
    (gold / "en-1.txt").unlink()
    assert "en-1.txt: missing" in communique("evaluate", gold, cwd=tmp_path).stderr


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("خالد بن سلمان", "الأمير خالد بن سلمان", True),
        ("Salman", "Khalid bin Salman", False),  # one word of three may be anybody
        ("Khalid bin Salman", "KHALID BIN SALMAN", True),
        ("Laurent Fabius", "Laurent Fabious", True),
        ("Laurent Fabius", "John Kerry", False),
        ("", "John Kerry", False),
        (None, "", True),
    ],
)
def test_names_are_alike_by_their_words_or_letters(
    one: str | None, other: str | None, same: bool
) -> None:
    """Case, titles and a slip of the pen do not make another person."""
    assert alike(one, other) is same


def test_b_cubed_by_hand() -> None:
    """Three documents of one meeting cut into two and one: precision 1, recall 5/9."""
    gold = {"a": "m", "b": "m", "c": "m", "d": None}
    read: dict[str, str | None] = {"a": "1", "b": "1", "c": None, "d": "1"}
    recall = (2 / 3 + 2 / 3 + 1 / 3) / 3
    assert b_cubed(gold, read) == pytest.approx(2 * recall / (1 + recall))
    assert b_cubed({"d": None}, {"d": "1"}) is None


def test_calibration_error_by_hand() -> None:
    """Ten values of 0.9 of which five are right are 0.4 off."""
    trials = [Trial("people: title before the name", 0.9, index < 5) for index in range(10)]
    rows = reliability(trials)
    assert [(row.count, row.right) for row in rows] == [(10, 5)]
    assert calibration_error(rows) == pytest.approx(0.4)
    assert calibration_error([]) == 0
    assert by_rule(trials) == {"people: title before the name": (10, 5)}
