"""What kind of text it is: statement, preview, mention or unrelated, from weighted signs.

What happened is told by the lead: the headlines and first sentences. Where they tell of something
else (a visit, a strike, a career) and do not tie the coalition to a meeting, it is only mentioned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.extract.grammars.events import Stretch, lead_end
from services.extract.grammars.meeting import is_communique
from services.extract.grammars.outcomes import (
    first_result,
    has_ended,
    is_declared,
    own_acts,
    weigh_acts,
    weigh_results,
)
from services.extract.grammars.tense import weigh_future
from services.extract.grammars.ties import first_frame, first_tie
from services.extract.reading import Reading
from shared.record import Coalition, Commitment, Kind, Pledge

_OUTCOME = 2.0  # what each sure sign of a statement weighs
_ENOUGH = 1.5  # what a statement must weigh: at least the naming of its text
_SOON = 4.0  # what makes it likely that the meeting is still to come
_DEEDS = frozenset({"operation", "accession"})  # a coalition may also decide on these


class _Signs(NamedTuple):
    """What was found.

    `tied` is where the lead first ties the coalition to a meeting, to its ministers, or to a
    decision, `grouped` where it first has several ministers meet, and `framed` where it first
    tells of a visit, a career, a course (None: nowhere). `deeds` says that it tells of a strike or
    an accession and of no decision, `named` that a decision or a meeting stands beside the
    coalition's name anywhere, `met` that a meeting is told of anywhere. `outcome` and `future` are
    weights.
    """

    tied: int | None
    grouped: int | None
    framed: int | None
    deeds: bool
    named: bool
    met: bool
    communique: bool
    outcome: float
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
    if signs.outcome >= _ENOUGH:
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
    acts = own_acts(reading, stretches, commitments)
    places = [act.place for act in acts]
    tied = first_tie(reading, lead, places)
    sure = [act.place for act in acts if act.is_sure]
    if (result := first_result(stretches)) is not None:
        sure.append(result)
    decided = min(sure, default=None)
    future = weigh_future(reading, stretches, end, decided, tied)
    met = any(s.tells and s.meets for s in stretches) or has_ended(lead)
    declared = is_declared(reading, lead)
    communique = is_communique(reading)
    paid = met and bool(pledges) and not future  # a meeting that was held, and money came of it
    outcome = weigh_acts(acts, to_come=future >= _SOON) + weigh_results(stretches, end)
    return _Signs(
        tied=tied,
        grouped=next((s.sentence.index for s in lead if s.meets and s.bodies), None),
        framed=first_frame(reading, end),
        deeds=_tells_of_deeds(reading, end) and not any(place < end for place in places),
        named=declared or tied is not None or first_tie(reading, stretches, places) is not None,
        met=met,
        communique=communique,
        outcome=outcome + _OUTCOME * (declared + communique + paid),
        future=future,
    )


def _tells_of_deeds(reading: Reading, end: int) -> bool:
    """Tell whether a text tells of a strike or an accession before a place."""
    return any(word.id in _DEEDS for word in reading.matches("kind_trigger", 0, end))


def _is_elsewhere(signs: _Signs) -> bool:
    """Tell whether the text is of something else than a meeting or word of the coalition."""
    if signs.communique:
        return False
    told = [at for at in (signs.tied, signs.grouped) if at is not None]
    if signs.framed is not None and signs.framed < min(told, default=signs.framed + 1):
        return True
    if signs.tied is None and (signs.deeds or not signs.named):
        return True
    return not signs.met and signs.outcome < _OUTCOME and not signs.future
