"""How a sentence places something: in Oslo, العاصمة القطرية, Riyadh will host, at the Pentagon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from services.extract.grammars.events import Stretch, matches_in
from services.extract.lexicon import read_lexicon
from services.extract.matching import Match
from services.extract.reading import Reading

_PLACED_LATIN = re.compile(
    r"(?:^|[\s(«\"])(?:in|at|a|en|au|aux|dans|to nearby|near|pres de)\s+"
    r"(?:the\s+|le\s+|la\s+|l'\s*)?"
    r"(?:(?:city|ville|capital|capitale)\s+(?:of\s+|de\s+)?)?(?:[\w'-]+\s+){0,2}$"
)
_PLACED_ARABIC = re.compile(
    r"(?:^|\s)(?:و|ف)?(?:في|(?:ب|في )?مدينه|(?:ب|في )?العاصمه(?:\s+\w+)?|(?:في |ب)?قاعده|"
    r"ب?مقر\w*|داخل)\s+$"
)
_VENUE_BEFORE = re.compile(  # what goes to or into a building; "from the Elysée" is a speaker's
    r"(?:\b(?:at|in|to|inside|near|outside|within|a|au|dans)\s+(?:the\s+|le\s+|la\s+|l'\s*)?(?:\w+\s+){0,1}|"
    r"(?:^|\s)[وف]?(?:في|داخل|الي)\s+(?:\w+\s+)?|\sباحه\s+)$"
)
_BUILDING_REACH = 60
_ITS_TOWN = re.compile(  # what stands between a building and its town
    r"(?:\s[\w'.-]+){0,5}?(?:\s(?:of|de|du|des|in|a|at|في)\s(?:the\s|la\s|le\s)?|\sd'|,\s|\s)"
)
_A_FORMAT = re.compile(  # that is only called after a town: in the Ramstein format
    r"\s(?:format|process|group|initiative|declaration|agreement|accords?|protocol|roadmap|framework|"
    r"platform|principles|formula|commitments?)\b"
)
_TITLE_MARKS = (", ", ",  ", "- ", ": ", "(")
_HOST_REACH = 30
_OWN_CAPITAL = re.compile(r"\b(?:his|her|its|their|sa|leur)\s$")  # of who is named before
_OF_HIS_STATE = re.compile(r"\sبلاده[ام]?\b")
_HIS_STATE = 90
_CAPITAL_OF = re.compile(r"\s+(?:of|de|du|des|de la)?\s*(?:the\s+|la\s+|l'\s*)?")
# The meeting is named by its town: قمة باريس, sommet de Pau, the Warsaw summit.
_NAMED_BEFORE = re.compile(
    r"(?:^|[\s\"«(])[وفبل]?(?:قمه|اجتماع|اجتماعات|لقاء|موتمر|جوله|دوره)\s$|"
    r"\b(?:sommet|reunion|conference|rencontre|conclave)\s(?:de|du|d')\s?$|"
    r"\b(?:summit|meeting|conference|talks)\s(?:of|in)\s$"
)
_NAMED_BEHIND = re.compile(r"\s(?:summit|meeting|conference|talks|gathering|ministerial|round)\b")
_PAST = re.compile(  # another one, told by its town too: since the Alaska summit
    r"(?:\b(?:since|depuis|after|following|at|lors d[ue]|apres|from|declaration|last|earlier)\s|"
    r"(?:منذ|بعد|عقب|خلال|قبل|في|مقررات|نتايج|مخرجات|بيان|اعلان)\s)(?:[^\s]+\s){0,3}$"
)
_TOWNS = ("city", "city_state")
_SAME_WORDS = re.compile(r"\s+(?:of|de|du|des|d'|city|\w+(?:يه|ian|aise?|ienne)\b)")


def placed_in(
    reading: Reading, stretch: Stretch, skip: Match | None
) -> Iterator[tuple[Match, str, str | None, tuple[int, int]]]:
    """Yield what something happens in: the match, town, state and span; `skip` is the dateline's.

    Capitals named by their state and well-known buildings are among them.
    """
    for match in reading.of_kinds(_TOWNS, stretch.start, stretch.end):
        if skip is not None and match.start == skip.start:
            continue
        if _is_placed(reading, stretch, match) or _names_meeting(reading, stretch, match):
            yield match, match.id, match.payload.get("country"), (match.start, match.end)
    for venue in matches_in(reading, "venue", stretch):
        before = reading.lower[max(stretch.start, venue.outer - 25) : venue.outer]
        if "ب" in venue.clitics or _VENUE_BEFORE.search(before) or venue.start == stretch.start:
            load = venue.payload
            yield venue, load["city"], load["country"], (venue.start, venue.end)
    for word in matches_in(reading, "placing", stretch):
        if word.payload.get("capital") and _is_placed(reading, stretch, word):
            place = _capital(reading, word)
            if place:
                yield word, *place


def hosts(reading: Reading, stretch: Stretch, match: Match) -> bool:
    """Tell whether a place is said to host: تستضيف الرياض, hosted by Italy, Italy will host."""
    low = max(stretch.start, match.outer - _HOST_REACH)
    for word in reading.matches("placing", low, min(stretch.end, match.end + _HOST_REACH)):
        if word.id == "host" and (word.end <= match.outer or word.start >= match.end):
            return True
        if word.id == "gather" and (word.end == match.outer - 1 or word.outer == match.end + 1):
            return True  # Riyadh gathered the ministers: only as the subject
    return False


def travels_to(reading: Reading, stretch: Stretch, match: Match) -> bool:
    """Tell whether somebody goes to a place: leaves for Riga, متوجها إلى الدوحة."""
    words = reading.matches("placing", max(stretch.start, match.outer - 45), match.outer)
    for word in reversed(words):
        if word.payload.get("travel"):
            between = reading.lower[word.end : match.outer]
            return not between.strip() or between.count(" ") <= 1
    return False


def is_the_capital(reading: Reading, stretch: Stretch, word: Match) -> bool:
    """Tell whether a meeting is in "the capital" of the dateline, whose state is not named."""
    if not word.payload.get("capital") or _capital(reading, word):
        return False
    text = reading.lower
    behind = reading.of_kinds(_TOWNS, word.end, word.end + 20)
    definite = word.lang != "ar" or text.startswith("ال", word.start)
    if behind or not definite or _SAME_WORDS.match(text, word.end):
        return False
    return _is_placed(reading, stretch, word)


def _names_meeting(reading: Reading, stretch: Stretch, match: Match) -> bool:
    """Tell whether the meeting is named by its town, and is not one that is past."""
    if match.kind != "city":
        return False
    text, low = reading.lower, max(stretch.start, match.outer - 45)
    named = _NAMED_BEFORE.search(text, low, match.outer)
    if not named and not (match.lang != "ar" and _NAMED_BEHIND.match(text, match.end)):
        return False
    return not _PAST.search(text, low, named.start() + 1 if named else match.outer)


def _is_placed(reading: Reading, stretch: Stretch, match: Match) -> bool:
    if "ب" in match.clitics:
        return True
    before = reading.lower[max(stretch.start, match.outer - 60) : match.outer]
    if (
        stretch.sentence.segment.kind == "heading"
        and stretch.meets
        and before.endswith(_TITLE_MARKS)
    ):
        return True  # Ministerial meeting of the coalition, Washington
    if _PLACED_ARABIC.search(before) or hosts(reading, stretch, match):
        return True
    if travels_to(reading, stretch, match) or _behind_a_building(reading, stretch, match):
        return True
    if match.lang != "ar" and _A_FORMAT.match(reading.lower, match.end):
        return False
    return match.lang != "ar" and bool(_PLACED_LATIN.search(before))


def _behind_a_building(reading: Reading, stretch: Stretch, match: Match) -> bool:
    """Tell whether a town is that of a building where something is: à l'hôtel Ivoire d'Abidjan."""
    text, low = reading.lower, max(stretch.start, match.outer - _BUILDING_REACH)
    for word in reading.matches("placing", low, match.outer):
        if not word.payload.get("building"):
            continue
        before = text[max(stretch.start, word.outer - 25) : word.outer]
        placed = "ب" in word.clitics or _VENUE_BEFORE.search(before)
        if placed and _ITS_TOWN.fullmatch(text, word.end, match.outer):
            return True
    return False


def _capital(reading: Reading, word: Match) -> tuple[str, str, tuple[int, int]] | None:
    """Return the capital that is named by its state: العاصمة القطرية, the Qatari capital."""
    kinds = ("demonym", "country")
    own = _OWN_CAPITAL.search(reading.lower, max(0, word.outer - 8), word.outer)
    if own or _OF_HIS_STATE.match(reading.lower, word.end):
        told = reading.of_kinds(kinds, max(0, word.outer - _HIS_STATE), word.outer)
        return _capital_of(told[-1], (word.start, word.end)) if told else None
    for of in reading.of_kinds(kinds, word.end, word.end + 40):
        if _CAPITAL_OF.fullmatch(reading.lower, word.end, of.outer):
            return _capital_of(of, (word.start, of.end))
    for of in reading.of_kinds(kinds, max(0, word.outer - 40), word.outer):
        if reading.lower[of.end : word.outer] in (" ", "'s ", "' "):
            return _capital_of(of, (of.start, word.end))
    return None


def _capital_of(state: Match, span: tuple[int, int]) -> tuple[str, str, tuple[int, int]] | None:
    city = _capitals().get(state.id)
    return (city, state.id, span) if city else None


@cache
def _capitals() -> dict[str, str]:
    """Return the English name of the capital of each state by its ISO code."""
    towns = read_lexicon("cities")["entries"]
    return {town["country"]: name for name, town in towns.items() if town.get("capital")}
