"""Text that a person gives: ids of plain characters, and lines of such as can be seen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import StringConstraints

# What no id can be need not be looked for; and PostgreSQL refuses a NUL with an error.
PathId = Annotated[str, Path(pattern=r"^[!-~]{1,128}$")]

# Neither controls nor what turns the direction of text: it is shown beside other people's words.
_SEEN = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$"
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_SEEN)
]
