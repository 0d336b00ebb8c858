"""The state in which a text is written: its agency's, its dateline's, or its Kingdom."""

from __future__ import annotations

from collections import Counter

from services.extract.grammars.people.naming import Naming
from services.extract.grammars.people.origins import code
from services.extract.grammars.people.words import names, words_of
from services.extract.reading import Reading

_HEAD = 400
_BESIDE = 15  # characters before a title: "army spokesman"
_SIGNED = "()/-–—|:"
_PLACES = ("city", "city_state", "country")


def home_country(reading: Reading) -> str | None:
    """Return the ISO code of the state a text is written in, or None. Kept with the text."""
    if "home" not in reading.kept:
        reading.kept["home"] = _agency(reading) or _dateline(reading) or _kingdom(reading)
    home: str | None = reading.kept["home"]
    return home


def _agency(reading: Reading) -> str | None:
    """Return the state whose agency signs the text at its head or its end ("(كونا)", "/قنا/")."""
    signed: list[str] = []
    for match in reading.matches("agency"):
        at_end = len(reading.lower) - match.end < _HEAD // 4
        if match.start > _HEAD and not at_end:
            continue
        before = reading.lower[max(0, match.start - 2) : match.start].strip()
        behind = reading.lower[match.end : match.end + 2].strip()
        if before[-1:] and before[-1:] in _SIGNED and behind[:1] and behind[:1] in _SIGNED:
            signed.append(match.id)
    if len(signed) > 1 and (state := _dateline(reading)) in signed:
        return state  # of agencies with the same letters that of the town
    return signed[0] if signed else None


def _dateline(reading: Reading) -> str | None:
    # Of equals the town: Amman, not Oman.
    for match in reading.of_kinds(_PLACES, 0, _HEAD):
        if not reading.is_read(match.start) or match.payload.get("vague"):
            continue
        before = words_of(reading, max(0, match.outer - 12), match.outer)[-1:]
        if not before or before[0].text not in names("destinations"):
            return code(match)
    return None


def _kingdom(reading: Reading) -> str | None:
    vague = Counter(m.id for m in reading.matches("country") if m.payload.get("vague"))
    return vague.most_common(1)[0][0] if vague else None


def serves_state(reading: Reading, naming: Naming) -> bool:
    """Tell whether a title names an institution of a state, as that of an army's spokesman does.

    Institutions of several states ("قائد القوات المشتركة") are none.
    """
    if not naming.title or not naming.offices:
        return False
    start, end = naming.title
    words = {w.text for w in words_of(reading, start, end)}
    words.update(w.text for w in words_of(reading, max(0, start - _BESIDE), start)[-1:])
    if words.isdisjoint(names("state_bodies")) or not words.isdisjoint(names("joint_bodies")):
        return False
    return not reading.of_kinds(("coalition", "organisation"), *naming.title)
