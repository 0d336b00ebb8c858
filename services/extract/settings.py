"""Everything extract reads from its environment."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import Field

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of extraction; `coalitions` is a folder of files that add some of one's own."""

    service: ClassVar[str] = "extract"

    port: int = Field(default=8003, ge=0, le=65535)
    coalitions: Path | None = None
