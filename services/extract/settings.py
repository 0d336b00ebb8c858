"""Everything extract reads from its environment."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of extraction, which has none of its own but its port."""

    service: ClassVar[str] = "extract"

    port: int = Field(default=8003, ge=0, le=65535)
