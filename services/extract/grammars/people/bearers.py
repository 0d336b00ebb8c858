"""Who bears a run of capitals without a title: a person, a place, or the author of a text."""

from __future__ import annotations

from services.extract.grammars.people.apposed_states import state_of_nature
from services.extract.grammars.people.runs import Run
from services.extract.grammars.people.words import names, words_of
from services.extract.reading import Reading

_FACILITIES = names("facilities", "latin")
_CONNECTORS = names("connectors")
_GIVEN = names("given", "latin")
_CREDIT = 40
_FAR_BEFORE = 6  # words: "l'École de maintien de la paix X"
_BYLINE = 90
_LONGEST_BARE = 3
_TWO_WORDS = 2  # longer runs that speak are papers and organisations


def is_credit(reading: Reading, run: Run) -> bool:
    """Tell whether a run is an author's or a photographer's, beside a text and not in it."""
    segment = reading.segment_at(run.start)
    if segment is None:
        return False
    if segment.end - segment.start <= run.end - run.start + 2:
        return True  # a line with nothing but the name
    line = reading.lower[segment.start : segment.end].rstrip(" .")
    if len(line) < _BYLINE and line.startswith("(") and line.endswith(")"):
        return True
    before = words_of(reading, max(segment.start, run.start - _CREDIT), run.start)[-3:]
    if any(w.text in names("credits") for w in before):
        return True
    opens = len(before) == 1 and before[0].start <= segment.start + 2
    return opens and before[0].text in ("by", "par") and segment.end - segment.start < _BYLINE


def names_facility(reading: Reading, run: Run, start: int) -> bool:
    """Tell whether a run names a place or a ship ("King Fahd Causeway", "rue Jean Moulin").

    `start` is where the run begins, or a style that may be part of the name.
    """
    if run.words[0].text in _FACILITIES or run.words[-1].text in _FACILITIES:
        return True
    behind = words_of(reading, run.end, min(run.end + 30, len(reading.lower)))[:2]
    place = run.end
    for word in behind:
        if not word.capital or reading.lower[place : word.start] not in (" ", "-"):
            break
        if word.text in _FACILITIES:
            return True
        place = word.end
    before = words_of(reading, max(0, start - 50), start)[-_FAR_BEFORE:]
    for at in range(len(before) - 1, -1, -1):
        if before[at].text in _FACILITIES:
            return not any(mark in reading.lower[before[at].end : start] for mark in ",;:.()")
        if at <= len(before) - 2 and before[at].text not in _CONNECTORS:
            near = before[at].capital or (before[at - 1].text in _CONNECTORS)
            if not near:
                return False
    return False


def is_person(reading: Reading, run: Run) -> bool:
    """Tell whether a run without title is a person's: by first name, state or speech."""
    if run.words[0].text in _GIVEN or _has_origin(reading, run):
        return True
    behind = reading.lower[run.end : run.end + 6]
    if behind.startswith(" (") and reading.matches("country", run.end + 2, run.end + 30):
        return True
    if len(run.words) > 1 and behind.startswith(" of ") and _is_from(reading, run):
        return True
    if _in_brackets(reading, run):
        return True
    if len(run.words) > 1 and state_of_nature(reading, run.end) is not None:
        return True
    said = behind in (" said ", " said.", " said,")
    said = said or reading.lower[max(0, run.start - 5) : run.start] == "said "
    return said and len(run.words) == _TWO_WORDS


def _in_brackets(reading: Reading, run: Run) -> bool:
    """Tell whether a run stands in brackets behind a state, as in "ministers of Mali (X)"."""
    lower = reading.lower
    if len(run.words) == 1 or lower[run.start - 1] != "(" or lower[run.end : run.end + 1] != ")":
        return False
    states = reading.matches("country", max(0, run.start - 40), run.start)
    if not states or lower[states[-1].end : run.start] != " (":
        return False
    sentence = reading.sentence_at(run.start)
    return bool(reading.matches("offices", sentence.start if sentence else 0, run.start))


def _is_from(reading: Reading, run: Run) -> bool:
    """Tell whether a state follows a short run ("Viktor Khrenin of Belarus")."""
    states = reading.matches("country", run.end + 3, run.end + 30)
    if not states or len(run.words) > _LONGEST_BARE:
        return False
    gap = reading.lower[run.end : states[0].start]
    return gap in (" of ", " of the ")


def _has_origin(reading: Reading, run: Run) -> bool:
    """Tell whether a state stands before a run: "Chad's …", "l'Américain …"."""
    origin = reading.of_kinds(("country", "demonym"), max(0, run.start - 30), run.start)
    if not origin or origin[-1].payload.get("vague"):
        return False
    gap = reading.lower[origin[-1].end : run.start]
    at = int(reading.folded.offsets[origin[-1].start])
    segment = reading.segment_at(run.start)
    noun = segment is not None and segment.lang == "fr" and reading.text[at].isupper()
    return gap in ("'s ", "' ") or (gap == " " and origin[-1].kind == "demonym" and noun)
