"""Which coalition a text is about, and what kind of text it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from services.extract.grammars.coalition import read_coalition
from tests.extract.conftest import Extract, Open

CASES = yaml.safe_load((Path(__file__).parent / "cases/kinds.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("اجتماع وزراء دفاع التحالف العسكري الإسلامي لمكافحة الارهاب", "imctc"),
        (
            "La coalition internationale contre l'Etat islamique s'est réunie",
            "global-coalition-daesh",
        ),
        ("تحالف دعم الشرعية في اليمن", "arab-coalition-yemen"),
        ("The Multinational Joint Task Force said", "mnjtf"),
        ("قمة دول الساحل الخمس", "g5-sahel"),
        ("le sommet de la Confédération des Etats du Sahel", "aes"),
        ("NATO foreign ministers met in Antalya", "nato"),
        ("le 21e comité de coordination du Forum mondial de lutte contre le terrorisme", "gctf"),
        ("the Counter-ISIS Finance Group met in Rome", "cifg"),
    ],
)
def test_a_coalition_is_known_by_its_names(open_text: Open, text: str, key: str) -> None:
    """Official names, usual ones and abbreviations lead to one id."""
    coalition = read_coalition(open_text(text))
    assert coalition is not None
    assert coalition.id == key


def test_a_group_of_the_coalition_is_the_coalition(open_text: Open) -> None:
    """Where the finance group and its coalition are both named, the text is about the coalition."""
    coalition = read_coalition(
        open_text("The Global Coalition to Defeat ISIS praised its Counter-ISIS Finance Group.")
    )
    assert coalition is not None
    assert coalition.id == "global-coalition-daesh"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Rome, 4 May 2026 - Ministers of the Global Coalition to Defeat ISIS "
            "agreed on Monday to share "
            "more data, according to their joint statement.",
            "statement",
        ),
        (
            "الدوحة 4 مايو 2026 - تستضيف الدوحة غداً الاجتماع الوزاري للتحالف "
            "الدولي ضد داعش، ومن المقرر أن "
            "يبحث المشاركون مكافحة التمويل.",
            "preview",
        ),
        (
            "Paris, 4 mai 2026 - Le sommet du G5 Sahel se tiendra vendredi à "
            "Nouakchott. Au menu : le "
            "financement de la force.",
            "preview",
        ),
        (
            "Lagos, May 4, 2026 - The army chief received the commander of the "
            "Multinational Joint Task Force "
            "on a courtesy call on Monday.",
            "mention",
        ),
        (
            "Paris, 4 April 2022 - The former envoy to the Global Coalition to Defeat ISIS tells "
            "us why the 2019 ministerial in Washington mattered.",
            "mention",
        ),
        (
            "من هو قائد القوات البحرية المشتركة؟\nولد في فرجينيا عام 1968 وتخرج "
            "في الأكاديمية البحرية.",
            "mention",
        ),
        (
            "Brussels, 4 June 2025 - The Ukraine Defense Contact Group held its 28th meeting in "
            "Brussels on Wednesday, and Norway pledged 700 million euros for drones.",
            "statement",
        ),
        (
            "Berlin, 4 May 2026 - The coalition parties agreed on a budget, a "
            "joint statement said.",
            "unrelated",
        ),
        ("أعلنت شركة الطيران انضمامها إلى تحالف ستار، وأكد المجتمعون أهمية الشراكة.", "unrelated"),
    ],
)
def test_the_kind_says_what_a_subscriber_should_hear_of(
    extract: Extract, text: str, kind: str
) -> None:
    """Only a statement alerts; previews, mentions and other coalitions do not."""
    assert extract(text).kind == kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(kind, case["text"], id=f"{kind}: {case['why']}")
        for kind, cases in CASES.items()
        for case in cases
    ],
)
def test_the_kind_of_a_text_is_what_an_analyst_would_say(
    extract: Extract, kind: str, text: str
) -> None:
    """Futures and openings, results by one speaker, visits, strikes, careers, other alliances."""
    assert extract(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "اجتماع التحالف الدولي لحل الدولتين في الرياض بعد اجتماع بشأن داعش",
        "The coalition of the willing invaded Iraq in 2003",
        "Le chiffrement AES protège les données",
        "The Global Coalition for Education met in Oslo",
        "La coalition internationale a tenu une réunion",
    ],
)
def test_a_name_that_others_bear_wants_its_context(open_text: Open, text: str) -> None:
    """Short names count only beside the adversary or the states that make them this coalition's."""
    assert read_coalition(open_text(text)) is None


def test_a_short_name_beside_the_adversary_is_the_coalition(open_text: Open) -> None:
    """The international coalition, in a text about Daesh, is the Global Coalition."""
    coalition = read_coalition(
        open_text("اجتماع وزراء التحالف الدولي\nناقش المجتمعون منع عودة داعش.")
    )
    assert coalition is not None
    assert (coalition.id, coalition.confidence < 1) == ("global-coalition-daesh", True)
