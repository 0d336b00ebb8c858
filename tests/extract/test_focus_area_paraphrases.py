"""Promises about focus areas: the paraphrases of the press, and what only looks like a field."""

from __future__ import annotations

import pytest

from services.extract.grammars.focus_areas import read_focus_areas
from tests.extract.conftest import Open


def areas_of(open_text: Open, text: str) -> set[str]:
    """Return the ids of a text's focus areas."""
    return {area.id for area in read_focus_areas(open_text(text))}


@pytest.mark.parametrize(
    ("area", "text"),
    [
        (
            "counter_financing",
            "The delegates agreed to dry up the wells from which the extremists draw their cash.",
        ),
        (
            "counter_financing",
            "They want banks to report suspicious transfers and to choke off the "
            "group's income from extortion.",
        ),
        (
            "counter_financing",
            "Ministers discussed how the organisation pays its men and how to stop it.",
        ),
        (
            "counter_financing",
            "Les participants veulent priver les jihadistes de leurs ressources.",
        ),
        (
            "counter_financing",
            "Ils ont décidé de couper les vivres à l'organisation et de traquer "
            "ses comptes bancaires.",
        ),
        ("counter_financing", "ودعا المجتمعون إلى سد المنافذ المالية أمام التنظيم وتجفيف موارده."),
        ("counter_financing", "بحثوا سبل حرمان الجماعة من مصادر الدخل التي تجنيها من الإتاوات."),
        ("counter_financing", "شددوا على ضرورة منع وصول الأموال إلى الجماعات المسلحة."),
        (
            "foreign_fighters",
            "Participants reviewed measures to keep their nationals from leaving "
            "for Syria to fight.",
        ),
        ("foreign_fighters", "Il s'agit d'empêcher les départs vers la Syrie et l'Irak."),
        ("foreign_fighters", "تطرق اللقاء إلى خطر عودة من قاتلوا في صفوف التنظيم إلى بلدانهم."),
        ("foreign_fighters", "ناقش المشاركون ظاهرة المقاتلين الأجانب والعائدين من بؤر النزاع."),
        (
            "detainees",
            "They urged states to bring their people back from the camps of Al-Hol and Roj.",
        ),
        (
            "detainees",
            "Several ministers raised the fate of the thousands of men held in "
            "Kurdish-run prisons.",
        ),
        (
            "detainees",
            "Les ministres ont évoqué le sort des femmes et des enfants retenus "
            "dans les camps du nord-est syrien.",
        ),
        ("detainees", "وناقشوا وضع السجون التي تضم آلاف المقاتلين ومصير عائلاتهم."),
        ("detainees", "دعا البيان الدول إلى استلام رعاياها المحتجزين في مخيم الهول."),
        (
            "stabilization",
            "The coalition will help to rebuild schools and clinics in the towns "
            "taken back from the group.",
        ),
        (
            "stabilization",
            "Donors were asked to pay for clearing mines and bringing electricity back.",
        ),
        (
            "stabilization",
            "Les participants s'engagent à aider au retour des services publics "
            "dans les villes reprises.",
        ),
        ("stabilization", "أكدوا أهمية إعادة إعمار المناطق المتضررة وعودة السكان إلى منازلهم."),
        (
            "stabilization",
            "وشدد المجتمعون على تأهيل البنية التحتية وتوفير الخدمات في المدن المحررة.",
        ),
        (
            "intelligence",
            "Their services will pass on what they know about the movements of the militants.",
        ),
        ("intelligence", "They agreed on a joint cell to fuse intelligence."),
        ("intelligence", "Les services de sécurité échangeront leurs fichiers."),
        (
            "intelligence",
            "Ils entendent mieux partager les informations recueillies par leurs services.",
        ),
        ("intelligence", "اتفقوا على إنشاء خلية لتنسيق الاستخبارات وتبادل قوائم المطلوبين."),
        ("intelligence", "دعوا إلى تعزيز التعاون بين أجهزة الاستخبارات."),
        (
            "border_security",
            "They will step up controls along their shared frontiers and at crossing points.",
        ),
        ("border_security", "Joint patrols will watch the border."),
        (
            "border_security",
            "Les chefs d'état-major ont convenu de patrouilles le long de leurs "
            "frontières communes.",
        ),
        ("border_security", "ناقشوا منع تسلل المسلحين عبر الحدود وتشديد المراقبة في المطارات."),
        ("border_security", "اتفق الوزراء على مكافحة تهريب السلاح والمخدرات."),
        ("maritime_security", "The navies will escort merchant ships through Bab al-Mandab."),
        (
            "maritime_security",
            "They pledged to keep the Strait of Hormuz open and to protect ports "
            "and cables on the seabed.",
        ),
        (
            "maritime_security",
            "Les marines de la région patrouilleront ensemble contre les pirates.",
        ),
        (
            "maritime_security",
            "Ils ont rappelé l'importance de la libre circulation des navires dans le détroit.",
        ),
        (
            "maritime_security",
            "أكد المجتمعون ضرورة حماية السفن التجارية وضمان حرية المرور في مضيق هرمز.",
        ),
        ("maritime_security", "بحثوا مكافحة القرصنة والصيد غير المشروع وحماية الكابلات البحرية."),
        (
            "humanitarian",
            "The participants called for aid to reach the displaced without hindrance.",
        ),
        ("humanitarian", "They asked for food, water and medicine for the people of the camps."),
        ("humanitarian", "Ils demandent un accès sans entrave aux populations déplacées."),
        (
            "humanitarian",
            "Les ministres se sont inquiétés de la famine qui menace et promettent des vivres.",
        ),
        ("humanitarian", "ودعوا إلى إيصال المساعدات إلى النازحين ورفع المعاناة عن السكان."),
        ("cyber", "They decided to set up a team against hackers and ransomware."),
        ("cyber", "Les ministres veulent mieux protéger leurs réseaux contre le piratage."),
        ("cyber", "ناقشوا التصدي للهجمات الإلكترونية وحماية الشبكات من الاختراق."),
        (
            "political_solution",
            "There is no military way out of the crisis, the statement says: only "
            "talks among Syrians will do.",
        ),
        (
            "political_solution",
            "They support the envoy's efforts to bring the parties to the table.",
        ),
        (
            "political_solution",
            "Ils appellent les parties au dialogue et à la tenue d'élections libres.",
        ),
        ("political_solution", "La crise ne peut être réglée que par la négociation."),
        ("political_solution", "دعا المجتمعون أطراف الأزمة إلى الحوار وإجراء انتخابات نزيهة."),
        ("political_solution", "أكدوا أن لا حل إلا عبر التفاوض بين الأطراف."),
        (
            "air_defence",
            "Germany will send two more Patriot batteries and radars to protect "
            "the cities from missiles.",
        ),
        ("air_defence", "Le Conseil veut un bouclier contre les missiles et les drones."),
        ("air_defence", "اتفقوا على منظومة مشتركة لاعتراض الصواريخ والمسيرات."),
        ("air_defence", "حماية الأجواء من الطائرات المسيرة كانت على رأس جدول الأعمال."),
        ("media", "They agreed to answer the group's lies on the internet."),
        ("media", "A joint television channel will be launched."),
        ("media", "Il faut contrer la propagande en ligne et retirer les contenus haineux."),
        ("media", "Les trois pays créent une radio commune pour lutter contre la désinformation."),
        ("media", "اتفقوا على خطاب إعلامي موحد ومواجهة أكاذيب التنظيم على الشبكات."),
        ("media", "تضمنت الخطة إطلاق قناة تلفزيونية مشتركة."),
        ("ideology", "Imams will be trained to answer extremist preachers."),
        ("ideology", "The meeting looked at how young people are drawn into extremism."),
        ("ideology", "Ils veulent empêcher les jeunes de basculer dans l'extrémisme."),
        ("ideology", "دعوا إلى مراجعة المناهج الدراسية وتحصين الشباب من الفكر المتطرف."),
        ("ideology", "أكدوا دور العلماء في نشر قيم الاعتدال."),
        (
            "capacity_building",
            "France will send instructors, and two hundred officers will attend "
            "courses in Nairobi.",
        ),
        ("capacity_building", "They opened a regional academy for border police."),
        ("capacity_building", "Une école commune formera les officiers des trois armées."),
        ("capacity_building", "Le plan prévoit des stages au profit des jeunes officiers."),
        ("capacity_building", "تضمن الاتفاق إيفاد مدربين وتنظيم دورات للضباط."),
        ("capacity_building", "سيتدرب مئات الجنود في معسكرات الحلف."),
        ("military", "The three countries will send five thousand men to fight the insurgents."),
        ("military", "They discussed the rules under which their troops may open fire."),
        ("military", "Ils ont arrêté le calendrier des manœuvres et l'effectif de la brigade."),
        ("military", "La coalition poursuivra ses frappes contre les positions du groupe."),
        ("military", "قرروا تشكيل قوة من خمسة آلاف جندي لمحاربة الجماعة."),
        ("military", "ستواصل طائرات التحالف قصف مواقع التنظيم."),
        ("military", "بحثوا مواعيد المناورات المقبلة وجاهزية القوات."),
        ("military", "Members promised more tanks, shells and armoured vehicles."),
    ],
)
def test_a_field_is_known_in_other_words(open_text: Open, area: str, text: str) -> None:
    """The press says the same thing in many ways."""
    assert area in areas_of(open_text, text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister flew home aboard an F-16 fighter escorted plane after the talks.",
        "The agency published the statement on its social media account.",
        "The delegation stayed at a hotel near the port of Doha.",
        "Le gouvernement a été formé hier après des semaines de consultations.",
        "استقبل الوزير ضيوفه في قصر المؤتمرات وسط حضور إعلامي.",
        "The next meeting will be held in Berlin in September.",
        "وحضر الاجتماع رئيس هيئة الأركان ومدير المكتب.",
        "They thanked the host for its hospitality and the Secretary General for his report.",
        "We condemn terrorism and violent extremism in all its forms.",
        "ندين الإرهاب والتطرف العنيف بجميع أشكاله.",
        "Nous condamnons le terrorisme et l'extrémisme violent sous toutes leurs formes.",
        "La formation du gouvernement irakien a été saluée.",
    ],
)
def test_what_looks_like_a_field_names_none(open_text: Open, text: str) -> None:
    """Courtesies, condemnations, accounts of agencies and new governments are no field of work."""
    assert areas_of(open_text, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "They discussed the voluntary return of the displaced.",
        "Ils ont évoqué le retour volontaire des réfugiés.",
        "وناقشوا العودة الطوعية للنازحين.",
    ],
)
def test_the_return_of_the_displaced_is_humanitarian(open_text: Open, text: str) -> None:
    """The state's return is stabilization, that of people who fled is humanitarian."""
    assert areas_of(open_text, text) == {"humanitarian"}
