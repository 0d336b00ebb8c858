"""Promises about decisions: nouns of a list, clauses, asides, semicolons, what was before."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Open
from tests.extract.test_commitment_phrases import acts_of


@pytest.mark.parametrize(
    ("lang", "text", "acts"),
    [
        (
            "fr",
            "Les travaux ont abouti aux conclusions suivantes :\n- validation du traité commun ;\n"
            "- adoption du règlement ;\n- mise en place d'un comité ad hoc.",
            ["adopt", "adopt", "launch"],
        ),
        (
            "en",
            "The ministers took the following decisions:\n1. Adoption of the action plan.\n"
            "2. Establishment of a working group.",
            ["adopt", "launch"],
        ),
        (
            "en",
            "The meeting led to the following outcomes:\n- endorsement of the budget;\n"
            "- condemnation of the attacks on ships.",
            ["adopt", "condemn"],
        ),
        (
            "fr",
            "Le texte final :\n1°) porte création d'une cellule d'alerte ;\n"
            "2°) exige le retrait des milices ;\n3°) accorde son feu vert au projet.",
            ["launch", "call_on", "adopt"],
        ),
    ],
)
def test_items_of_a_list_are_acts_told_by_bare_nouns_and_verbs(
    open_text: Open, lang: str, text: str, acts: list[str]
) -> None:
    """Behind a colon each item is one act: that of its noun without an article, or of its verb."""
    assert acts_of(open_text, lang, text) == acts


@pytest.mark.parametrize(
    ("lang", "text", "acts"),
    [
        ("en", "It was agreed that a cell would be stood up in Algiers.", ["launch"]),
        ("en", "The ministers agreed that a joint centre would be set up.", ["launch"]),
        ("fr", "Il a été convenu qu'un fonds serait créé.", ["launch"]),
        ("fr", "Les ministres ont décidé qu'un centre conjoint soit mis en place.", ["launch"]),
        ("ar", "اتفق الوزراء على أن ينشأ مركز مشترك.", ["launch"]),
        ("en", "The ministers agreed that the mission would be extended.", ["agree"]),
        ("fr", "Les ministres ont convenu que la mission serait prolongée.", ["agree"]),
        (
            "en",
            "The coalition announced on Tuesday, after a summit in Paris, the creation of a force.",
            ["launch"],
        ),
        (
            "fr",
            "La coalition a annoncé mardi, après un sommet à Paris, la création d'une force.",
            ["launch"],
        ),
        ("ar", "قرر الوزراء، في ختام اجتماعهم، إنشاء مركز مشترك.", ["launch"]),
        ("ar", "قرر الوزراء، في ختام اجتماعهم، تمديد المهمة.", ["agree"]),
        (
            "en",
            "The leaders approved the plan; instructed the staff to start; and voiced support for "
            "Iraq.",
            ["adopt", "call_on", "support"],
        ),
        (
            "fr",
            "Les ministres ont salué le plan ; exigé leur retrait ; et félicité le Tchad.",
            ["welcome", "call_on", "welcome"],
        ),
        ("ar", "أقر الوزراء الخطة، ووجهوا بالبدء الفوري في تنفيذها.", ["adopt", "call_on"]),
        ("ar", "وأناط المجلس باللجنة العسكرية إعداد الدراسة.", ["call_on"]),
        ("fr", "Les ministres ont ordonné aux commandants de préparer un plan.", ["call_on"]),
        ("ar", "وإننا عازمون على صون النظام الدولي.", ["resolve"]),
        ("fr", "Nous sommes très reconnaissants à l'Irak de son accueil.", ["thank"]),
        ("fr", "Les ministres ont souscrit aux recommandations des experts.", ["adopt"]),
        ("fr", "La coalition s'est par ailleurs dotée d'un état-major.", ["launch"]),
    ],
)
def test_what_was_decided_counts_wherever_it_stands(
    open_text: Open, lang: str, text: str, acts: list[str]
) -> None:
    """A clause, words behind an aside, and verbs behind semicolons belong to their subject."""
    assert acts_of(open_text, lang, text) == acts


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The previous meeting was held in Doha. It had welcomed Kuwait as a member."),
        ("fr", "La précédente réunion s'était tenue à Doha ; elle avait approuvé un fonds."),
        ("ar", "وخلص الوزراء إلى أن سقوط المدينة لا يعني نهاية المعركة."),
    ],
)
def test_what_was_done_before_or_only_found_is_no_act(
    open_text: Open, lang: str, text: str
) -> None:
    """Acts of the meeting before, told behind a sentence about it, and mere findings are none."""
    assert acts_of(open_text, lang, text) == []


@pytest.mark.parametrize(
    ("lang", "text", "acts"),
    [
        ("en", "He said that the ministers had agreed to set up a fund.", ["launch"]),
        ("fr", "Les ministres ont adopté le plan, publié la veille.", ["adopt"]),
        ("fr", "Ils ont entériné le rapport des chefs, adopté la veille.", ["adopt"]),
        ("en", "They talked through the raid, launched a month earlier.", ["review"]),
    ],
)
def test_a_time_gone_by_bars_only_its_own_verb(
    open_text: Open, lang: str, text: str, acts: list[str]
) -> None:
    """The main verb of a sentence stays an act beside a participle with its own time."""
    assert acts_of(open_text, lang, text) == acts
