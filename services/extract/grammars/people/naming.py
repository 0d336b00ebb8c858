"""A naming: one place where the text names a person, with the office beside the name."""

from __future__ import annotations

from dataclasses import dataclass

from services.extract.matching import Match


@dataclass(slots=True, eq=False)
class Naming:
    """A name and its title; all places are folded characters, ends exclusive.

    `start` and `end` take in titles on both sides; `offices` and `honorifics` are those of the
    titles. `title` is the span of the office, if any. `country` is what the title tells, `holder`
    the state that a widely known person of this name serves. `shared`: the title stands before
    another name of the list.
    """

    start: int
    end: int
    name: tuple[int, int]
    words: tuple[str, ...]
    script: str
    offices: tuple[Match, ...] = ()
    honorifics: tuple[Match, ...] = ()
    title: tuple[int, int] | None = None
    country: str | None = None
    counterpart: bool = False
    holder: str | None = None
    shared: bool = False

    @property
    def national(self) -> bool:
        """Tell whether the office is one of a state, so that a country may be filled in."""
        return any(office.payload.get("national") for office in self.offices)

    @property
    def at_home(self) -> bool:
        """Tell whether an office of a state is held in it, as those of envoys are not."""
        offices = [o for o in self.offices if o.payload.get("national")]
        return any(not o.payload.get("abroad") for o in offices)

    @property
    def official(self) -> bool:
        """Tell whether an office of a state, or a noble style without office, is told."""
        return self.national or (self.noble and not self.offices)

    @property
    def noble(self) -> bool:
        """Tell whether a noble style stands before the name ("Prince Khalid")."""
        return any(h.payload.get("sort") == "noble" for h in self.honorifics)

    @property
    def rule(self) -> str:
        """The name of the construction by which this naming was read, as confidence knows it."""
        if self.title is None:
            if self.honorifics:
                return "people: rank or style before the name"
            if self.holder:
                return "people: widely known name"
            return "people: state beside the name" if self.country else "people: first name"
        if self.counterpart:
            return "people: counterpart"
        if self.shared:
            return "people: office shared in a list"
        if any(o.kind == "offices" for o in self.offices):
            return "people: plural office before the names"
        behind = self.title[0] >= self.name[1]
        return f"people: title {'behind' if behind else 'before'} the name"
