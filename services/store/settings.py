"""Everything store reads from its environment."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, HttpUrl

from shared.database import DatabaseSettings


class Settings(DatabaseSettings):
    """Settings of store."""

    service: ClassVar[str] = "store"

    port: int = Field(default=8000, ge=0, le=65535)
    database_url: str = "sqlite+aiosqlite:///var/store.db"
    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8000")  # where readers find this API
