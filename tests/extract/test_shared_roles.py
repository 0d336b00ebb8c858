"""Promises about roles by their constructions, in three languages: many names, one verb."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Open
from tests.extract.test_roles_of_people import roles_of


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Le sommet a été coprésidé par le ministre belge Luc Maes et son homologue "
            "ghanéen, John Boateng.",
            ["chair", "chair"],
        ),
        (
            "The meeting was co-chaired by Ghanaian Foreign Minister John Boateng and U.S. "
            "Secretary of State Paul Reed.",
            ["chair", "chair"],
        ),
        (
            "Belgian Minister Luc Maes and Canadian Minister Anne Roy took turns in the chair.",
            ["chair", "chair"],
        ),
        (
            "Le général Paul Yao et le colonel Marc Diop ont dirigé conjointement les travaux.",
            ["chair", "chair"],
        ),
        (
            "Trente pays se sont réunis à Paris autour du président ghanéen John Boateng et "
            "du Premier ministre belge Luc Maes.",
            ["chair", "chair"],
        ),
        (
            "La réunion s'est tenue sous la double présidence du ministre belge Luc Maes et "
            "du ministre ghanéen John Boateng.",
            ["chair", "chair"],
        ),
        (
            "Sous l'égide du général Paul Yao, les chefs d'état-major ont tenu leur réunion.",
            ["chair"],
        ),
        (
            "Ghanaian Defence Minister John Boateng, who is chairing the talks, arrived early.",
            ["chair"],
        ),
        (
            "The talks, over which Ghanaian Defence Minister John Boateng presided, lasted "
            "two days.",
            ["chair"],
        ),
        (
            "With Ghanaian Defence Minister John Boateng in the chair, the group met in Accra.",
            ["chair"],
        ),
        (
            "The session, chaired jointly by General A. Musa of Nigeria along with Colonel "
            "Sadio Keita of Mali, ended late.",
            ["chair", "chair"],
        ),
        (
            "ترأس الاجتماع كل من وزير الدفاع العراقي ثابت حسن، ووزير الدفاع الأردني سامي "
            "فؤاد، ونظيرهما المصري علي عيد.",
            ["chair", "chair", "chair"],
        ),
        (
            "تولى رئاسة الاجتماع وزير الدفاع العراقي ثابت حسن إلى جانب وزير الدفاع الأردني "
            "سامي فؤاد.",
            ["chair", "chair"],
        ),
        (
            "عقد الاجتماع برئاسة مشتركة بين وزير الدفاع العراقي ثابت حسن ووزير الدفاع "
            "الأردني سامي فؤاد.",
            ["chair", "chair"],
        ),
        ("أدار الجلسة اللواء حسن عيد.", ["chair"]),
        (
            "عقدت القمة تحت رئاسة الرئيس الغاني جون بواتنغ ومبعوث الاتحاد الأفريقي موسى كيتا.",
            ["chair", "chair"],
        ),
        (
            "أطلق وزير الدفاع العراقي ثابت حسن أعمال الاجتماع بحضور اللواء حسن عيد.",
            ["speaker", "participant"],
        ),
        (
            "وتناوب على رئاسة الجلسات وزير الدفاع العراقي ثابت حسن ووزير الدفاع الأردني سامي فؤاد.",
            ["chair", "chair"],
        ),
        ("وقاد أعمال الدورة الفريق أول حسن عيد.", ["chair"]),
        ("Les travaux ont été ouverts par le général Paul Yao.", ["speaker"]),
        ("C'est le général Paul Yao qui a présidé l'ouverture des travaux.", ["chair"]),
        (
            "Les ministres se sont retrouvés à Accra à l'appel du ministre ghanéen John Boateng.",
            ["host"],
        ),
        (
            "La réunion, convoquée par le ministre ghanéen John Boateng, a duré deux heures.",
            ["host"],
        ),
        ("The meeting was held under the patronage of Kenyan Minister Paul Njoroge.", ["host"]),
        (
            "At the invitation of Kenyan Minister Paul Njoroge and Ghanaian Minister John "
            "Boateng, ministers met in Nairobi.",
            ["host", "host"],
        ),
        ("Meeting host Kenyan Minister Paul Njoroge thanked nobody.", ["host"]),
        (
            "Ghanaian Minister John Boateng is hosting the talks with co-host Kenyan "
            "Minister Paul Njoroge.",
            ["host", "host"],
        ),
        ("دعا إلى القمة واستضافها الرئيس الغاني جون بواتنغ.", ["host"]),
        ("واجتمع الوزراء في أكرا تلبية لدعوة الرئيس الغاني جون بواتنغ.", ["host"]),
        ("وكان في استقبال الوفود وزير الدفاع العراقي ثابت حسن.", ["host"]),
        (
            "Le ministre ghanéen John Boateng, dont le pays accueille la réunion, a pris place.",
            ["host"],
        ),
        ("The delegates were received by Kenyan Minister Paul Njoroge.", ["host"]),
        ("استقبل رئيس الوزراء العراقي ثابت حسن المشاركين في الاجتماع.", ["host"]),
    ],
)
def test_all_who_share_the_chair_or_invite(open_text: Open, text: str, roles: list[str]) -> None:
    """Co-chairs and co-hosts are carried to the end of their list, before the verb or behind it."""
    assert roles_of(open_text, text) == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Ont également pris la parole le ministre belge Luc Maes, la ministre "
            "canadienne Anne Roy et l'ambassadeur Paul Yao.",
            ["speaker", "speaker", "speaker"],
        ),
        (
            "Des allocutions ont été prononcées par le ministre belge Luc Maes et le "
            "général Paul Yao.",
            ["speaker", "speaker"],
        ),
        (
            "سيلقي كل من وزير الدفاع العراقي ثابت حسن، ووزير الدفاع الأردني سامي فؤاد كلمات "
            "في الافتتاح.",
            ["speaker", "speaker"],
        ),
        (
            "أُعطيت الكلمة لوزير الدفاع العراقي ثابت حسن، ثم لوزير الدفاع الأردني سامي فؤاد.",
            ["speaker", "speaker"],
        ),
        ("وألقى الكلمة الافتتاحية اللواء حسن عيد.", ["speaker"]),
        ("وتخلل الجلسة عرض قدمه اللواء حسن عيد.", ["speaker"]),
        ("وتلا البيان الختامي اللواء حسن عيد.", ["speaker"]),
        ("وفي كلمة ألقاها نيابة عنه اللواء حسن عيد، شدد الوزير على التعاون.", ["speaker"]),
        (
            "Speeches were delivered by Ghanaian Minister John Boateng and Kenyan Minister "
            "Paul Njoroge.",
            ["speaker", "speaker"],
        ),
        (
            "Ghanaian Minister John Boateng, Kenyan Minister Paul Njoroge and General Ali "
            "Mody all spoke.",
            ["speaker", "speaker", "speaker"],
        ),
        ("Ghana's John Boateng: we will not give up.", ["speaker"]),
        (
            "Participants heard presentations from General Ali Mody and Colonel Sadio Keita.",
            ["speaker", "speaker"],
        ),
        ("The final communique was read by Colonel Sadio Keita.", ["speaker"]),
        ("Lu par le colonel Marc Diop, le communiqué final tient en dix points.", ["speaker"]),
        (
            "Le général Paul Yao a, pour sa part, rappelé l'importance de la coopération.",
            ["speaker"],
        ),
        ("Le général Paul Yao a également insisté sur la formation.", ["speaker"]),
        ("Le général Paul Yao n'a pas caché sa satisfaction.", ["speaker"]),
        ("وتحدث في الجلسة اللواء حسن عيد والعقيد سامي فؤاد.", ["speaker", "speaker"]),
        ("من جهته، شدد في كلمته خلال الاجتماع اللواء حسن عيد على أهمية التنسيق.", ["speaker"]),
        ("واستمع المشاركون إلى إحاطة من اللواء حسن عيد.", ["speaker"]),
        ("استهل اللواء حسن عيد الاجتماع بكلمة ترحيبية.", ["speaker"]),
        ("General Ali Mody will deliver the keynote address.", ["speaker"]),
        (
            "The Ghanaian defence minister, John Boateng, described the meeting as a "
            "turning point.",
            ["speaker"],
        ),
    ],
)
def test_all_who_take_the_floor_speak(open_text: Open, text: str, roles: list[str]) -> None:
    """Verbs, nouns and passives of speaking, headlines with a colon, readers of a text."""
    assert roles_of(open_text, text) == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Belgium's Luc Maes and Ghana's John Boateng are among those expected.",
            ["participant", "participant"],
        ),
        (
            "Also coming to Accra are Kenyan Minister Paul Njoroge, Ghanaian Minister John "
            "Boateng and General Ali Mody.",
            ["participant", "participant", "participant"],
        ),
        ("Kenyan Minister Paul Njoroge has confirmed he is coming.", ["participant"]),
        ("From Nigeria came General Ali Mody.", ["participant"]),
        ("General Ali Mody sat beside Colonel Sadio Keita.", ["participant", "participant"]),
        (
            "Présents à ses côtés : le général Paul Yao et le colonel Marc Diop.",
            ["participant", "participant"],
        ),
        ("Les Béninois étaient emmenés par leur président, Paul Yao.", ["participant"]),
        ("La délégation ghanéenne était conduite par le ministre John Boateng.", ["participant"]),
        ("The Ghanaian delegation was led by Minister John Boateng.", ["participant"]),
        ("شاركت الأردن بوفد رأسه وزير الدفاع سامي فؤاد.", ["participant"]),
        ("ترأس وفد الأردن وزير الدفاع سامي فؤاد.", ["participant"]),
        ("ويقود الوفد الأردني السفير سامي فؤاد.", ["participant"]),
        (
            "يغادر وزير الدفاع الأردني سامي فؤاد غدا على رأس وفد إلى أكرا للمشاركة في الاجتماع.",
            ["participant"],
        ),
        (
            "وفي القاعة جلس وزير الدفاع العراقي ثابت حسن ووزير الدفاع الأردني سامي فؤاد.",
            ["participant", "participant"],
        ),
        ("وانضم إلى الجلسة المبعوث الأميركي بول ريد.", ["participant"]),
        ("وكان بين الحضور اللواء حسن عيد.", ["participant"]),
        (
            "Le ministre ghanéen John Boateng conduisait une délégation de dix officiers.",
            ["participant"],
        ),
        ("Ghana était représenté par le général Paul Yao.", ["participant"]),
        ("Le président Paul Yao n'est apparu qu'à l'écran.", ["participant"]),
        (
            "Nous, chefs d'État du Burkina Faso, M. Paul Yao, du Mali, M. Sadio Keita, et "
            "du Niger, M. Ali Mody, sommes réunis ce jour.",
            ["participant", "participant", "participant"],
        ),
        ("Le ministre ghanéen John Boateng avait fait le déplacement.", ["participant"]),
        ("وقع على الوثيقة عن الجانب الأردني اللواء سامي فؤاد.", ["participant"]),
        (
            "President Paul Reed, who was represented by General Ali Mody, is ill.",
            ["mentioned", "participant"],
        ),
    ],
)
def test_all_who_came_took_part(open_text: Open, text: str, roles: list[str]) -> None:
    """Lists, delegations and their heads, screens, seats at the table, stand-ins."""
    assert roles_of(open_text, text) == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("أما رئيس الوزراء الغاني جون بواتنغ فلن يحضر.", ["mentioned"]),
        ("Ghanaian Minister John Boateng did not attend.", ["mentioned"]),
        ("Ghanaian Minister John Boateng has sent a message.", ["mentioned"]),
        ("Le ministre ghanéen John Boateng, absent, s'est excusé.", ["mentioned"]),
        (
            "The meeting ended. It was long. The next meeting will be hosted by Ghanaian "
            "Prime Minister John Boateng.",
            ["mentioned"],
        ),
        (
            "La réunion a pris fin. Elle a duré. La prochaine réunion sera présidée par le "
            "général Paul Yao.",
            ["mentioned"],
        ),
        ("وكانت الدورة السابقة قد عقدت برئاسة وزير الداخلية سامي فؤاد.", ["mentioned"]),
        ("وكان الوزراء قد اجتمعوا العام الماضي بدعوة من وزير الدفاع سامي فؤاد.", ["mentioned"]),
        ("The previous meeting, chaired by General Ali Mody, was held in Accra.", ["mentioned"]),
        (
            "La session précédente s'était tenue sous la présidence du général Paul Yao.",
            ["mentioned"],
        ),
        ("وترحم الوزراء على روح الأمير حسن عيد.", ["mentioned"]),
        (
            "Ministers thanked Ghanaian Minister John Boateng for hosting the meeting.",
            ["mentioned"],
        ),
        (
            "Les ministres ont remercié le ministre ghanéen John Boateng pour l'accueil de "
            "la réunion.",
            ["mentioned"],
        ),
        ("وأعرب الوزراء عن شكرهم للرئيس الغاني جون بواتنغ على استضافة الاجتماع.", ["mentioned"]),
        ("Their killer, Ahmed Deif, was sentenced.", ["mentioned"]),
        ("He presides over a country where President John Boateng once ruled.", ["mentioned"]),
        ("General Ali Mody was appointed commander.", ["mentioned"]),
    ],
)
def test_the_absent_and_other_meetings_give_no_part(
    open_text: Open, text: str, roles: list[str]
) -> None:
    """Whoever stays away, is thanked, mourned, or belongs to an earlier or a later meeting."""
    assert roles_of(open_text, text) == roles
