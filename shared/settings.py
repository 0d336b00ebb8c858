"""What every service reads from its environment, checked before anything starts."""

from __future__ import annotations

import hmac
import ipaddress
import os
import socket
from pathlib import Path
from typing import Any, ClassVar, Literal, Self, TypeVar

from pydantic import Field, RedisDsn, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.errors import SettingsError

SettingsT = TypeVar("SettingsT", bound="ServiceSettings")


class ServiceSettings(BaseSettings):
    """Settings of all services; each service adds its own in a subclass.

    Values come from `COMMUNIQUE_…` variables, then from `.env`, then from the files of the folder
    that `COMMUNIQUE_SECRETS_DIR` names (one file a value, named as the variable in lower case).
    """

    model_config = SettingsConfigDict(
        env_prefix="COMMUNIQUE_", env_file=".env", extra="ignore", frozen=True
    )

    service: ClassVar[str]

    redis_url: RedisDsn = RedisDsn("redis://127.0.0.1:6379/0")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    api_key: SecretStr | None = None
    # The name of this process among its like. A restarted process must find its old name again,
    # or Redis keeps a stale consumer for every start.
    worker: str = Field(default_factory=socket.gethostname, min_length=1, max_length=100)
    claim_after: float = Field(default=30.0, gt=0)  # seconds
    max_attempts: int = Field(default=5, ge=1)
    # Times that a worker may end with a message in hand before that is the message's doing. More
    # than attempts: machines that restart, and whoever kills workers, are mostly to blame.
    max_deaths: int = Field(default=10, ge=1)
    handle_within: float = Field(default=60.0, gt=0)  # seconds; then the attempt has failed
    # Messages that the slowest group of a stream may be behind before publishers pause.
    max_lag: int = Field(default=10_000, ge=1)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "console", "json"] = "auto"

    def admits(self, authorization: str | None) -> bool:
        """Tell whether an `Authorization` header bears the key; where there is none, all do."""
        if self.api_key is None:
            return True
        expected = f"Bearer {self.api_key.get_secret_value()}".encode()
        return hmac.compare_digest((authorization or "").encode(), expected)

    @model_validator(mode="after")
    def _guarded_when_reachable(self) -> Self:
        if self.api_key is not None and not self.api_key.get_secret_value():
            raise ValueError("COMMUNIQUE_API_KEY is empty: give it a value or leave it out")
        if self.api_key is None and not is_loopback(self.host):
            raise ValueError(
                f"COMMUNIQUE_HOST {self.host} is reachable from other machines: set "
                "COMMUNIQUE_API_KEY too, or leave the host at 127.0.0.1"
            )
        return self


def is_loopback(host: str) -> bool:
    """Tell whether binding to this host name or address keeps a service on this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def load_settings(cls: type[SettingsT], **given: Any) -> SettingsT:
    """Read and check a service's settings; `given` overrules the environment.

    Raises SettingsError with one line that names every wrong setting.
    """
    secrets = os.environ.get("COMMUNIQUE_SECRETS_DIR")
    if secrets and not Path(secrets).is_dir():
        raise SettingsError(f"COMMUNIQUE_SECRETS_DIR {secrets} is no folder: mend or unset it")
    try:
        return cls(_secrets_dir=secrets, **given) if secrets else cls(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(map(_explain, error.errors()))) from None


def _explain(error: Any) -> str:
    """Put one validation error into words, without the value: it may be a secret."""
    message = str(error["msg"]).removeprefix("Value error, ")
    if not error["loc"]:
        return message
    return f"COMMUNIQUE_{'_'.join(map(str, error['loc'])).upper()}: {message}"
