"""What this machine's environment says: `COMMUNIQUE_…` variables, then the file `.env`."""

from __future__ import annotations

import os
from pathlib import Path


def load_dotenv() -> None:
    """Add what `.env` says to the environment; what is set already stays."""
    if Path(".env").is_file():
        import dotenv  # only where there is something to read

        dotenv.load_dotenv(".env", override=False)


def setting(name: str) -> str | None:
    """Return the value of `COMMUNIQUE_NAME`, None if it is not set or empty."""
    return os.environ.get(f"COMMUNIQUE_{name}") or None
