"""Who met: the ministers, heads of state or officials whose meeting it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from services.extract.grammars.body_offices import body_of_offices
from services.extract.grammars.coalition_names import named_in
from services.extract.grammars.events import Stretch, matches_in
from services.extract.matching import Match
from services.extract.reading import Reading

_LEAD = 3  # sentences whose words count double
_NEAR = 50
_LEAST = 0.3  # what a mention far from any word of meeting or coalition weighs
_ENOUGH = 0.75  # what one mention beside a word of meeting weighs, half of one in the lead
_SIDE_BY_SIDE = 100
_LEVELS = {
    0: 0.01,
    0.5: 0.03,
    1: 0.3,
    1.2: 0.4,
    1.5: 0.6,
    3: 2.0,
}  # what tells less than another gives way to it
_AT_LEVEL = re.compile(r"(?:\bat (?:the )?|au niveau (?:de |des |d')?|علي مستوي )(?:the )?$")
# Another meeting than this one, or those who are told of this one.
_ELSEWHERE = re.compile(
    r"(?:\b(?:after|before|ahead of|followed|following|next|coming|upcoming|future|call\w* for|"
    r"a la suite d[ue]?|suite aux?|avant|apres|prochaine?|futur|future|tenue|appel\w* a)\s|"
    r"(?:اعقب\w*|عقب|قبل|قبيل|بعد|يسبق\w*|سبق\w*|الي|المقبل\w*|القادم\w*)\s)[^.;,]{0,25}$"
)
# The meeting followed theirs, or theirs is to follow: they are none of it.
_OF_ANOTHER = re.compile(
    r"(?:\b(?:avant qu(?:e|')|followed by|suivie? (?:de|d'|par))|(?:الذي|التي) [ات]عقبت?)"
    r"\s*[^.;,]{0,20}$|\b(?:mission|delegation|equipe|team|visite)\s(?:[\w-]+\s){0,2}(?:de|of)\s$"
)
_CHARGED = re.compile(  # with a task, by those who met
    r"(?:\b(?:direct|task|instruct|mandat|order|charg|invit|request)\w*|"
    r"(?:^|\s)[وف]?(?:كلف\w*|اوعز\w*|وجهوا|يوجهون|طلبوا من|فوضوا|تكليف|بتكليف))"
    r"\s(?:(?:the|their|les|leurs|a|aux)\s)?(?:\w+\s)?$"
)
_HAD_MET = re.compile(  # they met before this meeting, for its sake
    r"[^.;,]{0,45}\b(?:ont prepare|avaient prepare|prepared the|"
    r"had (?:met|prepared|gathered|convened)|"
    r"s'etaient (?:reunis|retrouves)|met (?:the day|a day|a week|earlier)|"
    r"(?:كانوا )?قد (?:اجتمعوا|التقوا|عقدوا|حضروا|مهدوا))\b"
)
_COUNTED_AMONG = re.compile(
    r"(?:\b(?:dont|parmi lesquels|includ\w+|of whom|among them)|(?:من )?بين(?:هم|ها)|منهم)\s+"
    r"(?:\d+|[\w-]+)\s+$"
)
_OWNER = re.compile(r"\b(?:of (?:the )?|du |des |de la )$")
_TO_THEM = re.compile(r"(?:\b(?:to (?:the )?|aux )|(?:^|\s)الي )(?:\w+\s){0,1}$")


def read_body(
    reading: Reading, stretches: Sequence[Stretch], everything: Sequence[Stretch]
) -> tuple[str, tuple[int, int]] | None:
    """Return the body (record vocabulary) and the folded span of its first naming, or None.

    `stretches` tell of the meeting; in `everything` only the offices of single persons are read.
    What tells more (foreign ministers) is taken before what tells less (ministers).
    """
    fitting = _fitting(reading)
    votes: dict[str, float] = defaultdict(float)
    telling: dict[str, float] = defaultdict(float)
    spans: dict[str, tuple[int, int]] = {}
    for rank, stretch in enumerate(stretches):
        for match in matches_in(reading, "body", stretch):
            body = fitting(match)
            weight = _weight(reading, stretch, match, is_lead=rank < _LEAD) if body else 0.0
            if weight:
                votes[body] += weight
                if match.payload.get("specific", 2) > 1:
                    telling[body] += weight
                spans.setdefault(body, (match.start, match.end))
    if max(votes.values(), default=0.0) < _LEAST and "other" not in votes:
        named = body_of_offices(reading, everything)
        if named:
            return named
    best = _best(votes, telling, spans) if votes else None
    if best and best[0] == "ministers" and not telling:  # of what, their offices may tell
        named = body_of_offices(reading, everything)
        return named if named and named[0].endswith("_ministers") else best
    return best


def _fitting(reading: Reading) -> Callable[[Match], str]:
    """Return what gives the body that a naming means in this text; empty for none.

    The defence chiefs are of the armies where others are (`or`), and a small group (`of`) is one
    where the coalition is named that has it.
    """
    sure = {m.id for m in reading.matches("body") if m.payload.get("specific", 2) > 1}
    owners = {m.id for m in named_in(reading, 0, len(reading.lower))}

    def body_of(match: Match) -> str:
        if "of" in match.payload and owners.isdisjoint(match.payload["of"]):
            return ""
        other = match.payload.get("or")
        return other if other in sure else match.id

    return body_of


def _best(
    votes: Mapping[str, float],
    telling: Mapping[str, float],
    spans: Mapping[str, tuple[int, int]],
) -> tuple[str, tuple[int, int]]:
    """Return the body that most votes are for, and its span; `telling` are those of portfolios."""
    if max(telling.values(), default=0.0) >= _ENOUGH:
        votes = telling  # "the ministers" are then those named before
    best = max(votes, key=lambda body: (votes[body], -spans[body][0]))
    if votes.get("small_group", 0.0) * 2 >= votes[best]:
        best = "small_group"  # whatever the level at which it meets
    elif best == "chiefs_of_staff":
        best = _beside_ministers(spans) or best
    if _several_portfolios(spans, best):
        return "ministers", spans[best]
    return best, spans[best]


def _weight(reading: Reading, stretch: Stretch, match: Match, *, is_lead: bool) -> float:
    """Return how much a naming tells; 0 for what names no body here."""
    level = float(match.payload.get("specific", 2))
    if level < 0:
        return 0.0
    near = (max(0, match.start - _NEAR), match.end + _NEAR)
    meets = bool(reading.matches("meeting", *near))
    tied = meets or (is_lead and stretch.names) or bool(reading.matches("coalition", *near))
    if match.payload.get("marked") and not meets and not (is_lead and tied):
        return 0.0
    if stretch.ahead and not is_lead:
        return 0.0 if level else 0.001  # a meeting to come
    weight = _LEVELS.get(level, 1.0) * (2.0 if is_lead else 1.0) * (1.5 if tied else 0.5)
    return weight * _standing(reading, stretch, match)


def _standing(reading: Reading, stretch: Stretch, match: Match) -> float:
    """Return a factor: who meets or acts counts more, who is elsewhere or only told less."""
    text, low = reading.lower, max(0, stretch.start - 1, match.outer - 45)
    if _AT_LEVEL.search(text, low, match.outer):
        return 3.0
    if _OF_ANOTHER.search(text, low, match.outer) or _CHARGED.search(text, low, match.outer):
        return 0.0
    if _ELSEWHERE.search(text, low, match.outer) or _TO_THEM.search(text, low, match.outer):
        return 0.1
    if _HAD_MET.match(text, match.end, stretch.end):
        return 0.1
    if _COUNTED_AMONG.search(text, low, match.outer):
        return 0.1  # 47 ministers, of whom 38 of foreign affairs
    if match.lang == "ar":
        acting = reading.matches("act", max(stretch.start, match.outer - 20), match.outer)
    else:
        acting = reading.matches("act", match.end, min(stretch.end, match.end + 30))
    meeting = reading.matches("meeting", max(stretch.start, match.outer - 25), match.outer)
    if _OWNER.search(text, low, match.outer) and not meeting:
        return 0.4  # the rules of procedure of the Council
    return 2.0 if acting or meeting else 1.0


def _beside_ministers(spans: Mapping[str, tuple[int, int]]) -> str | None:
    """Return the ministers whose chiefs of staff are only named with them."""
    place = spans["chiefs_of_staff"][0]
    for body, span in spans.items():
        if body.endswith("_ministers") and 0 < place - span[1] < _NEAR:
            return body
    return None


def _several_portfolios(spans: Mapping[str, tuple[int, int]], best: str) -> bool:
    """Tell whether ministers of another portfolio are named beside the best: it is of both."""
    if not best.endswith("_ministers"):
        return False
    place = spans[best][0]
    return any(
        body != best and body.endswith("_ministers") and abs(span[0] - place) < _SIDE_BY_SIDE
        for body, span in spans.items()
    )
