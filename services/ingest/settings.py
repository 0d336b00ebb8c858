"""Everything ingest reads from its environment."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Self

from pydantic import ByteSize, Field, model_validator

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of the watched folder.

    All ingest workers of one Redis share one inbox and one state: `RecordStored` reaches any of
    them, and that one must find the file.
    """

    service: ClassVar[str] = "ingest"

    port: int = Field(default=8002, ge=0, le=65535)
    inbox: Path = Path("inbox")
    state: Path = Path("var/ingest")  # the ledger of known documents
    stable_for: float = Field(default=0.15, gt=0)  # seconds without change before a file is read
    rescan_every: float = Field(default=1.0, gt=0)  # seconds
    republish_after: float = Field(default=60.0, gt=0)  # seconds without an answer from store
    hints: bool = True  # let the system tell of changes (inotify); without, the rescan finds them
    max_document_size: ByteSize = Field(default=ByteSize(20 * 1024**2), gt=0)
    max_in_processing: int = Field(default=1_000, ge=1)  # the rest of a burst stays in the folder

    @model_validator(mode="after")
    def _state_outside_of_the_inbox(self) -> Self:
        if self.state.absolute().is_relative_to(self.inbox.absolute()):
            raise ValueError(
                "COMMUNIQUE_STATE lies in the inbox, whose files are read as documents: "
                "put it beside the inbox"
            )
        return self
