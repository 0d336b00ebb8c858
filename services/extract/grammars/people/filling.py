"""Countries that no title tells: filled in from holders, neighbours and the dateline."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from services.extract.grammars.people.clause_states import state_of_clause
from services.extract.grammars.people.countries import is_attributed
from services.extract.grammars.people.elsewhere import unnamed_offices
from services.extract.grammars.people.home import home_country, serves_state
from services.extract.grammars.people.individual import Individual
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.words import names, words_of
from services.extract.reading import Reading

_FAR = sys.maxsize
_STEM = 5  # letters: defence and defense are one portfolio
_NO_PORTFOLIO = frozenset(("natio", "minis", "secre", "deput"))
_FOR = ("representing", "representant", "on behalf of", "au nom de", "ممثلا ل")
_AND = (" and ", " et ", ", and ", " و")


def fill_countries(reading: Reading, people: Sequence[Individual]) -> None:
    """Give each the country its titles tell; for offices of a state, else the nearest one told."""
    ends = sorted((n.end, index) for index, person in enumerate(people) for n in person.namings)
    meant = _meant_by_office(reading, people)
    for person in people:
        told = [n.country for n in person.namings if n.country]
        if told:
            person.country = told[0]
            continue
        at = bisect_right(ends, (person.namings[0].start, len(people))) - 1
        before = (people[ends[at][1]], ends[at][0]) if at >= 0 else None
        if id(person) in meant:
            person.country, person.filled = person.holder, "people: office told elsewhere"
            continue
        for rule, country in _untold(reading, person, before):
            if country:
                person.country, person.filled = country, rule
                break


def _meant_by_office(reading: Reading, people: Sequence[Individual]) -> frozenset[int]:
    """Return the ids of known persons whose office stands elsewhere without a name.

    ("Macron … le président français"). Of several of one state it is who is named nearest.
    """
    bare = [p for p in people if p.holder and p.titled is None]
    if not bare:
        return frozenset()
    places = unnamed_offices(reading, (n for p in people for n in p.namings))
    nearest: dict[str, tuple[int, int]] = {}
    for person in bare:
        state = str(person.holder)
        gaps = [abs(at - n.start) for at in places.get(state, ())[:8] for n in person.namings[:8]]
        if gaps and min(gaps) < nearest.get(state, (_FAR, 0))[0]:
            nearest[state] = min(gaps), id(person)
    return frozenset(index for _, index in nearest.values())


def _untold(
    reading: Reading, person: Individual, before: tuple[Individual, int] | None
) -> Iterator[tuple[str, str | None]]:
    """Yield the states that a person without one may serve, each with its rule, likeliest first."""
    if person.holder and _serves(reading, person):
        yield "people: state of a known holder", person.holder
    official = [
        n
        for n in person.namings
        if (n.national or serves_state(reading, n)) and not _of_body(reading, n)
    ]
    first = person.namings[0]
    if not first.shared and not _of_body(reading, first):
        floor = before[1] if before else 0
        yield "people: state of the clause", state_of_clause(reading, first, floor)
    if official and not any(n.shared for n in official):
        yield "people: state of the neighbour", _of_neighbour(reading, person, before)
    if any((n.at_home or not n.national) and not _of_several(n) for n in official):
        yield "people: state of the dateline", home_country(reading)
    if person.titled is None:
        yield "people: state announced", _announced(reading, person)


def _of_several(naming: Naming) -> bool:
    """Tell whether a title is of several heads of states, who are not all of one."""
    return any(o.kind == "offices" and o.id.startswith("head_of") for o in naming.offices)


def _serves(reading: Reading, person: Individual) -> bool:
    """Tell whether the text itself presents a widely known person as a state's."""
    if any(_of_body(reading, n) for n in person.namings):
        return False
    if any(n.official for n in person.namings):
        return True
    return any(is_attributed(reading, n) for n in person.namings)


def _of_body(reading: Reading, naming: Naming) -> bool:
    """Tell whether all offices of a naming are of a coalition or union: their titles name one."""
    if not naming.title:
        return False
    starts = [*(o.start for o in naming.offices), naming.end]
    bodies = reading.of_kinds(("coalition", "organisation"), naming.title[0], naming.end)
    if not bodies:
        words = {w.text for w in words_of(reading, *naming.title)}
        if not words.isdisjoint(names("unions")):
            return words.isdisjoint(names("affairs"))  # a minister of European affairs is a state's
        return not naming.at_home and not words.isdisjoint(names("alliances"))
    own = [
        office
        for office, end in zip(naming.offices, starts[1:], strict=True)
        if office.payload.get("national")
        and not any(office.start <= b.start < max(end, office.end) for b in bodies)
    ]
    return not own or bodies[0].start < naming.offices[0].start


def _of_neighbour(
    reading: Reading, person: Individual, before: tuple[Individual, int] | None
) -> str | None:
    """Return the country of the person named right before, joined by "and"; with where it ends."""
    if before is None or before[0].country is None:
        return None
    gap = reading.lower[before[1] : person.namings[0].start]
    abroad = any(n.national and not n.at_home for n in person.namings)
    if abroad and not any(n.national and not n.at_home for n in before[0].namings):
        return None
    if _alike_posts(reading, before[0], person):
        return None
    near = 0 < len(gap) < 60 and (
        any(joint in gap[-8:] for joint in _AND) or gap.strip(" ,") in _FOR
    )
    return before[0].country if near and "." not in gap.strip() else None


def _alike_posts(reading: Reading, one: Individual, other: Individual) -> bool:
    """Tell whether two persons hold one post, so of two states ("minister of defence" twice)."""
    titles = [p.titled.title for p in (one, other) if p.titled and p.titled.title]
    if len(titles) < 2 or titles[0] == titles[1]:
        return False
    first, second = (
        {w.text[:_STEM] for w in words_of(reading, *t) if len(w.text) >= _STEM} for t in titles
    )
    ids = [{o.id for n in p.namings for o in n.offices} for p in (one, other)]
    return bool(ids[0] & ids[1]) and second <= first | _NO_PORTFOLIO


def _announced(reading: Reading, person: Individual) -> str | None:
    """Return the state of an office that the sentence before announced ("Chad's president …")."""
    naming = person.namings[0]
    sentence = reading.sentence_at(naming.start)
    if sentence is None or sentence.index == 0 or naming.start > sentence.start or naming.title:
        return None
    before = reading.sentences[sentence.index - 1]
    for office in reading.matches("office", before.start, before.end)[:1]:
        origins = reading.of_kinds(("country", "demonym"), before.start, office.start)
        if origins and office.start - origins[-1].end < 12:
            return origins[-1].id
    return None
