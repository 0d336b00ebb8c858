"""Resolutions: the body that passed it and its number."""

from __future__ import annotations

import pytest

from services.extract.grammars.resolutions import read_resolutions
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قرار مجلس الأمن رقم (2254)", [("UNSC", 2254)]),
        ("قراري مجلس الأمن 2178 و2396", [("UNSC", 2178), ("UNSC", 2396)]),
        ("استنادا إلى القرار ٢٢١٦", [("UNSC", 2216)]),
        ("les résolutions 2391 (2017) et 2531 (2020)", [("UNSC", 2391), ("UNSC", 2531)]),
        ("under S/RES/2170 (2014)", [("UNSC", 2170)]),
        ("UNSCRs 2170, 2178 and 2199", [("UNSC", 2170), ("UNSC", 2178), ("UNSC", 2199)]),
        ("General Assembly resolution 377", [("UNGA", 377)]),
        ("قرارات مجلس الأمن ذات الصلة", []),
        (
            "UN Security Council Resolutions (UNSCRs) 2249 and 2396",
            [("UNSC", 2249), ("UNSC", 2396)],
        ),
        ("UNSC 2254", [("UNSC", 2254)]),
        ("Council resolution 2719 (2023)", [("UNSC", 2719)]),
        ("القرارين الأمميين 2216 و2231", [("UNSC", 2216), ("UNSC", 2231)]),
        ("لقراري مجلس الأمن الدولي 2216 (2015) و2231 (2015)", [("UNSC", 2216), ("UNSC", 2231)]),
        ("القرار رقم (2216) الصادر عن مجلس الأمن", [("UNSC", 2216)]),
        ("قرار مجلس الجامعة العربية رقم 8145", [("LAS", 8145)]),
        ("Resolution No. 8914 of the Arab League Council", [("LAS", 8914)]),
        ("les résolutions 2249 et 2253 du Conseil de sécurité", [("UNSC", 2249), ("UNSC", 2253)]),
        ("la résolution onusienne 2254 dans la région", [("UNSC", 2254)]),
        ("high-resolution 1080 video", []),
        ("resolution 450 of the conference", []),
        ("la résolution 450 du Parlement dans la région", []),
        ("القرار رقم 5 لسنة 2017", []),
        ("UNSC 5 members", []),
        ("the resolution was adopted by 15 votes", []),
    ],
)
def test_resolutions_are_read_by_number(
    open_text: Open, text: str, expected: list[tuple[str, int]]
) -> None:
    """Each number behind the word is a resolution; none is invented."""
    assert [(r.body, r.number) for r in read_resolutions(open_text(text))] == expected
