"""What came of a meeting: the acts of this event, its results, its communique, its states' word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from services.extract.grammars.coalition_names import named_in
from services.extract.grammars.events import Stretch, matches_in
from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.words import words_of
from services.extract.matching import Match, by_start
from services.extract.reading import Reading
from shared.record import Act, Commitment

DECISIONS = frozenset({"agree", "adopt", "launch", "resolve"})
_TO_COME = frozenset({"future", "present"})
_ENDS = frozenset({"communique", "outcome", "ended"})
_COALITIONS = ("coalition", "the_coalition")
_RESULTS = frozenset({"communique", "result"})
_STATES = frozenset({"country", "member", "member_state"})
_SUBJECT = 30  # characters between a verb and its subject
_DATELINE = 60  # characters that may stand before the first verb of a story
_PRESENT = ("ي", "ت", "س")  # letters that Arabic presents and futures begin with
_ARABIC_NAME = 80  # characters of the longest names
_APPOSED = 12  # characters for an abbreviation in parentheses
_LONG_SUBJECT = 90  # twenty-six countries of the "coalition of the willing" have …


class OwnAct(NamedTuple):
    """An act of this event at a folded place; `planned` if days to come were spoken of."""

    act: Act
    place: int
    planned: bool

    @property
    def is_sure(self) -> bool:
        """Tell whether it is one that no speaker does, or told of what was."""
        return self.act in DECISIONS or not self.planned


def own_acts(
    reading: Reading, stretches: Sequence[Stretch], commitments: Sequence[Commitment]
) -> list[OwnAct]:
    """Return the acts of this event, by place: of no other meeting, and of no pair of states."""
    acts: list[OwnAct] = []
    foreign = False  # another body has acted, and goes on
    for commitment in commitments:
        place = reading.folded.at(commitment.evidence[0].start)
        at = bisect_right(stretches, place, key=by_start) - 1
        if at < 0 or place >= stretches[at].end:
            continue
        words = stretches[at].signs
        told = {word.id for word in words}
        opens = commitment.act == "launch" and "opening" in told
        foreign = _is_others(reading, words, place) or (foreign and not stretches[at].names)
        verb = _verb_of(reading, commitment, place)
        future = any(w.id == "future" and w.start <= verb < w.end for w in words)
        if not (opens or future or foreign or "pair" in told):
            planned = _is_planned(reading, words, verb)
            acts.append(OwnAct(commitment.act, place, planned))
    return acts


def _verb_of(reading: Reading, commitment: Commitment, place: int) -> int:
    """Return where the verb of an act stands; its evidence may begin with the subject."""
    end = reading.folded.at(commitment.evidence[0].end)
    for verb in reading.matches("act", place, end):
        if verb.payload.get("act") == commitment.act:
            return verb.start
    return place


def _is_planned(reading: Reading, words: Sequence[Match], place: int) -> bool:
    """Tell whether a word of days to come makes an act one of them.

    Behind a past act it only tells what was decided; an Arabic present may itself be of tomorrow.
    """
    if reading.lower[place : place + 2].lstrip("وف")[:1] in _PRESENT:
        return any(word.id in _TO_COME for word in words)
    return any(word.id in _TO_COME for word in words if word.start < place)


def _is_others(reading: Reading, words: Sequence[Match], place: int) -> bool:
    """Tell whether the clause at a place has a parliament, the United Nations … as its subject."""
    for word in words:
        if word.id == "outsider" and place <= word.outer < place + _SUBJECT:
            between = reading.lower[place : word.outer].split()
            if len(between) <= 1:
                return True
    return False


def weigh_acts(acts: Sequence[OwnAct], *, to_come: bool) -> float:
    """Weigh the three best acts; before a meeting, what speakers do too says little."""
    weights = [2.0 if act.act in DECISIONS or not (to_come or act.planned) else 0.7 for act in acts]
    return sum(sorted(weights, reverse=True)[:3])


def weigh_results(stretches: Sequence[Stretch], lead: int) -> float:
    """Weigh the naming of a communique, of an end, of results; `lead` is where the lead ends."""
    told: set[str] = set()
    early = over = False
    for stretch in stretches:
        words = stretch.signs
        if not words:
            continue
        ids = {word.id for word in words}
        if "future" in ids:  # who will speak at the end of the meeting, what it will look into
            soon = next(word.start for word in words if word.id == "future")
            ids -= {"outcome", *(w.id for w in words if w.id == "result" and w.start > soon)}
        told |= ids
        early |= stretch.start < lead and not ids.isdisjoint(_ENDS)
        over |= stretch.start < lead and "ended" in ids and stretch.meets and stretch.names
    named = not told.isdisjoint({"communique", "outcome"})
    return 1.5 * named + 1.0 * early + 1.0 * over + 2.0 * ("result" in told)


def has_ended(lead: Sequence[Stretch]) -> bool:
    """Tell whether ministers or chiefs of the coalition wound up what they were at."""
    for stretch in lead:
        if stretch.names and stretch.bodies and any(w.id == "ended" for w in stretch.signs):
            return True
    return False


def first_result(stretches: Sequence[Stretch]) -> int | None:
    """Return the first folded place of a communique or of results that are not to come."""
    for stretch in stretches:
        for word in stretch.signs:
            if word.id in _RESULTS:
                if any(w.id == "future" and w.start < word.start for w in stretch.signs):
                    break
                return word.start
    return None


def is_declared(reading: Reading, lead: Sequence[Stretch]) -> bool:
    """Tell whether the lead has the word of the ministers, the coalition, or many of its states."""
    return any(_declares(reading, s) or (s.names and _states_act(reading, s)) for s in lead)


def _declares(reading: Reading, stretch: Stretch) -> bool:
    for word in stretch.signs:
        if word.id == "declares" and _is_coalitions(reading, stretch, word):
            return True
        if word.id == "declaring":
            near = (max(stretch.start, word.start - _SUBJECT), word.end + _SUBJECT)
            if stretch.bodies or named_in(reading, *near):
                return True
    return False


def _is_coalitions(reading: Reading, stretch: Stretch, word: Match) -> bool:
    """Tell whether the coalition itself is the subject of a verb, beside it."""
    named = reading.of_kinds(_COALITIONS, max(0, word.start - _LONG_SUBJECT), word.outer)
    if named and word.outer - named[-1].end == 1:
        opens = named[-1].outer - stretch.start <= 1
        if opens or stretch.sentence.segment.kind == "heading":
            return True
    if word.lang == "ar":
        before = reading.lower[stretch.start : word.outer]
        if len(before) > _DATELINE or "," in before:
            return False
        behind = named_in(reading, word.end, word.end + _ARABIC_NAME)
        return bool(behind) and behind[0].outer - word.end <= 1
    ahead = named_in(reading, max(0, word.start - _LONG_SUBJECT), word.start)
    if not ahead or word.start - ahead[-1].end > _APPOSED:
        return False
    return "," not in reading.lower[ahead[-1].end : word.start]


def _states_act(reading: Reading, stretch: Stretch) -> bool:
    """Tell whether a stretch says what so many states decided: "26 countries have pledged"."""
    for verb in matches_in(reading, "act", stretch):
        if verb.payload.get("act") not in DECISIONS or _is_wish(reading, stretch, verb):
            continue
        before = (max(stretch.start, verb.start - _LONG_SUBJECT), verb.start)
        near = (verb.end, verb.end + _SUBJECT) if verb.lang == "ar" else before
        if any(m.id in _STATES for m in reading.matches("count", *near)) and _counts(
            reading, *near
        ):
            return True
    return False


def _counts(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a number stands there, in digits or in words."""
    digits = any(char.isdigit() for char in reading.lower[start:end])
    return digits or bool(reading.matches("number", start, end))


def _is_wish(reading: Reading, stretch: Stretch, verb: Match) -> bool:
    """Tell whether a verb stands behind a word that makes it no fact: expects them to adopt."""
    words = words_of(reading, max(stretch.start, verb.outer - _SUBJECT), verb.outer)
    return bool(words) and words[-1].text in function_words("no_main_verb")
