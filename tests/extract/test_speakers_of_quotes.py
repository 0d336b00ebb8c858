"""Promises about speakers of quotes by their constructions, in three languages."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Open
from tests.extract.test_quotes import quotes_of


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("« C'est un record pour la coalition », a éludé M. Luc Maes.", ["Luc Maes"]),
        (
            "Le général Paul Yao était là. « Nous ne sommes pas devins », a-t-il soufflé.",
            ["Paul Yao"],
        ),
        (
            "« Ce serait une grave erreur » que de lâcher maintenant sur les sanctions "
            "contre ce pays, a renchéri le général Paul Yao sur le perron.",
            ["Paul Yao"],
        ),
        (
            "Le général Paul Yao avait planté le décor la veille : « L'ennemi perd un "
            "village par semaine. »",
            ["Paul Yao"],
        ),
        (
            "Le ministre ghanéen John Boateng a préféré remercier les alliés de prendre « "
            "les commandes de l'aide militaire ».",
            ["John Boateng"],
        ),
        (
            "Le général Paul Yao, lui, a raillé l'ennemi : \"Ils traînent, ils parlent, ils "
            'volent."',
            ["Paul Yao"],
        ),
        (
            "« Maintenant, il faut payer pour la défense », soupire le général Paul Yao.",
            ["Paul Yao"],
        ),
        ("Selon le général Paul Yao, « nul pays n'est une île ».", ["Paul Yao"]),
        ("« Nul pays n'est une île », selon le général Paul Yao.", ["Paul Yao"]),
        (
            "Le général Paul Yao a présidé. À en croire un diplomate européen, « rien n'a "
            "été décidé ce soir ».",
            ["un diplomate européen"],
        ),
        (
            "Le général Paul Yao a parlé. « Rien n'a été décidé ce soir », confie une "
            "source militaire.",
            ["une source militaire"],
        ),
        (
            "Le général Paul Yao a parlé de paix. Les ministres ont dit leur volonté d'agir "
            "« aussi longtemps que nécessaire ».",
            ["Les ministres"],
        ),
        (
            "Le ministre ghanéen John Boateng a ouvert la réunion. Le communiqué salue « "
            "une étape décisive pour la paix ».",
            ["Le communiqué"],
        ),
        (
            "Le ministre ghanéen John Boateng a parlé. Dans un communiqué, le ministère "
            "belge de la Défense assure que « la mission va continuer ».",
            ["le ministère belge de la Défense"],
        ),
        (
            "LA PHRASE. « Si rien ne change, nous partirons. » (Général Paul Yao, devant la "
            "presse)",
            ["Paul Yao"],
        ),
        ("« Nous irons jusqu'au bout », Paul Yao, ministre ghanéen de la Défense.", ["Paul Yao"]),
        ("Paul Yao, ministre ghanéen de la Défense : « Nous irons jusqu'au bout ».", ["Paul Yao"]),
        (
            "Le général Paul Yao s'est dit confiant. « Nous irons jusqu'au bout. Et nous "
            "gagnerons », a-t-il ajouté.",
            ["Paul Yao"],
        ),
        (
            "Kenyan Minister Paul Njoroge, who presided, told them the plan was “a tactical "
            "change, not a new mission.”",
            ["Paul Njoroge"],
        ),
        (
            "Kenyan Minister Paul Njoroge predicted that the war would end soon: “It should "
            "be over sometime next week.”",
            ["Paul Njoroge"],
        ),
        (
            "Kenyan Minister Paul Njoroge spoke. Ministers resolved to see it through, “no "
            "matter how long it takes.”",
            ["Ministers"],
        ),
        ("“You don't declare victory over an idea,” said Ghana's John Boateng.", ["John Boateng"]),
        ("John Boateng of Ghana — “We are not out of the woods” — spoke too.", ["John Boateng"]),
        (
            'Kenyan Minister Paul Njoroge spoke first. "It is about the how, not the '
            'whether," said a British official.',
            ["British official"],
        ),
        (
            "Kenyan Minister Paul Njoroge met reporters. The leaders will be asked to "
            'support it. "Those who wait will lose it all," he told a briefing.',
            ["Paul Njoroge"],
        ),
        (
            'Njoroge spoke. Ghanaian Minister John Boateng: "What we build today will last long".',
            ["John Boateng"],
        ),
        (
            '"We must act now, together," Kenyan Minister Paul Njoroge, who hosts the '
            "talks, said on Friday.",
            ["Paul Njoroge"],
        ),
        (
            '"We must act now," Kenyan Minister Paul Njoroge said, adding that "time is not '
            'on our side".',
            ["Paul Njoroge", "Paul Njoroge"],
        ),
        (
            'According to Kenyan Minister Paul Njoroge, the talks were "the best in many years".',
            ["Paul Njoroge"],
        ),
        (
            "Kenyan Minister Paul Njoroge welcomed the deal, calling it “a turning point "
            "for the region.”",
            ["Paul Njoroge"],
        ),
        (
            "Kenyan Minister Paul Njoroge hailed ‘a great day for the whole continent.’",
            ["Paul Njoroge"],
        ),
        (
            'The statement described the attack as "a grave threat to all nations".',
            ["The statement"],
        ),
        (
            'Kenyan Minister Paul Njoroge led the talks. "The coalition will not rest," the '
            "ministry said in a statement.",
            ["the ministry"],
        ),
        (
            'Kenyan President Paul Njoroge arrived. "We will share all our experience with '
            'friends," the Kenyan leader noted.',
            ["Paul Njoroge"],
        ),
        (
            "His words were clear, and Minister Paul Njoroge put it bluntly: ‘A ceasefire "
            "is a pause for reloading.’",
            ["Paul Njoroge"],
        ),
        (
            "Asked about the date, General Ali Mody replied with “when everyone is ready for it”.",
            ["Ali Mody"],
        ),
        ("رأى جون بواتنغ، وزير الدفاع الغاني، أنها «أول خطوة ملموسة منذ زمن».", ["جون بواتنغ"]),
        (
            "من جهته رأى الوزير الغاني جون بواتنغ أنها «أول خطوة ملموسة منذ زمن»، وشكر "
            "شركاءه، فيما أوضح اللواء حسن عيد أن الحل قريب.",
            ["جون بواتنغ"],
        ),
        (
            "أوضح الوزير الغاني جون بواتنغ، وفق المتحدثة باسمه، أن على الحلفاء أن يذهبوا "
            "«أبعد في الضغط على العدو».",
            ["جون بواتنغ"],
        ),
        (
            "استبق اللواء حسن عيد الاجتماع بالقول إن الضمانات «لا يمكن أن تقدمها وحدات أجنبية».",
            ["حسن عيد"],
        ),
        (
            'وفضل الفريق أول حسن عيد التركيز على "الجريمة التي تقتات من الحدود".',
            ["حسن عيد التركيز"],
        ),
        ("ورد اللواء حسن عيد بلغة هادئة: «أي تلميح إلى ذلك يضعف أمننا».", ["حسن عيد"]),
        (
            "وكشف مساعد الرئيس الروسي يوري إيفانوف أن الزعماء سيوقعون الوثائق. وأضاف "
            'للصحفيين: "سنجري في البداية حديثا مغلقا".',
            ["يوري إيفانوف"],
        ),
        (
            'وخلص اللواء حسن عيد، في تصريح مماثل، إلى أن "المقاربة لا تفصل بين الأمن والتنمية".',
            ["حسن عيد"],
        ),
        (
            "وترأس الاجتماع اللواء حسن عيد. وأفاد بلاغ لوزارة الخارجية بأن «الاجتماع مر في "
            "ظروف جيدة».",
            ["بلاغ لوزارة الخارجية"],
        ),
        (
            "وحضر اللواء حسن عيد. وقالت وزارة الدفاع العراقية في بيان: «لن نسمح بعودة "
            "الإرهاب أبدا».",
            ["وزارة الدفاع العراقية"],
        ),
        (
            "وحضر اللواء حسن عيد. وقال مصدر دبلوماسي إن «الخلاف لم يحسم بعد بين الدول».",
            ["مصدر دبلوماسي"],
        ),
        ("اللواء حسن عيد: «سننتصر في هذه المعركة قريبا».", ["حسن عيد"]),
        ("«سننتصر في هذه المعركة قريبا»، يقول اللواء حسن عيد.", ["حسن عيد"]),
        (
            "واعتبر اللواء حسن عيد ما جرى «نقطة تحول في تاريخ المنطقة»، واصفا إياه بأنه "
            "«إنجاز لا مثيل له اليوم».",
            ["حسن عيد", "حسن عيد"],
        ),
        ("وقال سعادة الأمين العام للمجلس سامي فؤاد: «رسالة ردع إلى كل معتد».", ["سامي فؤاد"]),
        (
            "عقد المجلس دورته برئاسة الشيخ حسن عيد نائب رئيس الوزراء، رئيس المجلس، بحضور "
            "اللواء سامي فؤاد. وقال رئيس المجلس: «ما استهدف به بلدنا استهدفنا جميعا».",
            ["حسن عيد"],
        ),
        ("على حد تعبير اللواء حسن عيد فإن «المعركة لم تنته بعد هناك».", ["حسن عيد فإن «المعركة"]),
        (
            'وبحسب ما أعلنه اللواء حسن عيد، فإن القادة "يدينون بأشد العبارات هذا الاختطاف".',
            ["حسن عيد"],
        ),
        (
            "وقال في ختام الاجتماع وزير الدفاع العراقي ثابت حسن: ((لن نسمح بعودة الإرهاب أبدا)).",
            ["ثابت حسن"],
        ),
        ("وجاء في البيان: «إن الدول الأعضاء ستواصل العمل معا».", ["البيان"]),
        (
            "Luc Maes a pris la parole. ‹ Nous irons jusqu'au bout ›, a affirmé le ministre "
            "belge Luc Maes.",
            ["Luc Maes"],
        ),
        ("وقال اللواء حسن عيد: ''سننتصر في هذه المعركة قريبا''.", ["حسن عيد"]),
    ],
)
def test_each_quotation_finds_its_speaker(open_text: Open, text: str, speakers: list[str]) -> None:
    """Verbs of any kind, colons, names behind, institutions, sources, pronouns, whole sentences."""
    assert [said_by for said_by, _ in quotes_of(open_text, text)] == speakers


@pytest.mark.parametrize(
    "text",
    [
        'The coalition, whose motto is "Strong together for the peace", met with General Ali Mody.',
        "Les ministres ont adopté le plan intitulé « Ensemble pour la paix au Sahel ».",
        "أطلق الوزراء مبادرة «معا من أجل سلام دائم».",
        'General Ali Mody wore a badge that read "peace is for all of us".',
        'General Ali Mody attended the exercise "Shield of the Free Nations".',
        "شارك اللواء حسن عيد في ندوة بعنوان «مكافحة الإرهاب في العالم اليوم».",
        "The award “for service to the whole nation” was given to General Ali Mody.",
        "Le général Paul Yao a lancé l'opération « Bouclier pour tout le Sahel ».",
    ],
)
def test_mottos_names_and_inscriptions_are_nobodys(open_text: Open, text: str) -> None:
    """A person in the sentence does not make speech of a name."""
    assert quotes_of(open_text, text) == []
