"""What an event tells, as filters ask for it; each thing found out when it is first asked. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cached_property

from services.notify.names import Words, words_of
from shared.events import RecordStored
from shared.meeting import MergedMeeting
from shared.record import Pledge


class Told:
    """One event: what it is about, and at which day."""

    def __init__(self, event: RecordStored) -> None:
        self._event = event
        self._meeting = event.meeting
        self._values: dict[float, Values] = {}
        self.coalition = event.meeting.coalition_id if event.meeting else None
        self.body = event.meeting.body if event.meeting else None

    def at(self, sure: float) -> Values:
        """Return the meeting's values that are at least so sure, in [0, 1]."""
        if sure not in self._values:
            self._values[sure] = Values(self._meeting, sure)
        return self._values[sure]

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of the document that brought the news."""
        return frozenset((self._event.document.language, *self._event.document.languages))

    @cached_property
    def day(self) -> date | None:
        """The last day that the meeting may have been on, else that it was reported on."""
        published = last_day(self._event.document.published)
        if self._meeting is None:
            return published
        of_sources = (last_day(source.published) for source in self._meeting.sources)
        return (
            last_day(self._meeting.end_date or self._meeting.start_date)
            or published
            or max(filter(None, of_sources), default=None)
        )

    @cached_property
    def certainty(self) -> float | None:
        """How sure the least sure of the meeting's own facts is; None if none is told."""
        return certainty(self._meeting) if self._meeting else None


class Values:
    """What a meeting tells with at least some confidence."""

    def __init__(self, meeting: MergedMeeting | None, sure: float) -> None:
        self._place = meeting.country if meeting else None
        self._people = [p for p in (meeting.people if meeting else ()) if p.confidence >= sure]
        self._areas = [a for a in (meeting.focus_areas if meeting else ()) if a.confidence >= sure]
        self.pledges: list[Pledge] = [
            pledge for pledge in (meeting.pledges if meeting else ()) if pledge.confidence >= sure
        ]

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Where the meeting was, and who hosted it."""
        hosting = (person.country for person in self._people if person.role == "host")
        return frozenset(country for country in (self._place, *hosting) if country)

    @cached_property
    def participants(self) -> frozenset[str]:
        """Whose office-holders took part: not of whom was only mentioned."""
        there = (person.country for person in self._people if person.role != "mentioned")
        return frozenset(country for country in there if country)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Hosts and participants."""
        return self.hosts | self.participants

    @cached_property
    def focus_areas(self) -> frozenset[str]:
        """The fields of work that were addressed."""
        return frozenset(area.id for area in self._areas)

    @cached_property
    def names(self) -> list[Words]:
        """The words of every name that is told, also of whom is only mentioned."""
        names = (name for person in self._people for name in (person.name, person.name_en))
        return [words_of(name) for name in names if name]


def certainty(meeting: MergedMeeting) -> float | None:
    """Return how sure the least sure of a meeting's own facts is; None if none is told."""
    return min(meeting.confidence.values(), default=None)


def last_day(told: str | None) -> date | None:
    """Return the last day that `YYYY-MM-DD`, `YYYY-MM` or `YYYY` can mean, None if it is no date.

    A meeting "in 2024" may be younger than May 2024: to leave it out could lose news.
    """
    try:
        year, month, day = (*map(int, (told or "").split("-")), 0, 0)[:3]
        month = month or 12
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
