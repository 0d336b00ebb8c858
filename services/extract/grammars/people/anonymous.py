"""Offices without a name: whom a text means by "the minister", or how it calls somebody."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.arabic_words import is_definite
from services.extract.grammars.people.cast import Cast
from services.extract.grammars.people.individual import Individual
from services.extract.grammars.people.words import names, words_of
from services.extract.reading import Reading

Span = tuple[int, int]

_ORIGINS = ("country", "demonym")
_VERBS = ("speech", "act", "role")
_BEFORE, _BEHIND = 25, 40
_PORTFOLIO = 6
_LOOK_BACK = 400
_LATEST_MENTIONS = 12
_APPOSITION = 140
_LOOSE = frozenset(("chair", "secretary_general", "commander", "director", "spokesman"))
_HEADS = ("head_of_state", "head_of_government")  # a "leader" is either


def holder_of(reading: Reading, cast: Cast, title: Span, last: int | None) -> int | None:
    """Return the index of the person meant by a title that names no state, or None.

    It is who last appeared with such an office, or `last`, the one who spoke last, if nothing
    told an office of theirs.
    """
    whole = whole_title(reading, title)
    if (named := _so_called(reading, cast, whole)) is not None:
        return named
    if _tells_state(reading, whole):
        return _known_holder(reading, cast, whole)
    ids = {m.id for m in reading.matches("office", *title)}
    found: list[int] = []
    for mention in reversed(cast.before(title[0], _LATEST_MENTIONS)):
        offices = {o.id for n in cast.people[mention.person].namings for o in n.offices}
        if ids & offices and mention.person not in found:
            found.append(mention.person)
    if found:
        return _likeliest(reading, cast, whole, found)
    return last if last is not None and cast.people[last].titled is None else None


def _so_called(reading: Reading, cast: Cast, title: Span) -> int | None:
    """Return the person beside whom the text has written the very same title of several words."""
    wanted = reading.lower[title[0] : title[1]]
    ids = {m.id for m in reading.matches("office", *title)}
    if " " not in wanted or not ids & _LOOSE:
        return None
    for mention in reversed(cast.before(title[0], _LATEST_MENTIONS)):
        sentence = reading.sentence_at(mention.start)
        end = min(mention.end + _APPOSITION, title[0], sentence.end if sentence else mention.end)
        place = reading.lower.find(wanted, mention.start, end)
        if place >= 0 and not _is_deputy(reading, place, place + len(wanted)):
            return mention.person
    return None


def _is_deputy(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a title belongs to a longer one, that of a deputy of its holder."""
    before, behind = reading.lower[:start].rsplit(None, 1)[-1:], words_of(reading, end, end + 12)
    after = [w.text for w in behind[:1]]
    return any(word in function_words("deputies") for word in (*before, *after))


def _likeliest(reading: Reading, cast: Cast, title: Span, found: Sequence[int]) -> int | None:
    """Return who of those with such an office is meant, the latest first: by portfolio, by state.

    A title that names no state is rather that of the state in which the text is written.
    """
    if len(found) == 1:
        return found[0]
    wanted = _title_words(reading, title)
    fitting = [i for i in found if wanted <= _words_of_titles(reading, cast.people[i])]
    own = [i for i in fitting if all(n.country is None for n in cast.people[i].namings)]
    return next(iter(own or fitting), None)


def _title_words(reading: Reading, title: Span) -> frozenset[str]:
    words = (w.text for w in words_of(reading, *title))
    return frozenset(w for w in words if w not in names("connectors"))


def _words_of_titles(reading: Reading, person: Individual) -> frozenset[str]:
    spans = [n.title for n in person.namings if n.title]
    return frozenset[str]().union(*(_title_words(reading, span) for span in spans))


def _known_holder(reading: Reading, cast: Cast, title: Span) -> int | None:
    """Return the one widely known person of the state of a title whom the text names bare."""
    states = {m.id for m in reading.of_kinds(_ORIGINS, *title)}
    ids = {m.id for m in reading.matches("office", *title)}
    heads = {*_HEADS} if ids & {*_HEADS, "chair"} else set()
    held = [i for i, p in enumerate(cast.people) if p.country in states and _offices(p) & heads]
    if len(held) == 1:
        return held[0]
    if (latest := _of_state(reading, cast, title, states)) is not None:
        return latest
    found = [
        index
        for index, person in enumerate(cast.people)
        if person.holder in states and person.titled is None
    ]
    return found[0] if len(found) == 1 else None


def _of_state(reading: Reading, cast: Cast, title: Span, states: set[str]) -> int | None:
    """Return who of a state last appeared with an office in all words of a title.

    "The Turkish minister" is the Turkish minister of foreign affairs; whose counterpart is told
    needs no office of the same words, but must be the only one of that state.
    """
    origins = reading.of_kinds(_ORIGINS, *title)
    told = frozenset[str]().union(*(_bare_words(reading, m.start, m.end) for m in origins))
    wanted = _bare_words(reading, *title) - told
    to_counterpart = any(m.payload.get("counterpart") for m in reading.matches("office", *title))
    found: list[int] = []
    for mention in reversed(cast.before(title[0], _LATEST_MENTIONS)):
        person = cast.people[mention.person]
        offices = _offices(person)
        if person.country not in states or not offices or mention.person in found:
            continue
        spans = [n.title for n in person.namings if n.title]
        held = frozenset[str]().union(*(_bare_words(reading, *span) for span in spans))
        if to_counterpart or offices == {"counterpart"} or wanted <= held:
            found.append(mention.person)
    return found[0] if found and not (to_counterpart and len(found) > 1) else None


def _bare_words(reading: Reading, start: int, end: int) -> frozenset[str]:
    """Return the words of a title without articles."""
    words = (w.text for w in words_of(reading, start, end))
    return frozenset(w.removeprefix("ال") for w in words if w not in names("connectors"))


def _offices(person: Individual) -> set[str]:
    return {office.id for naming in person.namings for office in naming.offices}


def full_title(reading: Reading, title: Span) -> Span:
    """Return a title with its state; that of its last full form where the text shortens it."""
    whole = whole_title(reading, title)
    if _tells_state(reading, whole):
        return whole
    ids = {m.id for m in reading.matches("office", *title)}
    for office in reversed(reading.matches("office", max(0, title[0] - _LOOK_BACK), title[0])):
        full = whole_title(reading, (office.start, office.end))
        if office.id in ids and _tells_state(reading, full):
            return full
    return whole


def whole_title(reading: Reading, title: Span) -> Span:
    """Widen an office to the state before it, and to the portfolio and the state behind it."""
    start, end = title
    sentence = reading.sentence_at(start)
    floor, ceiling = (sentence.start, sentence.end) if sentence else title
    end = _portfolio_end(reading, end, min(end + _BEHIND, ceiling))
    for match in reading.of_kinds(_ORIGINS, max(floor, start - _BEFORE), start):
        if len(words_of(reading, match.end, start)) <= 2:
            start = min(start, match.start)
    for match in reading.of_kinds(_ORIGINS, end, min(end + _BEHIND, ceiling)):
        if (
            len(words_of(reading, end, match.start)) <= 3
            and "," not in reading.lower[end : match.start]
        ):
            return start, match.end
    return start, end


def _portfolio_end(reading: Reading, end: int, ceiling: int) -> int:
    """Return where the portfolio behind an office ends: definite words, or capitals."""
    for word in words_of(reading, end, ceiling)[:_PORTFOLIO]:
        if reading.lower[end : word.start].strip(" '") or word.end >= ceiling:
            break
        arabic = word.text[0] >= "\u0600"
        if arabic and (not is_definite(word.text) or word.text in names("times_ar")):
            break
        if reading.of_kinds(_VERBS, word.start, word.end):
            break
        if arabic or word.capital:
            end = word.end
        elif word.text not in names("connectors"):
            break
    return end


def _tells_state(reading: Reading, span: Span) -> bool:
    return bool(reading.of_kinds(_ORIGINS, *span))
