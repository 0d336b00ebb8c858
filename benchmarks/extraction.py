"""The extractor by itself, on one core: documents a second next to the least such a reading costs.

    python -m benchmarks.extraction [FOLDER] [--rounds 9] [--write]

Reads the texts of FOLDER (`seeds/` without one). The least is what folding the texts and one pass
of an automaton over the same lexicons take by themselves, measured in the same run. `--write`
remakes the table in docs/performance.md.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import ahocorasick_rs

from benchmarks.report import Row, machine, show, write_section
from services.extract.lexicon import read_surfaces
from services.extract.pipeline import Extractor
from shared.record import SourceFile
from shared.text import fold

_SEEDS = Path(__file__).parent.parent / "seeds"
_MEGABYTE = 1_000_000
# Without it most grammars would find nothing to do.
_OPENING = "The Global Coalition to Defeat Daesh met in Riyadh on 3 February 2024. "
# What could make a grammar compare everything with everything: each is repeated to one megabyte.
_FRAGMENTS = {
    "quotation marks": '"قال الوزير "',
    "unclosed quotations": "« he said ",
    "names": "Minister John Smith and Foreign Minister Ahmed Ali met. ",
    "names in Arabic": "وزير الدفاع الأمير خالد بن سلمان و",
    "names without a stop": "General Abdoulaye Maïga Colonel Assimi Goïta ",
    "dates": "3 February 2024 03/02/2024 5 شعبان 1445 ",
    "numbers": "1,234.5 million two hundred ",
    "digits": "1",
    "money": "announced $5 million, ",
    "speakers and money": "Minister Paul Martin said that his country gave 5 million euros ",
    "bullets": "- condemning terrorism\n",
    "datelines": "الرياض 3 فبراير 2024 / واس\n",
    "and and": "and and ",
    "one clitic": "و",
    "mixed scripts": "the وزير of الدفاع NATO ",
    "verbs": "agreed adopted أكد اتفق ",
    "coalition names": "the Global Coalition to Defeat ISIS ",
    "offices": "the minister of defence of the minister of ",
    "resolutions": "resolution 2254 and 2249 and ",
    "full stops": ". ",
    "line ends": "a\n",
    "expansions": "œﷺ",
    "marks that are dropped": "\u064b\u0640",
}
_FRESH = """
import sys, time
started = time.perf_counter()
from services.extract.pipeline import Extractor
imported = time.perf_counter()
extractor = Extractor.load()
loaded = time.perf_counter()
from pathlib import Path
from shared.record import SourceFile
for path in sys.argv[1:]:
    file = SourceFile(id="0" * 64, name="x", sha256="0" * 64, size=0)
    extractor.extract(file, Path(path).read_text("utf-8"))
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
memory = next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS")), 0.0)
print(loaded - imported, loaded - started, memory)
"""


def speed(extractor: Extractor, texts: Sequence[str], rounds: int) -> list[Row]:
    """Compare the extractor with folding and one automaton over the same lexicons."""
    automaton = ahocorasick_rs.AhoCorasick(sorted({s.text for s in read_surfaces()}))
    files = [(_file(text), text) for text in texts]

    def extract() -> None:
        for file, text in files:
            extractor.extract(file, text)

    def least() -> None:
        for text in texts:
            automaton.find_matches_as_indexes(fold(text).text, overlapping=True)

    spent = _milliseconds(extract, rounds) / len(texts)
    floor = _milliseconds(least, rounds) / len(texts)
    length = sum(map(len, texts)) / len(texts)
    rate = 1000 / spent
    return [
        Row(
            f"extractor, {len(texts)} texts of {length:,.0f} characters",
            f"{rate:,.0f} documents/s",
            "1,500",
            rate >= 1500,
        ),
        Row("… a document", f"{spent:.2f} ms"),
        Row("folding and one automaton pass by themselves", f"{floor:.3f} ms a document"),
        Row("… the extractor takes", f"{spent / floor:.0f} times as long"),
    ]


def fresh(paths: Sequence[Path]) -> list[Row]:
    """Start a process that loads the lexicons and reads the texts: seconds and resident memory."""
    done = subprocess.run(
        [sys.executable, "-c", _FRESH, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
        cwd=_SEEDS.parent,
    )
    load, start, memory = map(float, done.stdout.split())
    return [
        Row("lexicons read and compiled", f"{load:.2f} s", "1 s", load < 1),
        Row("… with all imports", f"{start:.2f} s"),
        Row("resident memory after reading the texts", f"{memory:.0f} MB", "120 MB", memory < 120),
    ]


def harm(extractor: Extractor) -> list[Row]:
    """Read one megabyte of each fragment, repeated behind a statement's first sentence: seconds."""
    rows = []
    for name, fragment in _FRAGMENTS.items():
        repeated = fragment * (_MEGABYTE // len(fragment.encode()) + 1)
        text = (_OPENING + repeated).encode()[:_MEGABYTE]
        spent = _milliseconds(_reading(extractor, text.decode("utf-8", "ignore")), 1) / 1000
        rows.append(Row(f"1 MB of {name}", f"{spent:.2f} s", "2 s", spent < 2))
    return rows


def _reading(extractor: Extractor, text: str) -> Callable[[], None]:
    return lambda: void(extractor.extract(_file(text), text))


def void(_: object) -> None:
    """Take a result of no interest."""


def _milliseconds(work: Callable[[], None], rounds: int) -> float:
    """Return the median processor time of a piece of work; the first round only warms up."""
    spent = []
    for _ in range(rounds + (rounds > 1)):
        gc.collect()
        started = time.process_time()
        work()
        spent.append((time.process_time() - started) * 1000)
    return median(spent[-rounds:])


def _file(text: str) -> SourceFile:
    data = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(id=digest, name="text.txt", sha256=digest, size=len(data))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, and write it into docs/performance.md if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=_SEEDS)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    paths = sorted(options.folder.rglob("*.txt"))
    texts = [path.read_text("utf-8-sig") for path in paths]
    extractor = Extractor.load()
    rows = [*speed(extractor, texts, options.rounds), *fresh(paths), *harm(extractor)]
    show("The extractor by itself, on one core", rows)
    if options.write:
        cells = [(row.what, row.value, row.bar) for row in rows]
        write_section("extraction", machine(), ("figure", "measured", "bar"), cells)


if __name__ == "__main__":
    main()
