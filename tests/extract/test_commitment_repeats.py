"""Promises about commitments: an act told twice, in headline, lead and body, is one commitment."""

from __future__ import annotations

import pytest

from services.extract.grammars.commitments import read_commitments
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (
            "Ministers vow to crush piracy in the Gulf of Aden\n\n"
            "Ministers of the coalition reaffirmed their will to crush piracy in the Gulf of Aden.",
            [("affirm", 2)],
        ),
        (
            "The ministers approved a regional plan for drone warfare.\n\n"
            "They thanked Kenya.\n\n"
            "They approved the regional drone warfare plan late on Monday.",
            [("adopt", 2), ("thank", 1)],
        ),
        (
            "The ministers welcomed the progress made by Iraqi forces.\n"
            "They welcomed the accession of Kenya.",
            [("welcome", 1), ("welcome", 1)],
        ),
        (
            "الوزراء يدينون الهجوم على الناقلات\n\n"
            "أدان وزراء التحالف في ختام اجتماعهم الهجوم على الناقلات.",
            [("condemn", 2)],
        ),
        (
            "Coalition ministers condemn raid\n\nCoalition ministers welcomed the truce.",
            [("condemn", 1), ("welcome", 1)],
        ),
    ],
)
def test_an_act_told_again_is_one_commitment(
    open_text: Open, text: str, acts: list[tuple[str, int]]
) -> None:
    """Each commitment lists every place that tells it; different objects stay apart."""
    found = read_commitments(open_text(text))
    assert [(commitment.act, len(commitment.evidence)) for commitment in found] == acts
