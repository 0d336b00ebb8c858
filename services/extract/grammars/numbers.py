"""Numbers of a text, in digits and in words: 2,4 milliards, مئتا مليون, quarante et un."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extract.matching import Match
from services.extract.reading import Reading

# The first digit stands before the alternatives, so that the engine skips to digits.
# A group of three digits behind a space, a comma or a point; else a comma or point is decimal.
_DIGITS = re.compile(
    r"\d(?:\d{0,2}(?:([ ,.'])\d{3})(?:\1\d{3})*(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d*(?:[.,]\d{1,3})?(?!\d))"
)
_GROUPED = re.compile(r"(\d{1,3}(?:[ ,.']\d{3})+)(?:[.,](\d{1,2}))?")
# A smaller scale in digits goes on a larger one: 148 مليونا و712 الف, مليار و600 مليون.
_AND_DIGITS = {
    1e6: re.compile(r" و ?(?=\d{1,3} (?:الف|الاف)\b)"),
    1e9: re.compile(r" و ?(?=\d{1,3} (?:مليون|ملايين|الف|الاف))"),
}
_GAP = re.compile(r"\s*-?\s*(?:(?:و|et|and)\s*)?-?\s*")


@dataclass(slots=True, eq=False)
class Number:
    """A number read from `[start, end)` of the folded text; `about` for words like cinquantaine."""

    value: float
    start: int
    end: int
    about: bool = False
    in_words: bool = False


@dataclass(slots=True, eq=False)
class _Part:
    start: int
    end: int
    value: float | None = None
    scale: float = 1
    hundred: bool = False
    half: bool = False
    about: bool = False
    glued: bool = False
    one: bool = False
    dual: bool = False
    times: bool = False
    untold: bool = False
    digits: bool = False


def read_numbers(reading: Reading) -> tuple[Number, ...]:
    """Return all numbers by place. Neighbouring words that build one number are one."""
    parts = sorted(_parts(reading), key=lambda p: (p.start, -p.end))
    numbers: list[Number] = []
    at = 0
    while at < len(parts):
        run = [parts[at]]
        while at + 1 < len(parts) and _joined(reading.lower, run, parts[at + 1]):
            at += 1
            run.append(parts[at])
        at += 1
        number = _value(run)
        if number:
            numbers.append(number)
    return tuple(numbers)


def parse_digits(text: str) -> float:
    """Return the value of digits with separators; 2,4 and 2.4 are decimal, 1.200 is not."""
    if text.isdigit():
        return float(text)
    found = _GROUPED.fullmatch(text)
    if found:
        return float(re.sub(r"\D", "", found[1])) + (float("0." + found[2]) if found[2] else 0)
    return float(text.replace(",", "."))


def _parts(reading: Reading) -> Iterator[_Part]:
    words: Sequence[Match] = reading.matches("number")
    taken_until = -1
    for found in _DIGITS.finditer(reading.lower):
        yield _Part(found.start(), found.end(), parse_digits(found[0]), digits=True)
    for word in words:
        if word.start < taken_until:
            continue
        taken_until = word.end
        load = word.payload
        yield _Part(
            word.start,
            word.end,
            load.get("value"),
            load.get("scale", 1),
            hundred=bool(load.get("hundred")),
            half=bool(load.get("half")),
            about=bool(load.get("about")),
            glued=bool(load.get("glued")),
            one=bool(load.get("one")),
            dual=bool(load.get("dual")),
            times=bool(load.get("times")),
            untold=bool(load.get("untold")),
        )


def _joined(text: str, run: Sequence[_Part], then: _Part) -> bool:
    """Tell whether a part goes on the number of the run."""
    last = run[-1]
    if then.digits and last.scale in _AND_DIGITS and then.start > last.end:
        joint = _AND_DIGITS[last.scale].match(text, last.end)
        return joint is not None and joint.end() == then.start
    if then.start < last.end or then.digits or not _GAP.fullmatch(text, last.end, then.start):
        return False
    if then.untold or last.untold:
        return False
    if then.times:
        return last.value is None or last.value > 1
    if then.glued:
        return last.digits and then.start - last.end <= 1
    if last.digits:
        return then.scale > 1 or then.half
    if then.half or last.half:
        return then.half or then.scale > 1
    return not then.about


def _value(run: Sequence[_Part]) -> Number | None:
    """Return the number of a run of parts; None for what names no number."""
    first = run[0]
    if first.untold or first.half or (first.scale > 1 and first.value is None and not first.one):
        return None  # several dozen; a bare "millions" or "half"
    value = _total(run)
    if first.dual and len(run) == 1:
        value *= 2  # مليارا دولار; behind or before other words it is a singular
    about = first.about or (len(run) > 1 and any(part.about for part in run))
    return Number(value, first.start, run[-1].end, about, not first.digits)


def _total(run: Sequence[_Part]) -> float:
    """Add up the parts: what stands before a scale is multiplied by it."""
    total, current, scale = 0.0, 0.0, 1.0
    for index, part in enumerate(run):
        last = index == len(run) - 1
        if part.half and scale == 1 and not last:
            current += 0.5  # two and a half billion
        elif part.half:
            total += scale / 2 if scale > 1 else 0.5
        elif part.scale > 1:
            if last and index and run[index - 1].half and part.scale == scale:
                continue  # مليارين ونصف المليار: the second only repeats what the half is of
            total += (part.value or current or 1) * part.scale
            current, scale = 0.0, part.scale
        else:
            current = _small(current, part)
    return total + current


def _small(current: float, part: _Part) -> float:
    """Return the number below a scale that `current` and one more part make."""
    if part.times and current:
        return current * (part.value or 1)  # two dozen
    if part.hundred:
        return (current if 1 < current < 10 else 1) * 100 + (0 if current < 10 else current)
    if part.value == 20 and current == 4:
        return 80  # quatre-vingt
    return current + (part.value or 0)
