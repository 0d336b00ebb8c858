"""The extractor as a whole: exact evidence, no text that breaks it, time linear in the text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.extract.lexicon import read_surfaces
from services.extract.matching import Matcher
from services.extract.pipeline import LONGEST, Extractor
from shared.record import SourceFile
from tests.extract import fuzz
from tests.extract.conftest import Extract
from tests.extract.fuzz import PIECES, assert_exact

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
# Without it most grammars would find nothing to do.
OPENING = "The Global Coalition to Defeat Daesh met in Riyadh on 3 February 2024. "
FILE = SourceFile(id="0", name="text.txt", sha256="0", size=0)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_every_value_points_at_its_words(extract: Extract, path: Path) -> None:
    """Evidence is exact to the code point."""
    text = path.read_bytes().decode("utf-8-sig")
    assert assert_exact(extract(text), text) > 5


def test_line_ends_and_marks_stay_where_they_are(extract: Extract) -> None:
    """CRLF, diacritics, tatweel and bidi controls do not shift evidence."""
    text = (
        "\u202bعَقد وزراء دفاع التحالـــف الإسلامي العسكري لمحاربة الإرهاب\r\n"
        "اجتماعهم الثاني بالرياض\u202c.\r\n"
        "وأكّد الوزراء أهمية العمل المشترك.\r\n"
    )
    assert assert_exact(extract(text), text) > 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\u0640" * 50, "🙂", "\ud800", "\x00"])
def test_a_text_that_says_nothing_is_unrelated(extract: Extract, text: str) -> None:
    """Nothing is guessed from nothing."""
    record = extract(text)
    assert (record.kind, record.coalition, record.meeting) == ("unrelated", None, None)


_EXTRACTOR = Extractor(Matcher(read_surfaces()))
_ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
_MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map(
    " ".join
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(_ANY_TEXT, _MIXED))
def test_any_text_gives_a_record_with_exact_evidence(text: str) -> None:
    """No Unicode text makes extraction fail, and no evidence is ever off."""
    read = re.sub("[\ud800-\udfff]", "\ufffd", text)  # half characters cannot be quoted
    assert_exact(_EXTRACTOR.extract(FILE, text), read)


@pytest.mark.parametrize("seed", range(100, 160))
def test_a_harmed_text_is_read_all_the_same(seed: int) -> None:
    """Cut, spliced, strewn with marks: a record, twice the same, with exact evidence, in time."""
    fuzz.check(_EXTRACTOR, fuzz.harmed(seed, [p.read_text("utf-8") for p in SEEDS]))


def test_records_are_the_same_in_every_process() -> None:
    """Byte for byte, whatever the order in which a process keeps its sets."""
    program = [sys.executable, "-m", "communique", "extract", "--jsonl", *map(str, SEEDS)]
    runs = [
        subprocess.run(
            program, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0].count(b"\n") == len(SEEDS)
    assert runs[0] == runs[1]


def test_the_same_text_gives_the_same_record(extract: Extract) -> None:
    """Extraction depends on nothing but the text."""
    text = SEEDS[3].read_text("utf-8")
    assert extract(text) == extract(text)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("\n".join(p.read_text("utf-8") for p in SEEDS) + "\n", id="press"),
        pytest.param("وزير الدفاع الأمير خالد بن سلمان بن عبدالعزيز و", id="one endless sentence"),
        pytest.param('" « قال أن "', id="marks that never close"),
        pytest.param("1 2 3/4/5 20 مليون ", id="digits"),
        pytest.param("الاجتماع الثاني بالرياض اليوم ", id="meetings without end"),
        pytest.param("« Nous agirons ensemble », a dit le ministre, ", id="quotes"),
        pytest.param("- agreed to launch a fund;\n", id="bullets"),
        pytest.param("Minister J. A. B. de la Cruz, ", id="initials"),
        pytest.param("و" * 9 + " and , ", id="joints"),
        pytest.param("RIYADH, 3 February 2024 (SPA) - ", id="datelines"),
        pytest.param("(2170) et 2178 (2014), résolution ", id="resolutions"),
        pytest.param("condemned, welcomed and the ministers also ", id="verbs"),
        pytest.param("5 million dollars from Norway, 42 countries of the CMF ", id="money"),
        pytest.param("5 million dollars and 4, 3, 2 and 7 million euros, ", id="sums in a row"),
        pytest.param("On Tuesday Daesh. On 4 May 2020 the Global Coalition met. ", id="dates"),
    ],
)
def test_time_is_linear_in_the_text(extract: Extract, piece: str) -> None:
    """A text four times as long takes about four times as long, up to all that is read of one."""
    small = OPENING + piece * (LONGEST // 5 // len(piece))
    extract(small)
    before = time.process_time()
    extract(small)
    between = time.process_time()
    extract(small * 4)
    after = time.process_time()
    assert after - between < 10 * (between - before) + 0.5


def test_a_text_longer_than_any_press_text_is_read_from_its_beginning(extract: Extract) -> None:
    """Of the first 200,000 characters, up to the end of a word, comes a record; it is exact."""
    filler = "Nothing else is said here. "
    text = OPENING + filler * (2 * LONGEST // len(filler)) + "France pledged $5 million. "
    assert len(text) > 2 * LONGEST
    record = extract(text)
    assert assert_exact(record, text) > 2
    assert record.coalition
    assert not record.pledges
    before = OPENING + "France pledged $5 million. " + filler * (2 * LONGEST // len(filler))
    assert extract(before).pledges
    assert extract(OPENING + "a" * (2 * LONGEST)).coalition
