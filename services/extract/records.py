"""Print the records of text files as JSON lines: `python -m services.extract.records PATH…`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from services.extract.pipeline import Extractor
from shared.record import SourceFile


def read_file(path: Path) -> tuple[SourceFile, str]:
    """Return a UTF-8 text file as ingest would: its description and its text."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    file = SourceFile(id=digest, name=path.name, sha256=digest, size=len(data), source=str(path))
    return file, data.decode("utf-8-sig")


def main(arguments: list[str]) -> int:
    """Print one record a line, in the order of the arguments."""
    extractor = Extractor.load()
    for argument in arguments:
        if not argument.startswith("--"):
            record = extractor.extract(*read_file(Path(argument)))
            sys.stdout.write(record.model_dump_json() + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
