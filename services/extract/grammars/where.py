"""The place of the meeting: a town or state in a sentence about it, or its communique's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.grammars.events import Stretch, matches_in
from services.extract.grammars.placing import hosts, is_the_capital, placed_in, travels_to
from services.extract.grammars.published import Head
from services.extract.grammars.unlisted_towns import read_unlisted, read_unlisted_dateline
from services.extract.matching import Match
from services.extract.reading import Reading

_SURE = 3.0  # what a town must weigh where the meeting is said to be held at a distance
_LEAST = -0.5  # a state's name read as its capital; below stands what is elsewhere
_ELSEWHERE = 3.0  # what it costs a town that another event is there
_NEAR_MEETING = 80  # characters from the word of meeting to its place
_SEATED = re.compile(  # where something else is or will be
    r"(?:sited|based|seated|located|headquartered|headquarters?|base|born|siege|base[es]?|"
    r"implante\w*|installe\w*|situe\w*|مقرها|مقره|مقرا|الكائن\w*|ولد)\s+(?:\w+\s+)?(?:in|at|a|en|في)?\s*$"
)
_OTHER_MEETING = re.compile(
    r"(?:\b(?:coming|next|upcoming|future|prochaine?|previous|precedente?|last|derniere?|earlier|since|"
    r"before|after|ahead of|avant|apres|depuis|following|separate)\s+"
    r"(?:[\w'-]+\s+){0,5}"
    r"(?:summit|meeting|session|conference|ministerial|gathering|talks|sommet|reunion|rencontre)|"
    r"(?:قبل|قبيل|بعد|عقب|منذ)\s+(?:ان\w*\s+)?(?:قمه|اجتماع|موتمر|دوره|لقاء|القمه|الاجتماع)|"
    r"(?:القمه|الاجتماع|الدوره|الموتمر|اجتماعهم)\s+(?:\w+\s+)?(?:المقبل|القادم|السابق|الماضي|الاخير)\w*)"
    r"\b[^.;,]{0,80}$"
)
# What goes to a state is told by its capital: l'aide à Kiev, a trip to Moscow last week.
_GIVEN_TO = re.compile(
    r"(?:\b(?:(?:apporter|fournir|livrer|accorder|allouer|offrir|livres?|fournies?|destines?|destinees?)"
    r"(?:\s[^\s,;]+){0,3}\sa|"
    r"(?:aides?|soutien|appui|garanties?|assistance|appel|message|pression|livraisons?)"
    r"(?:\s[^\s,;]+){0,3}\sa|(?:support|aid|help|assistance|supplies)(?:\s\S+)?\sto|"
    r"(?:visit|trip|visite|voyage|deplacement)(?:\s\S+)?\s(?:to|in|a|en))|"
    r"(?:زياره|رحله|دعم\w*|مساعد\w*)\s(?:\w+\s)?(?:الي)?)\s?$"
)
_FUTURE = re.compile(  # of the next meeting, in the text of one that was held
    r"(?:\b(?:will (?:next )?(?:be held|take place|meet|convene|gather)|"
    r"is (?:due|scheduled|to be held)|"
    r"(?:aura|auront) lieu|se (?:tiendra|tiendront|reunira|reuniront|retrouvera|retrouveront)|"
    r"(?:decided|agreed) to (?:meet|hold|convene)|(?:est|sont) prevue?s?)|"
    r"(?:^|\s)[وف]?(?:سيعقد|ستعقد|سيجتمع|ستجتمع|سيجتمعون|سيلتقي|سيلتقون|ستلتقي|سينعقد|ستنعقد|سيلتيم|"
    r"ستلتيم|سيقام|ستقام))\b[^.;]{0,60}$"
)
_LEAD = 5  # sentences; further down "In Moscow, the spokesman …" is told of somebody else
_OPENS = 6  # characters from the beginning of a sentence


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
    preview: bool = False,
) -> Where | None:
    """Return the place of the meeting, or None; the dateline's only for want of else."""
    told = [s for s in stretches if s.tells and not s.tweet]
    if _is_here(reading, told):
        if head.town:
            return _where(head.town, how="head")
        if town := read_unlisted_dateline(reading):
            return Where(*town, how="head")
    tweets = [s for s in stretches if s.tweet and s.meets]
    for group in (told, tweets):
        least = _SURE if virtual else _LEAST
        place = _best_placed(reading, group, head, least=least, preview=preview)
        if place:
            return place
    if head.town and communique:
        return _where(head.town, how="head")
    return _hosting(reading, stretches, head) or (
        None if virtual else _guessed(reading, stretches, told, head)
    )


def _hosting(reading: Reading, stretches: Sequence[Stretch], head: Head) -> Where | None:
    """Return the town or state that is said to host."""
    hosting = _hosting_town(reading, stretches)
    if hosting:
        return _where(hosting, how="host")
    state = _host_state(reading, stretches)
    if state and head.town and state.id == head.town.payload.get("country"):
        return _where(head.town, how="host")
    return Where(None, state.id, (state.start, state.end), how="host") if state else None


def _guessed(
    reading: Reading, stretches: Sequence[Stretch], told: Sequence[Stretch], head: Head
) -> Where | None:
    """Return a town that no list has, one that a headline has, or that of the dateline."""
    unlisted = read_unlisted(reading, told)
    if unlisted:
        return Where(*unlisted)
    named = [s for s in stretches[:_LEAD] if s.names and not s.tweet]
    place = _best_placed(reading, named, head, least=_LEAST)
    if place:
        return place  # a headline: À La Haye, l'Alliance …
    return _where(head.town, is_guess=True, how="head") if head.town and told else None


def is_virtual(reading: Reading, stretches: Sequence[Stretch]) -> bool:
    """Tell whether the meeting itself was held at a distance."""
    placed = reading.by_sentence("placing")
    for stretch in (s for s in stretches if s.sentence.index in placed):
        for word in matches_in(reading, "placing", stretch):
            if word.payload.get("hybrid"):
                return False
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
    reading: Reading,
    stretches: Sequence[Stretch],
    head: Head,
    *,
    least: float,
    preview: bool = True,
) -> Where | None:
    """Return the town that is best placed: beside a word of meeting, early; of equals the first."""
    best: tuple[float, Where] | None = None
    skip = head.town if head.town and head.town.start < head.end else None
    for rank, stretch in enumerate(stretches):
        for match, city, country, span in placed_in(reading, stretch, skip):
            place = Where(city, country, span)
            score = _weight(reading, stretch, match) + (rank < 3) - (match.kind == "city_state") / 2
            if not preview and _is_to_come(reading, stretch, match):
                score -= _ELSEWHERE
            if score >= least and (best is None or score > best[0]):
                best = score, place
    return best[1] if best else None


def _is_to_come(reading: Reading, stretch: Stretch, match: Match) -> bool:
    """Tell whether what stands before a place is the future of a meeting, after this one."""
    low = max(0, stretch.start - 1, match.outer - _NEAR_MEETING)
    return bool(_FUTURE.search(reading.lower, low, match.outer))


def _weight(reading: Reading, stretch: Stretch, match: Match) -> float:
    low = max(stretch.start, match.outer - _NEAR_MEETING)
    high = min(stretch.end, match.end + _NEAR_MEETING // 2)
    before = reading.lower[max(stretch.start, match.outer - 70) : match.outer]
    near = bool(reading.matches("meeting", low, high))
    told = stretch.meets and (stretch.names or stretch.bodies)
    elsewhere = any(rule.search(before) for rule in (_SEATED, _OTHER_MEETING, _GIVEN_TO))
    late = stretch.sentence.index > _LEAD and match.outer - stretch.start < _OPENS
    return (
        float(near + told)
        - _ELSEWHERE * elsewhere
        - 1.5 * late
        - travels_to(reading, stretch, match) / 2
    )


def _hosting_town(reading: Reading, stretches: Sequence[Stretch]) -> Match | None:
    """Return a town that is said to host or gather, in a sentence without a word of meeting."""
    for stretch in stretches:
        for match in matches_in(reading, "city", stretch):
            if not stretch.tweet and hosts(reading, stretch, match):
                return match
    return None


def _host_state(reading: Reading, stretches: Sequence[Stretch]) -> Match | None:
    """Return the state that hosts, or in which the meeting is said to be."""
    for stretch in stretches:
        for match in matches_in(reading, "country", stretch):
            if hosts(reading, stretch, match):
                return match
    return None


def _is_here(reading: Reading, told: Sequence[Stretch]) -> bool:
    """Tell whether the first sentences about the meeting say "here" or "the capital"."""
    for stretch in told[:2]:
        for word in matches_in(reading, "placing", stretch):
            if word.payload.get("here") or is_the_capital(reading, stretch, word):
                return True
    return False
