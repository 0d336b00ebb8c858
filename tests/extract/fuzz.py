"""Random harm to real texts, for as long as one likes: `make fuzz ARGS="--seconds 60 --seed 1"`.

Each text is cut, spliced with others, strewn with marks, mixed in its scripts, written in another
normal form; each must give a record, twice the same, with exact evidence, in time. The first text
that does not is printed with its seed and kept in `fuzz-failure.txt`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.progress import Progress

from services.extract.pipeline import Extractor
from shared.record import Record, SourceFile

SEEDS = Path(__file__).parents[2] / "seeds"
FILE = SourceFile(id="0", name="fuzz.txt", sha256="0", size=0)
# A text may take this long, and as many seconds for each of its characters; far above the usual.
SLOWEST, SLOWEST_CHARACTER = 0.5, 20e-6
MARKS = (
    "\u0640\u064b\u0651\u200f\u202b\u202c\u2067\u2069\u00ad\ufeff\u0301\r\t_#@«»\"'()[]-–.,;:/%$€0٣"
)
PIECES = (  # what means something to the grammars, so that random texts reach deep into them
    "التحالف الدولي ضد داعش", "وزراء الدفاع", "الاجتماع الثاني", "تحت شعار «", "»", "(2254)",
    "قرار", "أكد الوزراء أن", "200 مليون دولار", "أكثر من 75 دولة", "بالرياض", "22 رجب 1445 هـ",
    "1/1/0000", "le ministre de la Défense", "M. Untel", "the Global Coalition to Defeat Daesh",
    "31 فبراير 2024", "resolutions 2170 (2014) and", "S/RES/", "$", "2.5 billion", "on Tuesday",
    "date 9999-99", "U.S.", "second meeting", "\n", "\r\n", ". ", "، ", "\u202b", "ـ", "œ",
    "9" * 24, "هـ", "Fait à", "’", '"', "« Nous agirons", "» a-t-il dit", "agreed to", "\n- ",
    "\n1. ", "in three days", "le 30 février", "الأمير خالد بن سلمان", "dix-sept",
    "forty-two countries", "1,3 milliard d'euros", "@", "pic.twitter.com/",
)  # fmt: skip
FORMS: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")


def evidence_of(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every evidence of a dumped record."""
    if isinstance(node, dict):
        if {"start", "end", "text"} <= node.keys():
            yield node
        for value in node.values():
            yield from evidence_of(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from evidence_of(value)


def assert_exact(record: Record, text: str) -> int:
    """Assert that every evidence is the text's own words; return how many there are."""
    found = list(evidence_of(record.model_dump()))
    for evidence in found:
        assert text[evidence["start"] : evidence["end"]] == evidence["text"]
        assert evidence["text"]
    return len(found)


Harm = Callable[[random.Random, str, Sequence[str]], str]


def _cut(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Leave out a stretch."""
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(1, 200) :]


def _double(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Say a stretch many times over."""
    start = chance.randrange(len(text) + 1)
    piece = text[start : start + chance.randrange(1, 60)]
    return text[:start] + piece * chance.randrange(2, 40) + text[start:]


def _splice(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Go on with another text from the middle of a sentence."""
    other = chance.choice(texts)
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


def _strew(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Put marks, digits and controls between any two letters."""
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(MARKS) + text[at:]
    return text


def _trigger(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Put words that the grammars wait for where they do not belong."""
    for _ in range(chance.randrange(1, 20)):
        at = chance.randrange(len(text) + 1)
        text = f"{text[:at]} {chance.choice(PIECES)} {text[at:]}"
    return text


def _shuffle(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Bring the words out of order."""
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def _rewrite(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Write it in another normal form, or all in one case."""
    if chance.random() < 0.3:
        return text.upper() if chance.random() < 0.5 else text.title()
    return unicodedata.normalize(chance.choice(FORMS), text)


def _any(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Put in characters from anywhere in Unicode."""
    strange = "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(1, 30)))
    at = chance.randrange(len(text) + 1)
    return text[:at] + strange + text[at:]


HARMS: tuple[Harm, ...] = (_cut, _double, _splice, _strew, _trigger, _shuffle, _rewrite, _any)


def harmed(seed: int, texts: Sequence[str]) -> str:
    """Return the text of a seed: one of `texts` with one to four kinds of harm done to it."""
    chance = random.Random(seed)  # noqa: S311 - chance that can be repeated, no secret
    text = chance.choice(texts)
    for harm in chance.choices(HARMS, k=chance.randrange(1, 5)):
        text = harm(chance, text, texts)
    return text


def check(extractor: Extractor, text: str) -> None:
    """Raise AssertionError, or what extraction raises, if a text is not read as it must be."""
    before = time.process_time()
    record = extractor.extract(FILE, text)
    spent = time.process_time() - before
    assert spent < SLOWEST + SLOWEST_CHARACTER * len(text), f"took {spent:.2f} s"
    assert_exact(record, re.sub("[\ud800-\udfff]", "\ufffd", text))
    again = extractor.extract(FILE, text)
    assert record.model_dump_json() == again.model_dump_json(), "two readings differ"


def main() -> None:
    """Harm texts until the time is over; exit code 1 at the first that is read badly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, default=SEEDS, help="folder of *.txt")
    given = parser.parse_args()
    texts = [p.read_bytes().decode("utf-8-sig") for p in sorted(given.texts.glob("*.txt"))]
    extractor, seed = Extractor.load(), given.seed
    started = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("harming texts", total=given.seconds)
        while (spent := time.monotonic() - started) < given.seconds:
            text = harmed(seed, texts)
            try:
                check(extractor, text)
            except Exception as error:
                Path("fuzz-failure.txt").write_text(text, "utf-8", "surrogatepass")
                sys.exit(f"seed {seed}: {type(error).__name__}: {error} (see fuzz-failure.txt)")
            seed += 1
            progress.update(bar, completed=spent)
    sys.stdout.write(f"{seed - given.seed} texts read, seeds {given.seed} to {seed - 1}\n")


if __name__ == "__main__":
    main()
