"""Everything notify reads from its environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field, NonNegativeFloat, SecretStr, model_validator
from pydantic_settings import NoDecode

from services.notify.deliveries import SCHEDULE
from services.notify.guard import Allowed
from services.notify.vault import SHORTEST_KEY
from shared.database import DatabaseSettings


def _split(value: Any) -> Any:
    """Take `a, b` for two values: a variable of the environment is one string."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


class Settings(DatabaseSettings):
    """Settings of notify. Lists are comma-separated in the environment; times are in seconds."""

    service: ClassVar[str] = "notify"

    port: int = Field(default=8001, ge=0, le=65535)
    database_url: str = "sqlite+aiosqlite:///var/notify.db"
    store_url: str = "http://127.0.0.1:8000"  # where readers of an alert find the store's API
    # Networks and host names that are delivered to although they are internal.
    webhook_allow: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = ()
    webhook_timeout: float = Field(default=15.0, gt=0)
    webhook_connect_timeout: float = Field(default=5.0, gt=0)
    webhook_schedule: Annotated[
        tuple[NonNegativeFloat, ...], NoDecode, BeforeValidator(_split), Field(min_length=1)
    ] = SCHEDULE
    # The key that secrets are encrypted with; several, comma-separated, the newest first. Without
    # it a file holds the key: this one, or with SQLite one beside the database.
    secret_key: SecretStr | None = None
    secret_key_file: Path | None = None
    webhooks_at_once: int = Field(default=32, ge=1)
    webhooks_at_once_per_host: int = Field(default=4, ge=1)

    @property
    def lease(self) -> float:
        """Seconds for which a claimed delivery is one worker's.

        One shorter than the time-out would send twice; what a killed worker held waits this long.
        """
        return 2 * self.webhook_timeout + 1

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The keys of secrets that the environment gives, the newest first."""
        given = self.secret_key.get_secret_value() if self.secret_key else ""
        return tuple(key.strip() for key in given.split(",") if key.strip())

    @model_validator(mode="after")
    def _keys_cannot_be_guessed(self) -> Self:
        is_empty = self.secret_key is not None and not self.secret_keys
        if is_empty or any(len(key) < SHORTEST_KEY for key in self.secret_keys):
            raise ValueError(f"COMMUNIQUE_SECRET_KEY is shorter than {SHORTEST_KEY} characters")
        return self

    @model_validator(mode="after")
    def _allows_what_can_be_read(self) -> Self:
        Allowed.parse(self.webhook_allow)
        return self
