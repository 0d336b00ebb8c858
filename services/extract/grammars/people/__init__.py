"""People: titles, names, and the part each person played."""

from __future__ import annotations

from services.extract.certainty import confidence_of
from services.extract.grammars.people.cast import Cast, cast_of
from services.extract.grammars.people.individual import Individual
from services.extract.grammars.people.roles import roles_of
from services.extract.reading import Reading
from shared.record import Evidence, Person, Role


def read_people(reading: Reading) -> tuple[Person, ...]:
    """Return every named person of the text once, with office, country and role."""
    cast: Cast = cast_of(reading)
    roles = roles_of(reading, cast)
    return tuple(_person(reading, person, roles[index]) for index, person in enumerate(cast.people))


def _person(reading: Reading, person: Individual, role: Role) -> Person:
    name = reading.original(*person.fullest.name)
    rule = person.filled or (person.titled or person.fullest).rule
    return Person(
        name=" ".join(name.split()),
        title=_title(reading, person),
        country=person.country,
        role=role,
        evidence=_evidence(reading, person),
        basis="inferred" if person.filled else "explicit",
        confidence=confidence_of(rule),
        rule=rule,
    )


def _title(reading: Reading, person: Individual) -> str | None:
    naming = person.titled
    if naming is None or naming.title is None:
        return None
    return reading.evidence(*naming.title).text or None


def _evidence(reading: Reading, person: Individual) -> tuple[Evidence, ...]:
    return tuple(reading.evidence(n.start, n.end) for n in person.namings)
