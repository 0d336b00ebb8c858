"""What every command promises: quick help, and errors of one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from communique.machine.redis_server import RedisServer
from tests.cli.conftest import ROOT, SEEDS, clean_environment, communique, free_ports


def test_help_loads_nothing_heavy() -> None:
    """`communique --help` answers at once: it imports no broker, database or web client."""
    heavy = ("faststream", "sqlalchemy", "httpx", "redis", "pydantic", "numpy", "rich")
    asked = f"import sys, communique.cli; print([m for m in {heavy!r} if m in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"


def test_help_names_every_command(tmp_path: Path) -> None:
    """Whoever asks for help sees all there is."""
    said = communique("--help", cwd=tmp_path)
    named = {line.split()[0] for line in said.stdout.splitlines() if line.startswith("  ")}
    expected = {"up", "demo", "drop", "extract", "meetings", "documents", "subscribe", "listen"}
    assert expected | {"status", "dead", "reextract", "trace", "audit"} <= named


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["bogus"], 2, "No such command"),
        (["up", "--store-port", "x"], 2, "--store-port"),
        (["meetings"], 1, "nothing runs here"),
        (["documents", "abc"], 1, "nothing runs here"),
        (["reextract"], 1, "nothing runs here"),
        (["reextract", "--since", "soon"], 2, "--since"),
        (["status"], 1, "nothing runs here"),
        (["dead", "list"], 1, "nothing runs here"),
        (["trace", "abc.txt"], 1, "nothing runs here"),
        (["audit"], 1, "nothing runs here"),
        (["audit", "--patience", "-1"], 2, "--patience"),
        (["subscribe", "http://127.0.0.1:9/"], 1, "nothing runs here"),
        (["listen"], 1, "--secret"),
        (["drop", "missing.txt"], 1, "there is no such file"),
        (["extract", "missing.txt"], 1, "there is no such file"),
    ],
)
def test_an_error_is_one_line(tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    """Whatever goes wrong is said in one line on standard error, with a non-zero code."""
    said = communique(*arguments, cwd=tmp_path)
    assert said.returncode == code
    assert says in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert said.stdout == ""


def test_a_service_that_does_not_answer_is_named(tmp_path: Path) -> None:
    """An address where nobody listens is said, not traced."""
    [port] = free_ports(1)
    said = communique("meetings", cwd=tmp_path, COMMUNIQUE_STORE_URL=f"http://127.0.0.1:{port}")
    assert said.returncode == 1
    assert f"127.0.0.1:{port} does not answer" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_a_redis_that_does_not_answer_keeps_its_password(tmp_path: Path) -> None:
    """The address is shown without what could be a secret."""
    [port] = free_ports(1)
    url = f"redis://:geheim@127.0.0.1:{port}/0"
    said = communique("dead", "list", cwd=tmp_path, COMMUNIQUE_REDIS_URL=url)
    assert said.returncode == 1
    assert f"127.0.0.1:{port}" in said.stderr
    assert "geheim" not in said.stderr


@pytest.mark.parametrize("arguments", [["extract", str(SEEDS), "--jsonl"], ["demo", "--once"]])
def test_a_reader_that_goes_away_is_no_error(
    tmp_path: Path, arguments: list[str], redis_server: RedisServer
) -> None:
    """`communique extract … | head` ends quietly, and so does a whole system."""
    program = subprocess.Popen(
        [sys.executable, "-m", "communique", *arguments],
        cwd=tmp_path,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline() if "demo" in arguments else None
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    program.wait(timeout=60)


def test_settings_may_stand_in_a_file(tmp_path: Path) -> None:
    """What `.env` says counts as if it were set."""
    [port] = free_ports(1)
    (tmp_path / ".env").write_text(f"COMMUNIQUE_STORE_URL=http://127.0.0.1:{port}\n")
    assert f"127.0.0.1:{port}" in communique("meetings", cwd=tmp_path).stderr
