"""Reprints: the same statement in other papers is one more source, and alerts nobody."""

from __future__ import annotations

import pytest

from tests.store.conftest import Store
from tests.store.reading import read

ENGLISH = """\
JOINT STATEMENT

Rome, 14 March 2023

The defence ministers of the Lake Chad Basin countries met today in Rome for the third ministerial \
meeting of the Multinational Joint Task Force (MNJTF). The meeting was chaired by the Minister of \
Defence of Nigeria, Bashir Magashi.

The ministers condemned the attacks on villages along the shores of Lake Chad and reaffirmed their \
determination to deny Boko Haram any refuge on the islands and in the forests around it.

They welcomed the return of forty thousand displaced people to their homes in the past dry season \
and called on partners to keep funding schools, wells and clinics where the fighting has ended.

The ministers agreed to launch a joint patrol on the roads between the four borders before the \
rains begin, and adopted a plan for the exchange of intelligence between sector headquarters.

They expressed their gratitude to the Government of Italy for hosting the meeting and agreed to \
hold the next one in Yaoundé within a year of today.
"""
ARABIC = """\
بيان ختامي

الرياض 9 مايو 2023 / عقد وزراء دفاع دول التحالف الإسلامي العسكري لمحاربة الإرهاب اليوم في الرياض \
اجتماعهم الثالث برئاسة وزير الدفاع السعودي الأمير خالد بن سلمان.

وأكد الوزراء عزمهم على تجفيف منابع تمويل الجماعات المسلحة في المناطق الحدودية وعلى تبادل المعلومات \
عن تنقل المقاتلين الأجانب بين القارات من غير إبطاء.

وأدان الوزراء الهجمات التي استهدفت القرى الآمنة في منطقة الساحل خلال الشهر الماضي ودعوا المجتمع \
الدولي إلى زيادة العون للنازحين الذين فقدوا بيوتهم ومصادر رزقهم.

واتفق الوزراء على إنشاء مركز مشترك لتدريب الخبراء في مكافحة العبوات الناسفة ورحبوا بانضمام دولتين \
جديدتين إلى برامج التحالف الفكرية والإعلامية.

وأعرب الوزراء عن شكرهم للمملكة العربية السعودية على حسن الاستضافة واتفقوا على عقد اجتماعهم المقبل \
خلال العام القادم في إحدى الدول الأعضاء.
"""


def shortened(text: str) -> str:
    """Cut a text to a third: its head and what follows, as desks short of space do."""
    words = text.split(" ")
    return " ".join(words[: len(words) // 3]) + "."


def retitled(text: str, headline: str) -> str:
    """Give a text another headline than its own."""
    return f"{headline}\n{text.partition(chr(10))[2]}"


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (ENGLISH, "Lake Chad ministers vow to deny militants any refuge"),
        (ARABIC, "وزراء دفاع التحالف يتعهدون بتجفيف منابع تمويل الإرهاب"),
    ],
    ids=["english", "arabic"],
)
async def test_a_reprint_adds_a_source_and_alerts_nobody(
    store: Store, text: str, headline: str
) -> None:
    """As it was, under a new headline, cut to a third, and all of it at once."""
    reprints = {
        "statement.txt": text,
        "same.txt": text + "\n",
        "headline.txt": retitled(text, headline),
        "third.txt": shortened(text),
        "both.txt": retitled(shortened(text), headline),
    }
    await store.take(*(read(each, name) for name, each in reprints.items()))
    assert await store.names() == {frozenset(reprints)}
    assert await store.outcomes() == ["statement.published"] + ["source.added"] * 4
    (meeting,) = await store.meetings()
    for source in meeting.sources:
        assert any("the same text as" in reason for reason in source.reasons)


async def test_the_short_reprint_may_come_first(store: Store) -> None:
    """Then it publishes, and the full statement brings the rest without a second alert."""
    await store.take(read(shortened(ENGLISH), "third.txt"), read(ENGLISH, "statement.txt"))
    assert await store.outcomes() == ["statement.published", "meeting.updated"]
    assert await store.names() == {frozenset({"third.txt", "statement.txt"})}


async def test_what_a_reprint_adds_is_news(store: Store) -> None:
    """A paper that goes on where the statement ended brings more than a headline."""
    more = "The ministers also agreed to launch a fund for the fishermen of the lake. " * 2
    added = " ".join(f"Its word{n} will be told" for n in range(30))
    await store.take(read(ENGLISH, "statement.txt"), read(f"{ENGLISH}{more}{added}", "more.txt"))
    assert await store.outcomes() == ["statement.published", "meeting.updated"]


async def test_the_same_formulas_on_another_day_are_no_reprint(store: Store) -> None:
    """The next meeting's statement is written by the same hand: two meetings, two alerts."""
    following = ENGLISH.replace("14 March 2023", "19 March 2024").replace("third", "fourth")
    await store.take(read(ENGLISH, "third.txt"), read(following, "fourth.txt"))
    assert await store.outcomes() == ["statement.published"] * 2
    assert await store.names() == {frozenset({"third.txt"}), frozenset({"fourth.txt"})}
