"""Where the running system is: written by `up` into `var/run.json`, read by every other command."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from communique.environment import setting
from shared.errors import CommuniqueError

DEFAULT_VAR = Path("var")
DEFAULT_INBOX = Path("inbox")


class CannotStartError(CommuniqueError):
    """The system cannot be run like this; nothing of it is left running."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Running:
    """The addresses of a running system; what is not known is None. `pid` is the launcher's."""

    pid: int | None = None
    inbox: str | None = None
    redis_url: str | None = None
    store_url: str | None = None
    notify_url: str | None = None
    ingest_url: str | None = None
    extract_url: str | None = None

    def need(self, name: str) -> str:
        """Return the address called `name`; CommuniqueError with what to do if it is unknown."""
        if address := getattr(self, name):
            return str(address)
        raise CommuniqueError(
            f"nothing runs here: start it with `communique up`, or set COMMUNIQUE_{name.upper()}"
        )


def find_running(var: Path) -> Running:
    """Return the system that runs on `var`; the environment's addresses come before it."""
    found = _read(var) if is_locked(var) else Running()
    named = (field.name for field in fields(Running) if field.name != "pid")
    given: dict[str, Any] = {name: value for name in named if (value := setting(name.upper()))}
    return replace(found, **given)


def is_locked(var: Path) -> bool:
    """Tell whether a launcher holds the folder."""
    try:
        handle = (var / "lock").open("r")
    except OSError:
        return False
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


@contextmanager
def sole_user(var: Path) -> Iterator[None]:
    """Hold the folder for this process alone, until the end or death of it."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            raise CannotStartError(
                f"already running on {var} (process {handle.read().strip() or 'unknown'}): "
                "stop that one first, or give another --var"
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


@contextmanager
def sole_watcher(inbox: Path) -> Iterator[None]:
    """Hold the watched folder against a second launcher: two stores would get half of it each."""
    inbox.mkdir(parents=True, exist_ok=True)
    handle = os.open(inbox, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CannotStartError(
            f"{inbox} is watched already by another `communique up`: "
            "stop that one first, or give another --inbox"
        ) from None
    else:
        yield
    finally:
        os.close(handle)


def publish(var: Path, running: Running) -> None:
    """Write where the system is, whole or not at all; for the owner alone: a URL may be secret."""
    temporary = var / ".run.json"
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(running), file, indent=2)
    temporary.replace(var / "run.json")


def withdraw(var: Path) -> None:
    """Remove what `publish` wrote."""
    (var / "run.json").unlink(missing_ok=True)


def _read(var: Path) -> Running:
    stored: dict[str, Any] = {}
    with suppress(OSError, ValueError):  # just starting or just stopping: nothing known
        stored = json.loads((var / "run.json").read_text("utf-8"))
    known = {field.name for field in fields(Running)}
    return Running(**{name: value for name, value in stored.items() if name in known})
