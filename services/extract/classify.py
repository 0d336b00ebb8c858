"""What kind of text it is: statement, preview, mention or unrelated, from weighted signs.

What happened is told by the lead: the headlines and first sentences. Where they tell of something
else (a visit, a strike, a career) and do not tie the coalition to a meeting, it is only mentioned.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from services.extract.grammars.events import Stretch, lead_end
from services.extract.grammars.meeting import is_communique
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Act, Coalition, Commitment, Kind, Pledge

_OUTCOME = 2.0  # what a statement must weigh
_OTHER_FRAMES = frozenset({"visit", "profile", "opinion", "training"})
_DECISIONS = frozenset({"agree", "adopt", "launch", "resolve"})
_SOON = 4.0  # future that the lead tells of twice
_DEEDS = frozenset({"operation", "accession"})  # a coalition may also decide on these
_STATES = frozenset({"country", "member", "member_state"})
_SUBJECT = 30  # characters between a verb and its subject
_BESIDE = 90  # characters between a coalition and the word of meeting that is its own


class _Signs(NamedTuple):
    """What was found. `frames` are the other events that the lead tells of.

    `tied` is where the lead first ties the coalition to a meeting, to its ministers, or to a
    decision, and `framed` where it first tells of a visit, a career, a course (None: nowhere);
    `named` says that a decision or a meeting stands beside its name anywhere, `met` that a meeting
    is told of anywhere; `outcome` and `future` are weights.
    """

    frames: frozenset[str]
    tied: int | None
    named: bool
    framed: int | None
    met: bool
    communique: bool
    outcome: float
    lead_acts: int
    future: float


def classify(
    reading: Reading,
    coalition: Coalition | None,
    stretches: Sequence[Stretch],
    commitments: Sequence[Commitment],
    pledges: Sequence[Pledge] = (),
) -> Kind:
    """Return the kind of a text from the signs that its grammars found."""
    if coalition is None:
        return "unrelated"
    signs = _read_signs(reading, stretches, commitments, pledges)
    if _is_elsewhere(signs):
        return "mention"
    if signs.future > signs.outcome:
        return "preview"
    if signs.outcome >= _OUTCOME:
        return "statement"
    return "mention" if signs.tied is None or signs.framed is not None else "preview"


def _read_signs(
    reading: Reading,
    stretches: Sequence[Stretch],
    commitments: Sequence[Commitment],
    pledges: Sequence[Pledge],
) -> _Signs:
    end = lead_end(reading)
    lead = [s for s in stretches if s.start < end and not s.tweet]
    acts = _own_acts(reading, stretches, commitments)
    places = [place for _, place in acts]
    future = _future(reading, stretches, end, min(places, default=None))
    outcome = sum(sorted((_act_weight(act, future) for act, _ in acts), reverse=True)[:3])
    outcome += _named_outcome(reading, stretches, end)
    declared = _declares(reading, lead) or _states_act(reading, lead)
    outcome += 2.0 * declared
    met = any(s.tells and s.meets for s in stretches)
    if met and pledges and not future:
        outcome += _OUTCOME  # a meeting that was held, and money came of it
    communique = is_communique(reading)
    triggers = reading.matches("kind_trigger", 0, end)
    return _Signs(
        frames=frozenset(m.id for m in triggers),
        tied=_first_tie(reading, lead, places),
        named=declared or _first_tie(reading, stretches, places) is not None,
        framed=next((_sentence_of(reading, m) for m in triggers if m.id in _OTHER_FRAMES), None),
        met=met,
        communique=communique,
        outcome=outcome + 2.0 * communique,
        lead_acts=sum(place < end for place in places),
        future=future,
    )


def _sentence_of(reading: Reading, match: Match) -> int:
    sentence = reading.sentence_at(match.start)
    return sentence.index if sentence else 0


def _is_elsewhere(signs: _Signs) -> bool:
    """Tell whether the text is of something else than a meeting or word of the coalition."""
    if signs.communique:
        return False
    if signs.framed is not None and (signs.tied is None or signs.framed < signs.tied):
        return True
    if signs.tied is None and not signs.lead_acts and signs.frames & _DEEDS:
        return True
    if signs.tied is None and not signs.named:
        return True
    return not signs.met and signs.outcome < _OUTCOME and not signs.future


def _first_tie(reading: Reading, lead: Sequence[Stretch], acts: Sequence[int]) -> int | None:
    """Return the index of the first sentence that ties the coalition to a meeting or a decision.

    Where one has only its name, the next sentence of a meeting will do.
    """
    headed = False
    for stretch in lead:
        sentence = stretch.sentence
        names = reading.of_kinds(("coalition", "the_coalition"), stretch.start, stretch.end)
        if names and (_decides(reading, stretch, acts) or _is_tied(reading, stretch, names)):
            return sentence.index
        if headed and (stretch.meets or stretch.bodies):
            return sentence.index
        headed |= bool(names)
    return None


def _decides(reading: Reading, stretch: Stretch, acts: Sequence[int]) -> bool:
    """Tell whether a stretch has a decision, which is not that of a guest or of a career."""
    words = reading.matches("kind_trigger", stretch.start, stretch.end)
    decided = any(stretch.start <= place < stretch.end for place in acts)
    return decided and all(m.id not in ("visit", "profile") for m in words)


def _is_tied(reading: Reading, stretch: Stretch, names: Sequence[Match]) -> bool:
    """Tell whether the coalition stands beside a word of meeting or its ministers."""
    words = reading.of_kinds(("meeting", "body"), stretch.start, stretch.end)
    covers = reading.matches("kind_trigger", stretch.start, stretch.end)
    frames = [m for m in covers if m.id in _OTHER_FRAMES]
    return any(
        _near(word, name)
        for word in words
        if not _inside(word, (*names, *frames)) and not (frames and word.payload.get("verb"))
        for name in names
    )


def _near(word: Match, name: Match) -> bool:
    return -_BESIDE < word.start - name.end < _BESIDE or -_BESIDE < name.start - word.end < _BESIDE


def _inside(word: Match, others: Sequence[Match]) -> bool:
    return any(o.start <= word.start and word.end <= o.end for o in others)


def _own_acts(
    reading: Reading, stretches: Sequence[Stretch], commitments: Sequence[Commitment]
) -> list[tuple[Act, int]]:
    """Return act and folded place of the commitments of this event, and of no pair of states."""
    acts: list[tuple[Act, int]] = []
    for commitment in commitments:
        place = reading.folded.at(commitment.evidence[0].start)
        at = bisect_right(stretches, place, key=lambda s: s.start) - 1
        if at < 0 or place >= stretches[at].end:
            continue
        words = reading.matches("kind_trigger", stretches[at].start, stretches[at].end)
        opens = commitment.act == "launch" and any(m.id == "opening" for m in words)
        if not opens and not any(m.id == "pair" for m in words):
            acts.append((commitment.act, place))
    return acts


def _act_weight(act: Act, future: float) -> float:
    """Weigh an act: before a meeting, one that speakers do too says little."""
    return 0.7 if future >= _SOON and act not in _DECISIONS else 2.0


def _named_outcome(reading: Reading, stretches: Sequence[Stretch], end: int) -> float:
    """Weigh the naming of a communique, of results, of an end: what they wrote or came to."""
    weight = 0.0
    found = [m for s in stretches for m in reading.matches("kind_trigger", s.start, s.end)]
    named = [m for m in found if m.id in ("communique", "outcome", "ended")]
    if any(m.id in ("communique", "outcome") for m in named):
        weight += 1.5
    if any(m.start < end for m in named):
        weight += 1.0
    return weight + 2.0 * any(m.id == "result" for m in found)


def _declares(reading: Reading, lead: Sequence[Stretch]) -> bool:
    """Tell whether the lead says that the ministers or the coalition declared something."""
    for stretch in lead:
        for word in reading.matches("kind_trigger", stretch.start, stretch.end):
            if word.id != "declaring":
                continue
            near = (max(stretch.start, word.start - _SUBJECT), word.end + _SUBJECT)
            if stretch.bodies or reading.matches("coalition", *near):
                return True
    return False


def _states_act(reading: Reading, lead: Sequence[Stretch]) -> bool:
    """Tell whether the lead says what so many of the coalition's states decided."""
    for stretch in lead:
        if not stretch.names:
            continue
        for verb in reading.matches("act", stretch.start, stretch.end):
            near = (
                (verb.end, verb.end + _SUBJECT)
                if verb.lang == "ar"
                else (max(stretch.start, verb.start - _BESIDE), verb.start)
            )
            counted = any(m.id in _STATES for m in reading.matches("count", *near))
            if counted and verb.payload.get("act") in _DECISIONS:
                return True
    return False


def _future(reading: Reading, stretches: Sequence[Stretch], end: int, decided: int | None) -> float:
    """Weigh what says that the meeting is still to come; behind a decision it says little."""
    weight = 0.0
    for stretch in stretches:
        words = reading.matches("kind_trigger", stretch.start, stretch.end)
        soon = sum(word.id == "future" for word in words)
        opening = any(word.id == "opening" for word in words)
        early = stretch.start < end and (decided is None or stretch.start <= decided)
        if stretch.meets or stretch.names:
            weight += (2.0 if early else 0.7) * min(soon, 2) + 1.0 * opening
        else:
            weight += 0.5 * min(soon, 2)
    return weight
