"""The sentences that grammars read: no boilerplate, none longer than a sentence can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.extract.reading import Reading
from services.extract.segments import Sentence

# What has no full stop in this many characters is a table or noise. Grammars compare the words of a
# sentence with each other, so the limit also keeps their time linear in the text.
_LONGEST = 4000


def prose(reading: Reading, *, tweets: bool = True) -> Iterator[Sentence]:
    """Yield the sentences of paragraphs that feed the record, cut to 4,000 folded characters."""
    for sentence in reading.sentences:
        kind = sentence.segment.kind
        if kind == "boilerplate" or (kind == "tweet" and not tweets):
            continue
        if sentence.end - sentence.start > _LONGEST:
            yield replace(sentence, end=sentence.start + _LONGEST)
        else:
            yield sentence
