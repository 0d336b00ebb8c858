"""Who is named in lists, and which state each of them serves."""

from __future__ import annotations

import pytest

from services.extract.grammars.people import read_people
from tests.extract.conftest import Open


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The presidents of Latvia, Poland and Romania, Edgars Rinkis, Andrzej Dudek and Klaus "
            "Iohan, will host.",
            [("Edgars Rinkis", "LV"), ("Andrzej Dudek", "PL"), ("Klaus Iohan", "RO")],
        ),
        (
            "Les Béninois et Togolais étaient emmenés par leurs présidents, Patrice Talo et Faure "
            "Gnassi ; les Burkinabè et Ivoiriens par leurs Premiers ministres, Apollinaire Tamba "
            "et Patrick Ach.",
            [
                ("Patrice Talo", "BJ"),
                ("Faure Gnassi", "TG"),
                ("Apollinaire Tamba", "BF"),
                ("Patrick Ach", "CI"),
            ],
        ),
        (
            "Ministers of Chad (Ahmat Alabo), Niger (Zork Moutari) and Mali (Sadio Keita) met.",
            [("Ahmat Alabo", "TD"), ("Zork Moutari", "NE"), ("Sadio Keita", "ML")],
        ),
        (
            "Il a vu ses homologues malien Abdoulaye Diarra et nigérien Bakary Sangaré.",
            [("Abdoulaye Diarra", "ML"), ("Bakary Sangaré", "NE")],
        ),
        (
            "He met his counterparts Badr Atty of Egypt, Ayman Safi of Jordan and Fuad Hadi of "
            "Iraq.",
            [("Badr Atty", "EG"), ("Ayman Safi", "JO"), ("Fuad Hadi", "IQ")],
        ),
        (
            "وشارك وزيرا خارجية مصر والأردن سامح فوزي وأيمن الحمود.",
            [("سامح فوزي", "EG"), ("أيمن الحمود", "JO")],
        ),
        (
            "وحضر الاجتماع وزراء دفاع مصر محمد حامد والأردن بشر سليم والسودان ياسين حسن.",
            [("محمد حامد", "EG"), ("بشر سليم", "JO"), ("ياسين حسن", "SD")],
        ),
        (
            "التقى نظراءه كريم سعيد من الهند وفيكتور إيفانوف من بيلاروسيا.",
            [("كريم سعيد", "IN"), ("فيكتور إيفانوف", "BY")],
        ),
        ("African health ministers lead ‘Big Push’ against malaria.", []),
        ("Mali (Opération Barkhane) et Niger (Base Aérienne) : les ministres sont partis.", []),
    ],
)
def test_a_plural_office_stands_for_all_of_a_list(
    open_text: Open, text: str, expected: list[tuple[str, str]]
) -> None:
    """Each has the state told beside the name, or that of the same place in the order of states."""
    assert [(p.name, p.country) for p in read_people(open_text(text))] == expected


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("وترأس الوفد الأردني اللواء الركن عبدالله الحسن.", ["JO"]),
        ("وكان نائب وزير الدفاع سعد بن علي ترأس وفد المملكة العربية السعودية.", ["SA"]),
        ("Kuwait took part with a delegation headed by Minister of Defense Ali Hamad.", ["KW"]),
        ("La délégation malienne était conduite par le colonel Sadio Keita.", ["ML"]),
        ("فيما مثّل الجزائر مندوبها الدائم السفير نذير سعيد.", ["DZ"]),
        ("ويمثل واشنطن المنسق الخاص كريستوفر لاند.", ["US"]),
        ("Kyiv will be represented by General Rustem Umar.", ["UA"]),
        ("Il a été représenté à Paris par le général Ali Keita.", [None]),
        ("وصرح المتحدث باسم الكرملين دميتري إيفانوف.", ["RU"]),
        ("Downing Street spokeswoman Jane Smith spoke.", ["GB"]),
        ("وقال رئيس الأركان العامة للجيوش المالية اللواء عمر كيتا.", ["ML"]),
        ("وقال وكيل وزارة المالية علي حسن.", [None]),
        ("وحضر اللواء المالي عمر كيتا.", ["ML"]),
        ("وكان في استقباله نائب الأدميرال الأمريكي جورج ويل.", ["US"]),
        ("وشارك وزير الدولة لشؤون الدفاع بمملكة البحرين محمد سالم.", ["BH"]),
        ("بحضور سفير المملكة لدى باكستان نواف بن سعيد.", ["SA"]),
        ("بحضور سفير خادم الحرمين الشريفين لدى الولايات المتحدة عبدالله بن فيصل.", ["SA"]),
        ("The Envoy of Norway to Sudan Endre Stian spoke.", ["NO"]),
        ("Chief of the General Staff of the Armed Forces of Ukraine Andrii Hnat spoke.", ["UA"]),
        ("Les Pays-Bas de Jeanine Hennis étendent leurs frappes.", ["NL"]),
        ("قال الأمين التنفيذي للجنة حوض بحيرة تشاد سليم إبراهيم.", [None]),
        ("وصل المبعوث الخاص لدى التحالف بريت سميث إلى واشنطن.", [None]),
        ("قال وزير الدفاع علي حسن في باريس (كونا).", ["KW"]),
        ("H.E. Felix Antoine of the Democratic Republic of the Congo joined.", ["CD"]),
        ("Emmanuel Macron a parlé. « Oui », a lancé le président français.", ["FR"]),
        ("Emmanuel Macron a parlé. « Oui », a lancé le président malien.", [None]),
    ],
)
def test_the_words_around_an_office_tell_its_state(
    open_text: Open, text: str, countries: list[str | None]
) -> None:
    """Delegations, representation, palaces, armies; never an alliance's seat nor a place."""
    assert [p.country for p in read_people(open_text(text))] == countries


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dr. William Ruto, CGH, President of the Republic of Kenya, spoke.", ["William Ruto"]),
        ("Captain Ali Hassan, RSN, thanked Commodore Mark Hill, OBE.", ["Ali Hassan", "Mark Hill"]),
        ('General Christopher "Chris" Donahue attended.', ['Christopher "Chris" Donahue']),
        ("Deputy Prime Minister and Minister for Defence Richard Marl left.", ["Richard Marl"]),
        ("Japanese Defense Minister Nakatani Gen left.", ["Nakatani Gen"]),
        ("Commodore Steve Moor OBE RN thanked Capt. Ali Khan PN.", ["Steve Moor", "Ali Khan"]),
        ("Defence Secretary, Hon Aden Bare, met Mr. Paris Smith.", ["Aden Bare", "Paris Smith"]),
        ("Taalat Masadykov, a Kyrgyz diplomat, was named.", ["Taalat Masadykov"]),
        ("A statement by the Directorate General Public Relations (Navy).", []),
        ("The chief of the Mission Support Unit and the G5 du Sahel were there.", []),
        ("برئاسة وزير الداخلية آنذاك كمال الفقي.", ["كمال الفقي"]),
        (
            "فالوزير الأردني مازن الفراية، ثم ممثلة ليبيا العقيد مبروكة الزوي.",
            ["مازن الفراية", "مبروكة الزوي"],
        ),
        ("وناب عن الرئيس وزير دفاعه إدغار ألان ميبي.", ["إدغار ألان ميبي"]),
        ("إلى أسرة الأمين العام الأسبق الدكتور أكرم نشأت إبراهيم.", ["أكرم نشأت إبراهيم"]),
        ("وحضر الفريق المختار بله شعبان، قائد أركان الجيش.", ["المختار بله شعبان"]),
        ("استقبل الأمير خالد بن حمد وزير الدفاع، بمكتبه صباح اليوم، الوفد.", ["خالد بن حمد"]),
        ("أفاد بأن الجنرال سعيد العلمي، المفتش العام للجيش، سيترأس أشغال هذا.", ["سعيد العلمي"]),
        ("ورحب معالي وزير الدفاع بالضيف، مشيدًا بعمق العلاقات.", []),
        ("ورحب معالي وزير الدفاع بالضيف، مثمنا متانة العلاقات.", []),
        ("وألقى الفريق دخيل الله بن أحمد كلمة الملك حفظه الله.", ["دخيل الله بن أحمد"]),
        (
            "حضر محمد حمدي وزير الدفاع، الفريق أسامة كمال رئيس الأركان.",
            ["محمد حمدي", "أسامة كمال"],
        ),
        ("التقى وزير الدفاع البيلاروسي - فيكتور خرينوف، الذي وصل.", ["فيكتور خرينوف"]),
        ("التقى وزير الدفاع، يوهان فرانكن، الوفد.", ["يوهان فرانكن"]),
        (
            "حضره الفريق المختار شعبان قائد الأركان العامة للجيوش الموريتانية واللواء عمر ديارا "
            "رئيس أركان الجيوش المالية.",
            ["المختار شعبان", "عمر ديارا"],
        ),
        ("أكد اللواء محمد قايدي، رئيس دائرة التحضير، ذلك.", ["محمد قايدي"]),
        ("Defence Cabinet Secretary Aden Barre chaired it.", ["Aden Barre"]),
        (
            "It thanked H. E. Hassan Omar from Djibouti and Amb. Chanfi Ismail.",
            ["Hassan Omar", "Chanfi Ismail"],
        ),
        ("Minister of Defence and Military Veterans Thandi Modi spoke.", ["Thandi Modi"]),
        ("وقال رئيس أركان القوة البحرية التقى ضباط الارتباط.", []),
        ("ورأوا فيها خرقاً لسيادة البلاد ووحدة أراضيها.", []),
        ("استضافته المملكة ممثلة في المديرية العامة لحرس الحدود.", []),
    ],
)
def test_a_name_is_told_from_the_words_beside_it(
    open_text: Open, text: str, names: list[str]
) -> None:
    """Letters, nicknames and words of time are no part of it; verbs and nouns are no names."""
    assert [p.name for p in read_people(open_text(text))] == names
