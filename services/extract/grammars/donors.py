"""Who gives: the state, organisation or speaker that a sum of money is promised by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Person
from shared.text import fold_words

GIVERS = ("country", "city", "demonym", "organisation")
_FROM = re.compile(
    r"\s*(?:(?:in|of)\s+\w+\s+)?(?:\w+\s+){0,4}"
    r"(?:from|by|par|de la part (?:de|du|des)|من(?: قبل| جانب| طرف)?)\s+"
    r"(?:the\s+|la\s+|le\s+|les\s+|l')?$"
    r"|\s*qu(?:'|e\s+)(?:\w+\s+){0,3}(?:la\s+|le\s+|les\s+|l')?$"  # qu'accordera la France
    r"|\s*(?:that|which)\s+(?:the\s+)?$"
)
_IN_OWN = re.compile(r"\s+(?:in|of)\s+(?:(?:new|additional|further|more)\s+)?$")
_HELP = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:assistance|aid|funding|funds|support|money|contributions?)\b"
)
_WE = re.compile(r"\b(?:we|nous|notre|our)\b|سنقدم|سنخصص|بلادنا|نتعهد")
_TELLING = re.compile(
    r"\b(?:said|says|told|announced|declare|dit|indique|annonce|precise)\b|قال|اعلن|افاد|ذكر"
)
# "His country": whose that is was said before it, whatever else is named behind.
_OWN = re.compile(
    r"\b(?:بلاد(?:ه|ها|هم)|(?:his|her|their|our) (?:country|government)|"
    r"son (?:pays|gouvernement))\b"
)
_THEY_GIVE = re.compile(r"\s(?:قد )?(?:تعهدوا|التزموا|وعدوا|تبرعوا|قدموا|خصصوا|رصدوا)\b")
_NEAR = 45  # characters between a verb of giving and what is given
_VERB_REACH = 16  # characters: promised, has promised
_PRONOUN = 4  # characters: it, they, ils; whom they stand for gives
_LONG_NAME = 6  # shorter ones differ by one letter too often (سلمان, سليمان)
_REACH = 80


def giver_behind(reading: Reading, start: int, end: int) -> Match | None:
    """Return the giver named right behind a sum that ends at `start`: $5 million from Finland."""
    for match in reading.of_kinds(GIVERS, start, min(end, start + _REACH)):
        between = reading.lower[start : match.outer]
        if not between.strip() and match.kind == "demonym":
            if match.lang == "ar":
                continue  # two million Tunisian dinars: whose money, not who gives
            return match
        if _FROM.fullmatch(between):
            return match
        if _IN_OWN.fullmatch(between) and _HELP.match(reading.lower, match.end):
            return match  # $148 million in U.S. assistance
    return None


def speaker_behind(reading: Reading, sentence: Sentence, start: int, end: int) -> Match | None:
    """Return the state of who speaks of "we" or "his country" before naming himself."""
    text = reading.lower
    ours = _WE.search(text, sentence.start, start) or _OWN.search(text, sentence.start, start)
    told = _TELLING.search(text, end, sentence.end) if ours else None
    if not told:
        return None
    for match in reading.of_kinds(
        ("demonym", "country"), told.end(), min(sentence.end, told.end() + 60)
    ):
        return match
    return None


def coalition_giver(reading: Reading, start: int, end: int) -> Match | None:
    """Return the coalition that is the subject of a verb of giving itself."""
    for name in reading.matches("coalition", start, end):
        for verb in reading.matches("pledge", max(start, name.outer - 12), min(end, name.end + 12)):
            if verb.id == "gives" and (verb.outer - name.end == 1 or name.outer - verb.end == 1):
                return name
    return None


def giver_before(reading: Reading, start: int, end: int) -> Match | None:
    """Return the nearest name in `[start, end)`, before a sum at `end`, that can be its giver."""
    own = _OWN.search(reading.lower, start, end)
    limit = own.start() if own and not _gives_itself(reading, own.end(), end) else end
    names = reading.matches("coalition", start, limit)
    usable = [
        m
        for m in reading.of_kinds(GIVERS, start, limit)
        if _can_give(reading, m) and not any(n.start <= m.start < n.end for n in names)
    ]
    giver = max(usable, key=lambda m: m.start, default=None)
    after = giver.end if giver else start
    if _members_give(reading, after, end) or _countries_give(reading, after, end):
        return None
    return giver


def _gives_itself(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a state named in `[start, end)` is right before a verb of giving."""
    return any(
        verb.id == "gives"
        for name in reading.matches("country", start, end)
        for verb in reading.matches("pledge", name.end, name.end + _VERB_REACH)
    )


def surnames_of(people: Sequence[Person]) -> Mapping[str, str]:
    """Return the country of each person of a known one, by folded surname."""
    surnames: dict[str, str] = {}
    for person in people:
        name = fold_words(person.name)
        if person.country and name:
            surnames.setdefault(name[-1], person.country)
    return surnames


def speaker_country(
    reading: Reading, start: int, end: int, surnames: Mapping[str, str]
) -> str | None:
    """Return the country of the last person whose surname stands in `[start, end)`."""
    for word in reversed(fold_words(reading.original(start, end))):
        if word in surnames:
            return surnames[word]
        if len(word) >= _LONG_NAME - 1:
            for name, country in surnames.items():
                if _is_slip(name, word):
                    return country
    return None


def _is_slip(name: str, word: str) -> bool:
    """Tell whether a word is a surname but for one slip of the pen (تريسلون for تريلسون)."""
    return len(name) >= _LONG_NAME and OSA.distance(name, word, score_cutoff=1) <= 1


def they_give(reading: Reading, start: int, end: int) -> bool:
    """Tell whether an Arabic verb in `[start, end)` says that several give: الأعضاء تعهدوا."""
    return bool(_THEY_GIVE.search(reading.lower, start, end))


def _members_give(reading: Reading, start: int, end: int) -> bool:
    """Tell whether all give together: "members had pledged", "les participants ont promis"."""
    for who in reading.matches("subject", start, end):
        named = who.lang != "ar" and who.end - who.start > _PRONOUN
        if named and reading.matches("pledge", who.end, min(end, who.end + 20)):
            return True
    return they_give(reading, max(start, end - _NEAR), end)


def _countries_give(reading: Reading, start: int, end: int) -> bool:
    """Tell whether so many states give: "chacun des cinq pays a promis 10 millions"."""
    return any(
        noun.id in ("country", "member", "partner", "member_state")
        and reading.matches("number", max(start, noun.outer - 25), noun.outer)
        for noun in reading.matches("count", start, end)
    )


def _can_give(reading: Reading, match: Match) -> bool:
    """Tell whether a name before a sum can be its giver and is not what or where it is for."""
    if match.kind == "city" and not match.payload.get("capital"):
        return False
    if "ل" in match.clitics or "ب" in match.clitics:
        return False
    before = reading.lower[max(0, match.outer - 12) : match.outer]
    return not re.search(
        r"(?:^|\s)(?:in|to|for|en|au|aux|a|pour|supply|give|help|arm|aid|في|الي|with|avec|مع|حصلت)\s+(?:the\s|la\s|le\s)?$",
        before,
    )
