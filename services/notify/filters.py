"""What an alert must be about. Pure: an event passes a filter or not, with nothing else to ask.

A filter that is left out is open. Values of one filter are alternatives, and all filters that are
given must agree. What is not known does not pass: a statement whose place nobody told is not about
the host asked for.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from services.notify.names import words_of
from shared.record import Body, FocusAreaId, Frozen, Language

_MOST = 300  # values in one filter: more than there are countries
CoalitionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Country = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{2}$")]
Currency = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{3}$")]


def _has_words(name: str) -> str:
    if not words_of(name):
        raise ValueError("a name has letters")
    return name


def _plain_day(value: object) -> object:
    """Take a day for a day only: pydantic would read 20240201 as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and len(value) == len("2024-02-01")):
        return value
    raise ValueError("a day is written YYYY-MM-DD")


def is_code(donor: str) -> bool:
    """Tell whether a donor is given by the code of a country, not by name."""
    return len(donor) == len("XX") and donor.isascii() and donor.isalpha()


def _code_or_name(donor: str) -> str:
    return donor.upper() if is_code(donor) else donor


PersonName = Annotated[str, StringConstraints(max_length=200), AfterValidator(_has_words)]
# A country by its code, or words of a name, as in "European Union".
Donor = Annotated[PersonName, AfterValidator(_code_or_name)]


class LeastPledge(Frozen):
    """A pledge of at least `amount` in `currency` (ISO 4217); currencies are not converted."""

    amount: float = Field(gt=0, allow_inf_nan=False)
    currency: Currency


class Filters(Frozen):
    """What an alert must be about; what is left out is open.

    Countries are ISO 3166-1: `hosts` is where the meeting was or who hosted it, `participants`
    whose office-holders took part, `countries` either of them; `donors` who pledged, by country or
    by name.
    `languages` are those of the document that brought the news. `people` are whole
    words of names, in any script. `donors` and `min_pledges` ask about one and the
    same pledge. `min_confidence` (0 to 1) leaves out meetings that are less sure, and values that
    are. `since` leaves out meetings that ended before that day; where the meeting's date is not
    known, the publication's counts.
    """

    coalitions: tuple[CoalitionId, ...] = Field(default=(), max_length=_MOST)
    countries: tuple[Country, ...] = Field(default=(), max_length=_MOST)
    hosts: tuple[Country, ...] = Field(default=(), max_length=_MOST)
    participants: tuple[Country, ...] = Field(default=(), max_length=_MOST)
    donors: tuple[Donor, ...] = Field(default=(), max_length=_MOST)
    bodies: tuple[Body, ...] = Field(default=(), max_length=_MOST)
    focus_areas: tuple[FocusAreaId, ...] = Field(default=(), max_length=_MOST)
    languages: tuple[Language, ...] = ()
    people: tuple[PersonName, ...] = Field(default=(), max_length=_MOST)
    min_pledges: tuple[LeastPledge, ...] = Field(default=(), max_length=_MOST)
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    since: Annotated[date, BeforeValidator(_plain_day)] | None = None
