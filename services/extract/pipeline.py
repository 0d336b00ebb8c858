"""From a document's text to its record: a pure function of the text, deterministic, without I/O."""

from __future__ import annotations

import gc
import re
from pathlib import Path

from services.extract.classify import classify
from services.extract.grammars.attendance import read_attendance
from services.extract.grammars.coalition import read_coalition
from services.extract.grammars.commitments import read_commitments
from services.extract.grammars.dates import read_dates
from services.extract.grammars.events import read_stretches
from services.extract.grammars.focus_areas import read_focus_areas
from services.extract.grammars.meeting import read_meeting
from services.extract.grammars.numbers import read_numbers
from services.extract.grammars.people import read_people
from services.extract.grammars.pledges import read_pledges
from services.extract.grammars.published import read_head
from services.extract.grammars.quotes import read_quotes
from services.extract.grammars.resolutions import read_resolutions
from services.extract.lexicon import read_surfaces
from services.extract.lexicon.checking import read_own_coalitions
from services.extract.matching import Matcher
from services.extract.reading import Reading
from shared.record import Document, Record, SourceFile

VERSION = "2"
# Code points that are read of a text. The longest communiqués, annexes and all, have half as many;
# what is longer is no press text, and reading all of it would hold up what is.
LONGEST = 200_000
_LONGEST_WORD = 100  # code points
_COUNTED = ("currency", "count")  # what numbers are read for
# Half a character: no encoding can carry it, so no record could quote it.
_LONE_SURROGATE = re.compile(f"[{chr(0xD800)}-{chr(0xDFFF)}]")


class Extractor:
    """Reads records out of texts. Made once (`load`), then used for any number of documents."""

    def __init__(self, matcher: Matcher) -> None:
        """Take the compiled lexicons."""
        self._matcher = matcher

    @classmethod
    def load(cls, coalitions: Path | None = None) -> Extractor:
        """Read and compile the lexicons, and a folder of more coalitions: about half a second.

        SettingsError names the file and line of a coalition that cannot be read.
        """
        collects = gc.isenabled()
        gc.disable()  # all that is read lives on; looking through it takes a quarter of the time
        try:
            own = read_own_coalitions(coalitions) if coalitions else ()
            return cls(Matcher((*read_surfaces(), *own)))
        finally:
            if collects:
                gc.enable()

    def extract(self, file: SourceFile, text: str) -> Record:
        """Return the record of a text, read up to `LONGEST`.

        Never fails on any Unicode text; time is linear in what is read.
        """
        collects = gc.isenabled()
        gc.disable()  # nothing made here holds itself; looking for what does takes a twentieth
        try:
            return self._extract(file, text)
        finally:
            if collects:
                gc.enable()

    def _extract(self, file: SourceFile, text: str) -> Record:
        reading = Reading(_LONE_SURROGATE.sub("\ufffd", _what_is_read(text)), self._matcher)
        dates = read_dates(reading)
        head = read_head(reading, dates)
        coalition = read_coalition(reading)
        stretches = read_stretches(reading, dates, head)
        commitments = read_commitments(reading) if coalition else ()
        numbers = read_numbers(reading) if coalition and reading.has(_COUNTED) else ()
        people = read_people(reading) if coalition else ()
        pledges = read_pledges(reading, numbers, people, head.end) if coalition else ()
        kind = classify(reading, coalition, stretches, commitments, pledges)
        document = Document(
            id=file.id,
            name=file.name,
            language=reading.language,
            languages=reading.languages,
            published=head.published,
            title=file.title,
            media_type=file.media_type,
            sha256=file.sha256,
            source=file.source,
        )
        if kind == "unrelated":
            return Record(document=document, kind=kind, extractor_version=VERSION)
        reports = kind in ("statement", "preview")
        return Record(
            document=document,
            kind=kind,
            coalition=coalition,
            meeting=read_meeting(reading, stretches, dates, head, kind) if reports else None,
            people=people,
            attendance=read_attendance(reading, numbers),
            focus_areas=read_focus_areas(reading, stretches, dates, people, visits=not reports),
            commitments=commitments if kind == "statement" else (),
            pledges=pledges,
            resolutions=read_resolutions(reading),
            quotes=read_quotes(reading, people),
            extractor_version=VERSION,
        )


def _what_is_read(text: str) -> str:
    """Return a text, or of one that is too long its beginning, up to the end of a word."""
    if len(text) <= LONGEST:
        return text
    end = max(text.rfind(space, LONGEST - _LONGEST_WORD, LONGEST) for space in " \n")
    return text[: end if end > 0 else LONGEST]
