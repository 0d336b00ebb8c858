"""Distinct documents for the benchmarks, made from the texts of `seeds/`.

Copies of one text would be reprints, and variants that share long runs of words would join into
one meeting: so every few words one is exchanged for another of the same text, and each document
has a dateline of its own. Size, script and structure stay those of a press text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
_LONGEST_RUN = 7  # words left as they were, at most: fewer than the 12 that tie two documents
# What makes a text one of ours stays, or most documents would be of no interest to anybody.
_KEPT = ("تحالف", "داعش", "الدول", "تنظيم", "إسلام", "اسلام", "عسكري", "لمحاربة", "رهاب", "وزراء")
_KEPT += (
    "أكد",
    "شدد",
    "ناقش",
    "اعتمد",
    "اتفق",
    "بيان",
    "ختام",
    "اجتماع",
    "coalition",
    "islamique",
    "militaire",
    "lutte",
    "terrorisme",
)
# What ties or dates the texts of `seeds/`: the same ordinal would make one meeting of a fifth.
_ELSEWHERE = ("الثاني", "الأول", "الاول", "première", "الكويت 13 فبراير 2018 / ", "(الثلاثاء)")
_ELSEWHERE += ("date 2024-02 ", "February 3, 2024", "بالرياض", "محاربة الإرهاب مسؤولية مشتركة")
_MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_MONTHS = (
    *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
    *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
)


def variants(count: int, *, seed: int = 1, only: str = "") -> Iterator[tuple[str, str]]:
    """Yield `count` pairs of file name and text, the same for the same `seed`.

    `only` takes no other texts of the seeds than those whose file name starts with it.
    """
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob(f"{only}*.txt"))]
    chance = random.Random(seed)  # noqa: S311 - repeatable test data, no secret
    day = date(1960, 1, 1)
    for number in range(count):
        day += timedelta(days=11)
        text = texts[number % len(texts)]
        yield f"{number:06}.txt", _dated(scattered(text, chance), day)


def scattered(text: str, chance: random.Random) -> str:
    """Return the text with every few words exchanged for another of it: no long run stays."""
    words = text.split(" ")
    at = chance.randrange(_LONGEST_RUN)
    while at < len(words):
        if not any(stem in words[at].lower() for stem in _KEPT):
            words[at] = chance.choice(words)
        at += chance.randrange(3, _LONGEST_RUN)
    return " ".join(words)


def _dated(text: str, day: date) -> str:
    """Give the text a meeting of its own: its day at the head, no other day and no ordinal."""
    text = undated(text)
    if "Coalition" in text:
        when = f"{day.day} {_MOIS[day.month - 1]} {day.year}"
        head = f"Koweït, {when} - La Coalition s’est réunie aujourd’hui ici."
    else:
        head = f"الكويت {day.day} {_MONTHS[day.month - 1]} {day.year} / اجتمع التحالف اليوم هنا."
    return f"{head}\n{text}"


def undated(text: str) -> str:
    """Return a text of `seeds/` without what dates it or numbers its meeting."""
    for said in _ELSEWHERE:
        text = text.replace(said, "")
    return text
