"""The documents of a chaos run: meetings with up to three documents each, in three languages.

All documents of a meeting are tied to each other by its day and place, and documents of different
meetings contradict each other by theirs: so whatever order they come in, and whichever comes
twice, the meetings are the same and so is the number of alerts.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import yaml

from benchmarks.documents import SEEDS, scattered, undated

Way = Literal["rename", "link", "copy", "slow", "subfolder"]
Fate = Literal["stored", "failed"]
LANGUAGES = ("ar", "fr", "en")
_WAYS: dict[Way, int] = {"rename": 5, "link": 2, "copy": 2, "slow": 1, "subfolder": 2}
_DAYS_APART = 3  # more than the day by which reports of one meeting may differ
_SENTENCES = 14  # of our own, behind a head
_LARGE = 300_000  # bytes: such a text goes by reference
_texts: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Drop:
    """One file to be dropped: where it comes to lie in the inbox, how, and how it ought to end.

    `meeting` is the number of the meeting that it tells of; a second copy of a document (other
    name, same bytes) has the first one's.
    """

    path: str
    data: bytes
    way: Way
    meeting: int | None
    fate: Fate = "stored"

    @property
    def id(self) -> str:
        """The document's id."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def name(self) -> str:
        """The file's own name."""
        return Path(self.path).name


def drops(count: int, chance: random.Random) -> list[Drop]:
    """Return about `count` files in the order in which they are dropped."""
    made: list[Drop] = []
    for number, texts in enumerate(_meetings(chance)):
        for language, text in texts:
            made.append(_drop(f"{number:05}-{language}.txt", text.encode(), number, chance))
        if chance.random() < 0.02:
            first = made[-1]
            made.append(_drop(f"again-{first.name}", first.data, number, chance))
        if chance.random() < 0.02:
            made.append(
                _drop(f"{number:05}-strange.txt", _strange(number, chance).encode(), None, chance)
            )
        if chance.random() < 0.01:
            made.append(
                Drop(f"blank-{number}.txt", b" \n" * (number + 1), "rename", None, "failed")
            )
        if len(made) >= count:
            break
    return list(_shuffled(made[:count], chance))


def _shuffled(made: list[Drop], chance: random.Random) -> Iterator[Drop]:
    """Let documents of one meeting come near each other, in any order: often at the same time."""
    order = sorted(range(len(made)), key=lambda place: place + chance.uniform(0, 25))
    return (made[place] for place in order)


def _drop(name: str, data: bytes, meeting: int | None, chance: random.Random) -> Drop:
    way = chance.choices(list(_WAYS), list(_WAYS.values()))[0]
    folder = f"desk-{chance.randrange(5)}/" if way == "subfolder" else ""
    return Drop(f"{folder}{name}", data, way, meeting)


def _meetings(chance: random.Random) -> Iterator[list[tuple[str, str]]]:
    """Yield the texts of one meeting after the other, each with a word for its name."""
    days = dict.fromkeys(_texts["coalitions"], date(1990, 1, 1))
    while True:
        for coalition in _texts["coalitions"]:
            days[coalition] += timedelta(days=chance.randrange(_DAYS_APART, 2 * _DAYS_APART))
            event = _Event(coalition, chance.choice(_texts["cities"]), days[coalition])
            languages = chance.sample(LANGUAGES, chance.choice((1, 2, 2, 3)))
            large = chance.random() < 0.003
            texts = [(each, event.statement(each, chance, large=large)) for each in languages]
            if chance.random() < 0.1:
                texts.append(("preview", event.preview(chance)))
            yield texts


@dataclass(frozen=True, slots=True)
class _Event:
    """A meeting that texts tell of."""

    coalition: str
    city: dict[str, str]
    day: date

    def statement(self, language: str, chance: random.Random, *, large: bool) -> str:
        told = _texts["coalitions"][self.coalition]
        head = told[language].format(city=self.city[language], day=_written(self.day, language))
        sentences = _texts["sentences"][language]
        if language == "ar" and told["body"]:
            [seed] = SEEDS.glob(f"{told['body']}*.txt")
            body = scattered(undated(seed.read_text("utf-8")), chance)
        else:
            chosen = chance.choices(sentences, k=_SENTENCES)
            body = "\n".join(scattered(sentence, chance) for sentence in chosen)
        while large and len(body.encode()) < _LARGE:
            body += "\n" + "\n".join(chance.choices(sentences, k=50))
        return f"{head}\n{body}\n"

    def preview(self, chance: random.Random) -> str:
        head = _texts["previews"][self.coalition].format(
            city=self.city["en"],
            day=_written(self.day, "en"),
            eve=_written(self.day - timedelta(days=1), "en"),
        )
        return "\n".join([head, *chance.sample(_texts["expected"], 2)]) + "\n"


def _strange(number: int, chance: random.Random) -> str:
    """Return a text that tells of no meeting of anybody's."""
    day = date(1990, 1, 1) + timedelta(days=number)
    return str(_texts["strange"]).format(
        city=chance.choice(_texts["cities"])["en"],
        eve=_written(day, "en"),
        day=_written(day + timedelta(days=1), "en"),
        number=number,
    )


def _written(day: date, language: str) -> str:
    return f"{day.day} {_texts['months'][language][day.month - 1]} {day.year}"
