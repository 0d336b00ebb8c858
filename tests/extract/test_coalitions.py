"""Which coalition a text is about: by its names, its context, its parts, or only its purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from services.extract.grammars.coalition import read_coalition
from tests.extract.conftest import Extract, Open

COALITIONS = Path(__file__).parents[2] / "services/extract/lexicon/coalitions"
FILES = sorted(COALITIONS.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_coalition_is_one_file_with_names_in_three_languages(path: Path) -> None:
    """Its entries lead to the id that the file is named by, and have an English name."""
    text = path.read_text("utf-8")
    entries = yaml.safe_load(text)["entries"]
    first = next(iter(entries.values()))
    assert text.startswith("# ")
    assert {entry.get("id", key) for key, entry in entries.items()} == {path.stem}
    assert all(first[lang] for lang in ("ar", "fr", "en", "name"))
    assert all(len(code) == 2 for code in first.get("members", ()))
    assert ("members" in first) == ("members_as_of" in first)


def test_the_field_is_covered() -> None:
    """At least 40 security coalitions, alliances and formats are known."""
    assert len(FILES) >= 40


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Five Eyes ministers met in Wellington", "five-eyes"),
        ("اجتماع وزراء داخلية تحالف العيون الخمس", "five-eyes"),
        ("The Quad foreign ministers met. The Quad said so.", "quad"),
        ("le Dialogue quadrilatéral de sécurité", "quad"),
        ("Defence ministers of the ADMM-Plus met in Bangkok", "admm-plus"),
        ("the ASEAN Defence Ministers' Meeting Plus", "admm-plus"),
        ("the ASEAN Defence Ministers' Retreat in Manila", "asean-defence-ministers-meeting"),
        ("La Force expéditionnaire conjointe patrouille en Baltique", "joint-expeditionary-force"),
        ("JEF ministers met in Oslo, Norway", "joint-expeditionary-force"),
        ("قادة مجموعة بوخارست التسعة", "bucharest-nine"),
        ("le comité des chefs d'état-major de la CEDEAO", "ecowas"),
        ("رؤساء أركان جيوش دول غرب أفريقيا", "ecowas"),
        ("ECOWAS military chiefs met in Accra", "ecowas"),
        ("the SADC Mission in Mozambique (SAMIM)", "samim"),
        ("la troïka de l'organe de la SADC", "sadc-organ-troika"),
        ("AUSSOM troop-contributing countries", "aussom"),
        ("اجتماعات العقبة", "aqaba-process"),
        ("اختتم مجلس وزراء الداخلية العرب دورته", "arab-interior-ministers-council"),
        ("مجلس الدفاع العربي المشترك", "arab-league-joint-defence-council"),
        ("مجلس الدفاع المشترك لدول مجلس التعاون", "gcc-joint-defence"),
        ("مبادرة 5+5 دفاع", "5-plus-5-defence-initiative"),
        ("مبادرة “5 زائد 5 دفاع”", "5-plus-5-defence-initiative"),
        ("l'Initiative « 5+5 Défense »", "5-plus-5-defence-initiative"),
        ("les chefs d'état-major du CEMOC", "cemoc"),
        ("l'opération Aspides", "eunavfor-aspides"),
        ("تحالف حارس الازدهار", "operation-prosperity-guardian"),
        ("مجلس الدول العربية والأفريقية المطلة على البحر الأحمر وخليج عدن", "red-sea-council"),
        ("the Yaoundé Architecture for maritime safety", "yaounde-architecture"),
        ("The drone coalition for Ukraine met in Riga", "drone-coalition"),
        ("la coalition artillerie pour l'Ukraine", "artillery-coalition"),
        ("The NATO-Ukraine Council met", "nato-ukraine-council"),
        (
            "the International Counter Ransomware Initiative",
            "international-counter-ransomware-initiative",
        ),
        ("CSTO Council of Defence Ministers", "csto"),
        ("Combined Joint Task Force - Operation Inherent Resolve", "global-coalition-daesh"),
        ("The Defeat-ISIS Ministerial opened", "global-coalition-daesh"),
    ],
)
def test_a_coalition_is_known_by_its_names(open_text: Open, text: str, key: str) -> None:
    """Official names, usual ones and abbreviations lead to one id."""
    coalition = read_coalition(open_text(text))
    assert coalition is not None
    assert coalition.id == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "The Counter-ISIS Finance Group, a working group of the Global Coalition to Defeat "
            "ISIS, met in Rome. The Global Coalition has 90 members.",
            "cifg",
        ),
        (
            "Ministers of the Global Coalition to Defeat ISIS met in Rome and praised the "
            "Counter-ISIS Finance Group.",
            "global-coalition-daesh",
        ),
        (
            "NATO defence ministers met in Brussels. A session of the NATO-Ukraine Council "
            "followed.",
            "nato",
        ),
        (
            "The NATO-Ukraine Council met at NATO headquarters, and NATO ambassadors condemned "
            "the strikes.",
            "nato-ukraine-council",
        ),
        (
            "Les ministres de la Défense du G5 Sahel, réunis à Paris, ont remercié la Force "
            "multinationale mixte et l'OTAN.",
            "g5-sahel",
        ),
        (
            "اجتمع وزراء دفاع التحالف الإسلامي العسكري في الرياض، وتضم دوله أعضاء في التحالف "
            "الدولي ضد داعش.",
            "imctc",
        ),
        (
            "The Ukraine Defense Contact Group met at NATO headquarters. NATO allies and the NATO "
            "secretary general took part.",
            "udcg",
        ),
    ],
)
def test_the_coalition_is_the_one_that_the_text_is_about(
    open_text: Open, text: str, key: str
) -> None:
    """The subject of the headline and the meeting, not what is named beside it."""
    coalition = read_coalition(open_text(text))
    assert coalition is not None
    assert coalition.id == key


@pytest.mark.parametrize(
    "text",
    [
        "He rode a quad bike across the quad to the Quad Cities.",
        "Das JEF-Programm der Universität",
        "La CEDEAO a adopté un tarif extérieur commun pour le ciment.",
        "اللجنة العسكرية المشتركة الليبية 5+5 اجتمعت في سرت",
        "An IT coalition of start-ups met in Berlin.",
        "The drone coalition of farmers sprays rice.",
        "CMF Ltd published its results.",
        "The school's rats were sold: RATS, the label said.",
        "Germany's parties agreed on a budget and on a contribution to NATO.",
    ],
)
def test_words_that_only_look_like_a_coalition_are_none(open_text: Open, text: str) -> None:
    """Abbreviations and short names want the states, the ministers or the full name beside them."""
    assert read_coalition(open_text(text)) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "Defence ministers of the Gulf of Sidra Coalition against Piracy met in Tunis and "
            "agreed on patrols.",
            "gulf-of-sidra-coalition-against-piracy",
        ),
        (
            "اجتمع وزراء دفاع ست دول في مسقط وأعلنوا إنشاء تحالف إقليمي لمكافحة القرصنة.",
            "coalition-against-piracy",
        ),
        (
            "Réunis à Dakar, les ministres de la Défense ont lancé une coalition régionale contre "
            "le narcotrafic.",
            "coalition-against-organised-crime",
        ),
    ],
)
def test_an_unlisted_coalition_is_read_from_its_purpose(
    open_text: Open, text: str, key: str
) -> None:
    """Where ministers of states meet, its English name makes the id, or its purpose."""
    coalition = read_coalition(open_text(text))
    assert coalition is not None
    assert coalition.id == key


@pytest.mark.parametrize(
    "text",
    [
        "A coalition against terrorism of words, the poets' alliance, met in Beirut.",
        "Parties formed a coalition against cartels ahead of the election; ministers of defence "
        "and foreign ministers voted for it at a meeting.",
        "Health ministers met and launched a coalition against malaria.",
        "وزراء الصحة يجتمعون لإطلاق تحالف ضد السرطان",
        "La coalition contre la corruption a réuni les ministres de la Justice.",
    ],
)
def test_a_coalition_of_others_or_for_other_ends_is_none(open_text: Open, text: str) -> None:
    """Citizens, parties, ministers of health: no coalition of states for their security."""
    assert read_coalition(open_text(text)) is None


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        (
            "Rome, 4 May 2026 - The Global Coalition to Defeat ISIS met in Rome and agreed to "
            'share data. "One fight, one future" was the motto.',
            "One fight, one future",
        ),
        (
            "الرياض 4 مايو 2026 - اجتمع وزراء دفاع التحالف الإسلامي العسكري في الرياض واتفقوا على "
            "خطة، واختاروا عبارة «معا نحو الأمن» شعارا للاجتماع.",
            "معا نحو الأمن",
        ),
    ],
)
def test_a_slogan_may_stand_before_the_word_for_it(extract: Extract, text: str, theme: str) -> None:
    """The quotation that ends right before it is the slogan."""
    meeting = extract(text).meeting
    assert meeting is not None
    assert meeting.theme == theme


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ministers of the 80-strong alliance fighting the Islamic State group", "daesh"),
        ("The coalition that has been battling IS militants met in Rome", "daesh"),
        ("les ministres de la coalition qui combat l'Etat islamique", "daesh"),
        ("l'alliance emmenée par les Etats-Unis contre Daech", "daesh"),
        ("وزراء دول التحالف التي تقاتل تنظيم الدولة", "daesh"),
        ("أعضاء الائتلاف الدولي المناهض لتنظيم داعش", "daesh"),
        ("the regional force fighting Boko Haram", "mnjtf"),
        ("la force conjointe de lutte contre Boko Haram", "mnjtf"),
        ("القوة الإقليمية لمواجهة جماعة بوكو حرام", "mnjtf"),
        ("Iraqi troops fought the Islamic State group in Mosul", None),
        ("The alliance met. Islamic State was not named.", None),
        ("الحرب على داعش في الموصل", None),
        ("une coalition de partis, et la lutte contre Daech", None),
    ],
)
def test_a_coalition_is_known_by_whom_it_fights(
    open_text: Open, text: str, key: str | None
) -> None:
    """An alliance or a joint force, the word against, and the adversary, in one breath."""
    coalition = read_coalition(open_text(text))
    expected = {"daesh": "global-coalition-daesh"}.get(key or "", key)
    assert (coalition and coalition.id) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "Defence ministers of Australia, Japan, the Philippines and the United States met",
            "squad",
        ),
        ("اجتمع وزراء خارجية إيران وروسيا وتركيا في طهران", "astana-format"),
        ("Les chefs d'état-major du Mali, du Niger et du Burkina Faso se sont réunis", "aes"),
        ("The foreign ministers of Australia, India, Japan and the United States met", "quad"),
        ("Defence ministers of France and Germany met", None),
        ("Iran, Russia and Turkey signed a gas deal", None),
    ],
)
def test_a_coalition_is_known_by_its_members(open_text: Open, text: str, key: str | None) -> None:
    """Where a sentence of the head names them all, and their ministers or chiefs."""
    coalition = read_coalition(open_text(text))
    assert (coalition and coalition.id) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "Defence ministers of six countries met in Dakar on Monday. The Dakar Initiative was "
            "set up last year.",
            "dakar-initiative",
        ),
        ("اجتمع وزراء دفاع ست دول في إطار صيغة باكو لبحث أمن الحدود.", "baku-format"),
        (
            "Les ministres de la Défense de sept pays, membres du Processus de Tbilissi, se sont "
            "réunis lundi.",
            "tbilisi-process",
        ),
        (
            "Interior ministers of Spain, Portugal, Italy and Malta met on Friday and agreed on "
            "joint patrols.",
            "interior-ministers-meeting",
        ),
        ("Health ministers met in Dakar. The Dakar Initiative fights malaria.", None),
        ("Six carmakers met in the Stuttgart Group.", None),
        ("التقى وزراء الزراعة في مبادرة باريس.", None),
    ],
)
def test_a_format_that_no_file_lists_is_named_by_its_city(
    open_text: Open, text: str, key: str | None
) -> None:
    """Or by who meets, where ministers of several states have arms in their care."""
    coalition = read_coalition(open_text(text))
    assert (coalition and coalition.id) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("وزراء دفاع منظمة شانغهاي للتعاون", "sco"),
        ("قوات تحالف الدفاع عن الشرعية في اليمن", "arab-coalition-yemen"),
        ("التحالف العربي لمكافحة السرطان يجتمع في عمان", None),
        ("The SADC conference on trade opened in Maputo", None),
        ("the summit of SADC, with its chiefs of staff, opened in Maputo", "sadc"),
        ("the Joint EAC-SADC Summit of heads of state on eastern DRC", "eac-sadc"),
        ("رؤساء أركان الجيوش العربية يبحثون القوة العربية المشتركة", "joint-arab-force"),
    ],
)
def test_wide_organisations_want_their_soldiers_beside_them(
    open_text: Open, text: str, key: str | None
) -> None:
    """And a name that other fields of life share wants its country."""
    coalition = read_coalition(open_text(text))
    assert (coalition and coalition.id) == key
