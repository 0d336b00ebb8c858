"""What kind of text it is: statement, preview, mention or unrelated, from weighted signs."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.events import Stretch
from services.extract.grammars.meeting import is_communique
from services.extract.reading import Reading
from shared.record import Coalition, Commitment, Kind, Pledge

_LEAD = 4  # sentences that say what a text is about
_OUTCOME = 2.0  # what a statement must weigh


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
    outcome = _outcome(reading, stretches, commitments)
    future = _future(reading, stretches)
    meets = any(s.tells and s.meets for s in stretches)
    if meets and pledges and not future:
        outcome += _OUTCOME  # a meeting that was held, and money came of it
    if not meets and outcome < _OUTCOME:
        return "mention"
    if _is_about_something_else(reading) and outcome < 2 * _OUTCOME:
        return "mention"
    if future > outcome:
        return "preview"
    if outcome >= _OUTCOME:
        return "statement"
    return "preview" if _meets_early(stretches) else "mention"


def _outcome(
    reading: Reading, stretches: Sequence[Stretch], commitments: Sequence[Commitment]
) -> float:
    """Weigh what the coalition decided: its acts, and the naming of its communique."""
    named = [t for t in _triggers(reading, "communique", "outcome") if reading.is_read(t)]
    lead = reading.sentences[min(_LEAD, len(reading.sentences)) - 1].end if reading.sentences else 0
    weight = 2.0 * min(len(commitments), 3)
    weight += 2.0 * is_communique(reading) + 2.0 * _declares(reading, stretches)
    weight += (1.5 if named else 0.0) + (1.0 if any(place < lead for place in named) else 0.0)
    return weight


def _declares(reading: Reading, stretches: Sequence[Stretch]) -> bool:
    """Tell whether the lead says that the ministers themselves declared something."""
    return any(
        word.id == "declaring"
        for s in stretches[:_LEAD]
        if s.bodies
        for word in reading.matches("kind_trigger", s.start, s.end)
    )


def _future(reading: Reading, stretches: Sequence[Stretch]) -> float:
    """Weigh what says that the meeting is still to come."""
    weight = 0.0
    for rank, stretch in enumerate(stretches):
        words = reading.matches("kind_trigger", stretch.start, stretch.end)
        soon = sum(word.id == "future" for word in words)
        opening = sum(word.id == "opening" for word in words)
        if stretch.meets or stretch.names:
            weight += (2.0 if rank < _LEAD else 0.7) * min(soon, 2) + (1.0 if opening else 0.0)
        else:
            weight += 0.5 * min(soon, 2)
    return weight


def _is_about_something_else(reading: Reading) -> bool:
    """Tell whether the first sentences are of a visit or a person's life and name no meeting."""
    for sentence in reading.sentences[:_LEAD]:
        for word in reading.matches("kind_trigger", sentence.start, sentence.end):
            if word.id in ("profile", "visit") and not reading.matches(
                "meeting", sentence.start, sentence.end
            ):
                return True
    return False


def _meets_early(stretches: Sequence[Stretch]) -> bool:
    return any(s.tells and s.meets and (s.names or s.bodies) for s in stretches[:_LEAD])


def _triggers(reading: Reading, *names: str) -> list[int]:
    return [m.start for m in reading.matches("kind_trigger") if m.id in names]
