"""Text that a person gives, to be kept and shown: one line, of characters that can be seen."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

# Neither controls nor what turns the direction of text: it is shown beside other people's words.
_SEEN = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$"
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_SEEN)
]
