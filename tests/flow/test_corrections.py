"""Corrected files, withdrawn documents and texts read anew, from the folder to the alert."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.flow.pipeline import Pipeline, until

SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").glob("*.txt"))
OSLO = (
    "OSLO, 3 May 2024 - Defence ministers of the Global Coalition to Defeat ISIS met in Oslo on"
    " {} May 2024. The ministers agreed to share radar pictures and condemned attacks on convoys."
)
PACT = """
kind: coalition
any_language: true
clitics: [و, ف, ب, ل, ك]
entries:
  lagoon-club:
    name: The lagoon club
    members: [BJ, GH, NG, TG]
    en: ["the lagoon club"]
"""
LAGOON = (
    "ACCRA, 3 March 2025 - Defence ministers of the lagoon club met in Accra today."
    " The ministers agreed to share radar pictures, and condemned piracy in the region."
)
ALL = ("statement.published", "meeting.updated", "meetings.merged", "meeting.closed")


@pytest.fixture
async def told(idle: Pipeline) -> Pipeline:
    """All services, and a subscriber to everything that can be told of a meeting."""
    await idle.start()
    await idle.subscribe(*ALL)
    return idle


async def test_a_corrected_file_corrects_its_meeting(told: Pipeline) -> None:
    """Dropped anew under its name: one statement, then an update that says what changed."""
    await told.drop(OSLO.format(3), as_name="oslo.txt")
    await told.stored(1)
    await told.drop(OSLO.format(2), as_name="oslo.txt")
    published, updated = await told.alerts(at_least=2)
    assert (published.type, updated.type) == ("statement.published", "meeting.updated")
    changed = {
        change["field"]: (change["old"], change["new"]) for change in updated.data["changes"]
    }
    assert changed["start_date"] == ("2024-05-03", "2024-05-02")
    assert updated.data["cause"]["act"] == "document.corrected"
    (meeting,) = await told.items("meetings")
    assert meeting["start_date"] == "2024-05-02"
    assert len(meeting["sources"]) == 1


async def test_what_is_withdrawn_is_told_and_stays_away(told: Pipeline) -> None:
    """Also when its file is dropped once more."""
    await told.drop(OSLO.format(3), as_name="oslo.txt")
    (document,) = await told.stored(1)
    path = f"/api/documents/{document['id']}"
    assert (await told.call("store", "DELETE", path)).status_code == 204
    alerts = await told.alerts(at_least=2)
    assert [alert.type for alert in alerts] == ["statement.published", "meeting.closed"]
    assert alerts[1].data["meeting"]["coalition_id"] == "global-coalition-daesh"
    await told.drop(OSLO.format(3), as_name="again.txt")
    await until(lambda: _is_there(told, "again.txt"))
    assert await told.items("meetings") == []
    assert await told.alerts() == []


async def test_texts_read_anew_alert_to_what_is_new_alone(idle: Pipeline, tmp_path: Path) -> None:
    """A coalition that was not known is found in a stored text; the other meetings stay silent.

    Even for a subscriber who was not there when they were alerted about.
    """
    await idle.start()
    for seed in SEEDS:
        await idle.drop(seed.read_bytes(), seed.name)
    await idle.drop(LAGOON, as_name="lagoon.txt")
    await idle.stored(6)
    assert len(await idle.items("meetings")) == 3
    await idle.stop()
    idle.coalitions = tmp_path / "coalitions"
    idle.coalitions.mkdir()
    (idle.coalitions / "pact.yaml").write_text(PACT, "utf-8")
    await idle.start()
    await idle.subscribe(*ALL, "source.added", "meeting.announced")
    sent = await _reextract(idle)
    assert len(sent) == 6
    (alert,) = await idle.alerts(at_least=1)
    assert alert.type == "statement.published"
    assert alert.data["meeting"]["coalition_id"] == "lagoon-club"
    assert len(await idle.items("meetings")) == 4


async def _reextract(pipeline: Pipeline) -> list[str]:
    """Send all texts out again, two at a time."""
    sent: list[str] = []
    body: dict[str, Any] = {"limit": 2}
    while True:
        answer = await pipeline.call("store", "POST", "/api/documents/reextract", json=body)
        assert answer.status_code == 202, answer.text
        page = answer.json()
        sent += page["documents"]
        if page["next"] is None:
            return sent
        body = {"limit": 2, "after": page["next"]}


async def _is_there(pipeline: Pipeline, name: str) -> bool:
    return name in pipeline.files("duplicate")
