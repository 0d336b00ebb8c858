"""What a document costs now and at an earlier commit: processor time of a backfill, in turn.

    python -m benchmarks.against COMMIT [--rounds 3] [--backfill 1000] [--write]

The earlier commit is checked out beside this one for the time of the measuring. Processor time,
not time passed: so other programs disturb it little, and what they do disturb the turns share.
`--write` remakes the table in docs/reliability.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from rich.progress import track

from benchmarks.report import RELIABILITY, Row, machine, show, write_section

ROOT = Path(__file__).parent.parent
_PARTS = ("ingest", "extract", "store", "notify", "redis-server")
_BAR = 1.05  # a fault-free run is no slower than before by more than this
# Run in either tree, with the benchmark's own code of that tree.
_MEASURED = """
import asyncio, json, sys
from benchmarks.documents import variants
from benchmarks.pipeline import _processor_time
from benchmarks.stack import running

async def backfill(stack, count, seed):
    ids, _ = stack.drop((f"{seed}-{name}", text) for name, text in variants(count, seed=seed))
    await stack.until(ids, stack.stored_at, within=600)
    await asyncio.sleep(2)  # what is done a little later belongs to it

async def main(count):
    async with running() as stack:
        await backfill(stack, 100, 5)  # the first documents load what is loaded on first use
        before = _processor_time(stack)
        await backfill(stack, count, 11)
        now = _processor_time(stack)
        spent = {name: (now[name] - before[name]) * 1000 / count for name in now if name in before}
    print("measured", json.dumps(spent))

asyncio.run(main(int(sys.argv[1])))
"""


def measure(tree: Path, count: int) -> dict[str, float]:
    """Return the milliseconds of a processor that a document takes in each process of a tree."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNIQUE_")}
    said = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(count)],
        cwd=tree,
        env=kept | {"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in said.stdout.splitlines() if line.startswith("measured ")]
    if said.returncode or not told:
        raise SystemExit(f"{tree}: {said.stderr[-2000:] or said.stdout[-2000:]}")
    spent: dict[str, float] = json.loads(told[0].removeprefix("measured "))
    return {name: spent[name] for name in _PARTS}


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Give the tree of a commit in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="communique-against-") as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", str(tree), commit], check=True)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def compare(commit: str, rounds: int, count: int) -> list[Row]:
    """Measure both in turn, and return the medians side by side."""
    before: list[dict[str, float]] = []
    after: list[dict[str, float]] = []
    with checked_out(commit) as tree:
        for _ in track(range(rounds), "rounds"):
            before.append(measure(tree, count))
            after.append(measure(ROOT, count))
    rows = [_row(name, before, after, (name,)) for name in _PARTS]
    others = tuple(name for name in _PARTS if name != "extract")
    rows.append(_row("all but extract", before, after, others, bar=_BAR))
    return [*rows, _row("all", before, after, _PARTS, bar=_BAR)]


def _row(
    what: str,
    before: list[dict[str, float]],
    after: list[dict[str, float]],
    parts: tuple[str, ...],
    bar: float | None = None,
) -> Row:
    then, now = (median(sum(turn[p] for p in parts) for turn in turns) for turns in (before, after))
    value = f"{then:.2f} → {now:.2f} ms, ratio {now / then:.2f}"
    return Row(what, value, f"{bar:.2f}" if bar else "", now / then <= bar if bar else None)


def main() -> None:
    """Measure, print the table, and write it into docs/reliability.md if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--backfill", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = compare(options.commit, options.rounds, options.backfill)
    show(f"Processor time a document, at {options.commit} and now", rows)
    if options.write:
        cells = [(row.what, row.value, row.bar) for row in rows]
        head = ("process", f"at {options.commit} → now", "bar")
        write_section("against", machine(), head, cells, page=RELIABILITY)


if __name__ == "__main__":
    main()
