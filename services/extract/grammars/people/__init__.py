"""People: titles, names, and the part each person played."""

from __future__ import annotations

from collections.abc import Callable

from services.extract.certainty import confidence_of
from services.extract.grammars.people.cast import Cast, cast_of
from services.extract.grammars.people.individual import Individual
from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.roles import roles_of
from services.extract.reading import Reading
from shared.record import Person, Role

# What `Person(...)` does, without a call of its own around it.
_validated: Callable[[object], Person] = Person.__pydantic_validator__.validate_python


def read_people(reading: Reading) -> tuple[Person, ...]:
    """Return every named person of the text once, with office, country and role."""
    cast: Cast = cast_of(reading)
    roles = roles_of(reading, cast)
    return tuple([_person(reading, p, roles[i]) for i, p in enumerate(cast.people)])


def _person(reading: Reading, person: Individual, role: Role) -> Person:
    fullest, titled = person.fullest, person.titled
    rule = person.filled or (titled or fullest).rule
    name = reading.original(*fullest.name)
    values = {
        "name": " ".join(name.split()),
        "title": _title(reading, titled),
        "country": person.country,
        "role": role,
        "evidence": tuple([reading.evidence(n.start, n.end) for n in person.namings]),
        "basis": "inferred" if person.filled else "explicit",
        "confidence": confidence_of(rule),
        "rule": rule,
    }
    return _validated(values)


def _title(reading: Reading, titled: Naming | None) -> str | None:
    """Return the words of a title, without spaces and commas around; None where there is none."""
    if titled is None or titled.title is None:
        return None
    return reading.trimmed(*titled.title) or None
