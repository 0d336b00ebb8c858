"""The five seeds as an analyst reads them, as far as it matters for which meeting they tell of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.store.makers import Case, case

_SEEDS = Path(__file__).parents[2] / "seeds"


def _text(number: str) -> str:
    (path,) = _SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode("utf-8-sig")


def seeds() -> dict[str, Case]:
    """Return the seeds by number: 000 and 003 are one meeting, 001 and 004 another, 002 a third."""
    defence: dict[str, Any] = {"body": "defence_ministers"}
    daesh: dict[str, Any] = {"coalition": "global-coalition-daesh", "body": "foreign_ministers"}
    riyadh: dict[str, Any] = {
        "start_date": "2024-02-03",
        "end_date": "2024-02-03",
        "city": "Riyadh",
    }
    riyadh["theme"] = "محاربة الإرهاب مسؤولية مشتركة"
    kuwait: dict[str, Any] = {
        "start_date": "2018-02-13",
        "end_date": "2018-02-13",
        "city": "Kuwait City",
    }
    return {
        "000": case(_text("000"), name="000", ordinal=2, country="SA", **defence),
        "001": case(_text("001"), name="001", resolutions=[2254], **daesh),
        "002": case(_text("002"), name="002", ordinal=1, **defence),
        "003": case(
            _text("003"), name="003", language="fr", published="2024-02", ordinal=2, country="SA",
            **riyadh, **defence,
        ),
        "004": case(
            _text("004"), name="004", published="2018-02-13", country="KW", **kuwait, **daesh,
        ),
    }  # fmt: skip
