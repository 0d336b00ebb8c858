"""Promises about roles told beside a meeting: guests, lists, other meetings, appointments."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Open
from tests.extract.test_roles_of_people import roles_of


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Minister Paul Reed hosted Kenyan Minister Paul Njoroge and General Anne Roy.",
            ["host", "participant", "participant"],
        ),
        (
            "استضاف وزير الدفاع العراقي ثابت حسن نظيره الأردني سامي فؤاد.",
            ["host", "participant"],
        ),
        (
            "Le général Paul Yao a accordé mardi une audience au colonel Marc Diop.",
            ["host", "participant"],
        ),
        ("استقبل اللواء حسن عيد الفريق علي موسى.", ["host", "participant"]),
        (
            "The host city gave a dinner; Ukraine was represented by General Ivan Bondar.",
            ["participant"],
        ),
        ("General Ivan Bondar, the host, spoke.", ["host"]),
        ("قال وزير الخارجية اللبناني سامي حداد إن لبنان يستضيف العدد الأكبر.", ["speaker"]),
        ("Kenyan Minister Paul Njoroge said his country hosts thousands of troops.", ["speaker"]),
        (
            "Le ministre belge Luc Maes, dont le pays abrite le siège de la force, a parlé.",
            ["speaker"],
        ),
    ],
)
def test_guests_take_part_and_only_meetings_and_guests_make_a_host(
    open_text: Open, text: str, roles: list[str]
) -> None:
    """Who is hosted is a guest unless somebody shares in the hosting."""
    assert roles_of(open_text, text) == roles


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "La rencontre a enregistré la participation des personnalités ci-après :\n"
            "- le général Paul Yao, du Ghana ;\n- le colonel Marc Diop, du Bénin.",
            2,
        ),
        (
            "The summit was attended by the following:\n\nGhana: H.E. John Boateng, President\n"
            "United Republic of Kenya: H.E. Dr. Paul Njoroge, President",
            2,
        ),
        ("رؤساء الوفود: اللواء حسن عيد، والفريق علي موسى.", 2),
        ("Participants: General Paul Yao (Ghana), Colonel Marc Diop (Benin).", 2),
        ("Chefs de délégation : le général Paul Yao et le colonel Marc Diop.", 2),
        ("تابع الأشغال اللواء حسن عيد.", 1),
        ("General Paul Yao graced the occasion as the chief guest.", 1),
        ("Le ministre belge Luc Maes a confirmé sa venue, de même que le général Paul Yao.", 2),
        ("وشهد الاجتماع حضور اللواء حسن عيد.", 1),
        ("Ministers also noted the participation of General Paul Yao.", 1),
    ],
)
def test_lists_and_nouns_of_attendance_tell_who_took_part(
    open_text: Open, text: str, count: int
) -> None:
    """A label, a noun, or lines that open with a state."""
    assert roles_of(open_text, text) == ["participant"] * count


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Les chefs s'étaient réunis au préalable sous la conduite du général Paul Yao.",
            ["mentioned"],
        ),
        ("وكان القادة قد مهدوا له في لقاء قبل شهر بحضور اللواء حسن عيد.", ["mentioned"]),
        ("Rear Admiral Paul Reed of the US Navy was appointed commander.", ["mentioned"]),
        ("Le général Paul Yao a été nommé commandant de la force.", ["mentioned"]),
        ("خلف الجنرال جون ألن في المنصب. ويقول إنه مستعد.", ["mentioned"]),
        ("وناب عن الرئيس الغاني وزير دفاعه سامي بواتنغ.", ["participant"]),
        (
            "Belgian Minister Luc Maes and Canadian Minister Anne Roy said they agreed.",
            ["speaker", "speaker"],
        ),
        ("أكد اللواء حسن عيد والفريق علي موسى أن القوة جاهزة.", ["speaker", "speaker"]),
        ("قام اللواء حسن عيد بإدارة الجلسات.", ["chair"]),
        ("ويخاطب الجلسة اللواء حسن عيد.", ["speaker"]),
        ("Le général Paul Yao a donné lecture du rapport.", ["speaker"]),
        ("Le ministre belge Luc Maes a parlé d'un tournant.", ["speaker"]),
    ],
)
def test_other_meetings_and_posts_give_no_part_and_shared_verbs_give_one(
    open_text: Open, text: str, roles: list[str]
) -> None:
    """Earlier meetings, appointments and predecessors are only mentioned; "and" shares a verb."""
    assert roles_of(open_text, text) == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Commodore Paul Reed assumed command of the force from Commodore Luc Maes.", [1, 1]),
        ("General Ali Mody handed over command to General Paul Yao.", [1, 1]),
        ("Le colonel Marc Diop a pris le commandement des mains du général Paul Yao.", [1, 1]),
        ("General Paul Yao also visited Chadian General Ali Bello.", [1, 3]),
        ("General Paul Yao paid a courtesy visit to Ghanaian Minister John Boateng.", [1, 3]),
        ("وذكر أن اللواء حسن عيد قام بزيارتين رسميتين.", [1]),
        ("وكان في مقدمة مستقبليه الفريق علي موسى.", [3]),
        ("Prenant part à la réunion, le général Paul Yao est reparti.", [1]),
        ("À l'invitation des chefs d'état-major, le général Paul Yao a pris part.", [1]),
        ("At the invitation of Niger, General Paul Yao attended.", [1]),
        ("The meeting was chaired by the Minister of Defence, General Paul Yao.", [4]),
        ("Les ministres exigent la libération du président Ali Bello et s'engagent à agir.", [0]),
        ("Other members of the delegation included General Paul Yao.", [1]),
        ("Le général Paul Yao s'est entretenu ce mardi avec le colonel Marc Diop.", [1, 1]),
        ("Le général Paul Yao s'est entretenu avec le colonel Marc Diop, en visite ici.", [3, 1]),
        ("التقى اللواء حسن عيد الفريق علي موسى والوفد المرافق له.", [3, 1]),
        ("Security will be discussed in May, the agency learned from General Paul Yao.", [0]),
    ],
)
def test_commands_change_hands_and_visits_have_a_host(
    open_text: Open, text: str, roles: list[int]
) -> None:
    """0 mentioned, 1 participant, 2 speaker, 3 host, 4 chair."""
    order = ["mentioned", "participant", "speaker", "host", "chair"]
    assert roles_of(open_text, text) == [order[role] for role in roles]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("General Paul Yao, accompanied by Colonel Marc Diop, toured the base.", [1, 1]),
        ("The panel heard General Paul Yao.", [2]),
        (
            "Around the table were General Paul Yao, Colonel Marc Diop and Admiral Luc Maes.",
            [1, 1, 1],
        ),
        (
            "In his capacity as chair, Minister John Boateng of Ghana summed up the discussions.",
            [4],
        ),
        ("Under the gavel of Ghanaian Minister John Boateng, ministers adopted a plan.", [4]),
        ("General Paul Yao, who led the force, died in May.", [0]),
        ("En marge de la réunion, le général Paul Yao a rencontré le colonel Marc Diop.", [1, 1]),
        ("Le général Paul Yao n'a pas assisté à la réunion.", [0]),
        ("Ancien chef d'état-major, le général Paul Yao est mort en mai.", [0]),
        (
            "Ont pris part à la rencontre : le général Paul Yao ; le colonel Marc "
            "Diop ; l'amiral Jean Roux.",
            [1, 1, 1],
        ),
        (
            "La cérémonie a été présidée par le général Paul Yao, assisté du colonel Marc Diop.",
            [4, 1],
        ),
        ("اعتذر وزير الدفاع الأردني سامي فؤاد عن عدم الحضور.", [0]),
        ("توفي الفريق علي موسى في بغداد.", [0]),
        ("وتسلم اللواء حسن عيد قيادة القوة من الفريق علي موسى.", [1, 1]),
        ("وكان في مقدمة الحضور اللواء حسن عيد والفريق علي موسى.", [1, 1]),
    ],
)
def test_who_is_there_and_who_is_not(open_text: Open, text: str, roles: list[int]) -> None:
    """0 mentioned, 1 participant, 2 speaker, 3 host, 4 chair: company, tables, lists, the dead."""
    order = ["mentioned", "participant", "speaker", "host", "chair"]
    assert roles_of(open_text, text) == [order[role] for role in roles]
