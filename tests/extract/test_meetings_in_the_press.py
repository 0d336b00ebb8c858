"""Short reports in the manner of agencies: whose meeting, of whom, which one, when and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.extract.conftest import Extract

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases/meetings_in_the_press.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["text"].split())[:60])
def test_a_report_gives_its_meeting(extract: Extract, case: dict[str, Any]) -> None:
    """What a report says of its meeting stands in the record, and what it does not say is null."""
    record = extract(case["text"].replace("\n", "\n\n"))
    meeting = record.meeting
    read = {
        "kind": record.kind,
        "coalition": record.coalition and record.coalition.id,
        "published": record.document.published,
        "body": meeting and meeting.body,
        "ordinal": meeting and meeting.ordinal,
        "start": meeting and meeting.start_date,
        "end": meeting and meeting.end_date,
        "city": meeting and meeting.city,
        "country": meeting and meeting.country,
        "virtual": meeting and meeting.virtual,
        "theme": meeting and meeting.theme,
    }
    want = {key: str(v) if isinstance(v, date) else v for key, v in case["want"].items()}
    assert {key: read[key] for key in want} == want
