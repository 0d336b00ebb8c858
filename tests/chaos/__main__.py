"""A chaos run: `python -m tests.chaos [--seed N] [--docs N] [--kills N] [--flushes N]`.

Starts `communique up` in a folder of its own, drops documents at a steady pace while it kills
services and Redis at random, empties Redis, pauses processes and locks databases; then waits for
rest and compares everything with what must have come of it. Ends with 1 and keeps its folder if
anything differs. `--write` puts the figures into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.chaos.report import show
from tests.chaos.run import KILL_EVERY, Outcome, Plan, run
from tests.chaos.writing import has_section, write

_TELL_EVERY = 30.0  # seconds, where the output is no terminal


def main() -> int:
    """Run, print the table, and return 1 if anything was lost, doubled or otherwise not as due."""
    options = _options()
    plan = Plan.mixed(options.seed, options.docs, options.kills, options.flushes)
    plan = replace(plan, kill_every=options.every)
    if options.only_kills:
        plan = replace(plan, flushes=0, others=0)
    folder = Path(tempfile.mkdtemp(prefix="communique-chaos-"))
    console = Console()
    outcome = asyncio.run(_run(plan, folder, console, verbose=options.verbose))
    show(outcome, console)
    if outcome.verdict.findings:
        return 1
    if options.write:
        write(outcome)
    if not options.keep:
        shutil.rmtree(folder)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.chaos",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--docs", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--flushes", type=int, help="FLUSHALLs; one for 200 kills unless given")
    parser.add_argument("--every", type=float, default=KILL_EVERY, help="seconds between kills")
    parser.add_argument("--only-kills", action="store_true", help="no other faults")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    parser.add_argument("--verbose", action="store_true", help="print the faults as they happen")
    parser.add_argument("--keep", action="store_true", help="keep the folder of a good run too")
    options = parser.parse_args()
    if options.write and not has_section(options.seed):
        parser.error(f"docs/reliability.md has no section for the seed {options.seed}")
    return options


async def _run(plan: Plan, folder: Path, console: Console, *, verbose: bool) -> Outcome:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("starting", total=1)
        last_told = 0.0

        def progress(what: str, done: int, of: int) -> None:
            nonlocal last_told
            bar.update(task, description=what, completed=done, total=of)
            if bar.disable and time.monotonic() - last_told > _TELL_EVERY:
                last_told = time.monotonic()
                console.print(f"{what} {done} of {of}")

        def told(line: str) -> None:
            if verbose:
                bar.console.print(line)

        return await run(plan, folder, progress, told)


if __name__ == "__main__":
    sys.exit(main())
