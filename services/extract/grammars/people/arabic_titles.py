"""A title in Arabic as it is being read: offices, styles and ranks in a chain."""

from __future__ import annotations

from dataclasses import dataclass

from services.extract.matching import Match


@dataclass(slots=True)
class Title:
    """A title as far as it was read: its matches, where it ends, if a foreign name may follow.

    `apart`: a comma stands before one of its styles.
    """

    chain: list[Match]
    end: int
    complete: bool = False
    apart: bool = False

    @property
    def offices(self) -> tuple[Match, ...]:
        """The offices of the chain, in their order."""
        return tuple([m for m in self.chain if m.kind != "honorific"])

    @property
    def honorifics(self) -> tuple[Match, ...]:
        """The styles and ranks of the chain, in their order."""
        return tuple([m for m in self.chain if m.kind == "honorific"])

    @property
    def office_end(self) -> int:
        """Where the office ends and the rank or style of its holder begins."""
        last = self.offices[-1].start
        return next((m.start for m in self.honorifics if m.start > last), self.end)

    @property
    def ends_in_honorific(self) -> bool:
        """Whether a style or rank comes last, so that a name is due."""
        last = self.chain[-1]
        return last.kind == "honorific" and last.payload.get("sort") != "modifier"

    @property
    def noble(self) -> bool:
        """Whether a prince, sheikh or king is named, for whom one name is enough."""
        return any(m.payload.get("sort") == "noble" for m in self.honorifics)
