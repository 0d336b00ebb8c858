"""Which of several values of a field is chosen, and which are kept as differing claims.

A coarser value does not differ from a finer one: February 2024 speaks for 3 February 2024, Saudi
Arabia for Riyadh, "ministers" for foreign ministers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from services.store.backing import Backing, Backings, together
from shared.meeting import Claim
from shared.text import fold_text

Value = TypeVar("Value")
_PORTFOLIOS = {"foreign_ministers", "defence_ministers", "interior_ministers"}


def chosen(name: str, backings: Backings) -> Any:
    """Return the best-supported value of a field, None if no document gives one."""
    ranked = _ranked(name, backings)
    return ranked[0][0] if ranked else None


def claims_of(name: str, backings: Backings) -> tuple[Claim, ...]:
    """Return every claim that differs from the others, the chosen one first."""
    return tuple(
        Claim.model_construct(
            value=value,
            documents=tuple(sorted(backing.documents)),
            basis=backing.basis,
            confidence=backing.confidence,
            evidence=backing.evidence,
        )
        for value, backing in _ranked(name, backings)
    )


def first_given(values: Iterable[Value | None]) -> Value | None:
    """Return the first value that is not None."""
    return next((value for value in values if value is not None), None)


def _ranked(name: str, backings: Backings) -> list[tuple[Any, Backing]]:
    """Return the finest values, each with the support of the coarser ones, the best first."""
    spelt = _one_spelling(backings)
    finest = [v for v in spelt if not any(_finer(name, other, v) for other in spelt)]
    supported = [
        (value, together([spelt[value], *(spelt[v] for v in spelt if _finer(name, value, v))]))
        for value in finest
    ]
    # A coarser value may be the best word for two finer ones: their own words tell them apart.
    return sorted(supported, key=lambda pair: _rank(spelt[pair[0]], pair[1], pair[0]))


def _rank(own: Backing, supported: Backing, value: Any) -> tuple[Any, ...]:
    inferred, kind, _, *rest = own.order
    return (inferred, kind, -len(supported.documents), *rest, repr(value))


def _one_spelling(backings: Backings) -> Backings:
    """Join values that differ in accents, case or the like, under the best one's spelling."""
    if len(backings) < 2:
        return backings
    spelt: dict[Any, list[tuple[Any, Backing]]] = {}
    for value, backing in backings.items():
        spelt.setdefault(_folded(value), []).append((value, backing))
    return {
        min(same, key=lambda pair: pair[1].order)[0]: together([backing for _, backing in same])
        for same in spelt.values()
    }


def _folded(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_folded(part) for part in value)
    return fold_text(value).replace("'", "") if isinstance(value, str) else value


def _finer(name: str, fine: Any, coarse: Any) -> bool:
    """Tell whether `fine` says the same as `coarse`, and more."""
    if fine == coarse:
        return False
    if name == "body":
        return coarse == "ministers" and fine in _PORTFOLIOS
    if name in {"start_date", "end_date"}:
        return str(fine).startswith(str(coarse))
    if name == "dates":
        return all(str(f).startswith(str(c)) for f, c in zip(fine, coarse, strict=True))
    if name == "place":
        return all(c is None or f == c for f, c in zip(fine, coarse, strict=True))
    return False
