"""Resolutions cited: قرار مجلس الأمن رقم (2254), UNSCRs 2170 (2014) and 2249 (2015)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.extract.certainty import confidence_of
from services.extract.matching import Match
from services.extract.reading import Reading
from shared.record import Resolution

_FIRST = re.compile(
    r"[\s:]*(?:رقم|الرقم|ذي الرقم|nos?\.?|n°|numero|number)?\s*\(?\s*(\d{1,4})(?!\d|/\d)\s*\)?"
)
_YEAR = re.compile(r"\s*(?:\(\s*\d{4}\s*\)|لعام\s*\d{4}|لسنه\s*\d{4}|of \d{4}|de \d{4})")
_NEXT = re.compile(
    r"\s*(?:,|;|و|and|et|or)(?:\s*(?:و|and|et))?\s*(?:(?:ال)?قرار(?:ات)?\s*(?:رقم)?\s*|resolutions?\s*)?"
    r"\(?\s*(\d{1,4})(?!\d|/\d)\s*\)?"
)
# Resolution No. 8914 of the Arab League: the body named behind is another than the Council.
_OF_ANOTHER = re.compile(
    r"\s*(?:of|by|du|de la|de l'|الصادر\w* عن)\s*(?:the\s+)?(?:conseil\s+|مجلس\s+)?"
    r"(?:(?P<las>arab league|ligue (?:arabe|des etats arabes)|league of arab states|"
    r"(?:جامعه الدول|الجامعه) العربيه)|"
    r"(?:\w+\s)?(?:parliament|congress|conference|senate|assembly|committee|parlement|congres|"
    r"conference|assemblee|comite|البرلمان|المجلس التشريعي|الموتمر|اللجنه))\b"
)
_TOLD = "resolutions: number behind its word"
_INFERRED = "resolutions: body inferred"
_COUNCIL_FROM = 100  # lower numbers without a body named are clauses, decisions, lists


def read_resolutions(reading: Reading) -> tuple[Resolution, ...]:
    """Return each resolution cited once, in the order of the text."""
    found: dict[tuple[str, int], Resolution] = {}
    read_until = 0
    for trigger in reading.matches("resolution"):
        if trigger.start < read_until:
            continue  # its number was read as one of a list
        joined = reading.lower[trigger.outer - 1 : trigger.outer] == "-"  # high-resolution
        if joined or not reading.is_read(trigger.start):
            continue
        body = trigger.payload.get("body")
        for number, end in _numbers(reading.lower, trigger):
            read_until = end
            if body in (None, "UNSC") and number < _COUNCIL_FROM:
                continue
            other = _OF_ANOTHER.match(reading.lower, end) if body is None else None
            if other and not other["las"]:
                continue
            key = (str(body or ("LAS" if other else "UNSC")), number)
            if key not in found:
                rule = _TOLD if body else _INFERRED
                found[key] = Resolution(
                    body=key[0],
                    number=number,
                    evidence=(reading.evidence(trigger.start, end),),
                    basis="explicit" if body else "inferred",
                    confidence=confidence_of(rule),
                    rule=rule,
                )
    return tuple(found.values())


def _numbers(text: str, trigger: Match) -> Iterator[tuple[int, int]]:
    """Yield the numbers behind a trigger, each with the end of its words."""
    at = _FIRST.match(text, trigger.end)
    while at:
        year = _YEAR.match(text, at.end())
        end = year.end() if year else at.end()
        yield int(at[1]), end
        at = _NEXT.match(text, end)
        if at and int(at[1]) < _COUNCIL_FROM:
            return
