"""`communique extract`: records with no server."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import SEEDS, communique


def test_records_come_one_a_line_with_their_meetings(tmp_path: Path) -> None:
    """Each seed has a record under its own name; the five tell of three meetings."""
    said = communique("extract", SEEDS, "--resolve", "--jsonl", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    records = [json.loads(line) for line in said.stdout.splitlines()]
    assert [r["document"]["name"] for r in records] == sorted(p.name for p in SEEDS.iterdir())
    meetings = {r["document"]["name"][:3]: r["meeting_id"] for r in records}
    assert meetings["000"] == meetings["003"]
    assert meetings["001"] == meetings["004"]
    assert len(set(meetings.values())) == 3


def test_evidence_quotes_the_file(tmp_path: Path) -> None:
    """Every span is the file's own words at that place."""
    said = communique("extract", SEEDS, "--jsonl", cwd=tmp_path)
    spans = 0
    for line in said.stdout.splitlines():
        record = json.loads(line)
        text = (SEEDS / record["document"]["name"]).read_bytes().decode("utf-8-sig")
        for span in record["coalition"]["evidence"] + record["meeting"]["evidence"]:
            assert text[span["start"] : span["end"]] == span["text"]
            spans += 1
    assert spans >= 10


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    """What can be read is printed; what cannot is said, and the exit code tells."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_bytes(next(iter(sorted(SEEDS.iterdir()))).read_bytes())
    said = communique("extract", tmp_path, "--jsonl", cwd=tmp_path)
    assert said.returncode == 1
    assert [json.loads(line)["document"]["name"] for line in said.stdout.splitlines()] == [
        "good.txt"
    ]
    assert "empty.txt" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_document_commands_no_terminal(tmp_path: Path) -> None:
    """Escape sequences in a name or a text are not printed, nor is markup obeyed."""
    text = sorted(SEEDS.iterdir())[0].read_text("utf-8")
    path = tmp_path / "[red]evil\x1b[2J.txt"
    path.write_text(text.replace("الإسلامي", "\x1b]0;owned\x07الإسلامي"), "utf-8")
    said = communique("extract", path, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "\x1b" not in said.stdout
    assert "[red]evil" in said.stdout


def test_explain_marks_every_value_in_place(tmp_path: Path) -> None:
    """Each value of the record has a number behind its words and a row that tells what it is."""
    seed = sorted(SEEDS.iterdir())[0]
    record = json.loads(communique("extract", seed, "--jsonl", cwd=tmp_path).stdout)
    lists = (
        "people",
        "attendance",
        "focus_areas",
        "commitments",
        "pledges",
        "resolutions",
        "quotes",
    )
    count = 2 + sum(len(record[name]) for name in lists)  # and the coalition and the meeting
    said = communique("extract", "--explain", seed, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    firsts = [line.split()[0] for line in said.stdout.splitlines() if line.strip()]
    assert [int(first) for first in firsts if first.isdecimal()] == list(range(1, count + 1))
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    assert all(str(number).translate(raised) in said.stdout for number in range(1, count + 1))


def test_explain_sets_arabic_from_right_to_left(tmp_path: Path) -> None:
    """A line of Arabic is isolated as right-to-left and stands right; a French one is not."""
    (tmp_path / "a.txt").write_text(
        "اتفق وزراء دفاع التحالف الإسلامي العسكري على إطلاق صندوق\n"
        "Les ministres sont convenus d'un fonds\n",
        "utf-8",
    )
    said = communique("extract", "--explain", "a.txt", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    arabic, french = (
        next(line for line in said.stdout.splitlines() if word in line)
        for word in ("اتفق", "fonds")
    )
    assert arabic.startswith("  ")
    assert arabic.strip()[0] == "\u2067"
    assert arabic.strip()[-1] == "\u2069"
    assert french.startswith("Les ministres")


def test_explain_commands_no_terminal(tmp_path: Path) -> None:
    """Escape sequences and direction marks of a text are shown as spaces."""
    (tmp_path / "a.txt").write_text("NATO \x1b[2J\u202eministers met in Brussels.\n", "utf-8")
    said = communique("extract", "--explain", "a.txt", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "\x1b" not in said.stdout
    assert "\u202e" not in said.stdout
    assert "ministers met" in said.stdout


def test_explain_goes_with_no_other_form(tmp_path: Path) -> None:
    """One line says so, and nothing is printed."""
    said = communique("extract", "--explain", "--jsonl", SEEDS, cwd=tmp_path)
    assert said.returncode == 2
    assert said.stdout == ""
    assert "--explain prints a text for people" in said.stderr
    assert said.stderr.count("\n") == 1
