"""The place of the meeting: a town or state in a sentence about it, or its communique's head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from services.extract.grammars.events import Stretch, matches_in
from services.extract.grammars.published import Head
from services.extract.lexicon import read_lexicon
from services.extract.matching import Match
from services.extract.reading import Reading

_PLACED_LATIN = re.compile(
    r"(?:^|[\s(])(?:in|at|a|en|au|aux|dans)\s+(?:the\s+|le\s+|la\s+|l'\s*)?"
    r"(?:(?:city|ville|capital|capitale)\s+(?:of\s+|de\s+)?)?(?:[\w'-]+\s+){0,2}$"
)
_PLACED_ARABIC = re.compile(
    r"(?:^|\s)(?:و|ف)?(?:في|(?:ب|في )?مدينه|(?:ب|في )?العاصمه(?:\s+\w+)?|قاعده|ب?مقر\w*)\s+$"
)
_TITLE_MARKS = (", ", ",  ", "- ", ": ", "(")
_HOST_REACH = 30
_SURE = 3.0  # what a town must weigh where the meeting is said to be held at a distance
_LEAST = -0.5  # a state's name read as its capital; below stands what is elsewhere
_NEAR_MEETING = 80  # characters from the word of meeting to its place
_SEATED = re.compile(  # where something else is or will be
    r"(?:sited|based|seated|located|headquartered|headquarters?|base|born|siege|base[es]?|"
    r"implante\w*|installe\w*|situe\w*|مقرها|مقره|مقرا|الكائن\w*|ولد)\s+(?:\w+\s+)?(?:in|at|a|en|في)?\s*$"
)
_OTHER_MEETING = re.compile(
    r"(?:(?:coming|next|upcoming|future|prochaine?|previous)\s+"
    r"(?:\w+\s+){0,2}"
    r"(?:summit|meeting|session|conference|ministerial|sommet|reunion)|"
    r"(?:القمه|الاجتماع|الدوره|الموتمر|اجتماعهم)\s+(?:\w+\s+)?(?:المقبل|القادم)\w*)\b[^.;]{0,40}$"
)
_CAPITAL_OF = re.compile(r"\s+(?:of|de|du|des|de la)?\s*(?:the\s+|la\s+|l'\s*)?")


@dataclass(slots=True, eq=False)
class Where:
    """Town (English name) and ISO code of the state, with the folded span that tells them.

    `how` they were read is part of the rule's name: `told`, `host`, or from the `head`.
    """

    city: str | None
    country: str | None
    span: tuple[int, int]
    is_guess: bool = False
    how: str = "told"


def read_where(
    reading: Reading,
    stretches: Sequence[Stretch],
    head: Head,
    *,
    communique: bool,
    virtual: bool = False,
) -> Where | None:
    """Return the place of the meeting, or None; the dateline's only for want of else."""
    told = [s for s in stretches if s.tells and not s.tweet]
    tweets = [s for s in stretches if s.tweet and s.meets]
    for group in (told, tweets):
        place = _best_placed(reading, group, head, least=_SURE if virtual else _LEAST)
        if place:
            return place
    if head.town and (communique or _is_here(reading, told, head)):
        return _where(head.town, how="head")
    hosting = _hosting_town(reading, stretches)
    if hosting:
        return _where(hosting, how="host")
    state = _host_state(reading, stretches)
    if state and head.town and state.id == head.town.payload.get("country"):
        return _where(head.town, how="host")
    if state:
        return Where(None, state.id, (state.start, state.end), how="host")
    if head.town and told and not virtual:
        return _where(head.town, is_guess=True, how="head")
    return None


def is_virtual(reading: Reading, stretches: Sequence[Stretch]) -> bool:
    """Tell whether the meeting itself was held at a distance."""
    placed = reading.by_sentence("placing")
    for stretch in (s for s in stretches if s.sentence.index in placed):
        for word in matches_in(reading, "placing", stretch):
            if word.payload.get("virtual"):
                low = max(stretch.start, word.start - 45)
                met = reading.matches("meeting", low, word.end + 25)
                if any(not m.payload.get("people") for m in met):
                    return True
    return False


def _where(match: Match, *, is_guess: bool = False, how: str = "told") -> Where:
    span = match.start, match.end
    return Where(match.id, match.payload.get("country"), span, is_guess, how)


def _best_placed(
    reading: Reading, stretches: Sequence[Stretch], head: Head, *, least: float
) -> Where | None:
    """Return the town that is best placed: beside a word of meeting, early; of equals the first."""
    best: tuple[float, Where] | None = None
    for rank, stretch in enumerate(stretches):
        for match, place in _placed(reading, stretch, head):
            score = _weight(reading, stretch, match) + (rank < 3) - (match.kind == "city_state") / 2
            if score >= least and (best is None or score > best[0]):
                best = score, place
    return best[1] if best else None


def _weight(reading: Reading, stretch: Stretch, match: Match) -> float:
    low = max(stretch.start, match.outer - _NEAR_MEETING)
    high = min(stretch.end, match.end + _NEAR_MEETING // 2)
    before = reading.lower[max(stretch.start, match.outer - 70) : match.outer]
    near = bool(reading.matches("meeting", low, high))
    told = stretch.meets and (stretch.names or stretch.bodies)
    return float(near + told) - 3.0 * bool(_SEATED.search(before) or _OTHER_MEETING.search(before))


def _placed(reading: Reading, stretch: Stretch, head: Head) -> Iterator[tuple[Match, Where]]:
    """Yield the towns of a stretch that something happens in, capitals named by their state too."""
    for match in reading.of_kinds(("city", "city_state"), stretch.start, stretch.end):
        if match.start < head.end and head.town and match.start == head.town.start:
            continue
        if _is_placed(reading, stretch, match):
            yield match, _where(match)
    for word in matches_in(reading, "placing", stretch):
        if word.payload.get("capital") and _is_placed(reading, stretch, word):
            place = _capital(reading, word)
            if place:
                yield word, place


def _capital(reading: Reading, word: Match) -> Where | None:
    """Return the capital that is named by its state: العاصمة القطرية, the Qatari capital."""
    kinds = ("demonym", "country")
    for of in reading.of_kinds(kinds, word.end, word.end + 40):
        if _CAPITAL_OF.fullmatch(reading.lower, word.end, of.outer):
            return _capital_of(of, (word.start, of.end))
    for of in reading.of_kinds(kinds, max(0, word.outer - 40), word.outer):
        if reading.lower[of.end : word.outer] in (" ", "'s ", "' "):
            return _capital_of(of, (of.start, word.end))
    return None


def _capital_of(state: Match, span: tuple[int, int]) -> Where | None:
    city = _capitals().get(state.id)
    return Where(city, state.id, span) if city else None


@cache
def _capitals() -> dict[str, str]:
    """Return the English name of the capital of each state by its ISO code."""
    towns = read_lexicon("cities")["entries"]
    return {town["country"]: name for name, town in towns.items() if town.get("capital")}


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
    if _PLACED_ARABIC.search(before) or _hosts(reading, stretch, match):
        return True
    return match.lang != "ar" and bool(_PLACED_LATIN.search(before))


def _hosts(reading: Reading, stretch: Stretch, match: Match) -> bool:
    """Tell whether a place is said to host: تستضيف الرياض, hosted by Italy, Italy will host."""
    low = max(stretch.start, match.outer - _HOST_REACH)
    for word in reading.matches("placing", low, min(stretch.end, match.end + _HOST_REACH)):
        if word.id == "host" and (word.end <= match.outer or word.start >= match.end):
            return True
        if word.id == "gather" and (word.end == match.outer - 1 or word.outer == match.end + 1):
            return True  # Riyadh gathered the ministers: only as the subject
    return False


def _hosting_town(reading: Reading, stretches: Sequence[Stretch]) -> Match | None:
    """Return a town that is said to host or gather, in a sentence without a word of meeting."""
    for stretch in stretches:
        for match in matches_in(reading, "city", stretch):
            if not stretch.tweet and _hosts(reading, stretch, match):
                return match
    return None


def _host_state(reading: Reading, stretches: Sequence[Stretch]) -> Match | None:
    """Return the state that hosts, or in which the meeting is said to be."""
    for stretch in stretches:
        for match in matches_in(reading, "country", stretch):
            if _hosts(reading, stretch, match):
                return match
    return None


def _is_here(reading: Reading, told: Sequence[Stretch], head: Head) -> bool:
    """Tell whether the first sentence about the meeting says "here" or "today" below a dateline."""
    for stretch in told[:2]:
        for word in matches_in(reading, "placing", stretch):
            if word.payload.get("here"):
                return True
    return False
